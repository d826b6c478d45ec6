#include "support/scriptedserver.h"
#include "support/sending.h"

using namespace icebreaker;
using namespace icebreaker::test;
using namespace std::chrono_literals;
using End = Script::End;

Q_DECLARE_METATYPE(icebreaker::test::Script)

namespace {

/// What one send over a scripted wire must come to.
struct Case {
    const char *name;
    Script script;
    Outcome outcome;
    TransportProblem problem = TransportProblem::None;
    int status = 0;
};

QByteArray withLength(int length, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(length) + "\r\n\r\n" + body;
}

QList<Case> brokenAnswers()
{
    const auto unanswered = TransportProblem::ClosedUnanswered;
    const auto cut = TransportProblem::AnswerCut;
    return {
        {"closed", Script::closeUnanswered(), Outcome::Unknown, unanswered},
        {"reset", Script::resetUnanswered(), Outcome::Unknown, unanswered},
        {"stalled", Script::stall(), Outcome::Unknown, TransportProblem::InactivityTimeout},
        {"half a status line", Script::raw("HTTP/1.1 20", End::Close), Outcome::Unknown,
         unanswered},
        {"half a status line, reset", Script::raw("HTTP/1.1 20", End::Reset), Outcome::Unknown,
         unanswered},
        {"half a status line, stalled", Script::raw("HTTP/1.1 20", End::KeepOpen), Outcome::Unknown,
         TransportProblem::InactivityTimeout},
        {"half headers", Script::raw("HTTP/1.1 200 OK\r\nContent-Le", End::Close), Outcome::Unknown,
         unanswered},
        {"headers without their end",
         Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", End::Close), Outcome::Unknown,
         unanswered},
        {"half headers, reset", Script::raw("HTTP/1.1 200 OK\r\nContent-Le", End::Reset),
         Outcome::Unknown, unanswered},
        {"half headers, stalled", Script::raw("HTTP/1.1 200 OK\r\nContent-Le", End::KeepOpen),
         Outcome::Unknown, TransportProblem::InactivityTimeout},
        {"half a body", Script::raw(withLength(100, "{\"a\":"), End::Close), Outcome::Accepted, cut,
         200},
        {"half a body, reset", Script::raw(withLength(100, "{\"a\":"), End::Reset),
         Outcome::Accepted, cut, 200},
        {"half a body, stalled", Script::raw(withLength(100, "{\"a\":"), End::KeepOpen),
         Outcome::Accepted, TransportProblem::InactivityTimeout, 200},
        // Qt does not tell these from a connection that just ends.
        {"garbage", Script::raw("\x16\x03\x01 what?\r\n\r\n", End::Close), Outcome::Unknown,
         unanswered},
        {"garbage without a line end", Script::raw(QByteArray(300, '\x7f'), End::Close),
         Outcome::Unknown, unanswered},
        {"another protocol", Script::raw("220 mail.example ESMTP\r\n", End::Close),
         Outcome::Unknown, unanswered},
        {"garbage, left open", Script::raw("what?\r\n\r\n", End::KeepOpen), Outcome::Unknown,
         unanswered},
        {"HTTP/2 preface", Script::raw(QByteArray("\0\0\x12\4\0\0\0\0\0", 9), End::KeepOpen),
         Outcome::Unknown, unanswered},
    };
}

/// Answers that are whole, as far as anyone can tell, but odd.
QList<Case> oddAnswers()
{
    const auto none = TransportProblem::None;
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    return {
        {"broken chunk size", Script::raw(chunked + "zz\r\nabc\r\n", End::KeepOpen),
         Outcome::Accepted, none, 200},
        {"header line without a colon",
         Script::raw("HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 2\r\n\r\n{}", End::Close),
         Outcome::Accepted, none, 200},
        {"negative length",
         Script::raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}", End::Close),
         Outcome::Accepted, none, 200},
        {"compressed, broken", Script::answer("200 OK", "not gzip", "Content-Encoding: gzip\r\n"),
         Outcome::Accepted, none, 200},
        {"early hints, then an answer", // Qt takes the first for the answer
         Script::raw("HTTP/1.1 103 Early Hints\r\n\r\n" + withLength(2, "{}"), End::KeepOpen),
         Outcome::Unknown, none, 103},
        {"empty JSON body", Script::answer("200 OK", ""), Outcome::Accepted, none, 200},
        {"broken JSON", Script::answer("200 OK", "{\"a\":"), Outcome::Accepted, none, 200},
        {"two-digit status",
         Script::raw("HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n", End::KeepOpen),
         Outcome::Unknown, none, 20},
        {"status with four digits",
         Script::raw("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", End::KeepOpen),
         Outcome::Unknown, none, 2000},
        {"continue, then an answer",
         Script::raw("HTTP/1.1 100 Continue\r\n\r\n" + withLength(2, "{}"), End::KeepOpen),
         Outcome::Accepted, none, 200},
        {"continue, then closed", Script::raw("HTTP/1.1 100 Continue\r\n\r\n", End::Close),
         Outcome::Unknown, TransportProblem::ClosedUnanswered},
    };
}

