#include "store/journal.h"

#include "support/storesamples.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestJournal : public QObject
{
    Q_OBJECT

private slots:
    void everyFieldOfASendRoundTrips();
    void summariesLeaveOutWhatIsBig();
    void everyFieldOfAnEventRoundTrips();
    void everythingAskedForIsThereAfterReopening();
    void anIdIsClaimedOnce();
    void aClaimIsSettledOnce();
    void deliveryIsTheSameInAnyOrder_data();
    void deliveryIsTheSameInAnyOrder();
    void eventsOfUnknownSendsAreKept();
    void nothingWorksBeforeOpen();
    void openingTwiceChangesNothing();
};

namespace {

void compareClaims(const Claim &actual, const Claim &expected)
{
    QCOMPARE(actual.sendId, expected.sendId);
    QCOMPARE(actual.claimedAt, expected.claimedAt);
    QCOMPARE(actual.claimedAt.timeSpec(), Qt::UTC);
    QCOMPARE(actual.profile, expected.profile);
    QCOMPARE(actual.region, expected.region);
    QCOMPARE(actual.url, expected.url);
    QCOMPARE(actual.url.toEncoded(), expected.url.toEncoded());
    QCOMPARE(actual.lane, expected.lane);
    QCOMPARE(actual.body, expected.body);
    QCOMPARE(actual.to, expected.to);
    QCOMPARE(actual.agentId, expected.agentId);
    QCOMPARE(actual.templateName, expected.templateName);
    QCOMPARE(actual.locale, expected.locale);
    QCOMPARE(actual.channel, expected.channel);
}

void compareSummaries(const Answer &actual, const Answer &expected)
{
    QCOMPARE(actual.status, expected.status);
    QCOMPARE(actual.reason, expected.reason);
    QCOMPARE(actual.bodyCapped, expected.bodyCapped);
    QCOMPARE(actual.problem, expected.problem);
    QCOMPARE(actual.problemDetail, expected.problemDetail);
    QVERIFY(actual.timing.connecting == expected.timing.connecting);
    QVERIFY(actual.timing.encrypted == expected.timing.encrypted);
    QVERIFY(actual.timing.requestSent == expected.timing.requestSent);
    QVERIFY(actual.timing.headers == expected.timing.headers);
    QVERIFY(actual.timing.total == expected.timing.total);
    QCOMPARE(actual.timing.reusedConnection, expected.timing.reusedConnection);
    QVERIFY(actual.retryAfter == expected.retryAfter);
}

} // namespace

void TestJournal::everyFieldOfASendRoundTrips()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const Claim claim = nastyClaim();
    const auto row = resultOf(journal.claim(claim));
    QVERIFY(row);
    const auto inFlight = resultOf(journal.record(*row));
    QVERIFY(inFlight && *inFlight);
    QVERIFY(!(*inFlight)->outcome);
    QVERIFY(!(*inFlight)->settledAt.isValid());
    compareClaims((*inFlight)->claim, claim);

    const SendReport report = nastyReport();
    const QDateTime before = QDateTime::currentDateTimeUtc();
    QVERIFY(resultOf(journal.settle(claim.sendId, report, u"note"_s)));
    const auto record = resultOf(journal.record(*row));
    QVERIFY(record && *record);
    const SendRecord &settled = **record;
    QCOMPARE(settled.row, *row);
    compareClaims(settled.claim, claim);
    QVERIFY(settled.outcome == report.outcome);
    QVERIFY(settled.settledAt >= before);
    QCOMPARE(settled.note, u"note"_s);
    compareSummaries(settled.answer, report.answer);
    QCOMPARE(settled.answer.body, report.answer.body);
    QCOMPARE(settled.answer.headers.size(), report.answer.headers.size());
    for (qsizetype i = 0; i < report.answer.headers.size(); ++i) {
        QCOMPARE(settled.answer.headers.at(i).name, report.answer.headers.at(i).name);
        QCOMPARE(settled.answer.headers.at(i).value, report.answer.headers.at(i).value);
    }
    const auto absent = resultOf(journal.record(*row + 1));
    QVERIFY(absent && !*absent);
}

void TestJournal::summariesLeaveOutWhatIsBig()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const qint64 first = recordSend(journal, nastyClaim(), nastyReport());
    const qint64 second = recordSend(journal, sampleClaim(), sampleReport());
    const auto records = resultOf(journal.records({second, 99, first}));
    QVERIFY(records);
    QCOMPARE(records->size(), 2);
    QCOMPARE(records->at(0).row, second);
    QCOMPARE(records->at(1).row, first);
    compareSummaries(records->at(1).answer, nastyReport().answer);
    QVERIFY(records->at(1).claim.body.isEmpty());
    QVERIFY(records->at(1).answer.body.isEmpty());
    QVERIFY(records->at(1).answer.headers.isEmpty());
}

void TestJournal::everyFieldOfAnEventRoundTrips()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const Claim claim = sampleClaim();
    QVERIFY(resultOf(journal.claim(claim)));
    StatusEvent event = sampleEvent(claim.sendId, DeliveryStatus::Rejected);
    event.raw = nastyBytes();
    event.statusText = nastyText();
    event.eventAt = QDateTime(QDate(2020, 1, 1), QTime(0, 0, 0, 1), Qt::UTC);
    event.messageUuid = newId();
    event.errorCode = u"1022"_s;
    event.errorDetail = nastyText();
    QVERIFY(resultOf(journal.append(event)));
    StatusEvent bare;
    bare.sendId = claim.sendId;
    QVERIFY(resultOf(journal.append(bare)));

    const auto events = resultOf(journal.events(claim.sendId));
    QVERIFY(events);
    QCOMPARE(events->size(), 2);
    const StatusEvent &back = events->front().event;
    QCOMPARE(back.sendId, event.sendId);
    QCOMPARE(back.arrivedAt, event.arrivedAt);
    QCOMPARE(back.raw, event.raw);
    QCOMPARE(back.status, event.status);
    QCOMPARE(back.statusText, event.statusText);
    QCOMPARE(back.eventAt, event.eventAt);
    QCOMPARE(back.messageUuid, event.messageUuid);
    QCOMPARE(back.errorCode, event.errorCode);
    QCOMPARE(back.errorDetail, event.errorDetail);
    QVERIFY(!events->back().event.arrivedAt.isValid());
    QVERIFY(!events->back().event.eventAt.isValid());
}

