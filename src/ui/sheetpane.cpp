#include "ui/sheetpane.h"

#include "batch/sheetexport.h"
#include "core/whendone.h"
#include "ui/batchdraft.h"
#include "ui/batchmappingmodel.h"
#include "ui/chiprow.h"
#include "ui/donotmessagedialog.h"
#include "ui/mappingdelegate.h"
#include "ui/sheetrowsmodel.h"
#include "ui_sheetpane.h"

#include <QFileDialog>
#include <QFileInfo>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int EveryVerdict = 100; // a chip beside those of the verdicts
constexpr int ProgressSteps = 1000; // a progress bar counts in int, bytes do not

void keepRowsFixed(QTableView &table)
{
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

} // namespace

SheetPane::SheetPane(BatchDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SheetPane>())
    , m_draft(draft)
    , m_mapping(new BatchMappingModel(draft, this))
    , m_rows(new SheetRowsModel(draft, this))
{
    m_ui->setupUi(this);
    buildTables();
    buildChips();
    connect(m_ui->startBatchButton, &QPushButton::clicked, this, &SheetPane::startRequested);
    connect(m_ui->busyCancelButton, &QPushButton::clicked, this, &SheetPane::cancelRequested);
    connect(m_ui->doNotMessageButton, &QPushButton::clicked, this,
            &SheetPane::editDoNotMessageList);
    connect(m_ui->exportBadButton, &QPushButton::clicked, this, &SheetPane::exportBadRows);
    connect(&m_draft, &BatchDraft::checked, this, &SheetPane::showChecks);
    connect(&m_draft, &BatchDraft::sheetChanged, this, [this] {
        m_ui->checkChips->choose(EveryVerdict);
        m_ui->sheetView->setCurrentIndex(m_rows->index(0, 0));
        showChecks();
    });
    connect(&m_draft, &BatchDraft::checkProgressed, this,
            [this](qsizetype rows, qsizetype of) { showBusy(tr("Checking…"), rows, of); });
    showChecks();
}

SheetPane::~SheetPane() = default;

void SheetPane::buildTables()
{
    QTableView *mapping = m_ui->mappingTable;
    mapping->setModel(m_mapping);
    mapping->setItemDelegateForColumn(BatchMappingModel::SourceColumn, new MappingDelegate(this));
    keepRowsFixed(*mapping);
    mapping->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    connect(mapping, &QTableView::clicked, this, [mapping](const QModelIndex &index) {
        if (index.column() == BatchMappingModel::SourceColumn)
            mapping->edit(index);
    });

    QTableView *rows = m_ui->sheetView;
    rows->setModel(m_rows);
    keepRowsFixed(*rows);
    connect(m_rows, &QAbstractItemModel::modelReset, this, &SheetPane::followColumns);
    connect(rows->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                const qsizetype row = std::max<qsizetype>(0, m_rows->sheetRow(current));
                m_mapping->setExampleRow(row);
                emit currentRowChanged(row);
            });
    m_ui->batchSplitter->setStretchFactor(0, 2);
    m_ui->batchSplitter->setStretchFactor(1, 3);
    m_ui->batchSplitter->setSizes({150, 260});
    followColumns();
}

void SheetPane::followColumns()
{
    auto *header = m_ui->sheetView->horizontalHeader();
    for (int section = 0; section < m_rows->columnCount(); ++section)
        header->resizeSection(section, section == 0 ? 64 : 130);
}

void SheetPane::buildChips()
{
    ChipRow *chips = m_ui->checkChips;
    chips->add(EveryVerdict, u"chipAllRows"_s, tr("Show all rows"));
    chips->add(int(Verdict::Ready), u"chipReady"_s, tr("Show rows that are ready"));
    chips->add(int(Verdict::Warned), u"chipWarned"_s, tr("Show rows with warnings"));
    chips->add(int(Verdict::Bad), u"chipBad"_s, tr("Show rows that cannot be sent"));
    chips->add(int(Verdict::Duplicate), u"chipDuplicate"_s, tr("Show duplicates"));
    chips->add(int(Verdict::DoNotMessage), u"chipDoNotMessage"_s,
               tr("Show rows on the do-not-message list"));
    connect(chips, &ChipRow::chosenChanged, this, [this](int key) {
        m_rows->setFilter(key == EveryVerdict ? std::nullopt
                                              : std::optional(static_cast<Verdict>(key)));
    });
}

