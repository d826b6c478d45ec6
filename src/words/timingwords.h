#pragma once

#include "core/sendrecord.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>

namespace icebreaker {

/// One bar of a send's waterfall.
struct TimingPhase {
    enum class Kind { Recording, Lookup, Connecting, Sending, Waiting, Receiving };

    Kind kind = Kind::Waiting;
    QString name; ///< "TCP and TLS together"
    std::chrono::microseconds begin{
        0}; ///< Since the hand-over to the network; Recording is before.
    std::chrono::microseconds end{0}; ///< >= begin.
    bool atMost = false; ///< An upper bound, not a measurement.
    bool endedHere = false; ///< The exchange came no further.

    [[nodiscard]] std::chrono::microseconds length() const { return end - begin; }
};

/// The phases that Qt gives, in their order; none if nothing was measured.
[[nodiscard]] QList<TimingPhase> timingPhases(const SendRecord &record);
/// "61 ms", "at most 12 ms", "30.0 s, ended here".
[[nodiscard]] QString phaseLengthText(const TimingPhase &phase);
/// What the phases do not say, and why: full sentences.
[[nodiscard]] QStringList timingNotes(const SendRecord &record);

/// One line about a connection.
struct ConnectionLine {
    enum class Weight { Plain, Good, Warning, Bad };

    QString label; ///< "Cipher"; empty for a line that goes on.
    QString text;
    Weight weight = Weight::Plain;
};

/// How soon before its end a certificate is warned about.
inline constexpr int WarnedDays = 14;

/// TLS version, cipher and chain with issuers and what is left of their time, or why
/// nothing is known. @param now  for the days that are left
[[nodiscard]] QList<ConnectionLine> connectionLines(const SendRecord &record, const QDateTime &now);

/// All of the above as plain text, for screen readers, tickets and bundles.
[[nodiscard]] QString timingText(const SendRecord &record, const QDateTime &now);

/// "valid until 2027-01-31 (70 days left)", "expired on …"
[[nodiscard]] ConnectionLine validityLine(const CertificateFacts &certificate,
                                          const QDateTime &now);

} // namespace icebreaker
