#pragma once

#include "core/endpoint.h"
#include "core/profile.h"

#include <QString>

namespace icebreaker {

/// The band under the toolbar, which says where messages go.
struct Band {
    QString kind; ///< "sandbox", "test" or "live", for the style sheet.
    QString text;
};

[[nodiscard]] Band bandFor(const Profile &profile, Region region, const QUrl &base);

} // namespace icebreaker
