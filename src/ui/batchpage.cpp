#include "ui/batchpage.h"

#include "core/pace.h"
#include "core/whendone.h"
#include "store/batches.h"
#include "ui/batchcontroller.h"
#include "ui/batchdraft.h"
#include "ui/readingdialog.h"
#include "ui/runpane.h"
#include "ui/sheetpane.h"
#include "ui_batchpage.h"
#include "words/batchwords.h"
#include "words/sheetwords.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QSignalBlocker>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Batches change often while one runs, the list's numbers need not.
constexpr auto ListInterval = 500ms;
constexpr qsizetype MostListed = 50;

/// Ofcom's numbers for drama; the last but one is refused by the sandbox.
constexpr auto SampleRows = u"phone,first_name,order_no\n"
                            "+44 7700 900001,Marta,A-1043\n"
                            "+44 7700 900002,Luis,A-1044\n"
                            "+44 7700 900003,Ana,A-1045\n"
                            "+44 7700 900004,Chloé,A-1046\n"
                            "12,Jonas,A-1047\n"
                            "+44 7700 900422,Petra,A-1048\n"
                            "+44 7700 900005,Ilse,A-1049\n";

} // namespace

BatchPage::BatchPage(Batches &batches, BatchDraft &draft, BatchController &controller,
                     QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::BatchPage>())
    , m_batches(batches)
    , m_draft(draft)
    , m_controller(controller)
    , m_sheetPane(new SheetPane(draft))
    , m_runPane(new RunPane(batches, controller))
{
    m_ui->setupUi(this);
    m_ui->batchStack->addWidget(m_sheetPane);
    m_ui->batchStack->addWidget(m_runPane);
    for (const int limit : AllowedLimits)
        m_ui->batchLimitCombo->addItem(tr("%n session(s) per second", nullptr, limit), limit);
    connect(m_ui->openSheetButton, &QPushButton::clicked, this, &BatchPage::chooseFile);
    connect(m_ui->dropOpenButton, &QPushButton::clicked, this, &BatchPage::chooseFile);
    connect(m_ui->dropPasteButton, &QPushButton::clicked, this, &BatchPage::paste);
    connect(m_ui->dropSampleButton, &QPushButton::clicked, this, &BatchPage::openSample);
    connect(m_ui->readingButton, &QPushButton::clicked, this, [this] { changeReading(); });
    connect(m_ui->batchCombo, &QComboBox::activated, this, &BatchPage::choose);
    connect(m_ui->batchLimitCombo, &QComboBox::activated, this, [this] {
        if (BatchRunner *runs = m_controller.runner(m_shown))
            runs->setLimit(limit());
    });
    bindDraft();
    bindBatches();
    fillCombo();
    showPane();
}

BatchPage::~BatchPage() = default;

/// Here the key that pastes a request elsewhere pastes rows: a second shortcut would make the
/// key ambiguous.
bool BatchPage::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Paste)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void BatchPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste))
        paste();
    else
        QWidget::keyPressEvent(event);
}

void BatchPage::bindDraft()
{
    connect(&m_draft, &BatchDraft::sheetChanged, this, [this] {
        m_shown = 0;
        fillCombo();
        showPane();
        emit shown(0);
    });
    connect(&m_draft, &BatchDraft::readingProgressed, this,
            [this](qint64 bytes, qint64 ofBytes, qint64 rows) {
                m_sheetPane->showBusy(tr("Reading… %1 rows").arg(locale().toString(rows)), bytes,
                                      ofBytes);
            });
    connect(&m_draft, &BatchDraft::readingEnded, m_sheetPane, &SheetPane::hideBusy);
    connect(&m_draft, &BatchDraft::readFailed, this, &BatchPage::showReadFailure);
    connect(&m_draft, &BatchDraft::failed, this, &BatchPage::failed);
    connect(m_sheetPane, &SheetPane::failed, this, &BatchPage::failed);
    connect(m_sheetPane, &SheetPane::startRequested, this, &BatchPage::requestStart);
    connect(m_sheetPane, &SheetPane::cancelRequested, this, [this] {
        if (m_controller.isStarting())
            m_controller.cancelStart();
        else
            m_draft.cancelReading();
    });
}

