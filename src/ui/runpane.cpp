#include "ui/runpane.h"

#include "core/whendone.h"
#include "store/batches.h"
#include "ui/batchcontroller.h"
#include "ui/batchrowsmodel.h"
#include "ui/chiprow.h"
#include "ui/delegates.h"
#include "ui_runpane.h"
#include "words/batchwords.h"
#include "words/deliverywords.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalBlocker>
#include <QStyle>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto LoadInterval = 100ms;
constexpr auto ClockInterval = 500ms;
constexpr int AllRows = 0; // a chip beside those of the states
constexpr double SettledRate = 0.2; // below, what was measured says nothing yet

} // namespace

RunPane::RunPane(Batches &batches, BatchController &controller, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::RunPane>())
    , m_batches(batches)
    , m_controller(controller)
    , m_rows(new BatchRowsModel(batches, this))
{
    m_ui->setupUi(this);
    buildTable();
    buildChips();
    m_loadTimer.setSingleShot(true);
    m_loadTimer.setInterval(LoadInterval);
    connect(&m_loadTimer, &QTimer::timeout, this, &RunPane::load);
    m_clock.setInterval(ClockInterval);
    connect(&m_clock, &QTimer::timeout, this, &RunPane::showState);
    connect(&m_batches, &Batches::changed, this, [this](const QList<qint64> &ids) {
        if (ids.contains(m_record.id) && !m_loadTimer.isActive())
            m_loadTimer.start();
    });
    connect(&m_controller, &BatchController::changed, this, [this](qint64 batch) {
        if (batch == m_record.id && !m_loadTimer.isActive())
            m_loadTimer.start();
    });
    connect(m_ui->pauseBatchButton, &QPushButton::clicked, this, &RunPane::pauseOrResume);
    connect(m_ui->stopBatchButton, &QPushButton::clicked, this, &RunPane::stop);
    connect(m_ui->retryRefusedButton, &QPushButton::clicked, this, &RunPane::retryRefused);
    connect(m_ui->exportResultsButton, &QPushButton::clicked, this, &RunPane::exportRequested);
    connect(m_ui->copySummaryButton, &QPushButton::clicked, this, &RunPane::copySummary);
}

RunPane::~RunPane() = default;

void RunPane::buildTable()
{
    QTableView *view = m_ui->batchView;
    view->setModel(m_rows);
    view->setItemDelegate(new ChipDelegate(this));
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->horizontalHeader()->setSortIndicator(0, Qt::AscendingOrder);
    view->horizontalHeader()->setSortIndicatorShown(true);
    view->horizontalHeader()->setSectionsClickable(true);
    connect(view->horizontalHeader(), &QHeaderView::sortIndicatorChanged, m_rows,
            &BatchRowsModel::sort);
    view->addActions({m_ui->sendRowNowAction, m_ui->retryRowsAction, m_ui->copyRowsAction});
    connect(m_rows, &BatchRowsModel::failed, this, &RunPane::failed);
    connect(m_rows, &QAbstractItemModel::modelReset, this, &RunPane::sizeColumns);
    connect(m_ui->sendRowNowAction, &QAction::triggered, this, &RunPane::sendRowNow);
    connect(m_ui->retryRowsAction, &QAction::triggered, this, &RunPane::retryRows);
    connect(m_ui->copyRowsAction, &QAction::triggered, this, &RunPane::copyRows);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RunPane::showActions);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                const BatchRow *row = m_rows->known(current);
                if (row != nullptr && row->last)
                    emit sendSelected(row->last->row);
            });
}

void RunPane::sizeColumns()
{
    auto *header = m_ui->batchView->horizontalHeader();
    const int check = m_rows->resultColumn() - 1;
    for (int section = 0; section < m_rows->columnCount(); ++section) {
        header->setSectionResizeMode(section, QHeaderView::Interactive);
        header->resizeSection(section, section == 0 ? 64 : 126);
    }
    header->setSectionResizeMode(check, QHeaderView::Stretch);
    header->resizeSection(m_rows->resultColumn(), 172);
}

