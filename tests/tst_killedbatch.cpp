#include "core/json.h"
#include "support/cliprocess.h"
#include "support/scriptedserver.h"

#include <QFile>
#include <QHash>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace icebreaker;
using namespace icebreaker::test;

/// A batch of 300 rows whose program is killed 50 times and resumed each time, against a
/// server that counts. The seed is printed; ICEBREAKER_SEED repeats a run's choices.
class TestKilledBatch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyRowEndsOnceWithAnOutcome();

private:
    static constexpr int Rows = 300;
    static constexpr int Kills = 50;
    static constexpr qint64 FirstRecipient = 447'946'000'000;
    /// At 5 per second: long enough for some rows, short enough that rows are left for all kills.
    static constexpr int LongestRun = 2'000; // ms

    void scriptServer();
    [[nodiscard]] QStringList firstRun() const;
    [[nodiscard]] QStringList nextRun() const;
    int killAtRandom(const QStringList &arguments);
    void countRequests();

    QRandomGenerator m_random;
    Workplace m_place;
    ScriptedServer m_server;
    QList<bool> m_accepts; ///< What the server answers to its n-th request.
    QList<bool> m_limits; ///< Whether it answers 429.
    QHash<QString, int> m_accepted; ///< By recipient: complete requests that it accepted.
    QHash<QString, int> m_final; ///< Complete requests that it did not answer with 429.
};

void TestKilledBatch::initTestCase()
{
    const QByteArray given = qgetenv("ICEBREAKER_SEED");
    const quint32 seed = given.isEmpty() ? QRandomGenerator::global()->generate() : given.toUInt();
    m_random.seed(seed);
    qInfo("ICEBREAKER_SEED=%u", seed);
    scriptServer();
}

void TestKilledBatch::scriptServer()
{
    for (int i = 0; i < 2 * Rows; ++i) {
        const int choice = m_random.bounded(20);
        const bool limited = choice == 0;
        const bool refused = choice == 1;
        m_server.willDo(limited
                            ? Script::answer("429 Too Many Requests", "{}", "Retry-After: 0\r\n")
                            : refused ? Script::answer("400 Bad Request")
                                      : Script::answer("200 OK"));
        m_limits.append(limited);
        m_accepts.append(!limited && !refused);
    }
}

QStringList TestKilledBatch::firstRun() const
{
    QByteArray csv = "phone\n";
    for (int i = 0; i < Rows; ++i)
        csv += QByteArray::number(FirstRecipient + i) + '\n';
    return {u"--json"_s,
            u"batch"_s,
            m_place.file(csv, u"rows.csv"_s),
            u"--request"_s,
            m_place.file(requestJson("{{phone}}")),
            u"--limit"_s,
            u"5"_s,
            u"--endpoint"_s,
            baseText(m_server.url()),
            u"--key-env"_s,
            u"TEST_KEY"_s};
}

QStringList TestKilledBatch::nextRun() const
{
    return {u"--json"_s,    u"batch"_s,    u"--resume"_s,  u"1"_s,
            u"--key-env"_s, u"TEST_KEY"_s, u"--results"_s, m_place.file({}, u"results.csv"_s)};
}

/// @return 1 if it was killed, 0 if it ended before
int TestKilledBatch::killAtRandom(const QStringList &arguments)
{
    CliProcess cli(m_place.folder(), arguments);
    cli.start();
    QTimer::singleShot(m_random.bounded(LongestRun), Qt::PreciseTimer, &cli.process(),
                       &QProcess::kill);
    if (!cli.waitForEnd())
        qFatal("the command hangs");
    return cli.process().exitStatus() == QProcess::CrashExit ? 1 : 0;
}

void TestKilledBatch::everyRowEndsOnceWithAnOutcome()
{
    // The batch has to be there before it can be resumed.
    {
        CliProcess cli(m_place.folder(), firstRun());
        cli.start();
        QVERIFY(cli.waitForText("accepted"));
        cli.signal(SIGKILL);
        QVERIFY(cli.waitForEnd());
    }
    int killed = 1;
    for (int run = 1; run < Kills; ++run)
        killed += killAtRandom(nextRun());
    QVERIFY2(killed > Kills * 8 / 10, "too few were killed: this has shown little");

    CliProcess last(m_place.folder(), nextRun());
    last.start();
    QVERIFY(last.waitForEnd(std::chrono::seconds(120)));
    QVERIFY(last.exitStatus() == 1 || last.exitStatus() == 3);
    QVERIFY(QTest::qWaitFor([this] { return m_server.openConnections() == 0; }, 10'000));
    countRequests();
    if (QTest::currentTestFailed())
        return;

    QHash<QString, QStringList> outcomes; // by recipient
    for (const JsonObject &send : m_place.log())
        outcomes[textOf(send, u"to")].append(textOf(send, u"outcome"));
    int unknown = 0;
    for (int i = 0; i < Rows; ++i) {
        const QString to = QString::number(FirstRecipient + i);
        QStringList ends = outcomes.value(to);
        ends.removeAll(u"rate_limited"_s);
        ends.removeAll(u"cancelled"_s);
        QVERIFY2(ends.size() == 1, qPrintable(to + u": "_s + outcomes.value(to).join(u' ')));
        unknown += ends.first() == "unknown"_L1 ? 1 : 0;
        if (ends.first() == "accepted"_L1)
            QCOMPARE(m_accepted.value(to), 1);
        if (m_accepted.value(to) > 0)
            QVERIFY2(ends.first() == "accepted"_L1 || ends.first() == "unknown"_L1,
                     "an accepted row was lost");
    }
    qInfo("%d of %d killed; %d requests; %d of %d rows unknown", killed, Kills, m_server.posts(),
          unknown, Rows);
    QVERIFY(unknown <= killed); // one claim at a time is under way
}

void TestKilledBatch::countRequests()
{
    for (qsizetype i = 0; i < m_server.requests.size(); ++i) {
        const SeenRequest &request = m_server.requests.at(i);
        if (request.body.size() < request.values("content-length").value(0).toLongLong())
            continue; // its sender was killed while it wrote
        const auto body = parseJson(request.body);
        QVERIFY(body && body->object() != nullptr);
        const QString to = textOf(*body->object(), u"to");
        m_accepted[to] += m_accepts.value(i) ? 1 : 0;
        m_final[to] += m_limits.value(i) ? 0 : 1;
        QVERIFY2(m_final.value(to) <= 1, "a row was sent twice");
    }
}

QTEST_GUILESS_MAIN(TestKilledBatch)
#include "tst_killedbatch.moc"
