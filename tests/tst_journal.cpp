#include "store/journal.h"

#include "support/storesamples.h"

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
    void pagesAreNewestFirstWithoutGaps();
    void filtersFind_data();
    void filtersFind();
    void matchingAnswersForGivenRowsOnly();
    void cancelledSearchIsFinished();
    void changesAreReportedOnceEach();
    void changesOfAnotherProcessAreReported();
    void nothingWorksBeforeOpen();
    void openingTwiceChangesNothing();

private:
    /// Claims and settles one send.
    static qint64 record(Journal &journal, const Claim &claim, const SendReport &report)
    {
        const auto row = resultOf(journal.claim(claim));
        if (!row || !resultOf(journal.settle(claim.sendId, report)))
            qFatal("cannot record");
        return *row;
    }
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

Claim nastyClaim()
{
    Claim claim = sampleClaim();
    claim.profile = nastyText();
    claim.to = nastyText();
    claim.templateName = nastyText();
    claim.body = nastyBytes();
    return claim;
}

SendReport nastyReport()
{
    SendReport report = sampleReport(Outcome::Unknown, 599);
    report.answer.reason = nastyBytes();
    report.answer.headers.append(HttpHeader{nastyBytes(), nastyBytes()});
    report.answer.headers.append(HttpHeader{"", ""});
    report.answer.body = nastyBytes() + nastyText().toUtf8();
    report.answer.bodyCapped = true;
    report.answer.problem = TransportProblem::InactivityTimeout;
    report.answer.problemDetail = nastyText();
    report.answer.retryAfter = std::chrono::milliseconds(86'400'001);
    return report;
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
    const qint64 first = record(journal, nastyClaim(), nastyReport());
    const qint64 second = record(journal, sampleClaim(), sampleReport());
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
    const StatusEvent &back = events->front();
    QCOMPARE(back.sendId, event.sendId);
    QCOMPARE(back.arrivedAt, event.arrivedAt);
    QCOMPARE(back.raw, event.raw);
    QCOMPARE(back.status, event.status);
    QCOMPARE(back.statusText, event.statusText);
    QCOMPARE(back.eventAt, event.eventAt);
    QCOMPARE(back.messageUuid, event.messageUuid);
    QCOMPARE(back.errorCode, event.errorCode);
    QCOMPARE(back.errorDetail, event.errorDetail);
    QVERIFY(!events->back().arrivedAt.isValid());
    QVERIFY(!events->back().eventAt.isValid());
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
    const qint64 row = record(journal, claim, sampleReport(Outcome::Unknown, 0));
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

void TestJournal::pagesAreNewestFirstWithoutGaps()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    QList<qint64> expected;
    for (int i = 0; i < 25; ++i)
        expected.prepend(resultOf(journal.claim(sampleClaim())).value());
    QList<qint64> paged;
    for (qint64 before = 0;;) {
        const auto page = resultOf(journal.rows({}, before, 10));
        QVERIFY(page);
        paged += *page;
        if (page->size() < 10)
            break;
        before = page->back();
    }
    QCOMPARE(paged, expected);
    QCOMPARE(resultOf(journal.rows({}, 0, 0)).value(), QList<qint64>());
    QCOMPARE(resultOf(journal.rows({}, 1, 10)).value(), QList<qint64>());
}

void TestJournal::filtersFind_data()
{
    // Rows: 1 accepted, 2 429, 3 unknown with nasty texts, 4 in flight.
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QList<qint64>>("rows");
    QTest::newRow("nothing") << QString() << QList<qint64>{4, 3, 2, 1};
    QTest::newRow("to") << u"to:0002"_s << QList<qint64>{2};
    QTest::newRow("to with plus") << u"to:+4479"_s << QList<qint64>{4, 2, 1};
    QTest::newRow("agent ignores case") << u"agent:A20B"_s << QList<qint64>{4, 3, 2, 1};
    QTest::newRow("template") << u"template:order"_s << QList<qint64>{4, 2, 1};
    QTest::newRow("underscore is literal") << u"template:r_c"_s << QList<qint64>{4, 2, 1};
    QTest::newRow("percent is literal") << u"template:r%c"_s << QList<qint64>{};
    QTest::newRow("language") << u"locale:ES"_s << QList<qint64>{4, 3, 2, 1};
    QTest::newRow("whole locale") << u"locale:es_AR"_s << QList<qint64>{2};
    QTest::newRow("half a language") << u"locale:e"_s << QList<qint64>{};
    QTest::newRow("profile") << u"profile:\"my TEST\""_s << QList<qint64>{4, 2, 1};
    QTest::newRow("region") << u"region:us"_s << QList<qint64>{2};
    QTest::newRow("status") << u"status:429"_s << QList<qint64>{2};
    QTest::newRow("outcome") << u"outcome:unknown"_s << QList<qint64>{3};
    QTest::newRow("outcomes") << u"outcome:accepted,unknown outcome:rate_limited"_s
                              << QList<qint64>{3, 2, 1};
    QTest::newRow("in flight") << u"outcome:in_flight,accepted"_s << QList<qint64>{4, 1};
    QTest::newRow("outcome and status") << u"outcome:accepted status:429"_s << QList<qint64>{};
    QTest::newRow("text in answer") << u"SESSION_id"_s << QList<qint64>{2, 1};
    QTest::newRow("text in request") << u"447900000001"_s << QList<qint64>{4, 3, 2, 1};
    QTest::newRow("two words") << u"session 0002"_s << QList<qint64>{2};
    QTest::newRow("umlaut in the other case") << u"GRÜSSE"_s << QList<qint64>{};
    QTest::newRow("umlaut") << u"GRÜß"_s << QList<qint64>{4, 2, 1};
    QTest::newRow("emoji") << QString::fromUtf8("\xF0\x9F\x98\x80") << QList<qint64>{3};
    QTest::newRow("phrase") << u"\"a'\\\"%_\""_s << QList<qint64>{3};
    QTest::newRow("all together")
        << u"to:44 agent:1a template:order locale:es region:us status:429 outcome:rate_limited abc"_s
        << QList<qint64>{2};
}

