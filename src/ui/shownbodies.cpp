#include "ui/shownbodies.h"

#include "ui/privacy.h"
#include "words/consolewords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct ShownWords {
    Q_DECLARE_TR_FUNCTIONS(Record)
};

QByteArray maskedHead(const QByteArray &head, const SendRecord &record)
{
    return privacy::text(QString::fromUtf8(head), record.claim.to).toUtf8();
}

} // namespace

QString noAnswerText(const SendRecord &record)
{
    if (!record.outcome)
        return ShownWords::tr("No answer yet.");
    return record.answer.status == 0 ? ShownWords::tr("No answer was received.") : QString();
}

ShownBody shownAnswer(const SendRecord &record)
{
    const Answer &answer = record.answer;
    ShownBody shown;
    shown.summary =
        privacy::text(u"HTTP %1 %2"_s.arg(answer.status).arg(QString::fromUtf8(answer.reason)));
    shown.head = maskedHead(answerHeadText(record), record);
    shown.body = answer.body;
    shown.contentType = headerValue(answer.headers, "content-type");
    shown.emptyText = ShownWords::tr("The answer has no body.");
    shown.fileName = u"answer-%1"_s.arg(record.claim.sendId);
    if (answer.bodyCapped)
        shown.notes.append(ShownWords::tr("The answer was longer; the rest was dropped."));
    if (answer.problem == TransportProblem::AnswerCut)
        shown.notes.append(ShownWords::tr("The connection ended before the answer was complete."));
    return shown;
}

ShownBody shownRequest(const SendRecord &record)
{
    ShownBody shown;
    shown.summary = u"POST"_s;
    shown.head = maskedHead(
        "POST " + record.claim.url.toEncoded() + "\n\n" + requestHeadText(record), record);
    shown.body = record.claim.body;
    shown.contentType = "application/json";
    shown.fileName = u"request-%1"_s.arg(record.claim.sendId);
    return shown;
}

} // namespace icebreaker
