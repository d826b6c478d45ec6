#pragma once

#include "core/profile.h"
#include "core/sendrecord.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>

namespace icebreaker {

/// Why a send needs a yes first. In the order in which they are asked about.
enum class GuardReason {
    OtherNumber, ///< Not one of the test numbers that the profile is limited to.
    Repeated, ///< The same message to the same number a moment ago.
    FirstLiveToday, ///< The first one of the day that reaches customers.
    WholeBatch, ///< Many at once.
};

/// How long the same message to the same number counts as sent twice by mistake.
inline constexpr std::chrono::minutes RepeatWindow{10};
/// Of a number: what is typed to show that it is meant.
inline constexpr qsizetype ProofDigits = 4;

/// What is about to be sent, and what is known about the time before. Where something
/// is not known, its member stays empty.
struct GuardFacts {
    Region region = Region::Sandbox; ///< Where it goes at the moment.
    QUrl base;
    QStringList recipients; ///< As on the wire; one for a single send.
    bool isBatch = false;
    QSet<QString> testNumbers; ///< As on the wire.
    QDateTime lastLive; ///< The profile's newest send to this region.
    QDateTime lastSame; ///< The newest one like it that may have reached its recipient.
    QDateTime now; ///< Local time: the day begins at its midnight.
};

/// What has to be asked before the send, all in one go; empty: nothing.
/// Sends that reach nobody's phone are never asked about. Repeated is asked about on
/// test profiles as well, whose messages reach real phones, too.
[[nodiscard]] QList<GuardReason> reasonsToAsk(const Profile &profile, const GuardFacts &facts);

/// Neither the sandbox nor a test server on this computer.
[[nodiscard]] bool reachesPhones(const Profile &profile, Region region, const QUrl &base);

/// The recipients that are not test numbers, in their order, each once.
[[nodiscard]] QStringList otherNumbers(const GuardFacts &facts);

/// Whether a person typed the last four digits of @p number, in any script.
[[nodiscard]] bool provesNumber(const QString &typed, const QString &number);

/// Whether the user may switch off the question; never for OtherNumber.
[[nodiscard]] bool canBeQuiet(GuardReason reason);
void makeQuiet(Profile &profile, GuardReason reason);

/// What two sends of one message have in common: the body without its Status URL, which
/// is another one for every send.
[[nodiscard]] QByteArray messageOf(const QByteArray &body);

/// Whether the earlier send's recipient may have got it: it is under way, was accepted,
/// or nobody knows.
[[nodiscard]] bool mayHaveReached(const SendRecord &record);

} // namespace icebreaker
