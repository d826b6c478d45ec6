#include "store/journalwalk.h"

#include "store/journal.h"
#include "support/storesamples.h"

#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestJournalWalk : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void itStopsAtTheFirstOlderOne();
    void itGoesOverManyPages();
    void itTakesNoMoreThanAsked();
    void itFollowsTheFilter();
    void anErrorEndsIt();

private:
    void claim(int number, const QDateTime &at, const QString &profile = u"Shop"_s);
    /// Waits in the event loop, which the walk needs.
    Result<QList<SendRecord>> walk(const LogFilter &filter, const QDateTime &since, qsizetype most);

    const QDateTime m_then{QDate(2026, 11, 23), QTime(12, 0), Qt::UTC};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Journal> m_journal;
};

void TestJournalWalk::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>(m_dir->path());
    QVERIFY(resultOf(m_journal->open()));
}

void TestJournalWalk::cleanup()
{
    m_journal.reset();
    m_dir.reset();
}

void TestJournalWalk::claim(int number, const QDateTime &at, const QString &profile)
{
    Claim claim = sampleClaim();
    claim.to = QString::number(number);
    claim.claimedAt = at;
    claim.profile = profile;
    QVERIFY(resultOf(m_journal->claim(claim)));
}

Result<QList<SendRecord>> TestJournalWalk::walk(const LogFilter &filter, const QDateTime &since,
                                                qsizetype most)
{
    const auto future = newestSends(*m_journal, filter, since, most);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }))
        return failure(ErrorKind::Storage, u"the walk does not end"_s);
    return future.result();
}

void TestJournalWalk::itStopsAtTheFirstOlderOne()
{
    QVERIFY(walk({}, m_then, 10)->isEmpty());
    claim(1, m_then.addSecs(-1));
    claim(2, m_then);
    claim(3, m_then.addSecs(1));
    const auto sends = walk({}, m_then, 10);
    QVERIFY(sends);
    QCOMPARE(sends->size(), 2);
    QCOMPARE(sends->at(0).claim.to, u"3"_s); // newest first
    QCOMPARE(sends->at(1).claim.to, u"2"_s);
}

void TestJournalWalk::itGoesOverManyPages()
{
    constexpr int number = 1200;
    QFuture<Result<qint64>> last;
    for (int i = 0; i < number; ++i) {
        Claim claim = sampleClaim();
        claim.claimedAt = m_then.addSecs(i);
        last = m_journal->claim(claim);
    }
    QVERIFY(resultOf(last));
    const auto sends = walk({}, m_then, 10'000);
    QVERIFY(sends);
    QCOMPARE(sends->size(), number);
    QVERIFY(std::is_sorted(sends->rbegin(), sends->rend(),
                           [](const auto &a, const auto &b) { return a.row < b.row; }));
}

void TestJournalWalk::itTakesNoMoreThanAsked()
{
    for (int i = 0; i < 5; ++i)
        claim(i, m_then);
    QCOMPARE(walk({}, m_then, 3)->size(), 3);
}

void TestJournalWalk::itFollowsTheFilter()
{
    claim(1, m_then, u"Shop"_s);
    claim(2, m_then, u"Test"_s);
    LogFilter filter;
    filter.profile = u"Shop"_s;
    const auto sends = walk(filter, m_then, 10);
    QVERIFY(sends && sends->size() == 1);
    QCOMPARE(sends->first().claim.to, u"1"_s);
}

void TestJournalWalk::anErrorEndsIt()
{
    const QTemporaryDir dir;
    Journal closed(dir.path());
    const auto future = newestSends(closed, {}, m_then, 10);
    QVERIFY(QTest::qWaitFor([&future] { return future.isFinished(); }));
    QVERIFY(!future.result());
}

QTEST_GUILESS_MAIN(TestJournalWalk)
#include "tst_journalwalk.moc"
