#include "ui/recordhtml.h"

#include "core/json.h"
#include "ui/theme.h"
#include "words/sendwords.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace icebreaker::html {

using namespace Qt::StringLiterals;

namespace {

struct RecordWords {
    Q_DECLARE_TR_FUNCTIONS(Record)
};

/// A longer body on one line would freeze the view (measured: seconds per megabyte).
constexpr qsizetype ShownBytes = 262'144;

QString colouredText(const QColor &colour, const QString &text)
{
    return u"<span style=\"color:%1\">%2</span>"_s.arg(colour.name(), text.toHtmlEscaped());
}

} // namespace

QString hint(const QString &text)
{
    return u"<p>%1</p>"_s.arg(colouredText(theme::muted(), text));
}

QString bodyText(const QByteArray &body)
{
    const QByteArray shown = body.first(std::min(body.size(), ShownBytes));
    QString text;
    if (const auto json = parseJson(shown); json && shown.size() == body.size())
        text = QString::fromUtf8(toJson(*json, JsonStyle::Indented));
    else if (shown.contains('\0'))
        text = RecordWords::tr("(binary data, %n byte(s))", nullptr, static_cast<int>(body.size()));
    else
        text = QString::fromUtf8(shown);
    if (shown.size() < body.size())
        text += u"\n\n"_s
            + RecordWords::tr("… %n more byte(s) are in the journal.", nullptr,
                              static_cast<int>(body.size() - shown.size()));
    return text;
}

QString responseText(const SendRecord &record)
{
    const Answer &answer = record.answer;
    if (!record.outcome)
        return RecordWords::tr("No answer yet.");
    if (answer.status == 0)
        return RecordWords::tr("No answer was received.");
    QString text = u"HTTP %1 %2\n"_s.arg(answer.status).arg(QString::fromUtf8(answer.reason));
    for (const HttpHeader &header : answer.headers)
        text += QString::fromUtf8(header.name) + u": "_s + QString::fromUtf8(header.value) + u'\n';
    text += u'\n' + bodyText(answer.body);
    if (answer.bodyCapped)
        text += u"\n\n"_s + RecordWords::tr("The answer was longer; the rest was dropped.");
    if (answer.problem == TransportProblem::AnswerCut)
        text += u"\n\n"_s + RecordWords::tr("The connection ended before the answer was complete.");
    return text;
}

QString requestText(const SendRecord &record)
{
    const Claim &claim = record.claim;
    return u"POST %1\nContent-Type: application/json\nX-Vgai-Key: ••••••••\n\n"_s.arg(
               claim.url.toString(QUrl::FullyEncoded))
        + QString::fromUtf8(claim.body);
}

} // namespace icebreaker::html
