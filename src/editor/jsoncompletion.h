#pragma once

#include "core/jsonoutline.h"

#include <QStringList>

namespace icebreaker {

/// What may stand at a place of a request, beside the API's own words.
struct CompletionWords {
    QStringList locales; ///< Those to propose first, e.g. a template card's.
    QStringList sessionNames; ///< Known from other requests.
};

/// Names and values of a request that fit where somebody is typing; the fixed words are
/// those of the API and of WhatsApp's template components (see OutboundRequest), and of
/// templates' languages. Without quotes.
[[nodiscard]] QStringList proposalsFor(const JsonSpot &spot, const CompletionWords &words);

} // namespace icebreaker
