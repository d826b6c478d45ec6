#include "core/whendone.h"
#include "support/batchsamples.h"
#include "ui/batchrowsmodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The window over a batch's rows, on a real journal.
class TestBatchRows : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void rowsShowWhatTheJournalHas();
    void aFilterFollowsWithoutAReset();
    void sortingKeepsTheSelectionAndIsTakenBack();
    void aFastBatchLeavesTheWindowFluid();

private:
    void load(qint64 rows);
    void send(qint64 row, Outcome outcome);
    [[nodiscard]] QString shown(int row, int column) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Batches> m_batches;
    std::unique_ptr<BatchRowsModel> m_model;
    qint64 m_batch = 0;
};

void TestBatchRows::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>(m_dir->filePath(u"data"_s));
    QVERIFY(resultOf(m_journal->open()));
    m_batches = std::make_unique<Batches>(*m_journal);
    m_model = std::make_unique<BatchRowsModel>(*m_batches);
}

void TestBatchRows::cleanup()
{
    m_model.reset();
    m_batches.reset();
    m_journal.reset();
}

void TestBatchRows::load(qint64 rows)
{
    m_batch = makeBatch(*m_batches, rows);
    m_model->setBatch(**resultOf(m_batches->batch(m_batch)));
    QTRY_COMPARE(m_model->rowCount(), static_cast<int>(rows));
}

void TestBatchRows::send(qint64 row, Outcome outcome)
{
    const Claim claim = claimOf(m_batch, row);
    (void)m_journal->claim(claim);
    (void)m_journal->settle(claim.sendId, sampleReport(outcome));
}

QString TestBatchRows::shown(int row, int column) const
{
    return m_model->index(row, column).data().toString();
}

void TestBatchRows::rowsShowWhatTheJournalHas()
{
    load(5);
    const QAbstractItemModelTester tester(m_model.get());
    QCOMPARE(m_model->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Row"_s);
    QTRY_COMPARE(shown(0, 1), u"447900000001"_s); // the column that fills "to" is not there twice
    QTRY_COMPARE(shown(0, 2), u"Name 1"_s);
    QCOMPARE(shown(0, m_model->resultColumn()), u"waiting"_s);
    send(1, Outcome::Accepted);
    send(2, Outcome::RateLimited);
    QTRY_COMPARE(shown(0, m_model->resultColumn()), u"200 Accepted"_s);
    QTRY_COMPARE(shown(1, m_model->resultColumn()), u"waiting again"_s);
}

void TestBatchRows::aFilterFollowsWithoutAReset()
{
    load(20);
    m_model->setFilter({RowState::Waiting});
    const QAbstractItemModelTester tester(m_model.get());
    QTRY_COMPARE(m_model->rowCount(), 20);
    const QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    for (const qint64 row : {1, 2, 3, 11, 20})
        send(row, Outcome::Accepted);
    QTRY_COMPARE(m_model->rowCount(), 15);
    QCOMPARE(m_model->batchRow(m_model->index(0, 0)), 4);
    m_model->setFilter({RowState::Refused});
    QTRY_COMPARE(resets.count(), 1); // another filter is another list
    QTRY_COMPARE(m_model->rowCount(), 0);
    send(15, Outcome::Refused);
    send(7, Outcome::Refused);
    QTRY_COMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->batchRow(m_model->index(0, 0)), 7);
    QVERIFY(resultOf(m_batches->retryRefused(m_batch)));
    QTRY_COMPARE(m_model->rowCount(), 0);
    QCOMPARE(resets.count(), 1);
}

void TestBatchRows::sortingKeepsTheSelectionAndIsTakenBack()
{
    load(30);
    const QAbstractItemModelTester tester(m_model.get());
    send(9, Outcome::Refused);
    QTRY_COMPARE(shown(8, m_model->resultColumn()), u"200 Refused"_s);
    const QPersistentModelIndex ninth(m_model->index(8, 0));
    m_model->sort(m_model->resultColumn(), Qt::AscendingOrder);
    QTRY_COMPARE(m_model->batchRow(m_model->index(0, 0)), 9);
    QCOMPARE(ninth.row(), 0);
    m_model->sort(0, Qt::DescendingOrder);
    QCOMPARE(m_model->batchRow(m_model->index(0, 0)), 30);
    send(30, Outcome::Accepted); // changes move nothing
    QTRY_COMPARE(shown(0, m_model->resultColumn()), u"200 Accepted"_s);
    QCOMPARE(m_model->batchRow(m_model->index(0, 0)), 30);
    m_model->sort(0, Qt::AscendingOrder);
    QCOMPARE(m_model->batchRow(m_model->index(0, 0)), 1);
    QCOMPARE(ninth.row(), 8);
}

/// 20,000 rows in a view while 2,000 of them are sent as fast as the journal can.
void TestBatchRows::aFastBatchLeavesTheWindowFluid()
{
    load(20'000);
    m_model->setFilter({RowState::Waiting});
    QTRY_COMPARE(m_model->rowCount(), 20'000);
    QTableView view;
    view.setModel(m_model.get());
    view.resize(800, 600);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);

    // A timer that should fire every 5 ms tells how long the event loop was busy.
    qint64 worst = 0;
    QElapsedTimer since;
    QTimer beat;
    since.start();
    connect(&beat, &QTimer::timeout, this, [&] { worst = std::max(worst, since.restart()); });
    beat.start(5ms);
    int next = 1;
    constexpr int sendCount = 2000;
    QTimer sends;
    connect(&sends, &QTimer::timeout, this, [&] {
        for (int i = 0; i < 10 && next <= sendCount; ++i)
            send(next++, Outcome::Accepted);
    });
    sends.start(10ms);
    QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), 20'000 - sendCount, 30'000);
    qInfo("longest gap between two turns of the event loop: %lld ms", worst);
    QCOMPARE(resets.count(), 0);
    QVERIFY2(worst < 250, qPrintable(QString::number(worst))); // 50 ms on an idle computer
}

QTEST_MAIN(TestBatchRows)
#include "tst_batchrows.moc"
