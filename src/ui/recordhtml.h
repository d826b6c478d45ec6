#pragma once

#include "core/sendrecord.h"

#include <QString>

/// One send as rich or plain text for the detail pane and the Delivery panel. Whatever
/// came from outside is escaped.
namespace icebreaker::html {

/// The target of explanation()'s link to the limit assistant.
inline constexpr QLatin1StringView HigherLimitLink("icebreaker:higher-limit");

[[nodiscard]] QString hint(const QString &text);
[[nodiscard]] QString explanation(const SendRecord &record);
[[nodiscard]] bool mayOfferAgain(const SendRecord &record);
[[nodiscard]] QString responseText(const SendRecord &record);
[[nodiscard]] QString requestText(const SendRecord &record);
[[nodiscard]] QString timing(const SendRecord &record);
/// @param events in order of arrival
[[nodiscard]] QString delivery(const SendRecord &record, const QList<StatusEvent> &events);

} // namespace icebreaker::html
