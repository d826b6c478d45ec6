#pragma once

#include "core/requestplaces.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace icebreaker {

/// What was found of a text, in bytes of @p text, one behind the other.
struct SearchResult {
    QList<ByteSpan> spans; ///< The first `SearchMost` of them.
    bool isCut = false; ///< There are more.
};
inline constexpr qsizetype SearchMost = 10'000;

/// For any thread. @param text  UTF-8
[[nodiscard]] SearchResult searchText(const QByteArray &text, const QString &wanted,
                                      Qt::CaseSensitivity sensitivity);

} // namespace icebreaker
