#pragma once

#include "core/catalogue.h"

namespace icebreaker {

/// Reads `{"entries": [...]}`, see resources/catalogue. Fails with InvalidInput: "http.json,
/// entry http-400: no “means”".
[[nodiscard]] Result<QList<CatalogueEntry>> readCatalogueEntries(const QString &name,
                                                                 const QByteArray &json);

} // namespace icebreaker
