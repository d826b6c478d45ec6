#include "words/comparewords.h"

#include "words/sendwords.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct CompareTr {
    Q_DECLARE_TR_FUNCTIONS(Compare)
};

using SubjectKind = ComparedSubject::Kind;

/// Characters of a value that fit into a sentence.
constexpr qsizetype LongestQuoted = 60;

QString quoted(const QString &text)
{
    QString shown = text.simplified();
    if (shown.size() > LongestQuoted)
        shown = shown.left(LongestQuoted - 1) + u'…';
    return CompareTr::tr("“%1”").arg(shown);
}

QString memberTitle(const QString &path)
{
    static const QHash<QString, const char *> names{
        {u"to"_s, QT_TRANSLATE_NOOP("Compare", "Recipient")},
        {u"agent_id"_s, QT_TRANSLATE_NOOP("Compare", "Agent ID")},
        {u"template"_s, QT_TRANSLATE_NOOP("Compare", "Template")},
        {u"namespace"_s, QT_TRANSLATE_NOOP("Compare", "Namespace")},
        {u"locale"_s, QT_TRANSLATE_NOOP("Compare", "Locale")},
        {u"channel"_s, QT_TRANSLATE_NOOP("Compare", "Channel")},
        {u"status_url"_s, QT_TRANSLATE_NOOP("Compare", "Status URL")}};
    if (path.isEmpty())
        return CompareTr::tr("Request");
    const auto name = names.constFind(path);
    return name != names.constEnd() ? CompareTr::tr(*name) : path;
}

/// "the body", "button 1 (url)".
QString componentText(const QString &component, int number)
{
    if (component == "header"_L1)
        return CompareTr::tr("the header");
    if (component == "body"_L1)
        return CompareTr::tr("the body");
    if (component.startsWith("button"_L1) && number > 0) {
        const QString kind = component.mid(QLatin1StringView("button ").size());
        return kind.isEmpty() ? CompareTr::tr("button %1").arg(number)
                              : CompareTr::tr("button %1 (%2)").arg(number).arg(kind);
    }
    return CompareTr::tr("component %1").arg(component);
}

QString parameterText(const ComparedSubject &subject)
{
    const QString where = componentText(subject.component, subject.button);
    const QString which = subject.name.isEmpty() ? QString::number(subject.number) : subject.name;
    return CompareTr::tr("Parameter %1 of %2").arg(which, where);
}

QString statusAspectText(const QString &aspect)
{
    if (aspect == "error"_L1)
        return CompareTr::tr("Vonage’s code");
    if (aspect == "meta"_L1)
        return CompareTr::tr("Meta’s code");
    if (aspect == "detail"_L1)
        return CompareTr::tr("reason");
    if (aspect == "from"_L1)
        return CompareTr::tr("sender");
    if (aspect == "price"_L1)
        return CompareTr::tr("price");
    if (aspect == "origin"_L1)
        return CompareTr::tr("kind of conversation");
    return aspect == "time"_L1 ? CompareTr::tr("time") : aspect;
}

QString durationTitle(const QString &name)
{
    if (name == "waiting"_L1)
        return CompareTr::tr("Waiting for the answer");
    return name == "receiving"_L1 ? CompareTr::tr("Receiving it") : CompareTr::tr("Altogether");
}

QString capitalisedName(QString text)
{
    if (!text.isEmpty())
        text.front() = text.front().toUpper();
    return text;
}

QString resultWords(const QString &word)
{
    const QString name = word.section(u' ', -1);
    const auto outcome = outcomeFromName(name);
    if (!outcome)
        return CompareTr::tr("no answer yet");
    return word == name ? outcomeText(*outcome)
                        : word.section(u' ', 0, 0) + u' ' + outcomeText(*outcome);
}

} // namespace

QString subjectText(const ComparedSubject &subject)
{
    switch (subject.kind) {
    case SubjectKind::Endpoint: return CompareTr::tr("Address");
    case SubjectKind::Profile: return CompareTr::tr("Profile");
    case SubjectKind::Region: return CompareTr::tr("Region");
    case SubjectKind::Result: return CompareTr::tr("Result");
    case SubjectKind::SendId: return CompareTr::tr("Send ID");
    case SubjectKind::StartedAt: return CompareTr::tr("Sent (UTC)");
    case SubjectKind::Member: return memberTitle(subject.name);
    case SubjectKind::Component:
        return capitalisedName(componentText(subject.component, subject.button));
    case SubjectKind::Parameter: return parameterText(subject);
    case SubjectKind::ParameterValue:
        return CompareTr::tr("%1, %2").arg(
            subject.number > 0 ? parameterText(subject)
                               : capitalisedName(componentText(subject.component, subject.button)),
            subject.aspect);
    case SubjectKind::SessionParameter:
        return CompareTr::tr("Session parameter %1").arg(subject.name);
    case SubjectKind::AnswerText: return CompareTr::tr("Answer");
    case SubjectKind::AnswerMember:
        return subject.name.isEmpty() ? CompareTr::tr("Answer")
                                      : CompareTr::tr("Answer, %1").arg(subject.name);
    case SubjectKind::Header: return CompareTr::tr("Header %1").arg(subject.name);
    case SubjectKind::Statuses: return CompareTr::tr("Statuses");
    case SubjectKind::Status: return capitalisedName(subject.name);
    case SubjectKind::StatusValue:
        return CompareTr::tr("%1, %2").arg(capitalisedName(subject.name),
                                           statusAspectText(subject.aspect));
    case SubjectKind::Duration: return durationTitle(subject.name);
    case SubjectKind::Connection: return CompareTr::tr("Connection");
    }
    return {};
}

