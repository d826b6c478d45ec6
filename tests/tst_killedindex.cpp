#include "store/journal.h"
#include "store/searchindexer.h"
#include "store/sqlite.h"
#include "support/storesamples.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// The search index against SIGKILL at random moments. ICEBREAKER_SEED repeats a run.
class TestKilledIndex : public QObject
{
    Q_OBJECT

private slots:
    void searchesStayRight();
};

void TestKilledIndex::searchesStayRight()
{
    constexpr int Runs = 15;
    constexpr int Sends = 4000;
    const QByteArray given = qgetenv("ICEBREAKER_SEED");
    const quint32 seed = given.isEmpty() ? QRandomGenerator::global()->generate() : given.toUInt();
    QRandomGenerator random(seed);
    qInfo("ICEBREAKER_SEED=%u", seed);
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    {
        SqliteConnection connection;
        QVERIFY(connection.open(dir.filePath(u"journal.sqlite"_s)));
        QVERIFY(connection.execute(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
            " INSERT INTO send (change, owner, send_id, claimed_at, profile, region, url, lane,"
            " recipient, agent, template, locale, channel, outcome, settled_at)"
            " SELECT i, '', 'id' || i, 1700000000000 + i, 'p', 'eu', '', 'l', 447900000000 + i,"
            " 'a', 't', 'es', 'whatsapp', 1, 0 FROM n"_s.arg(Sends)));
        QVERIFY(connection.execute(u"INSERT INTO request SELECT id, CAST(hex(randomblob(200))"
                                   " || ' number' || id || ' ' AS BLOB) FROM send"_s));
    }
    const auto checkAll = [&](int run) {
        for (int i = 0; i < 10; ++i) {
            const qint64 row = 1 + random.bounded(Sends);
            const auto filter = parseLogFilter(u"\"number%1 \""_s.arg(row)).value();
            QVERIFY2(resultOf(journal.rows(filter, 0, 9)).value() == QList<qint64>{row},
                     qPrintable(u"row %1 after %2 runs"_s.arg(row).arg(run)));
        }
    };
    int killed = 0;
    qint64 span = 100;
    for (int run = 0; run < Runs; ++run) {
        QProcess process;
        QElapsedTimer clock;
        clock.start();
        process.start(QStringLiteral(ICEBREAKER_KEEPINDEX), {dir.path()});
        QTimer::singleShot(random.bounded(int(span) + 1), Qt::PreciseTimer, &process,
                           &QProcess::kill);
        QVERIFY(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 50'000));
        if (process.exitStatus() == QProcess::CrashExit) {
            ++killed;
            span += span / 2; // so that some get far
        } else {
            // From the start again.
            QCOMPARE(process.exitCode(), 0);
            span = std::max<qint64>(20, clock.elapsed());
            QVERIFY(resultOf(journal.claim(sampleClaim())));
            SqliteConnection index;
            QVERIFY(index.open(searchindex::path(dir.path())));
            QVERIFY(index.execute(u"PRAGMA user_version = 0"_s));
        }
        checkAll(run);
        if (QTest::currentTestFailed())
            return;
    }
    qInfo("%d of %d killed", killed, Runs);
    QVERIFY(killed > Runs / 3);
    QProcess last;
    last.start(QStringLiteral(ICEBREAKER_KEEPINDEX), {dir.path()});
    QVERIFY(QTest::qWaitFor([&] { return last.state() == QProcess::NotRunning; }, 50'000));
    checkAll(Runs);
}

QTEST_GUILESS_MAIN(TestKilledIndex)
#include "tst_killedindex.moc"
