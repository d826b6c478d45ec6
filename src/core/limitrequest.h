#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QUrl>

#include <array>
#include <chrono>

namespace icebreaker {

struct SendRecord;

/// What may be asked for in place of 1 session per second
/// (studio.docs.ai.vonage.com, "Triggering an outbound WhatsApp virtual agent", 2026-11).
inline constexpr std::array HigherLimits{3, 5};
/// "Publish the agents again and wait about 5 minutes before triggering" (same page).
inline constexpr std::chrono::minutes WaitAfterPublishing{5};
/// The newest copy of that page; older ones name ai.support@vonage.com.
inline constexpr auto LimitMailAddress = u"support@aistudio.vonage.com";

/// A higher limit that was asked for, and how far that is. All times are UTC; each stage
/// has the earlier ones.
struct LimitRequest {
    int limit = 3; ///< 3 or 5.
    QDateTime askedAt;
    QDateTime confirmedAt; ///< Vonage said yes; invalid before.
    QDateTime publishedAt; ///< The agents were published again; invalid before.

    friend bool operator==(const LimitRequest &, const LimitRequest &) = default;
};

enum class LimitStage {
    Asked,
    Confirmed, ///< The agents have to be published again.
    Counting, ///< Published: the new limit is not in force yet.
    InForce,
};

[[nodiscard]] LimitStage limitStage(const LimitRequest &request, const QDateTime &now);
/// Time until InForce; the whole wait before Counting, zero afterwards. A clock that was
/// set back makes nobody wait longer than the whole.
[[nodiscard]] std::chrono::seconds limitWait(const LimitRequest &request, const QDateTime &now);

/// What one's own journal says about the limit.
struct LimitEvidence {
    qint64 sends = 0;
    qint64 rateLimited = 0; ///< Answers with 429.
    QDateTime first; ///< Of the 429s, UTC; invalid if there is none.
    QDateTime last;
    int peak = 0; ///< Most sends begun within one second.

    friend bool operator==(const LimitEvidence &, const LimitEvidence &) = default;
};

/// @param records  in any order
[[nodiscard]] LimitEvidence limitEvidence(const QList<SendRecord> &records);

struct MailText {
    QString address;
    QString subject;
    QString body;

    friend bool operator==(const MailText &, const MailText &) = default;
};

/// One address, and nothing that would add a header or a second one to a mailto link.
[[nodiscard]] bool isMailAddress(const QString &text);

/// `mailto:ADDRESS?subject=...&body=...` (RFC 6068): line breaks as %0D%0A, a space as %20.
[[nodiscard]] QUrl mailtoUrl(const MailText &mail);
/// Windows cuts the command lines of mail programs at 2,048 characters and some desktops
/// do as well: a longer link has to go another way.
inline constexpr qsizetype LongestMailto = 2000;

/// Whether any of @p keys is in @p text: as it is, with white space in between, in
/// base64 or hex, percent-encoded, or escaped as in JSON; upper and lower case alike.
[[nodiscard]] bool holdsAKey(const QString &text, const QByteArrayList &keys);

} // namespace icebreaker