void TestJournal::filtersFind()
{
    QFETCH(const QString, filter);
    QFETCH(const QList<qint64>, rows);
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    record(journal, sampleClaim(), sampleReport());
    Claim limited = sampleClaim();
    limited.to = u"447900000002"_s;
    limited.locale = u"es_AR"_s;
    limited.region = u"us"_s;
    record(journal, limited, sampleReport(Outcome::RateLimited, 429));
    Claim nasty = nastyClaim();
    nasty.body = R"({"to":"447900000001"})";
    SendReport report = nastyReport();
    report.answer.body.clear();
    record(journal, nasty, report);
    QVERIFY(resultOf(journal.claim(sampleClaim())));

    const auto parsed = parseLogFilter(filter);
    QVERIFY(parsed);
    QCOMPARE(resultOf(journal.rows(*parsed, 0, 100)).value(), rows);
    QCOMPARE(resultOf(journal.matching(*parsed, {1, 2, 3, 4, 5})).value(), rows);
    if (!rows.isEmpty())
        QCOMPARE(resultOf(journal.rows(*parsed, 0, 1)).value(), rows.first(1));
}

void TestJournal::matchingAnswersForGivenRowsOnly()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    for (int i = 0; i < 5; ++i)
        record(journal, sampleClaim(), sampleReport());
    LogFilter accepted;
    accepted.outcomes = {Outcome::Accepted};
    QCOMPARE(resultOf(journal.matching(accepted, {2, 4, 77})).value(), (QList<qint64>{4, 2}));
    QCOMPARE(resultOf(journal.matching(accepted, {})).value(), QList<qint64>());
    accepted.status = 404;
    QCOMPARE(resultOf(journal.matching(accepted, {2, 4})).value(), QList<qint64>());
}

void TestJournal::cancelledSearchIsFinished()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    auto search = journal.rows({}, 0, 10);
    search.cancel();
    search.waitForFinished();
    QVERIFY(search.isCanceled());
    QCOMPARE(resultOf(journal.count()).value(), 0); // and the thread goes on
}

void TestJournal::changesAreReportedOnceEach()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    QList<qint64> reported;
    connect(&journal, &Journal::changed, this,
            [&reported](const QList<qint64> &rows) { reported += rows; });
    const Claim claim = sampleClaim();
    const qint64 row = resultOf(journal.claim(claim)).value();
    QTRY_COMPARE(reported, QList<qint64>{row});
    QVERIFY(resultOf(journal.settle(claim.sendId, sampleReport())));
    QTRY_COMPARE(reported, (QList<qint64>{row, row}));
    QVERIFY(resultOf(journal.append(sampleEvent(claim.sendId, DeliveryStatus::Submitted))));
    QTRY_COMPARE(reported, (QList<qint64>{row, row, row}));
}

void TestJournal::changesOfAnotherProcessAreReported()
{
    const QTemporaryDir dir;
    Journal window(dir.path());
    QVERIFY(resultOf(window.open()));
    const QSignalSpy changed(&window, &Journal::changed);
    QVERIFY(resultOf(window.claim(sampleClaim())));
    QTRY_COMPARE(changed.size(), 1); // its own; from here on only the look-out is left
    Journal other(dir.path());
    QVERIFY(resultOf(other.open()));
    const qint64 row = resultOf(other.claim(sampleClaim())).value();
    QTRY_COMPARE(changed.size(), 2);
    QCOMPARE(changed.back().front().value<QList<qint64>>(), QList<qint64>{row});
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