QString comparedValueText(const ComparedLine &line, bool ofLeft)
{
    const QString &text = ofLeft ? line.left : line.right;
    if (!(ofLeft ? line.inLeft : line.inRight))
        return CompareTr::tr("missing");
    switch (line.subject.kind) {
    case SubjectKind::Statuses: return text.isEmpty() ? CompareTr::tr("none") : text;
    case SubjectKind::Duration: return durationText(std::chrono::milliseconds(text.toLongLong()));
    case SubjectKind::Result: return resultWords(text);
    case SubjectKind::Component:
    case SubjectKind::Parameter:
    case SubjectKind::Status: return CompareTr::tr("there");
    default: break;
    }
    return line.isOtherType ? CompareTr::tr("%1 (of another type)").arg(text) : text;
}

QString differenceText(const ComparedLine &line)
{
    const QString name = subjectText(line.subject);
    const bool hasValue =
        line.subject.kind != SubjectKind::Component && line.subject.kind != SubjectKind::Parameter;
    if (!line.inLeft)
        return hasValue ? CompareTr::tr("%1 is missing; there it is %2.")
                              .arg(name, quoted(comparedValueText(line, false)))
                        : CompareTr::tr("%1 is missing.").arg(name);
    if (!line.inRight)
        return hasValue ? CompareTr::tr("%1 is additional: %2.")
                              .arg(name, quoted(comparedValueText(line, true)))
                        : CompareTr::tr("%1 is additional.").arg(name);
    if (line.isOtherType && line.left == line.right)
        return CompareTr::tr("%1 looks the same, but is of another type: text, or number.")
            .arg(name);
    return CompareTr::tr("%1: %2 instead of %3")
        .arg(name, quoted(comparedValueText(line, true)), quoted(comparedValueText(line, false)));
}

QString partText(ComparedPart part)
{
    switch (part) {
    case ComparedPart::Send: return CompareTr::tr("Send");
    case ComparedPart::Request: return CompareTr::tr("Request");
    case ComparedPart::Headers: return CompareTr::tr("Headers of the answer");
    case ComparedPart::Body: return CompareTr::tr("Answer");
    case ComparedPart::Callbacks: return CompareTr::tr("Delivery statuses");
    case ComparedPart::Timing: return CompareTr::tr("Timing");
    }
    return {};
}

QString comparedSendText(const SendRecord &record)
{
    return CompareTr::tr("%1 · %2 · to %3")
        .arg(QLocale().toString(record.claim.claimedAt.toLocalTime(), QLocale::ShortFormat),
             resultText(record), record.claim.to);
}

QString differencesText(qsizetype count)
{
    if (count == 0)
        return CompareTr::tr("Nothing differs but what is different every time.");
    return CompareTr::tr("%n difference(s)", nullptr, static_cast<int>(count));
}

QString comparisonText(const ComparedSend &left, const ComparedSend &right,
                       const QList<ComparedLine> &lines)
{
    const QList<ComparedLine> differences = differencesOf(lines);
    QString text = CompareTr::tr("This send: %1").arg(comparedSendText(left.record)) + u'\n'
        + CompareTr::tr("Compared with: %1").arg(comparedSendText(right.record)) + "\n\n"_L1
        + differencesText(differences.size()) + u'\n';
    for (const ComparedLine &line : differences)
        text += "- "_L1 + differenceText(line) + u'\n';
    QStringList aside;
    for (const ComparedLine &line : lines) {
        if (line.isDifferent && !line.isVolatile && !line.isWithin && line.inLeft && line.inRight)
            text += u'\n' + subjectText(line.subject) + "\n  "_L1 + comparedValueText(line, true)
                + "\n  "_L1 + comparedValueText(line, false) + u'\n';
        if (line.isDifferent && line.isVolatile && !line.isWithin
            && line.subject.kind != SubjectKind::Status)
            aside.append(subjectText(line.subject));
    }
    if (!aside.isEmpty())
        text += u'\n'
            + CompareTr::tr("Set aside, as different every time: %1").arg(aside.join(", "_L1))
            + u'\n';
    return text;
}

} // namespace icebreaker
