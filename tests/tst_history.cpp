#include "core/conversation.h"
#include "store/batches.h"
#include "store/deliveries.h"
#include "store/history.h"
#include "store/historyeraser.h"
#include "store/journal.h"
#include "store/lanes.h"
#include "store/searchindexer.h"
#include "store/sqlite.h"

#include "support/batchsamples.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Groups of sends, and what is left of deleted ones: nothing.
class TestHistory : public QObject
{
    Q_OBJECT

private slots:
    void groupsCountWhatTheFilterShows();
    void valuesThatWereSeenAreListed();
    void deletedIsGoneFromEveryFile();
    void deletedIsGoneFromALongJournal();
    void whatMayNotGoStays();
    void batchesKeepTheirCounts();
    void statusesOfOthersAreTiedAgain();
    void numbersAreNotGivenTwice();
    void othersHearOfIt();
    void remainsGoWithTheirTime();
    void cancelledDeletionStops();
    void claimsDoNotWaitForADeletion();
};

namespace {

constexpr auto Secret = "447700900606";

QDateTime longAgo()
{
    return QDateTime::currentDateTimeUtc().addDays(-40);
}

Claim oldClaim(const QString &to = QString::fromLatin1(Secret))
{
    Claim claim = sampleClaim();
    claim.to = to;
    claim.claimedAt = longAgo();
    claim.body = "{\"to\":\"" + to.toUtf8() + "\",\"text\":\"Dear Zbigniew\"}";
    return claim;
}

ErasedHistory erase(History &history, const HistoryEraser::Order &order)
{
    HistoryEraser eraser(history);
    QSignalSpy finished(&eraser, &HistoryEraser::finished);
    eraser.start(order);
    if (!QTest::qWaitFor([&] { return finished.count() == 1; }, 60'000))
        qFatal("the deletion does not end");
    return finished.first().first().value<ErasedHistory>();
}

HistoryEraser::Order orderOf(const QString &text)
{
    HistoryEraser::Order order;
    order.filter = *parseLogFilter(text);
    order.largestRewritten = SmallJournal;
    return order;
}

bool isInAnyFile(const QString &folder, const QByteArray &bytes)
{
    QDirIterator files(folder, QDir::Files | QDir::Hidden);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes))
            return true;
    }
    return false;
}

void indexAllOf(const QString &folder)
{
    SearchIndexer indexer(folder);
    while (*indexer.step([] { return false; }) == SearchIndexer::Progress::More) { }
    indexer.close();
}

} // namespace

