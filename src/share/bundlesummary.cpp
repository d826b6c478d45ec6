#include "share/bundlesummary.h"

#include "core/deliverytimeline.h"
#include "core/json.h"
#include "interop/sendformats.h"
#include "share/exportfile.h"
#include "words/deliverywords.h"
#include "words/sendwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct SummaryWords {
    Q_DECLARE_TR_FUNCTIONS(Summary)
};

/// Of a body in the summary: all of it is in the other files.
constexpr qsizetype ShownCharacters = 20'000;

constexpr char Head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!DOCTYPE html>\n"
    "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
    "<meta charset=\"UTF-8\"/>\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
    "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
    "<meta name=\"viewport\" content=\"width=device-width\"/>\n";

constexpr char Style[] =
    "<style>\n"
    ":root { color-scheme: light dark; --line: #c8ccd2; --soft: #f2f4f7; --mute: #5c6470; }\n"
    "@media (prefers-color-scheme: dark) { :root { --line: #4a4f57; --soft: #25282d; "
    "--mute: #a8afb9; } }\n"
    "body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 32px auto; "
    "padding: 0 16px; }\n"
    "h1 { font-size: 24px; margin-bottom: 0; } h2 { font-size: 18px; margin: 0 0 8px; }\n"
    "h3 { font-size: 15px; margin: 16px 0 4px; }\n"
    "p { margin: 4px 0; } .mute { color: var(--mute); }\n"
    "table { border-collapse: collapse; width: 100%; }\n"
    "td, th { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; "
    "border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }\n"
    "section { border: 1px solid var(--line); border-radius: 8px; padding: 16px; "
    "margin: 24px 0; }\n"
    "pre { background: var(--soft); padding: 8px 12px; border-radius: 4px; overflow: auto; "
    "max-height: 360px; white-space: pre-wrap; overflow-wrap: anywhere; }\n"
    "ul { margin: 4px 0; padding-left: 20px; }\n"
    "</style>\n";

/// XML has no place for most control characters, nor for half of a pair.
QString xmlText(const QString &text)
{
    QString clean;
    clean.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool startsPair =
            c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (startsPair) {
            clean += c;
            clean += text.at(++i);
        } else if ((c.unicode() < 0x20 && c != u'\n' && c != u'\t') || c.isSurrogate()
                   || c.unicode() >= 0xfffe) {
            clean += u'\ufffd';
        } else {
            clean += c;
        }
    }
    return clean.toHtmlEscaped();
}

QString tagged(const char *tag, const QString &text)
{
    return u"<%1>%2</%1>\n"_s.arg(QString::fromLatin1(tag), text);
}

QString paragraphs(const QString &text)
{
    QString html;
    const auto lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines)
        html += tagged("p", xmlText(line));
    return html;
}

/// JSON indented, cut where it would be too long for a page.
QString shownBody(const QByteArray &body)
{
    if (body.isEmpty())
        return SummaryWords::tr("(empty)");
    const auto parsed =
        body.size() <= ShownCharacters ? parseJson(body) : tl::unexpected(JsonError());
    const QString text =
        parsed ? QString::fromUtf8(toJson(*parsed, JsonStyle::Indented)) : QString::fromUtf8(body);
    return text.size() <= ShownCharacters
        ? text
        : text.first(ShownCharacters) + u'\n' + SummaryWords::tr("… the rest is in sends.jsonl.");
}

QString shownAnswer(const Answer &answer)
{
    if (answer.status == 0)
        return answer.problemDetail.isEmpty()
            ? SummaryWords::tr("No answer was received.")
            : SummaryWords::tr("No answer was received: %1").arg(answer.problemDetail);
    QString text = u"HTTP %1 %2\n"_s.arg(answer.status).arg(QString::fromUtf8(answer.reason));
    for (const HttpHeader &header : answer.headers)
        text += QString::fromUtf8(header.name) + u": "_s + QString::fromUtf8(header.value) + u'\n';
    return text + u'\n' + shownBody(answer.body);
}

QString when(const QDateTime &at)
{
    return at.isValid() ? at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u" UTC"_s : QString();
}

using Facts = QList<std::pair<QString, QString>>;

