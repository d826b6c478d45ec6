#pragma once

#include "core/destination.h"
#include "core/endpoint.h"
#include "core/profile.h"

#include <QUrl>

#include <optional>

namespace icebreaker {

/// Where a send goes, and in whose name.
struct SendTarget {
    Region region = Region::Sandbox;
    QUrl base; ///< Empty for the sandbox until that runs.
    std::optional<Profile> profile; ///< For the limit and the keychain; absent without --profile.

    std::optional<int> givenLimit; ///< In place of the profile's.

    [[nodiscard]] int limit() const { return givenLimit.value_or(profile ? profile->limit : 1); }
    /// See laneId().
    [[nodiscard]] QString lane(const QString &agentId) const;
    [[nodiscard]] Destination destination(const QString &agentId) const;
    /// The part of a keychain entry's name: the sandbox has one for all its ports.
    [[nodiscard]] QString keyOrigin() const;
    /// Whether the profile's key may be fetched from the keychain for this target: a
    /// custom host must be the one that was approved in words.
    [[nodiscard]] bool mayUseStoredKey() const;
};

} // namespace icebreaker
