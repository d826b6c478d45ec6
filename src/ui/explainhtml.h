#pragma once

#include "core/explanation.h"

#include <QLatin1StringView>
#include <QString>

/// An explanation as rich text for the pane. Whatever came from outside is escaped.
namespace icebreaker::html {

/// The target of the link that shows or hides the sources.
inline constexpr QLatin1StringView SourcesLink("icebreaker:sources");

/// @param note  of the user on the first entry, or empty
[[nodiscard]] QString explanation(const Explanation &explanation, const SendRecord &record,
                                  const QString &note, bool withSources);

} // namespace icebreaker::html
