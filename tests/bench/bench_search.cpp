// Measures the search at a million sends with requests, answers and statuses like real ones.
// Not a test: prints, and checks nothing.
//   bench_search [FOLDER [SENDS]]    keeps the sends in FOLDER for the next run if given

#include "core/whendone.h"
#include "store/history.h"
#include "store/journal.h"
#include "store/searchindexer.h"
#include "store/sqlite.h"

#include "support/storesamples.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <thread>
#include <vector>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Million = 1'000'000;

double msOf(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// 1.3 kB of text each; one in 1000 unknown, one in 100 limited, one in 200 rejected.
void fill(const QString &folder, int sends)
{
    SqliteConnection connection;
    if (!connection.open(folder + u"/journal.sqlite"_s))
        qFatal("cannot open");
    const QStringList statements{
        u"PRAGMA synchronous = OFF"_s,
        u"BEGIN"_s,
        u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
        " INSERT INTO send (id, change, owner, send_id, claimed_at, profile, region, url, lane,"
        " recipient, agent, template, locale, channel, outcome, settled_at, status, total_us,"
        " delivery, delivery_error)"
        " SELECT i, i, 'nobody', lower(hex(randomblob(16))), 1700000000000 + i * 60000,"
        " CASE i % 3 WHEN 0 THEN 'Shop' ELSE 'Support' END, 'eu',"
        " 'https://studio-api-eu.ai.vonage.com/messaging/conversation',"
        " 'https://studio-api-eu.ai.vonage.com:443/1a20bc', 447000000000 + i * 7919 % 1000000000,"
        " '1a20bcf1a20bcf1a20bcf1a20', CASE i % 5 WHEN 0 THEN 'parcel_on_its_way' ELSE"
        " 'order_confirmed' END, 'es', 'whatsapp', CASE WHEN i % 1000 = 0 THEN 5 WHEN i % 100 = 0"
        " THEN 2 ELSE 1 END, 1700000000500 + i * 60000, CASE WHEN i % 1000 = 0 THEN 0"
        " WHEN i % 100 = 0 THEN 429 ELSE 200 END, 150000 + abs(random()) % 100000"
        " + (i % 5003 = 0) * 30000000, CASE WHEN i % 200 = 1 THEN 4 ELSE 3 END,"
        " CASE WHEN i % 200 = 1 THEN '1022' ELSE '' END FROM n"_s.arg(sends),
        u"INSERT INTO request SELECT id, CAST('{\"namespace\":\"1a2b3c4d_5e6f_7a8b_9c0d_1e2f3a4b\","
        "\"template\":\"' || template || '\",\"locale\":\"es\",\"to\":\"' || recipient ||"
        " '\",\"agent_id\":\"1a20bcf1a20bcf1a20bcf1a20\",\"channel\":\"whatsapp\",\"status_url\":"
        "\"https://hooks.example.com/s/' || send_id || '\",\"components\":[{\"type\":\"body\","
        "\"parameters\":[{\"type\":\"text\",\"text\":\"' || substr(hex(randomblob(6)), 1, 9) ||"
        " '\"},{\"type\":\"text\",\"text\":\"Order ' || abs(random() % 1000000) || '\"}]}],"
        "\"session_parameters\":[{\"name\":\"customer\",\"value\":\"Marta ' || id || '\"}]}'"
        " AS BLOB) FROM send"_s,
        u"INSERT INTO answer SELECT id, CAST('[[\"Content-Type\",\"application/json\"]]' AS BLOB),"
        " CAST('{\"session_id\":\"' || lower(hex(randomblob(16))) || '\"}' AS BLOB) FROM send"_s,
        u"INSERT INTO event (send_id, path_id, tied_by, source, arrived_at, status, status_text,"
        " event_at, message_uuid, error_code, error_detail, raw) SELECT s.send_id, NULL, 1, 1,"
        " s.claimed_at + 1000 * v.value, v.value, 'x', s.claimed_at, '', '', '',"
        " CAST('{\"message_uuid\":\"' || lower(hex(randomblob(16))) || '\",\"to\":\"' ||"
        " s.recipient || '\",\"from\":\"447700900001\",\"timestamp\":\"2026-11-22T10:00:00Z\","
        "\"status\":\"read\",\"channel\":\"whatsapp\",\"usage\":{\"currency\":\"EUR\",\"price\":"
        "\"0.0421\"}}' AS BLOB) FROM send s, json_each('[1,2,3]') v"_s,
        u"COMMIT"_s,
        u"PRAGMA wal_checkpoint(TRUNCATE)"_s,
    };
    for (const QString &sql : statements) {
        if (const auto done = connection.execute(sql); !done)
            qFatal("%s", qPrintable(done.error().detail));
    }
}

void measure(Journal &journal, const QString &text)
{
    const auto filter = parseLogFilter(text);
    std::vector<double> times;
    qsizetype found = 0;
    for (int i = 0; i < 7; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto rows = resultOf(journal.rows(*filter, 0, 200));
        times.push_back(msOf(timer));
        found = rows ? rows->size() : -1;
    }
    const double first = times.front();
    std::sort(times.begin(), times.end());
    std::printf("first rows [%s]: %lld, first time %.1f ms, median %.1f ms\n", qPrintable(text),
                static_cast<long long>(found), first, times.at(times.size() / 2));
    std::fflush(stdout);
}

void measureAll(Journal &journal)
{
    for (const auto &text : {u""_s,
                             u"to:447012345678"_s,
                             u"to:447"_s,
                             u"to:99"_s,
                             u"agent:1a20"_s,
                             u"agent:nowhere"_s,
                             u"template:parcel outcome:unknown"_s,
                             u"template:nowhere"_s,
                             u"locale:de"_s,
                             u"profile:Nobody"_s,
                             u"region:us"_s,
                             u"status:429"_s,
                             u"status:404"_s,
                             u"outcome:unknown"_s,
                             u"delivery:rejected"_s,
                             u"code:1022"_s,
                             u"code:131026"_s,
                             u"since:2h"_s,
                             u"since:2023-11-20 until:2023-11-21"_s,
                             u"until:2023-11-14"_s,
                             u"took:>2s"_s,
                             u"took:>5m"_s,
                             u"profile:Shop delivery:rejected took:>2s"_s})
        measure(journal, text);
    for (const auto &text :
         {u"session"_s, u"345678"_s, u"\"012 345 678\""_s, u"+44 7012 345678"_s,
          u"\"Marta 4711\""_s, u"marta 471100"_s, u"nirgendwo"_s, u"nirgendw\u00f6"_s,
          u"0421 nowhere"_s, u"parcel outcome:unknown"_s, u"zz"_s})
        measure(journal, text);
}

void measureClaims(Journal &journal, const char *name)
{
    std::vector<double> times;
    for (int i = 0; i < 300; ++i) {
        Claim claim = sampleClaim();
        QElapsedTimer timer;
        timer.start();
        (void)resultOf(journal.claim(claim));
        times.push_back(msOf(timer));
        (void)resultOf(journal.settle(claim.sendId, sampleReport()));
    }
    std::sort(times.begin(), times.end());
    std::printf("claims %s: median %.2f ms, p95 %.2f ms, longest %.2f ms\n", name,
                times.at(times.size() / 2), times.at(times.size() * 95 / 100), times.back());
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QTemporaryDir temporary;
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : temporary.path();
    Journal journal(folder);
    QElapsedTimer timer;
    timer.start();
    if (!resultOf(journal.open()))
        qFatal("cannot open");
    std::printf("open: %.0f ms\n", msOf(timer));
    const int sends = argc > 2 ? QByteArray(argv[2]).toInt() : Million;
    if (resultOf(journal.count()).value_or(0) < sends)
        fill(folder, sends);
    measureClaims(journal, "while nothing is indexed");
    {
        SearchIndexer indexer(folder);
        bool isDone = false;
        double longest = 0;
        timer.start();
        std::thread thread([&] {
            while (!isDone) {
                QElapsedTimer step;
                step.start();
                const auto progress = indexer.step([] { return false; });
                isDone = !progress || *progress == SearchIndexer::Progress::Done;
                longest = std::max(longest, msOf(step));
            }
            indexer.close();
        });
        measureClaims(journal, "while the index is made");
        measure(journal, u"345678"_s);
        thread.join();
        std::printf("index made in %.0f s, longest step %.0f ms, %.0f MB beside %.0f MB\n",
                    msOf(timer) / 1000, longest,
                    static_cast<double>(QFileInfo(searchindex::path(folder)).size()) / 1e6,
                    static_cast<double>(QFileInfo(folder + u"/journal.sqlite"_s).size()) / 1e6);
    }
    measureAll(journal);
    History history(journal);
    for (const auto grouping :
         {LogGrouping::Recipient, LogGrouping::Template, LogGrouping::Error}) {
        timer.start();
        double longest = 0;
        qint64 before = 0;
        do {
            QElapsedTimer step;
            step.start();
            before = resultOf(history.groups({}, grouping, before)).value().next;
            longest = std::max(longest, msOf(step));
        } while (before > 0);
        std::printf("groups %d: %.0f ms, longest step %.0f ms\n", static_cast<int>(grouping),
                    msOf(timer), longest);
    }
    timer.start();
    const auto count = resultOf(history.removable(*parseLogFilter(u"until:2024-01-01"_s))).value();
    std::printf("counted %lld to delete in %.0f ms\n", static_cast<long long>(count.removable),
                msOf(timer));
    return 0;
}
