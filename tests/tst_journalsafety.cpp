#include "store/journal.h"

#include "support/storesamples.h"
#include "support/walsyncs.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

#include <unistd.h>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestJournalSafety : public QObject
{
    Q_OBJECT

private slots:
    void claimIsOnTheDiskWhenItFinishes();
    void claimsSurviveAKill();
    void claimsOfLiveProcessesAreLeftAlone();
    void realReportReplacesThePresumption();
    void searchDoesNotHoldUpClaims();
};

namespace {

/// This program again, as another process on the same folder: claims as fast as it can and
/// prints each id once the claim has finished.
class ClaimingChild : public QProcess
{
public:
    ClaimingChild(const QString &folder, int claims)
    {
        setProcessChannelMode(QProcess::ForwardedErrorChannel);
        start(QCoreApplication::applicationFilePath(),
              {u"--claim"_s, folder, QString::number(claims)});
    }
    /// The next id.
    QString readId()
    {
        while (!canReadLine()) {
            if (!waitForReadyRead())
                return {};
        }
        return QString::fromLatin1(readLine().trimmed());
    }
    void killNow()
    {
        kill();
        waitForFinished();
    }
};

int claimForEver(const QString &folder, int claims)
{
    Journal journal(folder);
    if (!resultOf(journal.open()))
        return 1;
    for (int i = 0; i < claims; ++i) {
        const Claim claim = sampleClaim();
        if (!resultOf(journal.claim(claim)))
            return 2;
        std::puts(qPrintable(claim.sendId));
        std::fflush(stdout);
    }
    for (;;)
        pause(); // alive, with claims in flight, until it is killed
}

} // namespace

void TestJournalSafety::claimIsOnTheDiskWhenItFinishes()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    for (int i = 0; i < 10; ++i) {
        const Claim claim = sampleClaim();
        int before = walSyncs;
        QVERIFY(resultOf(journal.claim(claim)));
        QVERIFY(walSyncs > before);
        before = walSyncs;
        QVERIFY(resultOf(journal.settle(claim.sendId, sampleReport())));
        QVERIFY(walSyncs > before);
    }
}

void TestJournalSafety::claimsSurviveAKill()
{
    const QTemporaryDir dir;
    QStringList ids;
    constexpr int Kills = 5;
    for (int i = 0; i < Kills; ++i) {
        ClaimingChild child(dir.path(), 100'000);
        for (int claim = 0; claim < 7 + i; ++claim)
            ids.append(child.readId());
        child.killNow();
        const auto rest = QString::fromLatin1(child.readAll()).split(u'\n', Qt::SkipEmptyParts);
        for (const QString &id : rest) {
            if (id.size() == newId().size())
                ids.append(id);
        }
    }
    QVERIFY(!ids.contains(QString()));

    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened);
    QVERIFY(!opened->setAside);
    const auto rows = resultOf(journal.rows({}, 0, 1'000'000));
    QVERIFY(rows);
    const auto records = resultOf(journal.records(*rows));
    QVERIFY(records);
    QStringList recorded;
    for (const SendRecord &record : *records) {
        recorded.append(record.claim.sendId);
        QVERIFY(record.outcome == Outcome::Unknown);
        QCOMPARE(record.note, u"crashed"_s);
        QVERIFY(record.settledAt.isValid());
    }
    for (const QString &id : std::as_const(ids))
        QVERIFY2(recorded.contains(id), qPrintable(id));
    // Each kill may have hit between the commit and the printing.
    QVERIFY(recorded.size() <= ids.size() + Kills);
    QVERIFY(opened->recovered > 0); // by the last child's end; the others' by the next child
}

void TestJournalSafety::claimsOfLiveProcessesAreLeftAlone()
{
    const QTemporaryDir dir;
    ClaimingChild child(dir.path(), 3);
    QStringList ids;
    for (int i = 0; i < 3; ++i)
        ids.append(child.readId());

    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened);
    QCOMPARE(opened->recovered, 0);
    QCOMPARE(resultOf(journal.recover()).value(), 0);
    const Claim mine = sampleClaim();
    QVERIFY(resultOf(journal.claim(mine)));
    LogFilter inFlight;
    inFlight.inFlight = true;
    QCOMPARE(resultOf(journal.rows(inFlight, 0, 10)).value().size(), 4);

    child.killNow();
    QCOMPARE(resultOf(journal.recover()).value(), 3);
    QCOMPARE(resultOf(journal.recover()).value(), 0);
    const auto left = resultOf(journal.rows(inFlight, 0, 10)).value();
    QCOMPARE(left.size(), 1);
    QCOMPARE(resultOf(journal.record(left.front())).value()->claim.sendId, mine.sendId);
}

void TestJournalSafety::realReportReplacesThePresumption()
{
    const QTemporaryDir dir;
    const Claim claim = sampleClaim();
    qint64 row = 0;
    {
        Journal journal(dir.path());
        QVERIFY(resultOf(journal.open()));
        row = resultOf(journal.claim(claim)).value();
    }
    Journal journal(dir.path());
    QCOMPARE(resultOf(journal.open()).value().recovered, 1);
    QVERIFY(resultOf(journal.record(row)).value()->outcome == Outcome::Unknown);
    QVERIFY(resultOf(journal.settle(claim.sendId, sampleReport())));
    const auto record = resultOf(journal.record(row)).value();
    QVERIFY(record->outcome == Outcome::Accepted);
    QCOMPARE(record->note, QString());
}

void TestJournalSafety::searchDoesNotHoldUpClaims()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    Claim claim = sampleClaim();
    claim.body = QByteArray(8 * 1024 * 1024, 'x');
    for (int i = 0; i < 4; ++i) {
        claim.sendId = newId();
        QVERIFY(resultOf(journal.claim(claim)));
    }
    LogFilter absent;
    absent.text = u"xxxxxxxxxxxxxxxxxxxxxxxxxy \u00e4"_s;
    QList<QFuture<Result<QList<qint64>>>> searches;
    for (int i = 0; i < 20; ++i)
        searches.append(journal.rows(absent, 0, 10));
    QVERIFY(resultOf(journal.claim(sampleClaim())));
    QVERIFY(!searches.back().isFinished());
    for (auto &search : searches)
        search.cancel();
}

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments.at(1) == u"--claim"_s)
        return claimForEver(arguments.at(2), arguments.at(3).toInt());
    TestJournalSafety test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_journalsafety.moc"