void RunPane::buildChips()
{
    ChipRow *chips = m_ui->stateChips;
    chips->add(AllRows, u"chipBatchAll"_s, tr("Show all rows"));
    chips->add(int(RowState::Accepted), u"chipBatchAccepted"_s, tr("Show accepted rows"));
    chips->add(int(RowState::Refused), u"chipBatchRefused"_s, tr("Show refused rows"));
    chips->add(int(RowState::Unknown), u"chipBatchUnknown"_s,
               tr("Show rows whose outcome is unknown"));
    chips->add(int(RowState::InFlight), u"chipBatchInFlight"_s, tr("Show rows under way"));
    chips->add(int(RowState::Waiting), u"chipBatchWaiting"_s, tr("Show waiting rows"));
    chips->add(int(RowState::Excluded), u"chipBatchExcluded"_s,
               tr("Show rows that were left out by the checks"));
    connect(chips, &ChipRow::chosenChanged, this, [this](int key) {
        m_rows->setFilter(key == AllRows ? QList<RowState>() : QList{static_cast<RowState>(key)});
    });
}

void RunPane::showBatch(const BatchRecord &record)
{
    if (record.id != m_record.id) {
        m_counts = {};
        m_rate = 0;
        m_ui->stateChips->choose(AllRows);
        const QSignalBlocker quiet(m_ui->batchView->horizontalHeader());
        m_ui->batchView->horizontalHeader()->setSortIndicator(0, Qt::AscendingOrder);
    }
    m_record = record;
    m_rows->setBatch(record);
    if (record.id == 0) {
        m_clock.stop();
        return;
    }
    showCounts();
    showState();
    load();
}

void RunPane::setRate(double perSecond)
{
    m_rate = perSecond;
    showLine();
}

BatchRunner *RunPane::runner() const
{
    return m_controller.runner(m_record.id);
}

void RunPane::load()
{
    if (m_record.id == 0)
        return;
    if (m_isLoading) {
        m_loadTimer.start();
        return;
    }
    m_isLoading = true;
    whenDone(m_batches.batch(m_record.id), this,
             [this, id = m_record.id](const Result<std::optional<BatchRecord>> &record) {
                 if (record && *record && id == m_record.id)
                     m_record = **record;
             });
    whenDone(m_batches.counts(m_record.id), this,
             [this, id = m_record.id](const Result<BatchCounts> &counts) {
                 m_isLoading = false;
                 if (id != m_record.id) {
                     load();
                     return;
                 }
                 if (!counts) {
                     emit failed(counts.error());
                     return;
                 }
                 m_counts = *counts;
                 showCounts();
                 showState();
             });
}

void RunPane::showCounts()
{
    m_ui->batchProgress->setCounts(m_counts);
    ChipRow *chips = m_ui->stateChips;
    const auto show = [chips](RowState state, qint64 count, const QString &text) {
        chips->show(int(state), text.arg(count), count > 0);
    };
    chips->show(AllRows, tr("All %1").arg(m_counts.total()));
    show(RowState::Accepted, m_counts.accepted, tr("%1 accepted"));
    show(RowState::Refused, m_counts.refused, tr("%1 refused"));
    show(RowState::Unknown, m_counts.unknown, tr("%1 unknown"));
    show(RowState::InFlight, m_counts.inFlight, tr("%1 under way"));
    show(RowState::Waiting, m_counts.waiting, tr("%1 waiting"));
    show(RowState::Excluded, m_counts.excluded, tr("%1 left out"));
}

void RunPane::showState()
{
    if (const BatchRunner *runs = runner()) {
        m_record.state = runs->record().state;
        m_record.pause = runs->record().pause;
        m_record.here = true;
    }
    if (canPause() && !m_clock.isActive())
        m_clock.start();
    else if (runner() == nullptr)
        m_clock.stop();
    m_ui->batchStateLabel->setText(tr("%1: %2").arg(m_record.plan.name, batchStateText(m_record)));
    showLine();
    showNote();
    showActions();
    emit changed();
}

std::chrono::milliseconds RunPane::timeLeft() const
{
    const qint64 rows = m_counts.waiting + m_counts.inFlight;
    if (m_rate < SettledRate)
        return sendingTime(rows, m_record.plan.limit);
    return std::chrono::milliseconds(
        static_cast<qint64>(static_cast<double>(rows) / m_rate * 1000.0));
}

void RunPane::showLine()
{
    QString text = countsText(m_counts);
    if (canPause() && m_counts.waiting > 0) {
        const QString done = doneText(QDateTime::currentDateTime(), timeLeft());
        text = m_rate < SettledRate ? tr("%1 — %2").arg(text, done)
                                    : tr("%1 — %2, %3").arg(text, rateText(m_rate), done);
    }
    m_ui->batchLine->setText(text);
    const QString ends = batchEndsText(m_record, m_counts, QDateTime::currentDateTimeUtc());
    m_ui->batchEnds->setText(ends);
    m_ui->batchEnds->setVisible(!ends.isEmpty());
}