QList<Case> statuses()
{
    const auto none = TransportProblem::None;
    const QByteArray html = "Content-Type: text/html; charset=utf-8\r\n";
    QList<Case> cases{
        {"200", Script::answer("200 OK"), Outcome::Accepted, none, 200},
        {"201", Script::answer("201 Created"), Outcome::Accepted, none, 201},
        {"204", Script::raw("HTTP/1.1 204 No Content\r\n\r\n", End::KeepOpen), Outcome::Accepted,
         none, 204},
        {"200 until the connection closes", Script::raw("HTTP/1.0 200 OK\r\n\r\n{}", End::Close),
         Outcome::Accepted, none, 200},
        {"200, HTML type", Script::answer("200 OK", "hello", html), Outcome::Unknown, none, 200},
        {"200, XHTML type",
         Script::answer("200 OK", "<a/>", "Content-Type: application/xhtml+xml\r\n"),
         Outcome::Unknown, none, 200},
        {"200, HTML body", Script::answer("200 OK", "\xEF\xBB\xBF \r\n<!DocType HTML><p>Log in"),
         Outcome::Unknown, none, 200},
        {"200, HTML body without a doctype", Script::answer("200 OK", "\n<HTML lang=en>"),
         Outcome::Unknown, none, 200},
        {"403, HTML", Script::answer("403 Forbidden", "<html>", html), Outcome::Refused, none, 403},
        {"304", Script::raw("HTTP/1.1 304 Not Modified\r\n\r\n", End::KeepOpen), Outcome::Refused,
         none, 304},
    };
    for (const int status : {400, 401, 402, 403, 404, 405, 407, 409, 410, 413, 418, 422, 451})
        cases.append({"4xx", Script::answer(QByteArray::number(status) + " No"), Outcome::Refused,
                      none, status});
    for (const int status : {408, 500, 501, 502, 503, 504, 599, 600, 999})
        cases.append({"not told", Script::answer(QByteArray::number(status) + " Oh"),
                      Outcome::Unknown, none, status});
    for (const char *scheme : {"Basic realm=\"x\"", "Negotiate", "NTLM",
                               R"(Digest realm="x", nonce="1", qop="auth")", "Bearer"})
        cases.append({scheme,
                      Script::answer("401 Unauthorized", "{}",
                                     "WWW-Authenticate: " + QByteArray(scheme) + "\r\n"),
                      Outcome::Refused, none, 401});
    cases.append({"429", Script::answer("429 Too Many Requests"), Outcome::RateLimited, none, 429});
    return cases;
}

} // namespace

class TestWireOutcomes : public QObject
{
    Q_OBJECT

private slots:
    void oneSendIsOnePostWithThisOutcome_data();
    void oneSendIsOnePostWithThisOutcome();
    void halfAChunkIsAcceptedAllTheSame();

private:
    using Transport = ScriptedServer::Transport;
};

void TestWireOutcomes::oneSendIsOnePostWithThisOutcome_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<bool>("reused");
    QTest::addColumn<Script>("script");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<TransportProblem>("problem");
    QTest::addColumn<int>("status");
    for (const auto transport : {Transport::Tcp, Transport::Tls}) {
        for (const bool reused : {false, true}) {
            for (const Case &entry : brokenAnswers() + oddAnswers() + statuses()) {
                QTest::addRow("%s, %s: %s %d", transport == Transport::Tls ? "tls" : "tcp",
                              reused ? "reused" : "fresh", entry.name, entry.status)
                    << transport << reused << entry.script << entry.outcome << entry.problem
                    << entry.status;
            }
        }
    }
}

void TestWireOutcomes::oneSendIsOnePostWithThisOutcome()
{
    QFETCH(const Transport, transport);
    QFETCH(const bool, reused);
    QFETCH(const Script, script);
    QFETCH(const Outcome, outcome);
    QFETCH(const TransportProblem, problem);
    QFETCH(const int, status);

    ScriptedServer server(transport);
    OutboundClient client;
    if (transport == Transport::Tls)
        client.setExtraCaCertificates(ScriptedServer::certificates());
    if (reused) {
        QCOMPARE(sendAndWait(client, server.url()).outcome, Outcome::Accepted);
        server.requests.clear();
    }
    const bool stalls = problem == TransportProblem::InactivityTimeout;
    client.setLimits({20s, stalls ? 300ms : 20s});
    server.willDo(script);
    const SendReport report = sendAndWait(client, server.url());

    QCOMPARE(server.posts(), 1);
    QCOMPARE(server.connections, 1);
    QCOMPARE(report.outcome, outcome);
    QCOMPARE(report.answer.problem, problem);
    QCOMPARE(report.answer.status, status);
    QCOMPARE(report.answer.problemDetail.isEmpty(), problem == TransportProblem::None);
    QCOMPARE(report.answer.timing.reusedConnection, reused);
    QCOMPARE(client.inFlight(), 0);
}

// Qt does not always tell that the rest is missing, so no problem is expected here.
void TestWireOutcomes::halfAChunkIsAcceptedAllTheSame()
{
    ScriptedServer server;
    OutboundClient client;
    server.willDo(
        Script::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nabc", End::Close));
    const SendReport report = sendAndWait(client, server.url());
    QCOMPARE(report.outcome, Outcome::Accepted);
    QCOMPARE(report.answer.body, QByteArray("abc"));
    QCOMPARE(server.posts(), 1);
}

QTEST_GUILESS_MAIN(TestWireOutcomes)
#include "tst_wireoutcomes.moc"