Facts summaryFacts(const SendRecord &record)
{
    const Claim &claim = record.claim;
    Facts facts{{SummaryWords::tr("Result"), resultText(record)},
                {SummaryWords::tr("Delivery"), deliveryText(record)},
                {SummaryWords::tr("To"), claim.to},
                {SummaryWords::tr("Sent"), when(claim.claimedAt)},
                {SummaryWords::tr("Took"), durationText(record.answer.timing.total)},
                {SummaryWords::tr("Template"), claim.templateName},
                {SummaryWords::tr("Locale"), claim.locale},
                {SummaryWords::tr("Channel"), claim.channel},
                {SummaryWords::tr("Agent"), claim.agentId},
                {SummaryWords::tr("Profile"), claim.profile},
                {SummaryWords::tr("Region"), claim.region},
                {SummaryWords::tr("Address"), claim.url.toString()},
                {SummaryWords::tr("Send ID"), claim.sendId}};
    if (claim.batchRow)
        facts.append(
            {SummaryWords::tr("Batch"),
             SummaryWords::tr("%1, row %2").arg(claim.batchRow->batch).arg(claim.batchRow->row)});
    facts.removeIf([](const auto &fact) { return fact.second.isEmpty(); });
    return facts;
}

struct Step {
    QString when;
    QString what;
    QStringList details;
};

QList<Step> stepsOf(const SendRecord &record, const QList<KeptEvent> &events, const QDateTime &now)
{
    QList<Step> steps;
    const auto timeline = deliveryTimeline(record, events);
    for (const TimelineStep &step : timeline) {
        QStringList times{step.at.isValid() ? when(step.at) : stepTime(step, record, now),
                          stepGap(step)};
        times.removeAll(QString());
        steps.append({times.join(u"  "_s), stepText(step, record), stepDetails(step, record)});
    }
    return steps;
}

QString title(const BundleInput &input)
{
    return SummaryWords::tr("Icebreaker: support bundle of %n send(s)", nullptr,
                            static_cast<int>(input.sends.size()));
}

QString heading(const SendRecord &record, qsizetype number)
{
    return SummaryWords::tr("%1. %2 to %3")
        .arg(QString::number(number), resultText(record), record.claim.to);
}

QString sendHtml(const SendRecord &record, const QList<KeptEvent> &events, qsizetype number,
                 const BundleInput &input)
{
    QString html = u"<section>\n"_s + tagged("h2", xmlText(heading(record, number)));
    html += paragraphs(input.explain(record, events));
    html += tagged("h3", xmlText(SummaryWords::tr("What became of it"))) + u"<table>\n"_s;
    for (const Step &step : stepsOf(record, events, input.madeAt))
        html += u"<tr><td>%1</td><td>%2<div class=\"mute\">%3</div></td></tr>\n"_s.arg(
            xmlText(step.when), xmlText(step.what), xmlText(step.details.join(u"; "_s)));
    html += u"</table>\n"_s + tagged("h3", xmlText(SummaryWords::tr("Facts"))) + u"<table>\n"_s;
    for (const auto &[name, value] : summaryFacts(record))
        html += u"<tr><td class=\"mute\">%1</td><td>%2</td></tr>\n"_s.arg(xmlText(name),
                                                                          xmlText(value));
    html += u"</table>\n"_s;
    html += tagged("h3", xmlText(SummaryWords::tr("Request")))
        + tagged("pre", xmlText(shownBody(record.claim.body)));
    html += tagged("h3", xmlText(SummaryWords::tr("Answer")))
        + tagged("pre", xmlText(shownAnswer(record.answer)));
    return html + u"</section>\n"_s;
}

/// Several lines of text that Markdown must not interpret.
QString fenced(const QString &text)
{
    QString fence = u"```"_s;
    while (text.contains(fence))
        fence += u'`';
    return fence + u'\n' + text + u'\n' + fence + u"\n\n"_s;
}

QString sendMarkdown(const SendRecord &record, const QList<KeptEvent> &events, qsizetype number,
                     const BundleInput &input)
{
    QString text = u"## "_s + markdownText(heading(record, number)) + u"\n\n"_s;
    const auto lines = input.explain(record, events).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines)
        text += markdownText(line) + u"\n\n"_s;
    text += u"### "_s + SummaryWords::tr("What became of it") + u"\n\n"_s;
    for (const Step &step : stepsOf(record, events, input.madeAt)) {
        text += u"- "_s + markdownText(step.when) + u": **"_s + markdownText(step.what) + u"**"_s;
        text += step.details.isEmpty()
            ? u"\n"_s
            : u" ("_s + markdownText(step.details.join(u"; "_s)) + u")\n"_s;
    }
    text += u"\n### "_s + SummaryWords::tr("Facts") + u"\n\n| | |\n| --- | --- |\n"_s;
    for (const auto &[name, value] : summaryFacts(record))
        text += u"| %1 | %2 |\n"_s.arg(markdownText(name), markdownText(value));
    return text + u"\n### "_s + SummaryWords::tr("Request") + u"\n\n"_s
        + fenced(shownBody(record.claim.body)) + u"### "_s + SummaryWords::tr("Answer") + u"\n\n"_s
        + fenced(shownAnswer(record.answer));
}

} // namespace

