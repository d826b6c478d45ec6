#include "store/history.h"
#include "store/historyeraser.h"
#include "store/journal.h"
#include "support/storesamples.h"
#include "ui/sendfollower.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// What the panes beside the log show of the selected send.
class TestSendFollower : public QObject
{
    Q_OBJECT

private slots:
    void neverTellsOfThePreviousSend();
    void readsAgainWhatIsDifferent();
    void aDeletedSendIsGone();

private:
    struct Store {
        QTemporaryDir folder;
        Journal journal{folder.path()};

        Store()
        {
            if (!resultOf(journal.open()))
                qFatal("cannot open");
        }
    };
    static qint64 addSend(Journal &journal, Claim &claim, Outcome outcome)
    {
        claim = sampleClaim();
        claim.claimedAt = QDateTime::currentDateTimeUtc().addDays(-40); // may be deleted
        return recordSend(journal, claim, sampleReport(outcome));
    }
};

void TestSendFollower::neverTellsOfThePreviousSend()
{
    Store store;
    Claim first;
    Claim second;
    const qint64 one = addSend(store.journal, first, Outcome::Accepted);
    const qint64 two = addSend(store.journal, second, Outcome::NotSent);
    SendFollower shown(store.journal);
    shown.follow(one);
    QTRY_VERIFY(shown.send().has_value());
    shown.follow(two);
    QVERIFY(!shown.send().has_value());
    shown.follow(one);
    shown.follow(two); // two answers are on their way, one of them for another row
    QTRY_VERIFY(shown.send().has_value());
    QCOMPARE(shown.send()->claim.sendId, second.sendId);
    shown.follow(0);
    QVERIFY(!shown.send().has_value());
}

void TestSendFollower::readsAgainWhatIsDifferent()
{
    Store store;
    const Claim claim = sampleClaim();
    const auto row = resultOf(store.journal.claim(claim));
    QVERIFY(row.has_value());
    SendFollower shown(store.journal);
    shown.follow(*row);
    QTRY_VERIFY(shown.send().has_value());
    QVERIFY(!shown.send()->outcome.has_value());
    QVERIFY(
        resultOf(store.journal.settle(claim.sendId, sampleReport(Outcome::Accepted))).has_value());
    QTRY_VERIFY(shown.send() && shown.send()->outcome == Outcome::Accepted);
}

void TestSendFollower::aDeletedSendIsGone()
{
    Store store;
    Claim claim;
    SendFollower shown(store.journal);
    shown.follow(addSend(store.journal, claim, Outcome::Accepted));
    QTRY_VERIFY(shown.send().has_value());
    History history(store.journal);
    HistoryEraser eraser(history);
    const QSignalSpy finished(&eraser, &HistoryEraser::finished);
    HistoryEraser::Order all;
    all.filter = *parseLogFilter({});
    eraser.start(all);
    QTRY_VERIFY(!shown.send().has_value());
    QTRY_COMPARE(finished.count(), 1);
}

QTEST_GUILESS_MAIN(TestSendFollower)
#include "tst_sendfollower.moc"
