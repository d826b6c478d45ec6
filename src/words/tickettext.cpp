#include "words/tickettext.h"

#include "core/deliverytimeline.h"
#include "core/jsonmembers.h"
#include "words/deliverywords.h"
#include "words/explainwords.h"
#include "words/sendwords.h"

#include <QCoreApplication>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct TicketTr {
    Q_DECLARE_TR_FUNCTIONS(Ticket)
};

using Line = std::pair<QString, QString>;

QString utcText(const QDateTime &at)
{
    return at.isValid() ? at.toUTC().toString(Qt::ISODateWithMs) : QString();
}

/// What only the answer of AI Studio can tell its support: where it is there.
QString sessionIdOf(const SendRecord &record)
{
    const auto object = lenientObject(record.answer.body);
    if (!object || record.outcome != Outcome::Accepted)
        return {};
    for (const QStringView name : {u"session_id", u"sessionId", u"id"}) {
        if (QString id = memberString(*object, name); !id.isEmpty())
            return id;
    }
    return {};
}

QList<Line> headOf(const SendRecord &record)
{
    const Claim &claim = record.claim;
    QList<Line> lines{
        {TicketTr::tr("Sent (UTC)"), utcText(claim.claimedAt)},
        {TicketTr::tr("Answer recorded (UTC)"), utcText(record.settledAt)},
        {TicketTr::tr("Result"), resultText(record)},
        {TicketTr::tr("Took"),
         record.outcome ? durationText(record.answer.timing.total) : QString()},
        {TicketTr::tr("Address"), claim.url.toString(QUrl::FullyEncoded)},
        {TicketTr::tr("Recipient"), claim.to},
        {TicketTr::tr("Agent ID"), claim.agentId},
        {TicketTr::tr("Template"), claim.templateName},
        {TicketTr::tr("Locale"), claim.locale},
        {TicketTr::tr("Send ID"), claim.sendId},
        {TicketTr::tr("Session ID"), sessionIdOf(record)},
        {TicketTr::tr("Technical"), record.answer.problemDetail},
    };
    for (const HttpHeader &header : record.answer.headers) {
        const QByteArray name = header.name.toLower();
        if (name.contains("request-id") || name.contains("trace-id")
            || name.contains("correlation-id"))
            lines.append({QString::fromUtf8(header.name), QString::fromUtf8(header.value)});
    }
    return lines;
}

QStringList heardLines(const SendRecord &record, const QList<KeptEvent> &events)
{
    QStringList lines;
    for (const TimelineStep &step : deliveryTimeline(record, events)) {
        if (step.kind != TimelineStep::Kind::Heard)
            continue;
        QString line = utcText(step.at) + "  "_L1 + stepText(step, record);
        const StatusEvent &event = step.first.event;
        if (!event.messageUuid.isEmpty())
            line += "  message_uuid "_L1 + event.messageUuid;
        if (!event.internalMessageUuid.isEmpty())
            line += "  internal_message_uuid "_L1 + event.internalMessageUuid;
        if (const QString match = matchText(step.first.match); !match.isEmpty())
            line += "  ("_L1 + match + u')';
        lines.append(line);
    }
    return lines;
}

} // namespace

QString ticketText(const SendRecord &record, const QList<KeptEvent> &events,
                   const Explanation &explanation)
{
    QString text;
    for (const auto &[label, value] : headOf(record)) {
        if (!value.isEmpty())
            text += label + ": "_L1 + value + u'\n';
    }
    text += u'\n' + explanationText(explanation);
    const QStringList heard = heardLines(record, events);
    text += u'\n' + TicketTr::tr("Delivery statuses (UTC):") + u'\n'
        + (heard.isEmpty() ? TicketTr::tr("none") : heard.join(u'\n')) + u'\n';
    return text;
}

} // namespace icebreaker
