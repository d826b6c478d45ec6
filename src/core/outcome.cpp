#include "core/outcome.h"

#include <algorithm>
#include <array>
#include <utility>

namespace icebreaker {

namespace {

constexpr std::array OutcomeNames{
    std::pair{Outcome::Accepted, QLatin1StringView("accepted")},
    std::pair{Outcome::RateLimited, QLatin1StringView("rate_limited")},
    std::pair{Outcome::Refused, QLatin1StringView("refused")},
    std::pair{Outcome::NotSent, QLatin1StringView("not_sent")},
    std::pair{Outcome::Unknown, QLatin1StringView("unknown")},
    std::pair{Outcome::Cancelled, QLatin1StringView("cancelled")},
};

constexpr int RequestTimeout = 408; // the server gave up waiting: what it read is not known
constexpr int TooManyRequests = 429;

} // namespace

QLatin1StringView outcomeName(Outcome outcome)
{
    const auto *found =
        std::find_if(OutcomeNames.begin(), OutcomeNames.end(),
                     [outcome](const auto &entry) { return entry.first == outcome; });
    return found == OutcomeNames.end() ? QLatin1StringView("unknown") : found->second;
}

std::optional<Outcome> outcomeFromName(QStringView name)
{
    const auto *found = std::find_if(OutcomeNames.begin(), OutcomeNames.end(),
                                     [name](const auto &entry) { return name == entry.second; });
    return found == OutcomeNames.end() ? std::nullopt : std::optional(found->first);
}

Outcome classify(const WireFacts &facts)
{
    if (!facts.headersComplete)
        return facts.lastByteHanded ? Outcome::Unknown : Outcome::NotSent;
    switch (facts.status / 100) {
    case 2: return facts.html ? Outcome::Unknown : Outcome::Accepted;
    case 3: return Outcome::Refused;
    case 4:
        if (facts.status == TooManyRequests)
            return Outcome::RateLimited;
        return facts.status == RequestTimeout ? Outcome::Unknown : Outcome::Refused;
    default: return Outcome::Unknown;
    }
}

} // namespace icebreaker