void TestHistory::groupsCountWhatTheFilterShows()
{
    const QTemporaryDir dir;
    Store store(dir);
    History history(store.journal);
    for (int i = 0; i < 6; ++i) {
        Claim claim = sampleClaim();
        claim.to = QString::number(447'900'000'000 + i % 2);
        claim.templateName = i < 4 ? u"order"_s : u"parcel"_s;
        const auto outcome = i == 0 ? Outcome::RateLimited
            : i == 1                ? Outcome::Unknown
                                    : Outcome::Accepted;
        recordSend(store.journal, claim, sampleReport(outcome, i == 0 ? 429 : i == 1 ? 0 : 200));
    }
    const auto groups = [&](const QString &filter, LogGrouping grouping) {
        const auto found = resultOf(history.groups(*parseLogFilter(filter), grouping, 0)).value();
        QStringList texts;
        for (const LogGroup &group : found.groups)
            texts.append(u"%1 %2"_s.arg(group.value).arg(group.count));
        texts.sort();
        return found.next == 0 ? texts : QStringList{u"not all"_s};
    };
    QCOMPARE(groups({}, LogGrouping::Recipient),
             (QStringList{u"447900000000 3"_s, u"447900000001 3"_s}));
    QCOMPARE(groups({}, LogGrouping::Template), (QStringList{u"order 4"_s, u"parcel 2"_s}));
    QCOMPARE(groups(u"template:order outcome:accepted"_s, LogGrouping::Recipient),
             (QStringList{u"447900000000 1"_s, u"447900000001 1"_s}));
    QCOMPARE(groups(u"parcel"_s, LogGrouping::Agent), (QStringList{u"1a20bc 2"_s}));
    QCOMPARE(groups(u"Grüße"_s, LogGrouping::Agent), (QStringList{u"1a20bc 6"_s}));
    const QStringList errors = groups({}, LogGrouping::Error);
    QCOMPARE(errors, (QStringList{u"outcome:unknown 1"_s, u"status:429 1"_s}));
    for (const QString &error : errors)
        QVERIFY(parseLogFilter(error.section(u' ', 0, 0)));
    QCOMPARE(groups(u"since:1m"_s, LogGrouping::Agent), (QStringList{}));
}

void TestHistory::valuesThatWereSeenAreListed()
{
    const QTemporaryDir dir;
    Store store(dir);
    History history(store.journal);
    recordSend(store.journal, oldClaim(), sampleReport());
    Claim claim = sampleClaim();
    claim.templateName = u"parcel"_s;
    recordSend(store.journal, claim, sampleReport());
    StatusEvent rejected = parseStatusEvent(
        R"({"status":"rejected","error":{"title":"1022","detail":"(#131026) Not on WhatsApp"}})");
    rejected.sendId = claim.sendId;
    QVERIFY(resultOf(store.journal.append(rejected)));
    const auto seen = resultOf(history.seenValues()).value();
    QCOMPARE(seen.templates, (QStringList{u"parcel"_s, u"order_confirmed"_s}));
    QCOMPARE(seen.agents, QStringList{u"1a20bc"_s});
    QCOMPARE(seen.profiles, QStringList{u"My test"_s});
    QCOMPARE(seen.codes, (QStringList{u"1022"_s, u"131026"_s}));
}

void TestHistory::deletedIsGoneFromEveryFile()
{
    const QTemporaryDir dir;
    const QList<QByteArray> secrets{Secret,       "Zbigniew",  "his-answer",
                                    "his-status", "his-words", "9f8e7d6c"};
    {
        Store store(dir);
        Deliveries deliveries(store.journal);
        History history(store.journal);
        recordSend(store.journal, sampleClaim(), sampleReport());
        Claim claim = oldClaim();
        claim.sendId = u"9f8e7d6c-1111-4222-8333-444455556666"_s;
        SendReport report = sampleReport();
        report.answer.body = "his-answer";
        const qint64 row = recordSend(store.journal, claim, report);
        StatusEvent event = sampleEvent(claim.sendId, DeliveryStatus::Read);
        event.raw = "his-status";
        event.messageUuid = u"9f8e7d6c-uuid"_s;
        event.to = QString::fromLatin1(Secret);
        (void)resultOf(deliveries.take(event, EventSource::Listener));
        KeptConversation kept;
        kept.conversation.raw = "{\"a\":\"his-words\"}";
        kept.fetchedAt = longAgo();
        QVERIFY(resultOf(deliveries.keepConversation(row, kept)));
        indexAllOf(dir.path());
        for (const QByteArray &secret : secrets)
            QVERIFY2(isInAnyFile(dir.path(), secret), secret.constData());

        const auto counted = resultOf(history.removable(*parseLogFilter(u"to:447700900606"_s)));
        QCOMPARE(counted.value().removable, 1);
        QCOMPARE(counted.value().kept, 0);
        const ErasedHistory erased = erase(history, orderOf(u"to:447700900606"_s));
        QCOMPARE(erased.removed, 1);
        QVERIFY(erased.isScrubbed);
        for (const QByteArray &secret : secrets)
            QVERIFY2(!isInAnyFile(dir.path(), secret), secret.constData());
        // The trigrams of a number, too.
        QVERIFY(!isInAnyFile(dir.path(), "606"));
        QCOMPARE(resultOf(store.journal.count()).value(), 1);
        indexAllOf(dir.path());
        QCOMPARE(resultOf(store.journal.rows(*parseLogFilter(u"order"_s), 0, 9)).value(),
                 QList<qint64>{1});
    }
    for (const QByteArray &secret : secrets)
        QVERIFY2(!isInAnyFile(dir.path(), secret), secret.constData());
}

/// Where pages were divided again and again, copies of what they held are left in them.
void TestHistory::deletedIsGoneFromALongJournal()
{
    const QTemporaryDir dir;
    Store store(dir);
    History history(store.journal);
    constexpr int count = 3000;
    QStringList secrets;
    {
        SqliteConnection connection;
        QVERIFY(connection.open(dir.filePath(u"journal.sqlite"_s)));
        QVERIFY(connection.execute(u"BEGIN"_s));
        for (int i = 0; i < count; ++i) {
            const QString number =
                QString::number(447'000'000'000 + (i * 7919LL * 104'729LL) % 1'000'000'000);
            if (i % 7 == 0)
                secrets.append(number);
            QVERIFY(connection.execute(
                u"INSERT INTO send (change, owner, send_id, claimed_at, profile, region, url, lane,"
                " recipient, agent, template, locale, channel) VALUES (?, '', ?, ?, 'p', 'eu', '',"
                " 'l', ?, 'a', ?, 'es', 'whatsapp')"_s,
                {i + 1, newId(), longAgo().toMSecsSinceEpoch(), number,
                 i % 7 == 0 ? u"gone"_s : u"stays"_s}));
        }
        QVERIFY(
            connection.execute(u"UPDATE send SET outcome = 1, url = hex(randomblob(id % 40))"_s));
        QVERIFY(connection.execute(u"COMMIT"_s));
    }
    const ErasedHistory erased = erase(history, orderOf(u"template:gone"_s));
    QCOMPARE(erased.removed, secrets.size());
    QVERIFY(erased.isScrubbed);
    QFile file(dir.filePath(u"journal.sqlite"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    for (const QString &secret : std::as_const(secrets))
        QVERIFY2(!bytes.contains(secret.toLatin1()), qPrintable(secret));
    QCOMPARE(resultOf(store.journal.count()).value(), count - secrets.size());
}

void TestHistory::whatMayNotGoStays()
{
    const QTemporaryDir dir;
    Store store(dir);
    History history(store.journal);
    Lanes lanes(dir.path());
    QVERIFY(resultOf(lanes.take(sampleClaim().lane, std::chrono::hours(1))).value().taken);
    recordSend(store.journal, oldClaim(), sampleReport()); // 1
    QVERIFY(resultOf(store.journal.claim(oldClaim()))); // 2: in flight
    Claim young = oldClaim();
    young.claimedAt = QDateTime::currentDateTimeUtc().addSecs(-9 * 60);
    recordSend(store.journal, young, sampleReport()); // 3
    const qint64 batch = makeBatch(store.batches, 2);
    Claim running = oldClaim();
    running.batchRow = {batch, 1};
    recordSend(store.journal, running, sampleReport()); // 4: its batch still runs
    const auto counted = resultOf(history.removable({})).value();
    QCOMPARE(counted.removable, 1);
    QCOMPARE(counted.kept, 3);
    QCOMPARE(counted.newest, 4);
    const ErasedHistory erased = erase(history, orderOf({}));
    QCOMPARE(erased.removed, 1);
    QCOMPARE(erased.kept, 3);
    QCOMPARE(resultOf(store.journal.rows({}, 0, 9)).value(), (QList<qint64>{4, 3, 2}));
    QVERIFY(resultOf(lanes.wait(sampleClaim().lane)).value() > std::chrono::minutes(50));
    QCOMPARE(stateOf(store.batches, batch, 2), RowState::Waiting);
    QCOMPARE(resultOf(store.batches.waiting(batch, 0, 9)).value().size(), 1);
}

void TestHistory::batchesKeepTheirCounts()
{
    const QTemporaryDir dir;
    Store store(dir);
    History history(store.journal);
    const qint64 batch = makeBatch(store.batches, 4);
    for (int row = 1; row <= 3; ++row) {
        Claim claim = oldClaim();
        claim.batchRow = {batch, row};
        recordSend(store.journal, claim,
                   row == 1       ? sampleReport()
                       : row == 2 ? sampleReport(Outcome::Refused, 422)
                                  : sampleReport(Outcome::RateLimited, 429));
    }
    QVERIFY(resultOf(store.batches.setDeliveryWait(batch, std::chrono::milliseconds(0))));
    QVERIFY(resultOf(store.batches.setState(batch, BatchState::Stopped)));
    QVERIFY(resultOf(store.journal.recover())); // the wait is over
    const auto before = resultOf(store.batches.counts(batch)).value();
    QCOMPARE(erase(history, orderOf(u"batch:%1"_s.arg(batch))).removed, 3);
    compareCounts(resultOf(store.batches.counts(batch)).value(), before);
    const auto rows = resultOf(store.batches.rows(batch, {1, 2, 3, 4})).value();
    QCOMPARE(rows.size(), 4);
    QVERIFY(rows.at(0).input.cells.isEmpty());
    QVERIFY(rows.at(1).input.cells.isEmpty());
    QCOMPARE(rows.at(2).input.cells.size(), 2); // waits: the batch may be resumed
    QCOMPARE(rows.at(3).input.cells.size(), 2);
    QVERIFY(!rows.at(2).last);
    // What cannot be sent any more is not offered for it.
    QCOMPARE(resultOf(store.batches.retryRefused(batch, {})).value(), 0);
    QCOMPARE(stateOf(store.batches, batch, 2), RowState::Refused);
    QVERIFY(resultOf(store.batches.take(batch)));
}

void TestHistory::statusesOfOthersAreTiedAgain()
{
    const QTemporaryDir dir;
    Store store(dir);
    Deliveries deliveries(store.journal);
    History history(store.journal);
    Claim gone = oldClaim();
    Claim stays = oldClaim(u"447700900111"_s);
    recordSend(store.journal, gone, sampleReport());
    recordSend(store.journal, stays, sampleReport());
    for (const Claim &claim : {gone, stays}) {
        StatusEvent event = sampleEvent(claim.sendId, DeliveryStatus::Submitted);
        event.messageUuid = u"shared"_s;
        QVERIFY(resultOf(deliveries.take(event, EventSource::Listener)));
    }
    StatusEvent loose = sampleEvent({}, DeliveryStatus::Read);
    loose.messageUuid = u"shared"_s;
    QCOMPARE(resultOf(deliveries.take(loose, EventSource::Listener)).value(), EventMatch::None);
    StatusEvent stranger = sampleEvent(u"stranger"_s, DeliveryStatus::Read);
    QVERIFY(resultOf(deliveries.take(stranger, EventSource::Listener)));
    QCOMPARE(resultOf(deliveries.unmatchedCount()).value(), 2);
    QCOMPARE(erase(history, orderOf(u"to:447700900606"_s)).removed, 1);
    // Now there is only one that it can be of.
    QCOMPARE(resultOf(deliveries.unmatchedCount()).value(), 1);
    QCOMPARE(resultOf(deliveries.unmatched(0, 9)).value().size(), 1);
    QCOMPARE(resultOf(store.journal.record(2))->value().delivery, DeliveryStatus::Read);
    // A late status of the deleted one is nobody's.
    StatusEvent late = sampleEvent(gone.sendId, DeliveryStatus::Read);
    QCOMPARE(resultOf(deliveries.take(late, EventSource::Listener)).value(), EventMatch::None);
}

void TestHistory::numbersAreNotGivenTwice()
{
    const QTemporaryDir dir;
    qint64 change = 0;
    {
        Store store(dir);
        History history(store.journal);
        for (int i = 0; i < 3; ++i)
            recordSend(store.journal, oldClaim(), sampleReport());
        QCOMPARE(erase(history, orderOf({})).removed, 3);
        SqliteConnection connection;
        QVERIFY(connection.open(dir.filePath(u"journal.sqlite"_s)));
        change = connection.value(u"SELECT last_change FROM history"_s)->toLongLong();
        QVERIFY(change >= 6);
    }
    Store store(dir);
    QCOMPARE(resultOf(store.journal.claim(oldClaim())).value(), 4);
    SqliteConnection connection;
    QVERIFY(connection.open(dir.filePath(u"journal.sqlite"_s)));
    QVERIFY(connection.value(u"SELECT change FROM send WHERE id = 4"_s)->toLongLong() > change);
}

void TestHistory::othersHearOfIt()
{
    const QTemporaryDir dir;
    Store here(dir);
    Store there(dir);
    recordSend(here.journal, oldClaim(), sampleReport());
    QSignalSpy hereSpy(&here.journal, &Journal::removed);
    QSignalSpy thereSpy(&there.journal, &Journal::removed);
    History history(here.journal);
    QCOMPARE(erase(history, orderOf({})).removed, 1);
    QTRY_COMPARE(hereSpy.count(), 1);
    QTRY_COMPARE(thereSpy.count(), 1);
}

void TestHistory::remainsGoWithTheirTime()
{
    const QTemporaryDir dir;
    Store store(dir);
    Deliveries deliveries(store.journal);
    History history(store.journal);
    StatusEvent old = sampleEvent(u"stranger"_s, DeliveryStatus::Read);
    old.raw = "old-stranger";
    old.arrivedAt = longAgo();
    StatusEvent fresh = sampleEvent({}, DeliveryStatus::Read);
    fresh.arrivedAt = QDateTime::currentDateTimeUtc();
    for (const StatusEvent &event : {old, fresh})
        QVERIFY(resultOf(deliveries.take(event, EventSource::Listener)));
    // Two batches, one of which ended long ago, with rows that were never sent.
    QList<qint64> batches;
    for (int i = 0; i < 2; ++i) {
        const qint64 batch = resultOf(store.batches.create(samplePlan())).value();
        auto rows = sampleRows(1, 3);
        rows[1].excluded = u"duplicate"_s;
        rows[1].cells = {u"447700900%1"_s.arg(770 + i), u"Excluded"_s};
        QVERIFY(resultOf(store.batches.addRows(batch, rows)));
        QVERIFY(resultOf(store.batches.setState(batch, BatchState::Stopped)));
        batches.append(batch);
    }
    {
        SqliteConnection connection;
        QVERIFY(connection.open(dir.filePath(u"journal.sqlite"_s)));
        QVERIFY(connection.execute(u"UPDATE batch SET ended_at = ?, delivery_ended_at = ?"
                                   " WHERE id = ?"_s,
                                   {longAgo().toMSecsSinceEpoch(), longAgo().toMSecsSinceEpoch(),
                                    batches.first()}));
    }
    HistoryEraser::Order order = orderOf(u"until:30d"_s);
    order.remainsBefore = QDateTime::currentDateTimeUtc().addDays(-30);
    QVERIFY(erase(history, order).isScrubbed);
    QCOMPARE(resultOf(deliveries.unmatchedCount()).value(), 1);
    QVERIFY(!isInAnyFile(dir.path(), "old-stranger"));
    QVERIFY(!isInAnyFile(dir.path(), "447700900770"));
    QVERIFY(isInAnyFile(dir.path(), "447700900771"));
    const auto rows = resultOf(store.batches.rows(batches.first(), {1, 2})).value();
    QCOMPARE(rows.at(0).input.cells.size(), 2); // waits
    QCOMPARE(rows.at(1).state, RowState::Excluded);
    QVERIFY(rows.at(1).input.cells.isEmpty());
}

void TestHistory::cancelledDeletionStops()
{
    const QTemporaryDir dir;
    Store store(dir);
    History history(store.journal);
    for (int i = 0; i < 600; ++i) {
        (void)store.journal.claim(oldClaim());
    }
    QVERIFY(resultOf(store.journal.count())); // all asked for
    {
        SqliteConnection connection;
        QVERIFY(resultOf(store.journal.recover()));
        QVERIFY(connection.open(dir.filePath(u"journal.sqlite"_s)));
        QVERIFY(connection.execute(u"UPDATE send SET outcome = 1"_s));
    }
    HistoryEraser eraser(history);
    QSignalSpy finished(&eraser, &HistoryEraser::finished);
    connect(&eraser, &HistoryEraser::progressed, &eraser, &HistoryEraser::cancel);
    eraser.start(orderOf({}));
    QTRY_COMPARE(finished.count(), 1);
    const qint64 left = resultOf(store.journal.count()).value();
    QVERIFY(left > 0 && left < 600);
    QCOMPARE(finished.first().first().value<ErasedHistory>().removed, 600 - left);
}

void TestHistory::claimsDoNotWaitForADeletion()
{
    const QTemporaryDir dir;
    Store store(dir);
    History history(store.journal);
    {
        SqliteConnection connection;
        QVERIFY(connection.open(dir.filePath(u"journal.sqlite"_s)));
        QVERIFY(connection.execute(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO send (change, owner, send_id, claimed_at, profile, region, url, lane,"
            " recipient, agent, template, locale, channel, outcome, settled_at)"
            " SELECT i, '', 'id' || i, 1700000000000 + i, 'p', 'eu', '', 'l', 447900000000 + i,"
            " 'a', 't', 'es', 'whatsapp', 1, 0 FROM n"_s));
    }
    HistoryEraser eraser(history);
    QSignalSpy finished(&eraser, &HistoryEraser::finished);
    int claims = 0;
    // Each step lets those go first that wait: one claim per step, and each is done before
    // the step after the next one.
    connect(&eraser, &HistoryEraser::progressed, &eraser, [&](qint64 removed) {
        if (removed > 0 && removed < 2900 && claims < 20) {
            ++claims;
            (void)store.journal.claim(sampleClaim());
        }
    });
    eraser.start(orderOf(u"template:t to:4479"_s));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    QCOMPARE(finished.first().first().value<ErasedHistory>().removed, 3000);
    QVERIFY2(claims >= 3, "it was one long step");
    QCOMPARE(resultOf(store.journal.count()).value(), claims);
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
