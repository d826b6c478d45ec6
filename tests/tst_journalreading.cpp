#include "store/journal.h"

#include "support/storesamples.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestJournalReading : public QObject
{
    Q_OBJECT

private slots:
    void pagesAreNewestFirstWithoutGaps();
    void filtersFind_data();
    void filtersFind();
    void matchingAnswersForGivenRowsOnly();
    void cancelledSearchIsFinished();
    void changesAreReportedOnceEach();
    void changesOfAnotherProcessAreReported();
    void laneActivityIsWhatItsLaneStarted();
};

void TestJournalReading::pagesAreNewestFirstWithoutGaps()
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

void TestJournalReading::filtersFind_data()
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

void TestJournalReading::filtersFind()
{
    QFETCH(const QString, filter);
    QFETCH(const QList<qint64>, rows);
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    recordSend(journal, sampleClaim(), sampleReport());
    Claim limited = sampleClaim();
    limited.to = u"447900000002"_s;
    limited.locale = u"es_AR"_s;
    limited.region = u"us"_s;
    recordSend(journal, limited, sampleReport(Outcome::RateLimited, 429));
    Claim nasty = nastyClaim();
    nasty.body = R"({"to":"447900000001"})";
    SendReport report = nastyReport();
    report.answer.body.clear();
    recordSend(journal, nasty, report);
    QVERIFY(resultOf(journal.claim(sampleClaim())));

    const auto parsed = parseLogFilter(filter);
    QVERIFY(parsed);
    QCOMPARE(resultOf(journal.rows(*parsed, 0, 100)).value(), rows);
    QCOMPARE(resultOf(journal.matching(*parsed, {1, 2, 3, 4, 5})).value(), rows);
    if (!rows.isEmpty())
        QCOMPARE(resultOf(journal.rows(*parsed, 0, 1)).value(), rows.first(1));
}

void TestJournalReading::matchingAnswersForGivenRowsOnly()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()));
    for (int i = 0; i < 5; ++i)
        recordSend(journal, sampleClaim(), sampleReport());
    LogFilter accepted;
    accepted.outcomes = {Outcome::Accepted};
    QCOMPARE(resultOf(journal.matching(accepted, {2, 4, 77})).value(), (QList<qint64>{4, 2}));
    QCOMPARE(resultOf(journal.matching(accepted, {})).value(), QList<qint64>());
    accepted.status = 404;
    QCOMPARE(resultOf(journal.matching(accepted, {2, 4})).value(), QList<qint64>());
}

void TestJournalReading::cancelledSearchIsFinished()
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

void TestJournalReading::changesAreReportedOnceEach()
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

void TestJournalReading::changesOfAnotherProcessAreReported()
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

void TestJournalReading::laneActivityIsWhatItsLaneStarted()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    Journal other(dir.path());
    QVERIFY(resultOf(journal.open()));
    QVERIFY(resultOf(other.open()));
    const QDateTime start = sampleClaim().claimedAt;
    const auto claimAt = [start](int second, const QString &lane) {
        Claim claim = sampleClaim();
        claim.claimedAt = start.addSecs(second);
        claim.lane = lane;
        return claim;
    };
    recordSend(journal, claimAt(0, u"a"_s), sampleReport());
    recordSend(journal, claimAt(2, u"a"_s), sampleReport(Outcome::RateLimited, 429));
    recordSend(other, claimAt(1, u"a"_s), sampleReport(Outcome::Refused, 400));
    recordSend(other, claimAt(1, u"b"_s), sampleReport());
    QVERIFY(resultOf(other.claim(claimAt(3, u"a"_s))));

    const auto all = resultOf(journal.laneActivity(u"a"_s, start)).value();
    QCOMPARE(all.size(), 4);
    const QList<std::optional<Outcome>> outcomes{Outcome::Accepted, Outcome::Refused,
                                                 Outcome::RateLimited, std::nullopt};
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(all.at(i).at, start.addSecs(i));
        QVERIFY(all.at(i).outcome == outcomes.at(i));
    }
    QCOMPARE(resultOf(journal.laneActivity(u"a"_s, start.addMSecs(1))).value().size(), 3);
    QCOMPARE(resultOf(journal.laneActivity(u"b"_s, start)).value().size(), 1);
    QVERIFY(resultOf(journal.laneActivity(u"c"_s, start)).value().isEmpty());
    QVERIFY(resultOf(journal.laneActivity(u"a"_s, start.addSecs(4))).value().isEmpty());
}

QTEST_GUILESS_MAIN(TestJournalReading)
#include "tst_journalreading.moc"
