#include "words/consolewords.h"

#include "core/endpoint.h"
#include "words/sendwords.h"
#include "words/timingwords.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct ConsoleTexts {
    Q_DECLARE_TR_FUNCTIONS(Console)
};

/// Marks as curl -v has them: * for what is said about it, > for what goes out, < for what
/// comes in.
class ConsoleLines
{
public:
    void title(const QString &text)
    {
        if (!m_lines.isEmpty())
            m_lines << QString();
        m_lines << u"── %1"_s.arg(text);
    }
    void say(const QString &text) { m_lines << u"* "_s + text; }
    void out(const QByteArray &head) { addHead(u"> "_s, head); }
    void in(const QByteArray &head) { addHead(u"< "_s, head); }
    [[nodiscard]] QString text() const { return m_lines.join(u'\n') + u'\n'; }

private:
    void addHead(const QString &mark, const QByteArray &head)
    {
        const auto lines = head.trimmed().split('\n');
        for (const QByteArray &line : lines)
            m_lines << mark + QString::fromUtf8(line);
    }

    QStringList m_lines;
};

QString momentText(const Timing::Moment &moment)
{
    return moment ? durationText(*moment) : ConsoleTexts::tr("never");
}

QString bytesText(qsizetype count)
{
    return ConsoleTexts::tr("%n byte(s)", nullptr, static_cast<int>(count));
}

bool isSecure(const SendRecord &record)
{
    return record.claim.url.scheme() == "https"_L1;
}

bool reachedNetwork(const SendRecord &record)
{
    return record.answer.timing.total > 0us;
}

void addAddress(ConsoleLines &lines, const SendRecord &record)
{
    const QUrl &url = record.claim.url;
    const int port = url.port(isSecure(record) ? 443 : 80);
    lines.title(ConsoleTexts::tr("Address"));
    lines.say(ConsoleTexts::tr("Host %1, port %2, %3")
                  .arg(url.host(), QString::number(port), url.scheme()));
    if (isLoopback(url))
        lines.say(ConsoleTexts::tr("That is this computer: nothing left it."));
    else
        lines.say(ConsoleTexts::tr("Not known: which of the host's addresses answered, and whether "
                                   "a proxy of the system was in between. Qt does not tell."));
}

void addConnection(ConsoleLines &lines, const SendRecord &record, const QDateTime &now)
{
    const Timing &timing = record.answer.timing;
    lines.title(ConsoleTexts::tr("Connection"));
    if (timing.reusedConnection) {
        lines.say(ConsoleTexts::tr("Reused: it was open from an earlier send."));
    } else if (timing.connecting) {
        lines.say(
            ConsoleTexts::tr("New: began to connect after %1.").arg(momentText(timing.connecting)));
        if (isSecure(record))
            lines.say(
                ConsoleTexts::tr("TLS agreed on after: %1.").arg(momentText(timing.encrypted)));
    } else {
        lines.say(ConsoleTexts::tr("It never came as far as connecting."));
    }
    const auto facts = connectionLines(record, now);
    for (const ConnectionLine &fact : facts)
        lines.say(fact.label.isEmpty() ? u"    "_s + fact.text
                                       : ConsoleTexts::tr("%1: %2").arg(fact.label, fact.text));
}

void addRequest(ConsoleLines &lines, const SendRecord &record)
{
    const Timing &timing = record.answer.timing;
    const bool left = timing.requestSent.has_value();
    lines.title(left ? ConsoleTexts::tr("Request")
                     : ConsoleTexts::tr("Request, if any of it left"));
    lines.out(requestHeadText(record));
    lines.say(ConsoleTexts::tr("Body: %1; see the tab Request.")
                  .arg(bytesText(record.claim.body.size())));
    if (left)
        lines.say(ConsoleTexts::tr("The last byte was handed to the socket after %1.")
                      .arg(momentText(timing.requestSent)));
    else if (reachedNetwork(record))
        lines.say(ConsoleTexts::tr("Its last byte was never handed to the socket."));
    lines.say(
        ConsoleTexts::tr("The head is not recorded but made anew, as this version of Icebreaker "
                         "sends it: an earlier one named its own version."));
}

void addAnswer(ConsoleLines &lines, const SendRecord &record)
{
    const Answer &answer = record.answer;
    lines.title(ConsoleTexts::tr("Answer"));
    if (!record.outcome) {
        lines.say(ConsoleTexts::tr("None yet."));
        return;
    }
    if (answer.status > 0) {
        lines.in(answerHeadText(record));
        lines.say(answer.timing.headers
                      ? ConsoleTexts::tr("The head was complete after %1.")
                            .arg(momentText(answer.timing.headers))
                      : ConsoleTexts::tr("When the head was complete is not recorded."));
        lines.say(
            ConsoleTexts::tr("Body: %1; see the tab Response.").arg(bytesText(answer.body.size())));
        lines.say(ConsoleTexts::tr("Not known: whether it was HTTP/1.0 or 1.1, and the order of "
                                   "repeated headers among others."));
    } else {
        lines.say(ConsoleTexts::tr("No answer was received."));
    }
    if (answer.bodyCapped)
        lines.say(ConsoleTexts::tr("The answer was longer; the rest was dropped."));
    if (answer.problem != TransportProblem::None)
        lines.say(problemText(answer.problem));
    if (!answer.problemDetail.isEmpty())
        lines.say(answer.problemDetail);
}

void addEnd(ConsoleLines &lines, const SendRecord &record)
{
    if (!record.outcome)
        return;
    lines.title(ConsoleTexts::tr("End"));
    if (reachedNetwork(record))
        lines.say(
            ConsoleTexts::tr("Ended after %1.").arg(durationText(record.answer.timing.total)));
    else
        lines.say(ConsoleTexts::tr("Nothing was measured: it never came as far as the network."));
    lines.say(ConsoleTexts::tr("Outcome: %1").arg(outcomeText(*record.outcome)));
}

} // namespace

QByteArray requestHeadText(const SendRecord &record)
{
    const QUrl &url = record.claim.url;
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (url.port() >= 0)
        host += ':' + QByteArray::number(url.port());
    return "POST " + target + " HTTP/1.1\nHost: " + host
        + "\nUser-Agent: Icebreaker/" ICEBREAKER_VERSION "\n"
          "Accept: application/json\n"
          "Accept-Language: en\n"
          "Accept-Encoding: identity\n"
          "Content-Type: application/json\n"
          "X-Vgai-Key: ••••••••\n"
          "Content-Length: "
        + QByteArray::number(record.claim.body.size()) + "\nConnection: Keep-Alive\n";
}

QByteArray answerHeadText(const SendRecord &record)
{
    const Answer &answer = record.answer;
    if (answer.status == 0)
        return {};
    QByteArray head = "HTTP " + QByteArray::number(answer.status) + ' ' + answer.reason + '\n';
    for (const HttpHeader &header : answer.headers)
        head += header.name + ": " + header.value + '\n';
    return head;
}

QString consoleText(const SendRecord &record, const QDateTime &now)
{
    ConsoleLines lines;
    lines.title(ConsoleTexts::tr("Send %1").arg(record.claim.sendId));
    lines.say(ConsoleTexts::tr("Recorded %1, before anything left.")
                  .arg(record.claim.claimedAt.toString(Qt::ISODateWithMs)));
    addAddress(lines, record);
    addConnection(lines, record, now);
    addRequest(lines, record);
    addAnswer(lines, record);
    addEnd(lines, record);
    return lines.text();
}

} // namespace icebreaker