QByteArray summaryHtml(const BundleInput &input, const QStringList &notes)
{
    QString html = QString::fromLatin1(Head) + tagged("title", xmlText(title(input)))
        + QString::fromLatin1(Style) + u"</head>\n<body>\n"_s + tagged("h1", xmlText(title(input)));
    html += u"<p class=\"mute\">%1</p>\n"_s.arg(
        xmlText(SummaryWords::tr("Made %1 by Icebreaker %2. Times are UTC.")
                    .arg(when(input.madeAt), u"" ICEBREAKER_VERSION ""_s)));
    html += u"<ul class=\"mute\">\n"_s;
    for (const QString &note : notes)
        html += tagged("li", xmlText(note));
    html += u"</ul>\n"_s;
    for (qsizetype i = 0; i < input.sends.size(); ++i) {
        const SendRecord &send = input.sends.at(i);
        html += sendHtml(send, input.events.value(send.claim.sendId), i + 1, input);
    }
    if (!input.diagnosis.isEmpty())
        html += u"<section>\n"_s + tagged("h2", xmlText(SummaryWords::tr("Diagnosis")))
            + tagged("pre", xmlText(input.diagnosis)) + u"</section>\n"_s;
    return (html + u"</body>\n</html>\n"_s).toUtf8();
}

QByteArray summaryMarkdown(const BundleInput &input, const QStringList &notes)
{
    QString text = u"# "_s + markdownText(title(input)) + u"\n\n"_s
        + markdownText(SummaryWords::tr("Made %1 by Icebreaker %2. Times are UTC.")
                           .arg(when(input.madeAt), u"" ICEBREAKER_VERSION ""_s))
        + u"\n\n"_s;
    for (const QString &note : notes)
        text += u"- "_s + markdownText(note) + u'\n';
    text += u'\n';
    for (qsizetype i = 0; i < input.sends.size(); ++i) {
        const SendRecord &send = input.sends.at(i);
        text += sendMarkdown(send, input.events.value(send.claim.sendId), i + 1, input);
    }
    if (!input.diagnosis.isEmpty())
        text += u"## "_s + SummaryWords::tr("Diagnosis") + u"\n\n"_s + fenced(input.diagnosis);
    return text.toUtf8();
}

QString sendText(const SendRecord &record, const QList<KeptEvent> &events,
                 const ExplainSend &explain, const QDateTime &now)
{
    QStringList lines = explain(record, events).split(u'\n', Qt::SkipEmptyParts);
    lines.append(QString());
    for (const auto &[name, value] : summaryFacts(record))
        lines.append(SummaryWords::tr("%1: %2").arg(name, value));
    lines.append(QString());
    for (const Step &step : stepsOf(record, events, now)) {
        const QString details =
            step.details.isEmpty() ? QString() : u" ("_s + step.details.join(u"; "_s) + u')';
        lines.append(step.when + u"  "_s + step.what + details);
    }
    lines.append({QString(), SummaryWords::tr("Request:"), shownBody(record.claim.body), QString(),
                  SummaryWords::tr("Answer:"), shownAnswer(record.answer)});
    return lines.join(u'\n');
}

MadeTicket ticketOf(const BundleInput &input, Redactor redactor, const QByteArrayList &secrets)
{
    const BundleInput hidden = redactedInput(input, redactor);
    QStringList texts;
    for (const SendRecord &send : hidden.sends)
        texts.append(
            sendText(send, hidden.events.value(send.claim.sendId), hidden.explain, hidden.madeAt));
    MadeTicket ticket{texts.join(u"\n\n----------\n\n"_s), ExportEnd::Written};
    LeakCheck check(secrets, redactor.choices().tagNumbers ? &redactor.numbers() : nullptr);
    check.look(ticket.text.toUtf8());
    ticket.end = endFor(check.finish());
    return ticket;
}

} // namespace icebreaker
