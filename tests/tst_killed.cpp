#include "core/json.h"
#include "store/journal.h"
#include "support/cliprocess.h"
#include "support/scriptedserver.h"
#include "support/storesamples.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <memory>

using namespace icebreaker;
using namespace icebreaker::test;

/// Promises 1 to 3 against the worst that can happen to a program: SIGKILL, at 100
/// random moments. The seed is printed; ICEBREAKER_SEED repeats a run's choices.
class TestKilled : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nothingIsLostDoubledOrMadeUp();

private:
    static constexpr int Runs = 100;
    static constexpr int SendsPerRun = 12;
    static constexpr qint64 FirstRecipient = 447'946'000'000;

    std::unique_ptr<QProcess> launch(int run);
    void scriptServer();
    void checkRun(qsizetype firstRequest);
    void compareWithRows(qsizetype firstRequest, const QList<SendRecord> &rows);

    QRandomGenerator m_random;
    Workplace m_place;
    ScriptedServer m_server;
    QList<bool> m_accepts; ///< What the server answers to its n-th request.
    QSet<QString> m_accepted; ///< Recipients whose request was read completely and accepted.
    QSet<QString> m_seen; ///< Recipients whose request was read completely.
    qint64 m_lastRow = 0;
    int m_recovered = 0;
};

void TestKilled::initTestCase()
{
    const QByteArray given = qgetenv("ICEBREAKER_SEED");
    const quint32 seed = given.isEmpty() ? QRandomGenerator::global()->generate() : given.toUInt();
    m_random.seed(seed);
    qInfo("ICEBREAKER_SEED=%u", seed);
    scriptServer();
}

/// Enough answers for all, most of them good ones.
void TestKilled::scriptServer()
{
    const std::array scripts{
        Script::answer("200 OK"),          Script::answer("200 OK"),
        Script::answer("200 OK"),          Script::answer("429 Too Many Requests"),
        Script::answer("400 Bad Request"), Script::answer("500 Internal Server Error"),
        Script::closeUnanswered(),         Script::resetUnanswered()};
    for (int i = 0; i < (Runs + 2) * SendsPerRun; ++i) {
        const auto choice = m_random.bounded(int(scripts.size()));
        m_server.willDo(scripts.at(std::size_t(choice)));
        m_accepts.append(choice < 3);
    }
}

/// Every fourth run is the real icebreaker-cli, the others send as much as they can.
std::unique_ptr<QProcess> TestKilled::launch(int run)
{
    const qint64 first = FirstRecipient + run * SendsPerRun;
    const QString base = baseText(m_server.url());
    auto process = std::make_unique<QProcess>();
    if (run % 4 == 0) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TEST_KEY"_s, QString::fromLatin1(CliKey));
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(ICEBREAKER_CLI),
                       {u"--data-dir"_s, m_place.folder(), u"send"_s, u"--no-pace"_s,
                        u"--endpoint"_s, base, u"--key-env"_s, u"TEST_KEY"_s,
                        m_place.file(requestJson(QByteArray::number(first)))});
    } else {
        process->start(
            QStringLiteral(ICEBREAKER_MANYSENDS),
            {m_place.folder(), base, QString::number(first), QString::number(SendsPerRun)});
    }
    return process;
}

void TestKilled::nothingIsLostDoubledOrMadeUp()
{
    const auto isOver = [](const QProcess &process) {
        return process.state() == QProcess::NotRunning;
    };
    // How long each of the two takes if nobody kills it.
    std::array<qint64, 2> wholeRun{};
    for (int run = 0; run < 2; ++run) {
        const qsizetype before = m_server.requests.size();
        QElapsedTimer clock;
        clock.start();
        const auto process = launch(run);
        QVERIFY(QTest::qWaitFor([&] { return isOver(*process); }, 50'000));
        wholeRun.at(std::size_t(run)) = clock.elapsed();
        checkRun(before);
        if (QTest::currentTestFailed())
            return;
    }

    int killed = 0;
    for (int run = 2; run < Runs + 2; ++run) {
        const qsizetype before = m_server.requests.size();
        qint64 &span = wholeRun.at(run % 4 == 0 ? 0 : 1);
        QElapsedTimer clock;
        clock.start();
        const auto process = launch(run);
        QTimer::singleShot(m_random.bounded(int(span) + 1), Qt::PreciseTimer, process.get(),
                           &QProcess::kill);
        QVERIFY(QTest::qWaitFor([&] { return isOver(*process); }, 50'000));
        if (process->exitStatus() == QProcess::CrashExit)
            ++killed;
        else
            span = clock.elapsed(); // the machine is less busy than it was
        checkRun(before);
        if (QTest::currentTestFailed())
            return;
    }
    qInfo("%d of %d killed; %d requests, %d of them accepted; %d found crashed", killed, Runs,
          int(m_seen.size()), int(m_accepted.size()), m_recovered);
    // Otherwise it has shown nothing.
    QVERIFY(killed > Runs / 2);
    QVERIFY(m_recovered > 0);
    QVERIFY(m_accepted.size() > Runs / 2);
}

void TestKilled::checkRun(qsizetype firstRequest)
{
    // What the dead had given to the kernel still arrives.
    QVERIFY(QTest::qWaitFor([this] { return m_server.openConnections() == 0; }, 10'000));

    Journal journal(m_place.folder());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened.has_value());
    QVERIFY(!opened->setAside);
    m_recovered += opened->recovered;
    const auto newest = resultOf(journal.rows({}, 0, Runs * SendsPerRun * 2));
    QVERIFY(newest.has_value());
    QList<SendRecord> rows;
    for (const qint64 row : *newest) {
        if (row <= m_lastRow)
            break;
        const auto record = resultOf(journal.record(row));
        QVERIFY(record.has_value() && record->has_value());
        rows.append(**record);
    }
    if (!newest->isEmpty())
        m_lastRow = newest->first();
    compareWithRows(firstRequest, rows);
}

void TestKilled::compareWithRows(qsizetype firstRequest, const QList<SendRecord> &rows)
{
    for (qsizetype i = firstRequest; i < m_server.requests.size(); ++i) {
        const SeenRequest &request = m_server.requests.at(i);
        const auto matches = std::count_if(rows.begin(), rows.end(), [&](const SendRecord &row) {
            return row.claim.body.startsWith(request.body);
        });
        QVERIFY2(matches > 0, "a request that was seen is not in the journal");
        if (request.body.size() < request.values("content-length").value(0).toLongLong())
            continue;
        QCOMPARE(matches, 1);
        const auto body = parseJson(request.body);
        QVERIFY(body && body->object() != nullptr);
        const QString to = textOf(*body->object(), u"to");
        QVERIFY2(!m_seen.contains(to), "a request was sent twice");
        m_seen.insert(to);
        if (m_accepts.at(i))
            m_accepted.insert(to);
    }
    for (const SendRecord &row : rows) {
        QVERIFY2(row.outcome.has_value(), "a row is without outcome after open()");
        if (row.outcome == Outcome::Accepted)
            QVERIFY2(m_accepted.contains(row.claim.to), "accepted only by the journal");
    }
}

QTEST_GUILESS_MAIN(TestKilled)
#include "tst_killed.moc"
