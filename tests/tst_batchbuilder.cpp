#include "batch/batchbuilder.h"
#include "batch/sheetcheck.h"
#include "store/journal.h"
#include "support/batchsamples.h"
#include "support/sheets.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestBatchBuilder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void writesEveryRowWithItsReason();
    void aBigSheetIsWrittenInParts();
    void cancellingLeavesNothingBehind();
    void cancellingBeforeTheJournalAnswersLeavesNothingBehind();
    void cancellingAtTheEndLeavesNothingThatWouldGoOn();
    void verdictsOfAnotherSheetAreRefused();
    void aJournalThatRefusesEndsInFailure();
    void canBeDestroyedWhileBuilding();

private:
    [[nodiscard]] qsizetype visibleBatches() { return resultOf(m_batches->list()).value().size(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Batches> m_batches;
};

namespace {

Sheet sheetOfRows(int rows)
{
    QString text = u"phone,name\n"_s;
    for (int i = 0; i < rows; ++i)
        text += u"%1,Name %2\n"_s.arg(447'946'000'000 + i).arg(i);
    return sheetOf(text);
}

SheetVerdicts verdictsFor(const Sheet &sheet)
{
    SheetVerdicts::Data data;
    data.verdicts.resize(static_cast<std::size_t>(sheet.rowCount()), Verdict::Ready);
    return SheetVerdicts(std::move(data));
}

QString noReason(qsizetype /*row*/)
{
    return {};
}

} // namespace

void TestBatchBuilder::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>(m_folder->path());
    QVERIFY(resultOf(m_journal->open()));
    m_batches = std::make_unique<Batches>(*m_journal);
}

void TestBatchBuilder::cleanup()
{
    m_batches.reset();
    m_journal.reset();
}

void TestBatchBuilder::writesEveryRowWithItsReason()
{
    const Sheet sheet = sheetOf(u"phone,name\n447946000958,Marta\n447946000958,Marta\nx,José\n"
                                "34600111222,Pepe\n447700900958\n"_s);
    SheetVerdicts::Data data;
    using enum Verdict;
    data.verdicts = {Ready, Duplicate, Bad, DoNotMessage, Warned};
    BatchBuilder builder(*m_batches);
    const QSignalSpy built(&builder, &BatchBuilder::built);
    builder.build(samplePlan(), sheet, SheetVerdicts(std::move(data)),
                  [](qsizetype row) { return u"why %1"_s.arg(row); });
    QTRY_COMPARE(built.size(), 1);

    const auto record = built.first().first().value<BatchRecord>();
    QCOMPARE(record.state, BatchState::Paused);
    QCOMPARE(record.rows, 5);
    QVERIFY(record.here);
    QCOMPARE(record.plan.request, samplePlan().request);
    const auto rows = resultOf(m_batches->rows(record.id, {1, 2, 3, 4, 5})).value();
    QCOMPARE(rows.size(), 5);
    QStringList excluded;
    QStringList reasons;
    for (const BatchRow &row : rows) {
        excluded.append(row.input.excluded);
        reasons.append(row.input.reason);
        QCOMPARE(row.state, row.input.excluded.isEmpty() ? RowState::Waiting : RowState::Excluded);
        QCOMPARE(row.input.cells, sheet.cells(row.input.row - 1));
    }
    QCOMPARE(excluded,
             (QStringList{QString(), u"duplicate"_s, u"check"_s, u"do_not_message"_s, QString()}));
    QCOMPARE(reasons, (QStringList{QString(), u"why 1"_s, u"why 2"_s, u"why 3"_s, QString()}));
    QCOMPARE(rows.last().input.cells, (QStringList{u"447700900958"_s, QString()}));
}

void TestBatchBuilder::aBigSheetIsWrittenInParts()
{
    const Sheet sheet = sheetOfRows(12'345);
    BatchBuilder builder(*m_batches);
    const QSignalSpy built(&builder, &BatchBuilder::built);
    const QSignalSpy progressed(&builder, &BatchBuilder::progressed);
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason); // one at a time
    QTRY_COMPARE_WITH_TIMEOUT(built.size(), 1, 30'000);
    QCOMPARE(progressed.size(), 3);
    QCOMPARE(progressed.last().first().value<qsizetype>(), 12'345);
    const auto record = built.first().first().value<BatchRecord>();
    QCOMPARE(resultOf(m_batches->counts(record.id)).value().waiting, 12'345);
    QCOMPARE(visibleBatches(), 1);
    const auto last = resultOf(m_batches->waiting(record.id, 12'344, 10)).value();
    QCOMPARE(last.size(), 1);
    QCOMPARE(last.first().input.cells, sheet.cells(12'344));
}

void TestBatchBuilder::cancellingLeavesNothingBehind()
{
    const Sheet sheet = sheetOfRows(12'000);
    BatchBuilder builder(*m_batches);
    const QSignalSpy built(&builder, &BatchBuilder::built);
    const QSignalSpy failed(&builder, &BatchBuilder::failed);
    const QSignalSpy progressed(&builder, &BatchBuilder::progressed);
    connect(&builder, &BatchBuilder::progressed, &builder, &BatchBuilder::cancel);
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
    QTRY_COMPARE(progressed.size(), 1);
    QTRY_COMPARE(visibleBatches(), 0);
    QVERIFY(resultOf(m_journal->recover()));
    QCOMPARE(visibleBatches(), 0);
    QCOMPARE(built.size() + failed.size(), 0);
    // And it can build the next one.
    disconnect(&builder, &BatchBuilder::progressed, &builder, &BatchBuilder::cancel);
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
    QTRY_COMPARE_WITH_TIMEOUT(built.size(), 1, 30'000);
}

void TestBatchBuilder::cancellingBeforeTheJournalAnswersLeavesNothingBehind()
{
    const Sheet sheet = sheetOfRows(10);
    BatchBuilder builder(*m_batches);
    const QSignalSpy built(&builder, &BatchBuilder::built);
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
    builder.cancel();
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
    QTRY_COMPARE(built.size(), 1);
    QTRY_COMPARE(visibleBatches(), 1);
}

void TestBatchBuilder::cancellingAtTheEndLeavesNothingThatWouldGoOn()
{
    const Sheet sheet = sheetOfRows(10);
    BatchBuilder builder(*m_batches);
    const QSignalSpy built(&builder, &BatchBuilder::built);
    connect(
        &builder, &BatchBuilder::progressed, &builder,
        [&builder] {
            // The last row is written; the state is being changed.
            QMetaObject::invokeMethod(&builder, &BatchBuilder::cancel, Qt::QueuedConnection);
        },
        Qt::DirectConnection);
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
    const auto isOver = [this] {
        const auto batches = resultOf(m_batches->list()).value();
        return batches.size() == 1 && batches.first().state == BatchState::Stopped
            && !batches.first().here;
    };
    QTRY_VERIFY(isOver());
    QCOMPARE(built.size(), 0);
}

void TestBatchBuilder::verdictsOfAnotherSheetAreRefused()
{
    BatchBuilder builder(*m_batches);
    const QSignalSpy failed(&builder, &BatchBuilder::failed);
    builder.build(samplePlan(), sheetOfRows(3), verdictsFor(sheetOfRows(2)), noReason);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Error>().kind, ErrorKind::InvalidInput);
    QCOMPARE(visibleBatches(), 0);
}

void TestBatchBuilder::aJournalThatRefusesEndsInFailure()
{
    Journal closed(m_folder->filePath(u"nowhere"_s)); // never opened
    Batches batches(closed);
    BatchBuilder builder(batches);
    const QSignalSpy failed(&builder, &BatchBuilder::failed);
    const Sheet sheet = sheetOfRows(3);
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
    QTRY_COMPARE(failed.size(), 1);
    builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
    QTRY_COMPARE(failed.size(), 2);
}

void TestBatchBuilder::canBeDestroyedWhileBuilding()
{
    const Sheet sheet = sheetOfRows(12'000);
    int reports = 0;
    {
        BatchBuilder builder(*m_batches);
        connect(&builder, &BatchBuilder::built, this, [&reports] { ++reports; });
        const QSignalSpy progressed(&builder, &BatchBuilder::progressed);
        builder.build(samplePlan(), sheet, verdictsFor(sheet), noReason);
        QTRY_VERIFY(progressed.size() > 0);
    }
    QTRY_COMPARE(visibleBatches(), 0);
    QCOMPARE(reports, 0);
}

QTEST_GUILESS_MAIN(TestBatchBuilder)
#include "tst_batchbuilder.moc"