void SheetPane::showBusy(const QString &text, qint64 done, qint64 ofAll)
{
    m_ui->busyLabel->setText(text);
    m_ui->busyBar->setRange(0, ofAll > 0 ? ProgressSteps : 0);
    if (ofAll > 0)
        m_ui->busyBar->setValue(static_cast<int>(done * ProgressSteps / ofAll));
    m_ui->busyBox->show();
}

void SheetPane::hideBusy()
{
    m_ui->busyBox->hide();
}

void SheetPane::setLocked(bool locked)
{
    m_isLocked = locked;
    for (QWidget *widget : std::initializer_list<QWidget *>{
             m_ui->mappingTable, m_ui->sheetView, m_ui->doNotMessageButton, m_ui->exportBadButton})
        widget->setEnabled(!locked);
    showChecks();
}

bool SheetPane::canStart() const
{
    return m_draft.sendable() > 0 && !m_isLocked;
}

void SheetPane::showChecks()
{
    showCheckChips();
    if (m_draft.isChecked() && !m_isLocked && !m_draft.isReading())
        hideBusy();
    const QString text = problem();
    m_ui->sheetNote->setText(text);
    m_ui->sheetNote->setVisible(!text.isEmpty());
    m_ui->startBatchButton->setText(
        m_draft.isChecked() ? tr("&Start %n send(s)", nullptr, static_cast<int>(m_draft.sendable()))
                            : tr("&Start"));
    m_ui->startBatchButton->setEnabled(canStart());
    emit canStartChanged();
}

void SheetPane::showCheckChips()
{
    ChipRow *chips = m_ui->checkChips;
    const bool known = m_draft.isChecked();
    const auto count = [this, known](Verdict verdict) {
        return known ? static_cast<int>(m_draft.verdicts().count(verdict)) : 0;
    };
    const auto show = [chips, &count](Verdict verdict, const QString &text) {
        chips->show(int(verdict), text, count(verdict) > 0);
    };
    chips->show(EveryVerdict, tr("All"));
    chips->show(int(Verdict::Ready), tr("%n ready", nullptr, count(Verdict::Ready)), known);
    show(Verdict::Warned, tr("%n with warnings", nullptr, count(Verdict::Warned)));
    show(Verdict::Bad, tr("%n cannot be sent", nullptr, count(Verdict::Bad)));
    show(Verdict::Duplicate, tr("%n duplicate(s)", nullptr, count(Verdict::Duplicate)));
    show(Verdict::DoNotMessage, tr("%n do not message", nullptr, count(Verdict::DoNotMessage)));
    m_ui->exportBadButton->setEnabled(
        !m_isLocked
        && count(Verdict::Bad) + count(Verdict::Duplicate) + count(Verdict::DoNotMessage) > 0);
}

/// What is wrong with the batch as a whole.
QString SheetPane::problem() const
{
    if (!m_draft.hasRows())
        return {};
    if (const auto names = m_draft.unknownNames(); !names.isEmpty())
        return tr("There is no column called %1. Choose what fills the field above, or correct "
                  "the name between {{ and }}.")
            .arg(names.join(u", "_s));
    const auto to = std::find_if(m_draft.targets().begin(), m_draft.targets().end(),
                                 [](const FillTarget &each) { return each.field == Field::To; });
    if (to != m_draft.targets().end() && to->text.isEmpty())
        return tr("Which column has the recipients' numbers? Choose it beside “To” above.");
    // One mistake in the form itself spoils every row.
    if (m_draft.isChecked() && m_draft.verdicts().count(Verdict::Bad) == m_draft.sheet().rowCount())
        return tr("No row can be sent. The first one: %1").arg(m_draft.verdictText(0));
    return {};
}

void SheetPane::editDoNotMessageList()
{
    DoNotMessageDialog dialog(m_draft.doNotMessageText(), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    if (const auto kept = m_draft.setDoNotMessageText(dialog.text()); !kept)
        emit failed(kept.error());
}

void SheetPane::exportBadRows()
{
    const QString proposal = QFileInfo(m_draft.sheet().name()).completeBaseName()
        + tr(" – not sent.csv", "end of a file name");
    const QString path = QFileDialog::getSaveFileName(this, tr("Export Bad Rows"), proposal,
                                                      tr("CSV files (*.csv)"));
    if (path.isEmpty())
        return;
    whenDone(exportRows(path, m_draft.sheet(), m_draft.verdicts(),
                        {Verdict::Bad, Verdict::Duplicate, Verdict::DoNotMessage}, tr("Problem"),
                        m_draft.reasons()),
             this, [this](const Result<void> &written) {
                 if (!written)
                     emit failed(written.error());
             });
}

} // namespace icebreaker