/// The most urgent thing that there is to say.
void RunPane::showNote()
{
    const BatchRunner *runs = runner();
    QString text = pauseText(m_record.pause);
    bool isAlert = !text.isEmpty();
    if (text.isEmpty() && canPause() && runs->hostUnreachable()) {
        text = unreachableText(runs->restLeft());
        isAlert = true;
    } else if (text.isEmpty() && m_record.elsewhere) {
        text = tr("Another Icebreaker on this computer runs it.");
    } else if (text.isEmpty() && canPause() && m_counts.rateLimited > 0) {
        text = restText(runs->restLeft(), m_counts.rateLimited);
    } else if (text.isEmpty() && !canPause() && m_counts.unknown > 0) {
        text = unknownRowsText(m_counts.unknown);
    }
    if (m_ui->batchNote->property("alert").toBool() != isAlert) {
        m_ui->batchNote->setProperty("alert", isAlert);
        m_ui->batchNote->style()->polish(m_ui->batchNote);
    }
    m_ui->batchNote->setText(text);
    m_ui->batchNote->setVisible(!text.isEmpty());
}

bool RunPane::canPause() const
{
    return runner() != nullptr && m_record.state == BatchState::Running;
}

bool RunPane::canResume() const
{
    return m_record.id != 0 && !canPause() && !m_record.elsewhere
        && m_record.state != BatchState::Finished && m_counts.waiting + m_counts.inFlight > 0;
}

bool RunPane::canStop() const
{
    return runner() != nullptr && m_record.state != BatchState::Stopped
        && m_record.state != BatchState::Finished;
}

void RunPane::showActions()
{
    m_ui->pauseBatchButton->setText(canResume() ? tr("&Resume") : tr("&Pause"));
    m_ui->pauseBatchButton->setEnabled(canPause() || canResume());
    m_ui->pauseBatchButton->setVisible(canPause() || canResume());
    m_ui->stopBatchButton->setVisible(canStop());
    m_ui->retryRefusedButton->setText(
        tr("Retry %n refused", nullptr, static_cast<int>(m_counts.refused)));
    m_ui->retryRefusedButton->setVisible(m_counts.refused > 0 && !m_record.elsewhere);
    m_ui->sendRowNowAction->setEnabled(runner() != nullptr
                                       && selectedRows(RowState::Waiting).size() == 1);
    m_ui->retryRowsAction->setEnabled(runner() != nullptr
                                      && !selectedRows(RowState::Refused).isEmpty());
}

void RunPane::pauseOrResume()
{
    if (canPause())
        runner()->pause();
    else if (canResume())
        m_controller.resume(m_record.id);
}

void RunPane::stop()
{
    if (canStop())
        runner()->stop();
}

void RunPane::retryRefused()
{
    if (m_counts.refused > 0)
        m_controller.retryRefused(m_record.id);
}

void RunPane::copySummary()
{
    if (m_record.id != 0)
        QGuiApplication::clipboard()->setText(batchSummary(m_record, m_counts));
}

QList<qint64> RunPane::selectedRows(RowState state) const
{
    QList<qint64> rows;
    const auto indexes = m_ui->batchView->selectionModel()->selectedRows();
    for (const QModelIndex &index : indexes) {
        const BatchRow *row = m_rows->known(index);
        if (row != nullptr && row->state == state)
            rows.append(row->input.row);
    }
    return rows;
}

void RunPane::sendRowNow()
{
    const auto rows = selectedRows(RowState::Waiting);
    if (runner() != nullptr && rows.size() == 1)
        runner()->sendNow(rows.first());
}

void RunPane::retryRows()
{
    const auto rows = selectedRows(RowState::Refused);
    if (runner() != nullptr && !rows.isEmpty()) // an empty list would mean all of them
        runner()->retryRefused(rows);
}

void RunPane::copyRows()
{
    auto indexes = m_ui->batchView->selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end());
    QStringList lines;
    for (const QModelIndex &index : std::as_const(indexes)) {
        QStringList cells;
        for (int column = 0; column < m_rows->columnCount(); ++column)
            cells.append(index.siblingAtColumn(column).data(Qt::EditRole).toString());
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace icebreaker
