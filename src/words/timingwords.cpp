#include "words/timingwords.h"

#include "words/sendwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::microseconds;
using PhaseKind = TimingPhase::Kind;
using LineWeight = ConnectionLine::Weight;

namespace {

struct TimingTexts {
    Q_DECLARE_TR_FUNCTIONS(Timing)
};

/// A longer gap says that a clock was set meanwhile.
constexpr auto LongestRecording = 10min;

bool leftOverTls(const SendRecord &record)
{
    return record.claim.url.scheme() == "https"_L1;
}

/// From the claim to the hand-over, and from the answer to its place in the journal: the
/// journal has the moments of both ends, in milliseconds.
std::optional<TimingPhase> recordingPhase(const SendRecord &record)
{
    if (!record.claim.claimedAt.isValid() || !record.settledAt.isValid() || !record.note.isEmpty())
        return std::nullopt;
    const microseconds around =
        std::chrono::milliseconds(record.claim.claimedAt.msecsTo(record.settledAt) + 1)
        - record.answer.timing.total;
    if (around <= 0us || around > LongestRecording)
        return std::nullopt;
    return TimingPhase{
        PhaseKind::Recording, TimingTexts::tr("Recording and its turn"), -around, 0us, true, false};
}

struct PhaseMark {
    PhaseKind kind;
    QString name;
    Timing::Moment end;
};

QList<PhaseMark> marksOf(const SendRecord &record)
{
    const Timing &timing = record.answer.timing;
    const PhaseMark sending{PhaseKind::Sending, TimingTexts::tr("Sending the request"),
                            timing.requestSent};
    QList<PhaseMark> marks;
    if (timing.reusedConnection) {
        marks << sending;
    } else {
        marks << PhaseMark{PhaseKind::Lookup, TimingTexts::tr("Name look-up"), timing.connecting};
        if (leftOverTls(record))
            marks << PhaseMark{PhaseKind::Connecting, TimingTexts::tr("TCP and TLS"),
                               timing.encrypted}
                  << sending;
        else
            marks << PhaseMark{PhaseKind::Connecting, TimingTexts::tr("TCP and sending"),
                               timing.requestSent};
    }
    return marks << PhaseMark{PhaseKind::Waiting, TimingTexts::tr("Waiting for the answer"),
                              timing.headers}
                 << PhaseMark{PhaseKind::Receiving, TimingTexts::tr("Receiving it"), timing.total};
}

QString certificateDay(const QDateTime &moment)
{
    return moment.toLocalTime().date().toString(Qt::ISODate);
}

/// In groups, for comparing by eye.
QString digestText(const QByteArray &hex)
{
    constexpr qsizetype group = 8;
    QStringList groups;
    for (qsizetype at = 0; at < hex.size(); at += group)
        groups.append(QString::fromLatin1(hex.sliced(at, std::min(group, hex.size() - at))));
    return groups.join(u' ');
}

ConnectionLine anchorLine(const ConnectionFacts &facts)
{
    const QString label = TimingTexts::tr("Trust");
    switch (facts.anchor) {
    case TrustAnchor::System:
        return {label, TimingTexts::tr("ends in a certificate authority that this system trusts"),
                LineWeight::Good};
    case TrustAnchor::Added:
        return {label,
                TimingTexts::tr("ends in a certificate authority that was added to Icebreaker: "
                                "whoever has its key could read along"),
                LineWeight::Warning};
    case TrustAnchor::NotTrusted:
        return {label, TimingTexts::tr("not trusted, so nothing was sent"), LineWeight::Bad};
    case TrustAnchor::Unknown: break;
    }
    return {label, TimingTexts::tr("not known: the connection ended before that was decided"),
            LineWeight::Plain};
}

QString withoutFacts(const SendRecord &record)
{
    if (!leftOverTls(record))
        return TimingTexts::tr("Plain HTTP on this computer: there was no TLS.");
    if (!record.outcome)
        return TimingTexts::tr("Not known yet.");
    if (record.answer.status > 0)
        return TimingTexts::tr("Not recorded: it was sent by an earlier Icebreaker.");
    return TimingTexts::tr("Not known: it did not get as far as a certificate.");
}

QString plainConnectionLine(const ConnectionLine &line)
{
    return line.label.isEmpty() ? u"    "_s + line.text
                                : TimingTexts::tr("%1: %2").arg(line.label, line.text);
}

} // namespace

QList<TimingPhase> timingPhases(const SendRecord &record)
{
    const microseconds total = record.answer.timing.total;
    QList<TimingPhase> phases;
    if (total <= 0us)
        return phases;
    if (auto recording = recordingPhase(record))
        phases << *recording;
    microseconds begin = 0us;
    for (const PhaseMark &mark : marksOf(record)) {
        // An answer may come before the request's end.
        const microseconds end = std::clamp(mark.end.value_or(total), begin, total);
        const bool endedHere = !mark.end.has_value();
        phases << TimingPhase{mark.kind, mark.name, begin, end, false, endedHere};
        if (endedHere)
            break;
        begin = end;
    }
    return phases;
}

