#include "batch/batchresults.h"
#include "support/batchsamples.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// What became of a batch, as a file for spreadsheets.
class TestBatchResults : public QObject
{
    Q_OBJECT

private slots:
    void everyRowHasItsOutcome();
    void namesThatTheSheetHasAlreadyAreChanged();
    void aFileThatCannotBeWrittenIsReported();
};

void TestBatchResults::everyRowHasItsOutcome()
{
    const QTemporaryDir dir;
    Journal journal(dir.filePath(u"data"_s));
    QVERIFY(resultOf(journal.open()));
    Batches batches(journal);
    const auto batch = resultOf(batches.create(samplePlan()));
    QVERIFY(batch);
    auto rows = sampleRows(1, 700); // more than a page
    rows[0].cells[1] = u"=HYPERLINK(\"http://x\")"_s;
    rows[2].excluded = u"check"_s;
    rows[2].reason = u"Too short"_s;
    QVERIFY(resultOf(batches.addRows(*batch, rows)));
    QVERIFY(resultOf(batches.setState(*batch, BatchState::Running)));
    const auto send = [&](qint64 row, const SendReport &report) {
        const Claim claim = claimOf(*batch, row);
        QVERIFY(resultOf(journal.claim(claim)));
        QVERIFY(resultOf(journal.settle(claim.sendId, report)));
    };
    SendReport accepted{Outcome::Accepted, {}};
    accepted.answer.status = 200;
    accepted.answer.body = R"({"session_id": "abc-1", "message": "ok"})";
    send(1, accepted);
    SendReport refused{Outcome::Refused, {}};
    refused.answer.status = 422;
    refused.answer.body = R"({"statusCode": 422, "message": ["to is wrong", "+so is locale"]})";
    send(2, refused);
    SendReport limited{Outcome::RateLimited, {}};
    limited.answer.status = 429;
    send(4, limited);

    BatchResults results(journal, batches);
    QSignalSpy written(&results, &BatchResults::written);
    const QString path = dir.filePath(u"out.csv"_s);
    results.write(**resultOf(batches.batch(*batch)), path);
    QVERIFY(written.wait());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    QVERIFY(text.startsWith("\xEF\xBB\xBF"
                            "phone,name,row,outcome,http_status,session_id,message,time,attempts,"
                            "delivery,delivery_error\r\n"));
    const QList<QByteArray> lines = text.split('\n');
    QCOMPARE(lines.size(), 702); // heading, rows, the end of the last line
    QVERIFY(lines.at(1).contains("\"'=HYPERLINK(\"\"http://x\"\")\",1,accepted,200,abc-1,ok,"));
    QVERIFY(lines.at(2).contains(",2,refused,422,,")
            && lines.at(2).contains("to is wrong; +so is"));
    QVERIFY(lines.at(3).contains(",3,excluded,,,Too short,,0,"));
    QVERIFY2(lines.at(4).contains(",4,waiting,429,,"), lines.at(4).constData());
    QVERIFY(lines.at(700).startsWith("447900000700,Name 700,700,waiting,,,,,0,"));
}

void TestBatchResults::namesThatTheSheetHasAlreadyAreChanged()
{
    const QStringList columns = resultColumns({u"row"_s, u"time"_s, u"result_time"_s});
    QVERIFY(columns.contains(u"result_row"_s));
    QVERIFY(columns.contains(u"result_result_time"_s));
    QVERIFY(columns.contains(u"outcome"_s));
}

void TestBatchResults::aFileThatCannotBeWrittenIsReported()
{
    const QTemporaryDir dir;
    Journal journal(dir.filePath(u"data"_s));
    QVERIFY(resultOf(journal.open()));
    Batches batches(journal);
    BatchResults results(journal, batches);
    const QSignalSpy failed(&results, &BatchResults::failed);
    results.write(**resultOf(batches.batch(makeBatch(batches, 3))),
                  dir.filePath(u"no such folder/out.csv"_s));
    QCOMPARE(failed.count(), 1);
}

QTEST_GUILESS_MAIN(TestBatchResults)
#include "tst_batchresults.moc"
