#include "ui/comparehtml.h"

#include "ui/theme.h"
#include "words/comparewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace icebreaker::html {

using namespace Qt::StringLiterals;

namespace {

/// More lines or characters would only make the view slow: nobody compares them by eye.
constexpr qsizetype MostLines = 2000;
constexpr qsizetype MostCharacters = 4000;

struct CompareHtmlTr {
    Q_DECLARE_TR_FUNCTIONS(Compare)
};

QString escapedLines(const QString &text)
{
    return text.toHtmlEscaped().replace(u'\n', "<br>"_L1);
}

QString cut(const QString &text)
{
    return text.size() <= MostCharacters ? text : text.left(MostCharacters) + u'…';
}

/// The text with its differing part marked by more than colour.
QString marked(const QString &text, const ChangedSpan &span)
{
    const qsizetype length = text.size() - span.before - span.behind;
    if (length <= 0)
        return escapedLines(text);
    return escapedLines(text.left(span.before))
        + u"<b><u style=\"background:%1;color:%2\">%3</u></b>"_s.arg(
            theme::chipFor(DeliveryStatus::Failed).background.name(),
            theme::chipFor(DeliveryStatus::Failed).text.name(),
            escapedLines(text.mid(span.before, length)))
        + escapedLines(text.right(span.behind));
}

QString signOf(const ComparedLine &line)
{
    if (!line.isDifferent)
        return {};
    if (line.isVolatile)
        return u"~"_s;
    if (!line.inLeft)
        return u"−"_s;
    return line.inRight ? u"≠"_s : u"+"_s;
}

QString cell(const QString &html, const char *width)
{
    return u"<td width=\"%1\" style=\"padding:2px 10px 2px 0\">%2</td>"_s.arg(
        QLatin1StringView(width), html);
}

QString valueCell(const ComparedLine &line, bool ofLeft, const ChangedSpan &span)
{
    const QString text = cut(comparedValueText(line, ofLeft));
    const bool isThere = ofLeft ? line.inLeft : line.inRight;
    if (!isThere)
        return cell(
            u"<i style=\"color:%1\">%2</i>"_s.arg(theme::muted().name(), text.toHtmlEscaped()),
            "38%");
    const bool isMarked = line.isDifferent && !line.isVolatile;
    return cell(isMarked ? marked(text, span) : escapedLines(text), "38%");
}

QString rowOf(const ComparedLine &line)
{
    ChangedSpan span;
    if (line.inLeft && line.inRight)
        span = changedSpan(cut(comparedValueText(line, true)), cut(comparedValueText(line, false)));
    const QString name = u"<span style=\"color:%1\">%2</span>"_s.arg(
        theme::muted().name(), subjectText(line.subject).toHtmlEscaped());
    return u"<tr><td width=\"3%\"><b>%1</b></td>"_s.arg(signOf(line)) + cell(name, "21%")
        + valueCell(line, true, span) + valueCell(line, false, span) + "</tr>"_L1;
}

/// Whole components and parameters have no value of their own, and a component's type is in
/// the names of all that is in it.
bool isShown(const ComparedLine &line, bool withVolatile)
{
    using Kind = ComparedSubject::Kind;
    const ComparedSubject &subject = line.subject;
    const bool isContainer = subject.kind == Kind::Component || subject.kind == Kind::Parameter
        || subject.kind == Kind::Status;
    const bool isType =
        subject.kind == Kind::ParameterValue && subject.number == 0 && subject.aspect == "type"_L1;
    if (isContainer || (isType && !line.isDifferent))
        return false;
    return withVolatile || !(line.isVolatile && line.isDifferent);
}

QString headRow(const QString &leftTitle, const QString &rightTitle)
{
    return u"<tr><td></td><td></td>%1%2</tr>"_s.arg(
        cell(u"<b>%1</b>"_s.arg(leftTitle.toHtmlEscaped()), "38%"),
        cell(u"<b>%1</b>"_s.arg(rightTitle.toHtmlEscaped()), "38%"));
}

QString partRow(ComparedPart part)
{
    return u"<tr><td colspan=\"4\" style=\"padding:10px 0 2px 0\"><b>%1</b></td></tr>"_s.arg(
        partText(part).toHtmlEscaped());
}

} // namespace

QString comparison(const QList<ComparedLine> &lines, const QString &leftTitle,
                   const QString &rightTitle, bool withVolatile)
{
    QString rows = headRow(leftTitle, rightTitle);
    std::optional<ComparedPart> part;
    qsizetype count = 0;
    for (const ComparedLine &line : lines) {
        if (!isShown(line, withVolatile))
            continue;
        if (++count > MostLines)
            break;
        if (part != line.part)
            rows += partRow(line.part);
        part = line.part;
        rows += rowOf(line);
    }
    if (count > MostLines)
        rows += u"<tr><td colspan=\"4\">%1</td></tr>"_s.arg(
            CompareHtmlTr::tr("There is more; the copied text has all differences.")
                .toHtmlEscaped());
    return u"<table width=\"100%\" cellspacing=\"0\" cellpadding=\"0\">%1</table>"_s.arg(rows);
}

} // namespace icebreaker::html
