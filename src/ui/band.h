#pragma once

#include "core/endpoint.h"
#include "core/profile.h"

#include <QString>

namespace icebreaker {

/// What the band under the toolbar says about where messages go. Its look is in kindlook.h.
[[nodiscard]] QString bandText(const Profile &profile, Region region, const QUrl &base);

} // namespace icebreaker