QString phaseLengthText(const TimingPhase &phase)
{
    const QString text = durationText(phase.length());
    if (phase.atMost)
        return TimingTexts::tr("at most %1").arg(text);
    return phase.endedHere ? TimingTexts::tr("%1, ended here").arg(text) : text;
}

QStringList timingNotes(const SendRecord &record)
{
    const Timing &timing = record.answer.timing;
    if (timing.total <= 0us)
        return {record.outcome ? TimingTexts::tr("Nothing was measured: it never came as far as "
                                                 "the network.")
                               : TimingTexts::tr("Not measured yet.")};
    QStringList notes;
    if (timing.reusedConnection)
        notes << TimingTexts::tr("The connection was open from an earlier send, so there was no "
                                 "name look-up and no connecting this time.");
    else if (leftOverTls(record))
        notes << TimingTexts::tr("Name look-up: of the server, or of the proxy where one is set; "
                                 "it is short where the system remembered the name. TCP and TLS "
                                 "cannot be told apart: Qt does not say when TCP was connected.");
    else
        notes << TimingTexts::tr("TCP and sending cannot be told apart: Qt does not say when TCP "
                                 "was connected.");
    if (recordingPhase(record))
        notes << TimingTexts::tr("Recording: writing the send and its answer down and waiting for "
                                 "the agent's slot in between. How long it waited before it was "
                                 "written down is not recorded.");
    notes << TimingTexts::tr("Not known: which of the server's addresses answered, and how much of "
                             "the waiting was the way there and back.");
    return notes;
}

ConnectionLine validityLine(const CertificateFacts &certificate, const QDateTime &now)
{
    const QString until = certificateDay(certificate.validUntil);
    if (certificate.validUntil < now)
        return {{}, TimingTexts::tr("expired on %1").arg(until), LineWeight::Bad};
    if (certificate.validFrom > now)
        return {{},
                TimingTexts::tr("valid only from %1, by this computer's clock")
                    .arg(certificateDay(certificate.validFrom)),
                LineWeight::Bad};
    const auto days = static_cast<int>(now.daysTo(certificate.validUntil));
    const QString text =
        TimingTexts::tr("valid until %1 (%n day(s) left)", nullptr, days).arg(until);
    return {{}, text, days < WarnedDays ? LineWeight::Warning : LineWeight::Plain};
}

QList<ConnectionLine> connectionLines(const SendRecord &record, const QDateTime &now)
{
    const auto &facts = record.answer.connection;
    if (!facts)
        return {{TimingTexts::tr("TLS"), withoutFacts(record)}};
    QList<ConnectionLine> lines;
    if (facts->tlsVersion.isEmpty() && facts->cipher.isEmpty())
        lines << ConnectionLine{TimingTexts::tr("TLS"), TimingTexts::tr("was not agreed on")};
    else
        lines << ConnectionLine{
            TimingTexts::tr("TLS"),
            TimingTexts::tr("%1, cipher %2").arg(facts->tlsVersion, facts->cipher)};
    if (record.answer.timing.reusedConnection)
        lines << ConnectionLine{{}, TimingTexts::tr("agreed on by an earlier send")};
    if (record.answer.status > 0)
        lines << ConnectionLine{TimingTexts::tr("HTTP"), facts->http2 ? u"HTTP/2"_s : u"HTTP/1"_s};
    lines << anchorLine(*facts);
    for (const QString &error : facts->tlsErrors)
        lines << ConnectionLine{{}, error, LineWeight::Bad};
    for (qsizetype i = 0; i < facts->chain.size(); ++i) {
        const CertificateFacts &each = facts->chain.at(i);
        lines << ConnectionLine{TimingTexts::tr("Certificate %1").arg(i + 1),
                                commonName(each.subject)}
              << ConnectionLine{{}, TimingTexts::tr("issued by %1").arg(each.issuer)}
              << validityLine(each, now)
              << ConnectionLine{{}, TimingTexts::tr("SHA-256 %1").arg(digestText(each.sha256))};
    }
    return lines;
}

QString timingText(const SendRecord &record, const QDateTime &now)
{
    QStringList lines;
    for (const TimingPhase &phase : timingPhases(record))
        lines << TimingTexts::tr("%1: %2").arg(phase.name, phaseLengthText(phase));
    if (record.answer.timing.total > 0us)
        lines << TimingTexts::tr("Altogether: %1").arg(durationText(record.answer.timing.total));
    lines << timingNotes(record) << QString();
    for (const ConnectionLine &line : connectionLines(record, now))
        lines << plainConnectionLine(line);
    return lines.join(u'\n');
}

} // namespace icebreaker