void BatchPage::bindBatches()
{
    m_listTimer.setSingleShot(true);
    m_listTimer.setInterval(ListInterval);
    connect(&m_listTimer, &QTimer::timeout, this, &BatchPage::loadList);
    connect(&m_batches, &Batches::changed, this, [this](const QList<qint64> &ids) {
        for (const qint64 batch : ids)
            m_counts.remove(batch);
        if (!m_listTimer.isActive())
            m_listTimer.start();
    });
    connect(&m_controller, &BatchController::writtenDown, this,
            [this](qsizetype rows, qsizetype of) {
                m_sheetPane->setLocked(true);
                m_sheetPane->showBusy(tr("Writing the rows down…"), rows, of);
            });
    const auto unlock = [this] {
        m_sheetPane->setLocked(false);
        m_sheetPane->hideBusy();
    };
    connect(&m_controller, &BatchController::startFailed, this, unlock);
    // A second Start would send the same to everybody once more.
    connect(&m_controller, &BatchController::draftTaken, &m_draft, &BatchDraft::clear);
    connect(&m_controller, &BatchController::started, this,
            [this, unlock](const BatchRecord &record) {
                unlock();
                const auto listed =
                    std::find_if(m_records.begin(), m_records.end(),
                                 [&](const auto &each) { return each.id == record.id; });
                if (listed == m_records.end())
                    m_records.prepend(record);
                else
                    *listed = record;
                showBatch(record.id);
            });
    connect(m_runPane, &RunPane::changed, this, [this] {
        m_ui->batchLimitCombo->setEnabled(m_shown == 0 || m_controller.runner(m_shown) != nullptr);
    });
    connect(m_runPane, &RunPane::failed, this, &BatchPage::failed);
    connect(m_runPane, &RunPane::exportRequested, this, &BatchPage::exportResults);
    loadList();
}

void BatchPage::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open CSV"), {}, tr("Spreadsheets as text (*.csv *.tsv *.txt);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void BatchPage::openFile(const QString &path)
{
    m_ui->dropNote->hide();
    m_draft.openFile(path);
}

void BatchPage::paste()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.trimmed().isEmpty()) {
        m_ui->dropNote->setText(tr("There are no rows on the clipboard. Select and copy them in "
                                   "the spreadsheet first."));
        m_ui->dropNote->show();
        return;
    }
    m_ui->dropNote->hide();
    m_draft.openText(tr("Pasted rows"), text);
}

void BatchPage::openSample()
{
    m_draft.openText(tr("Sample rows"), QString::fromUtf16(SampleRows));
}

void BatchPage::requestStart()
{
    if (m_shown == 0 && m_sheetPane->canStart())
        emit startRequested();
}

void BatchPage::exportResults()
{
    if (m_shown == 0)
        return;
    const QString proposal = QFileInfo(m_runPane->record().plan.name).completeBaseName()
        + tr(" – results.csv", "end of a file name");
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export Results"), proposal, tr("CSV files (*.csv)"));
    if (!path.isEmpty())
        emit exportRequested(path);
}

void BatchPage::setLimit(int limit)
{
    m_ui->batchLimitCombo->setCurrentIndex(m_ui->batchLimitCombo->findData(limit));
}

int BatchPage::limit() const
{
    return std::max(1, m_ui->batchLimitCombo->currentData().toInt());
}

void BatchPage::showBatch(qint64 batch)
{
    m_shown = batch;
    fillCombo();
    showPane();
    emit shown(batch);
}

