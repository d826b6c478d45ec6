#include "words/diagnosiswords.h"

#include "words/sendwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct DiagnosisTexts {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

QString hostName(const DiagnosedHost &host)
{
    if (host.region == "eu"_L1)
        return DiagnosisTexts::tr("EU");
    if (host.region == "us"_L1)
        return DiagnosisTexts::tr("US");
    return host.region == "sandbox"_L1 ? DiagnosisTexts::tr("Sandbox")
                                       : DiagnosisTexts::tr("Endpoint");
}

QString computerTitle()
{
    return DiagnosisTexts::tr("This computer");
}

QString reportMoment(const QDateTime &moment)
{
    return moment.toUTC().toString(Qt::ISODate);
}

/// Nothing in @p text is Markdown, or ends a table's cell.
QString escaped(const QString &text)
{
    static constexpr QStringView special = u"\\`*_{}[]<>()#+-!|~&";
    QString safe;
    for (const QChar c : text.simplified()) {
        if (special.contains(c))
            safe += u'\\';
        safe += c;
    }
    return safe;
}

QStringList textLines(const QList<CheckLine> &lines, const DiagnosisReport &report)
{
    QStringList texts;
    for (const CheckLine &line : lines) {
        QString text =
            DiagnosisTexts::tr("  [%1] %2: %3")
                .arg(checkStateText(line.state), checkName(line.kind), findingText(line, report));
        if (const QString time = checkTimeText(line); !time.isEmpty())
            text += u" · "_s + time;
        texts.append(text);
    }
    return texts;
}

QString markdownRows(const QList<CheckLine> &lines, const DiagnosisReport &report)
{
    QString rows =
        DiagnosisTexts::tr("| Check | State | Found | Time |") + "\n|---|---|---|---|\n"_L1;
    for (const CheckLine &line : lines)
        rows += u"| %1 | %2 | %3 | %4 |\n"_s.arg(
            escaped(checkName(line.kind)), escaped(checkStateText(line.state)),
            escaped(findingText(line, report)), escaped(checkTimeText(line)));
    return rows;
}

QStringList chainLines(const DiagnosedHost &host)
{
    QStringList lines;
    if (!host.connection)
        return lines;
    for (const CertificateFacts &each : host.connection->chain)
        lines.append(DiagnosisTexts::tr("%1, issued by %2, valid until %3, SHA-256 %4")
                         .arg(each.subject, each.issuer, reportMoment(each.validUntil),
                              QString::fromLatin1(each.sha256)));
    return lines;
}

} // namespace

QString checkName(CheckKind kind)
{
    switch (kind) {
    case CheckKind::Journal: return DiagnosisTexts::tr("Journal");
    case CheckKind::Keychain: return DiagnosisTexts::tr("Keychain");
    case CheckKind::StatusUrl: return DiagnosisTexts::tr("Status URL");
    case CheckKind::Proxy: return DiagnosisTexts::tr("Proxy");
    case CheckKind::Name: return DiagnosisTexts::tr("Name resolution");
    case CheckKind::Tcp: return DiagnosisTexts::tr("Connection (TCP)");
    case CheckKind::Tls: return DiagnosisTexts::tr("Encryption (TLS)");
    case CheckKind::Answer: return DiagnosisTexts::tr("Answer");
    case CheckKind::Clock: return DiagnosisTexts::tr("Clock");
    }
    return {};
}

QString hostTitle(const DiagnosedHost &host)
{
    return DiagnosisTexts::tr("%1: %2").arg(hostName(host), host.base.authority());
}

QString checkStateText(CheckState state)
{
    switch (state) {
    case CheckState::Waiting: return DiagnosisTexts::tr("waits");
    case CheckState::Running: return DiagnosisTexts::tr("checking…");
    case CheckState::Good: return DiagnosisTexts::tr("works");
    case CheckState::Notice: return DiagnosisTexts::tr("note");
    case CheckState::Bad: return DiagnosisTexts::tr("fails");
    case CheckState::NotChecked: break;
    }
    return DiagnosisTexts::tr("not checked");
}

QString checkTimeText(const CheckLine &line)
{
    const bool isOver = line.state == CheckState::Good || line.state == CheckState::Notice
        || line.state == CheckState::Bad;
    if (!isOver || line.kind == CheckKind::Clock) // compared, not asked
        return {};
    return line.took.count() > 0 ? DiagnosisTexts::tr("%1 ms").arg(line.took.count())
                                 : DiagnosisTexts::tr("under 1 ms");
}

QString diagnosisText(const DiagnosisReport &report)
{
    const DiagnosisVerdict verdict = verdictOf(report);
    QStringList lines{
        DiagnosisTexts::tr("Is it me or them? %1").arg(culpritText(verdict)),
        verdictText(verdict, report),
        DiagnosisTexts::tr("Profile “%1”, begun at %2, took %3")
            .arg(report.profile, reportMoment(report.startedAt), durationText(report.took))};
    if (!report.computer.isEmpty())
        lines << QString() << computerTitle() << textLines(report.computer, report);
    for (const DiagnosedHost &host : report.hosts) {
        lines << QString() << hostTitle(host) << textLines(host.lines, report);
        for (const QString &certificate : chainLines(host))
            lines << DiagnosisTexts::tr("  Certificate: %1").arg(certificate);
    }
    return lines.join(u'\n') + u'\n';
}

QString diagnosisMarkdown(const DiagnosisReport &report)
{
    const DiagnosisVerdict verdict = verdictOf(report);
    QString text = u"# %1\n\n**%2** %3\n\n%4\n"_s.arg(
        escaped(DiagnosisTexts::tr("Is it me or them?")), escaped(culpritText(verdict)),
        escaped(verdictText(verdict, report)),
        escaped(
            DiagnosisTexts::tr("Profile “%1”, begun at %2, took %3")
                .arg(report.profile, reportMoment(report.startedAt), durationText(report.took))));
    if (!report.computer.isEmpty())
        text +=
            u"\n## %1\n\n"_s.arg(escaped(computerTitle())) + markdownRows(report.computer, report);
    for (const DiagnosedHost &host : report.hosts) {
        text += u"\n## %1\n\n"_s.arg(escaped(hostTitle(host))) + markdownRows(host.lines, report);
        const QStringList chain = chainLines(host);
        if (!chain.isEmpty())
            text += u'\n';
        for (const QString &certificate : chain)
            text += u"- %1\n"_s.arg(escaped(certificate));
    }
    return text;
}

} // namespace icebreaker
