#include "ui/explainhtml.h"

#include "ui/recordhtml.h"
#include "ui/theme.h"
#include "words/explainwords.h"
#include "words/sendwords.h"

#include <QCoreApplication>

namespace icebreaker::html {

using namespace Qt::StringLiterals;

namespace {

struct ExplainHtmlTr {
    Q_DECLARE_TR_FUNCTIONS(ExplainPane)
};

QString mutedText(const QString &text)
{
    return u"<span style=\"color:%1\">%2</span>"_s.arg(theme::muted().name(), text.toHtmlEscaped());
}

QString quoteOf(const QString &label, const QString &text)
{
    if (text.isEmpty())
        return {};
    return u"<p>%1<br>%2</p>"_s.arg(mutedText(label),
                                    text.toHtmlEscaped().replace(u'\n', "<br>"_L1));
}

/// Labels in the line and not in a column of their own: the pane is narrow.
QString answersOf(const Explanation &explanation)
{
    QString html;
    for (const LabelledAnswer &answer : fiveAnswers(explanation)) {
        html += u"<p style=\"margin:5px 0 0 0\"><b>%1</b>&nbsp;&nbsp;%2 %3</p>"_s.arg(
            answer.symbol.toHtmlEscaped(), mutedText(answer.label), answer.text.toHtmlEscaped());
    }
    return html;
}

QString sourceLine(const AppliedEntry &applied)
{
    const CatalogueEntry &entry = applied.entry;
    QString line = u"<b>%1</b><br>%2"_s.arg(entryTitle(applied).toHtmlEscaped(),
                                            sourceText(entry).toHtmlEscaped());
    if (!entry.url.isEmpty()) // not a link: nothing is opened by itself
        line += "<br>"_L1 + mutedText(entry.url);
    return u"<p>%1</p>"_s.arg(line);
}

QString sourcesOf(const Explanation &explanation, bool isOpen)
{
    QString html = u"<p><a href=\"%1\">%2 %3</a></p>"_s.arg(
        QString(SourcesLink), isOpen ? u"▾"_s : u"▸"_s,
        ExplainHtmlTr::tr("Sources, and how sure they are").toHtmlEscaped());
    if (!isOpen)
        return html;
    for (const AppliedEntry &each : explanation.applied)
        html += sourceLine(each);
    return html;
}

} // namespace

QString explanation(const Explanation &explanation, const SendRecord &record, const QString &note,
                    bool withSources)
{
    QString html = u"<p><b>%1</b></p>"_s.arg((explanation.applied.isEmpty()
                                                  ? resultText(record)
                                                  : entryTitle(explanation.applied.first()))
                                                 .toHtmlEscaped());
    if (const QString unknown = unknownCodesText(explanation); !unknown.isEmpty())
        html += u"<p>%1</p>"_s.arg(unknown.toHtmlEscaped());
    html += answersOf(explanation);
    html += quoteOf(ExplainHtmlTr::tr("What the sender said:"), explanation.senderWords);
    html += quoteOf(ExplainHtmlTr::tr("Your note:"), note);
    if (explanation.applied.size() > 1)
        html += u"<p>%1</p>"_s.arg(mutedText(ExplainHtmlTr::tr("What else is known:")));
    for (qsizetype i = 1; i < explanation.applied.size(); ++i) {
        const AppliedEntry &each = explanation.applied.at(i);
        html += u"<p>%1. %2</p>"_s.arg(entryTitle(each).toHtmlEscaped(),
                                       catalogueText(each.entry.means).toHtmlEscaped());
    }
    if (!record.answer.problemDetail.isEmpty())
        html += hint(ExplainHtmlTr::tr("Technical: %1").arg(record.answer.problemDetail));
    return html + sourcesOf(explanation, withSources);
}

} // namespace icebreaker::html
