// Measures the journal at a million rows. Not a test: prints, and checks nothing.
//   bench_journal [FOLDER]    keeps the rows in FOLDER for the next run if given

#include "core/whendone.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "store/sqlite.h"

#include "support/batchsamples.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Million = 1'000'000;

/// Rows like real ones; 1 in 1000 unknown, 1 in 100 limited, the newest 50 in flight.
void fill(const QString &folder)
{
    SqliteConnection connection;
    if (!connection.open(folder + u"/journal.sqlite"_s))
        qFatal("cannot open");
    const QStringList statements{
        u"PRAGMA synchronous = OFF"_s,
        u"BEGIN"_s,
        u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
        " INSERT INTO send (id, change, owner, send_id, claimed_at, profile, region, url, lane,"
        " recipient, agent, template, locale, channel, outcome, settled_at, status, total_us)"
        " SELECT i, i, 'nobody', lower(hex(randomblob(16))), 1700000000000 + i, 'My test', 'eu',"
        " 'https://studio-api-eu.ai.vonage.com/messaging/conversation',"
        " 'https://studio-api-eu.ai.vonage.com:443/1a20bc', 447000000000 + i * 7919 % 1000000000,"
        " '1a20bcf1a20bcf1a20bcf1a20', 'order_confirmed', 'es', 'whatsapp',"
        " CASE WHEN i > %1 - 50 THEN NULL WHEN i % 1000 = 0 THEN 5 WHEN i % 100 = 0 THEN 2"
        " ELSE 1 END, 1700000000500 + i, CASE WHEN i % 1000 = 0 THEN 0 WHEN i % 100 = 0"
        " THEN 429 ELSE 200 END, 180000 FROM n"_s.arg(Million),
        u"INSERT INTO request SELECT id, "
        u"CAST('{\"namespace\":\"ns\",\"template\":\"order\",\"to\":\"'"
        " || recipient || '\",\"agent_id\":\"1a20\",\"channel\":\"whatsapp\",\"components\":[]}'"
        " AS BLOB) FROM send"_s,
        u"INSERT INTO answer SELECT id, CAST('[[\"Content-Type\",\"application/json\"]]' AS BLOB),"
        " CAST('{\"session_id\":\"' || send_id || '\"}' AS BLOB) FROM send"_s,
        u"UPDATE send SET owner = 'live' WHERE outcome IS NULL"_s,
        u"COMMIT"_s,
    };
    for (const QString &sql : statements) {
        if (const auto done = connection.execute(sql); !done)
            qFatal("%s", qPrintable(done.error().detail));
    }
}

void measurePage(Journal &journal, const QString &filter)
{
    const auto parsed = parseLogFilter(filter);
    std::vector<qint64> times;
    qsizetype found = 0;
    for (int i = 0; i < 9; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto rows = resultOf(journal.rows(*parsed, 0, 200));
        times.push_back(timer.nsecsElapsed() / 1000);
        found = rows ? rows->size() : -1;
    }
    std::printf("first page [%s]: %lld rows, first time %.2f ms, median %.2f ms\n",
                qPrintable(filter), static_cast<long long>(found),
                static_cast<double>(times.front()) / 1000, [&times] {
                    std::sort(times.begin(), times.end());
                    return static_cast<double>(times.at(times.size() / 2)) / 1000;
                }());
}