void TestJournal::everythingAskedForIsThereAfterReopening()
{
    const QTemporaryDir dir;
    QString lastId;
    {
        Journal journal(dir.path());
        (void)journal.open();
        for (int i = 0; i < 200; ++i) {
            const Claim claim = sampleClaim();
            lastId = claim.sendId;
            (void)journal.claim(claim);
            journal.settle(claim.sendId, sampleReport());
        }
    } // the destructor works off the queue
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    QVERIFY(opened);
    QVERIFY(!opened->setAside);
    QCOMPARE(opened->recovered, 0);
    QCOMPARE(resultOf(journal.count()).value(), 200);
    const auto newest = resultOf(journal.rows({}, 0, 1));
    QVERIFY(newest);
    const auto record = resultOf(journal.record(newest->front()));
    QCOMPARE(record.value()->claim.sendId, lastId);
}

void TestJournal::anIdIsClaimedOnce()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const Claim claim = sampleClaim();
    QVERIFY(resultOf(journal.claim(claim)));
    const auto again = resultOf(journal.claim(claim));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::InvalidInput);
    const auto nameless = resultOf(journal.claim(sampleClaim(QString())));
    QVERIFY(!nameless);
    QCOMPARE(nameless.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(resultOf(journal.count()).value(), 1);
}

void TestJournal::aClaimIsSettledOnce()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const Claim claim = sampleClaim();
    const qint64 row = recordSend(journal, claim, sampleReport(Outcome::Unknown, 0));
    for (const QString &id : {claim.sendId, newId()}) {
        const auto again = resultOf(journal.settle(id, sampleReport(Outcome::Accepted)));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::InvalidInput);
    }
    QVERIFY(resultOf(journal.record(row)).value()->outcome == Outcome::Unknown);
}

void TestJournal::deliveryIsTheSameInAnyOrder_data()
{
    QTest::addColumn<QList<int>>("statuses");
    QTest::addColumn<int>("expected");
    QTest::newRow("read") << QList<int>{1, 2, 3} << 3;
    QTest::newRow("delivered only") << QList<int>{2, 7} << 2;
    QTest::newRow("rejected") << QList<int>{1, 4} << 4;
    QTest::newRow("undeliverable") << QList<int>{1, 5, 7} << 5;
}

void TestJournal::deliveryIsTheSameInAnyOrder()
{
    QFETCH(QList<int>, statuses);
    QFETCH(const int, expected);
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    std::sort(statuses.begin(), statuses.end());
    do {
        const Claim claim = sampleClaim();
        const auto row = resultOf(journal.claim(claim));
        QVERIFY(row);
        for (int round = 0; round < 10; ++round) {
            for (const int number : std::as_const(statuses)) {
                const auto status = static_cast<DeliveryStatus>(number);
                StatusEvent event = sampleEvent(claim.sendId, status);
                if (status == DeliveryStatus::Rejected)
                    event.errorCode = u"1022"_s;
                QVERIFY(resultOf(journal.append(event)));
            }
        }
        const auto record = resultOf(journal.record(*row));
        QCOMPARE(static_cast<int>(record.value()->delivery), expected);
        QCOMPARE(record.value()->deliveryError, expected == 4 ? u"1022"_s : QString());
        QCOMPARE(resultOf(journal.events(claim.sendId)).value().size(), 10 * statuses.size());
    } while (std::next_permutation(statuses.begin(), statuses.end()));
}

void TestJournal::eventsOfUnknownSendsAreKept()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    QVERIFY(resultOf(journal.append(sampleEvent(QString(), DeliveryStatus::Read))));
    QVERIFY(resultOf(journal.append(sampleEvent(u"stranger"_s, DeliveryStatus::Read))));
    QCOMPARE(resultOf(journal.events(QString())).value().size(), 1);
    QCOMPARE(resultOf(journal.events(u"stranger"_s)).value().size(), 1);
    QCOMPARE(resultOf(journal.count()).value(), 0);
}

void TestJournal::nothingWorksBeforeOpen()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    const QSignalSpy failed(&journal, &Journal::failed);
    const auto claimed = resultOf(journal.claim(sampleClaim()));
    QVERIFY(!claimed);
    QCOMPARE(claimed.error().kind, ErrorKind::Storage);
    QVERIFY(!resultOf(journal.settle(u"x"_s, sampleReport())));
    QVERIFY(!resultOf(journal.append(sampleEvent(u"x"_s, DeliveryStatus::Read))));
    QVERIFY(!resultOf(journal.recover()));
    QVERIFY(!resultOf(journal.rows({}, 0, 1)));
    QVERIFY(!resultOf(journal.count()));
    QTRY_COMPARE(failed.size(), 4); // the writes
    QVERIFY(QDir(dir.path()).isEmpty());
}

void TestJournal::openingTwiceChangesNothing()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    const qint64 row = resultOf(journal.claim(sampleClaim())).value();
    const auto again = resultOf(journal.open());
    QVERIFY(again);
    QVERIFY(!again->setAside);
    QCOMPARE(again->recovered, 0);
    QVERIFY(!resultOf(journal.record(row)).value()->outcome);
}

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