void BatchPage::showPane()
{
    const auto record = std::find_if(m_records.begin(), m_records.end(),
                                     [this](const auto &each) { return each.id == m_shown; });
    const bool isBatch = m_shown != 0 && record != m_records.end();
    m_runPane->showBatch(isBatch ? *record : BatchRecord());
    if (isBatch) {
        setLimit(record->plan.limit);
        m_ui->batchStack->setCurrentWidget(m_runPane);
    } else if (m_draft.hasRows()) {
        m_ui->batchStack->setCurrentWidget(m_sheetPane);
    } else {
        m_ui->batchStack->setCurrentWidget(m_ui->emptyPage);
    }
    m_ui->batchLimitCombo->setEnabled(!isBatch || m_controller.runner(m_shown) != nullptr);
    m_ui->readingButton->setVisible(!isBatch && m_draft.hasRows());
    m_ui->openSheetButton->setVisible(isBatch || m_draft.hasRows());
}

void BatchPage::loadList()
{
    whenDone(m_batches.list(), this, [this](const Result<QList<BatchRecord>> &records) {
        if (!records) {
            emit failed(records.error());
            return;
        }
        m_records = records->first(std::min(records->size(), MostListed));
        m_uncounted.clear();
        for (const BatchRecord &record : std::as_const(m_records)) {
            if (!m_counts.contains(record.id))
                m_uncounted.append(record.id);
        }
        fillCombo();
        countNext();
        if (!m_wasListed) {
            m_wasListed = true;
            emit listed(m_records);
        }
    });
}

void BatchPage::countNext()
{
    if (m_uncounted.isEmpty()) {
        fillCombo();
        return;
    }
    const qint64 batch = m_uncounted.takeFirst();
    whenDone(m_batches.counts(batch), this, [this, batch](const Result<BatchCounts> &counts) {
        if (counts)
            m_counts.insert(batch, *counts);
        countNext();
    });
}

void BatchPage::fillCombo()
{
    QComboBox *combo = m_ui->batchCombo;
    if (combo->view()->isVisible())
        return; // never under the user's hand; the next change fills it
    const QSignalBlocker quiet(combo);
    combo->clear();
    combo->addItem(draftText(), 0);
    if (!m_records.isEmpty())
        combo->insertSeparator(combo->count());
    for (const BatchRecord &record : std::as_const(m_records))
        combo->addItem(batchText(record), record.id);
    combo->setCurrentIndex(std::max(0, combo->findData(m_shown)));
}

QString BatchPage::draftText() const
{
    if (!m_draft.hasRows())
        return tr("New batch");
    QStringList parts{m_draft.sheet().name(),
                      tr("%n row(s)", nullptr, static_cast<int>(m_draft.sheet().rowCount()))};
    if (m_draft.shape().encoding)
        parts << encodingText(*m_draft.shape().encoding);
    if (m_draft.shape().delimiter)
        parts << delimiterText(*m_draft.shape().delimiter);
    return parts.join(u" · "_s);
}

QString BatchPage::batchText(const BatchRecord &record) const
{
    const QString when = locale().toString(record.createdAt.toLocalTime(), QLocale::ShortFormat);
    const auto counts = m_counts.constFind(record.id);
    if (counts == m_counts.constEnd())
        return tr("%1 · %2 · %3").arg(record.plan.name, batchStateText(record), when);
    return tr("%1 · %2 · %3/%4 · %5")
        .arg(record.plan.name, batchStateText(record))
        .arg(counts->accepted)
        .arg(counts->total() - counts->excluded)
        .arg(when);
}

void BatchPage::choose(int index)
{
    showBatch(m_ui->batchCombo->itemData(index).toLongLong());
}

void BatchPage::showReadFailure(const SheetError &error)
{
    if (error.code == SheetError::Code::Cancelled)
        return;
    if (error.code == SheetError::Code::EncodingUnclear) {
        changeReading(error.preview);
        return;
    }
    const QString text = sheetErrorText(error);
    m_ui->dropNote->setText(text);
    m_ui->dropNote->show();
    if (m_ui->batchStack->currentWidget() != m_ui->emptyPage)
        emit failed({ErrorKind::InvalidInput, text});
}

void BatchPage::changeReading(const QStringList &preview)
{
    ReadingDialog dialog(m_draft.shape(), preview, this);
    if (dialog.exec() == QDialog::Accepted)
        m_draft.reread(dialog.shape());
}

} // namespace icebreaker