double inMs(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// Claims and settles sends, a number of them at the same time, as a Dispatcher does.
class Sends : public QObject
{
public:
    /// @param batch  whose rows they are for; 0: none
    Sends(Journal &journal, int count, qint64 batch)
        : m_journal(journal)
        , m_left(count)
        , m_batch(batch)
    { }

    void run(int atOnce)
    {
        m_running = atOnce;
        for (int i = 0; i < atOnce; ++i)
            sendNext();
        m_loop.exec();
    }

private:
    void sendNext()
    {
        if (m_left == 0) {
            if (--m_running == 0)
                m_loop.quit();
            return;
        }
        --m_left;
        Claim claim = sampleClaim();
        if (m_batch > 0)
            claim.batchRow = {m_batch, ++m_row};
        whenDone(m_journal.claim(claim), this, [this, claim](const Result<qint64> &row) {
            if (!row)
                qFatal("%s", qPrintable(row.error().detail));
            whenDone(m_journal.settle(claim.sendId, sampleReport()), this,
                     [this](const Result<void> &) { sendNext(); });
        });
    }

    Journal &m_journal;
    QEventLoop m_loop;
    int m_left;
    int m_running = 0;
    qint64 m_batch;
    qint64 m_row = 0;
};

void measureWrites(Journal &journal, Batches &batches)
{
    constexpr int Count = 2000;
    double alone = 0;
    for (const bool isBatch : {false, true}) {
        for (const int atOnce : {1, 8, 32}) {
            const qint64 batch = isBatch ? makeBatch(batches, Count) : 0;
            QElapsedTimer timer;
            timer.start();
            Sends(journal, Count, batch).run(atOnce);
            const double perSecond = Count * 1000.0 / inMs(timer);
            if (atOnce == 1)
                alone = perSecond;
            std::printf("claim + settle, %s, %2d at once: %5.0f per second, %.1f times as many\n",
                        isBatch ? "rows of a batch" : "single sends   ", atOnce, perSecond,
                        perSecond / alone);
        }
    }
}

void measureBigBatch(Batches &batches)
{
    constexpr int Chunk = 5000;
    QElapsedTimer timer;
    timer.start();
    const qint64 batch = resultOf(batches.create(samplePlan())).value();
    for (int first = 1; first < Million; first += Chunk) {
        if (!resultOf(batches.addRows(batch, sampleRows(first, Chunk))))
            qFatal("cannot add rows");
    }
    (void)resultOf(batches.setState(batch, BatchState::Running));
    std::printf("batch of a million rows written: %.1f s\n", inMs(timer) / 1000);
    const auto measure = [&](const char *name, auto ask) {
        timer.start();
        if (!resultOf(ask()))
            qFatal("cannot read");
        std::printf("%s: %.2f ms\n", name, inMs(timer));
    };
    for (int i = 0; i < 2; ++i)
        measure("its counts", [&] { return batches.counts(batch); });
    measure("100 waiting from the middle", [&] { return batches.waiting(batch, 500'000, 100); });
    measure("200 of its rows", [&] {
        QList<qint64> rows;
        for (qint64 row = 700'000; row < 700'200; ++row)
            rows.append(row);
        return batches.rows(batch, rows);
    });
    measure("numbers of all waiting",
            [&] { return batches.rowNumbers(batch, {RowState::Waiting}); });
    measure("list of batches", [&] { return batches.list(); });
}

/// A million sends of which most got somewhere.
void hearOfThem(const QString &folder)
{
    SqliteConnection connection;
    if (!connection.open(folder + u"/journal.sqlite"_s))
        qFatal("cannot open");
    const auto done = connection.execute(
        u"UPDATE send SET delivery = CASE WHEN id % 50 = 0 THEN 4 WHEN id % 20 = 0 THEN 0"
        " WHEN id % 10 = 0 THEN 1 WHEN id % 3 = 0 THEN 2 ELSE 3 END, delivery_match = 1,"
        " submitted_at = settled_at + 900 + id % 700, delivered_at = settled_at + 2000 + id % 9000,"
        " read_at = settled_at + 9000 + id % 999983, guess = (id % 4001 = 0)"
        " WHERE outcome IS NOT NULL AND delivery = 0 AND guess = 0"_s);
    if (!done)
        qFatal("%s", qPrintable(done.error().detail));
}

void measureDeliveries(Journal &journal)
{
    Deliveries deliveries(journal);
    for (const auto &filter :
         {u"delivery:failed"_s, u"delivery:none,guessed"_s, u"delivery:guessed"_s, u"unread:4h"_s,
          u"outcome:unknown delivery:read"_s})
        measurePage(journal, filter);
    for (const auto &filter :
         {u""_s, u"outcome:unknown"_s, u"batch:1"_s, u"delivery:failed"_s, u"to:447"_s}) {
        QElapsedTimer timer;
        timer.start();
        const auto funnel = resultOf(deliveries.funnel(*parseLogFilter(filter))).value();
        std::printf("funnel [%s]: %lld sends, %lld delivered, p95 %.1f s, in %.0f ms\n",
                    qPrintable(filter), funnel.sends, funnel.delivered.count,
                    static_cast<double>(funnel.delivered.p95.value_or(0ms).count()) / 1000,
                    inMs(timer));
    }
    constexpr int Count = 10'000;
    QList<StatusEvent> events;
    for (int i = 0; i < Count; ++i)
        events.append(parseStatusEvent("{\"message_uuid\":\"" + newId().toUtf8()
                                       + "\",\"status\":\"read\",\"to\":\"447"
                                       + QByteArray::number(i) + "\"}"));
    const auto now = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < 2; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto taken = resultOf(deliveries.takeAll(events, EventSource::Imported, now)).value();
        std::printf("import of %d: %d known, %.0f ms\n", Count, taken.known, inMs(timer));
    }
    std::vector<qint64> times;
    for (StatusEvent &event : events.mid(0, 500)) {
        QElapsedTimer timer;
        timer.start();
        event.arrivedAt = now;
        (void)resultOf(deliveries.take(event, EventSource::Listener));
        times.push_back(timer.nsecsElapsed() / 1000);
    }
    std::sort(times.begin(), times.end());
    std::printf("one event: median %.2f ms, p95 %.2f ms\n",
                static_cast<double>(times.at(times.size() / 2)) / 1000,
                static_cast<double>(times.at(times.size() * 95 / 100)) / 1000);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QTemporaryDir temporary;
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : temporary.path();
    {
        Journal journal(folder);
        if (!resultOf(journal.open()))
            qFatal("cannot open");
        if (resultOf(journal.count()).value_or(0) < Million)
            fill(folder);
        hearOfThem(folder);
    }
    QElapsedTimer timer;
    timer.start();
    Journal journal(folder);
    const auto opened = resultOf(journal.open());
    std::printf("open: %lld ms, recovered %d\n", static_cast<long long>(timer.elapsed()),
                opened ? opened->recovered : -1);
    timer.start();
    const auto count = resultOf(journal.count());
    std::printf("count: %lld in %lld ms\n", static_cast<long long>(count.value_or(0)),
                static_cast<long long>(timer.elapsed()));
    for (const auto &filter :
         {u""_s, u"outcome:unknown"_s, u"outcome:accepted,unknown,in_flight"_s, u"status:429"_s,
          u"outcome:refused"_s, u"status:429 outcome:rate_limited"_s, u"to:447"_s,
          u"to:99999999999"_s, u"session"_s, u"nowhere"_s, u"nirgendw\u00f6"_s})
        measurePage(journal, filter);
    timer.start();
    const auto rows = resultOf(journal.rows({}, 0, 200));
    const auto records = resultOf(journal.records(*rows));
    std::printf("200 rows and their records: %.2f ms\n",
                static_cast<double>(timer.nsecsElapsed()) / 1e6);
    // A million milliseconds of sends; 500 are some minutes of real ones.
    const auto newest = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + Million);
    timer.start();
    const auto activity = resultOf(journal.laneActivity(
        u"https://studio-api-eu.ai.vonage.com:443/1a20bc"_s, newest.addMSecs(-500)));
    std::printf("lane activity: %lld starts in %.2f ms\n",
                static_cast<long long>(activity ? activity->size() : -1), inMs(timer));
    Batches batches(journal);
    measureWrites(journal, batches);
    measureBigBatch(batches);
    measureDeliveries(journal);
    return 0;
}
