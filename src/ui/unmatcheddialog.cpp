#include "ui/unmatcheddialog.h"

#include "core/deliverystate.h"
#include "core/whendone.h"
#include "store/deliveries.h"
#include "ui/plaintext.h"
#include "ui/privacy.h"
#include "ui/recordhtml.h"
#include "ui/texttablemodel.h"
#include "ui/unmatchedmodel.h"
#include "ui_unmatcheddialog.h"
#include "words/deliverywords.h"
#include "words/errorwords.h"
#include "words/sendwords.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr int MostCandidates = 50;

enum CandidateColumn { SentColumn, BeforeColumn, TemplateColumn, ResultColumn, DeliveryColumn };

} // namespace

UnmatchedDialog::UnmatchedDialog(Deliveries &deliveries, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::UnmatchedDialog>())
    , m_deliveries(deliveries)
    , m_events(new UnmatchedModel(deliveries, this))
    , m_candidates(new TextTableModel(
          {tr("Sent"), tr("Before it"), tr("Template"), tr("Result"), tr("Delivery")}, this))
{
    m_ui->setupUi(this);
    setObjectName(QStringLiteral("unmatchedDialog"));
    m_ui->unmatchedRawView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->candidateSplitter->setSizes({520, 340});
    m_ui->unmatchedSplitter->setSizes({280, 260});
    buildTables();
    connect(m_events, &UnmatchedModel::loaded, this, &UnmatchedDialog::showCount);
    connect(m_events, &UnmatchedModel::failed, this, &UnmatchedDialog::failed);
    connect(m_ui->assignButton, &QPushButton::clicked, this, &UnmatchedDialog::assign);
    connect(m_ui->copyUnmatchedAction, &QAction::triggered, this, &UnmatchedDialog::copyText);
    connect(m_ui->copyRawAction, &QAction::triggered, this, &UnmatchedDialog::copyRaw);
    connect(m_ui->unmatchedButtons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showCount();
    showCurrent();
}

UnmatchedDialog::~UnmatchedDialog() = default;

void UnmatchedDialog::buildTables()
{
    QTableView *events = m_ui->unmatchedView;
    events->setModel(m_events);
    events->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    events->horizontalHeader()->resizeSection(UnmatchedModel::ArrivedColumn, 176);
    events->horizontalHeader()->resizeSection(UnmatchedModel::NumberColumn, 136);
    events->horizontalHeader()->resizeSection(UnmatchedModel::StatusColumn, 112);
    events->horizontalHeader()->resizeSection(UnmatchedModel::ErrorColumn, 144);
    events->addActions({m_ui->copyUnmatchedAction, m_ui->copyRawAction});
    connect(events->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &UnmatchedDialog::showCurrent);
    connect(events->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &UnmatchedDialog::showActions);

    QTableView *candidates = m_ui->candidateView;
    candidates->setModel(m_candidates);
    candidates->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    candidates->horizontalHeader()->resizeSection(SentColumn, 108);
    candidates->horizontalHeader()->resizeSection(BeforeColumn, 76);
    candidates->horizontalHeader()->resizeSection(TemplateColumn, 108);
    candidates->horizontalHeader()->resizeSection(ResultColumn, 104);
    connect(candidates->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &UnmatchedDialog::showActions);
    connect(candidates, &QTableView::doubleClicked, this, &UnmatchedDialog::assign);
}

void UnmatchedDialog::showCount()
{
    const bool isEmpty = m_events->rowCount() == 0;
    m_ui->unmatchedIntro->setText(
        !m_events->isLoaded() ? tr("Reading…")
            : isEmpty ? tr("Every status that arrived is tied to its send. Statuses for messages "
                           "that Icebreaker did not send, or that came to an address without a "
                           "send's ID, would stand here.")
                      : tr("These statuses do not say which send they are of: they came to an "
                           "address without a send's ID, and neither their message ID nor their "
                           "number tells. They are kept as they came, and tied to a send only if "
                           "you say so."));
    m_ui->unmatchedSplitter->setVisible(!isEmpty);
    if (!isEmpty && !m_ui->unmatchedView->currentIndex().isValid())
        m_ui->unmatchedView->selectRow(0);
    showCurrent();
}

void UnmatchedDialog::showCurrent()
{
    const KeptEvent *current = m_events->eventAt(m_ui->unmatchedView->currentIndex());
    if (current == nullptr) {
        m_current = 0;
        showCandidates({}, {});
        replaceText(*m_ui->unmatchedRawView, {});
        return;
    }
    if (current->number == m_current)
        return;
    m_current = current->number;
    replaceText(*m_ui->unmatchedRawView, privacy::text(html::bodyText(current->event.raw)));
    loadCandidates(*current);
}

void UnmatchedDialog::loadCandidates(const KeptEvent &event)
{
    showCandidates({}, {});
    m_ui->candidateNote->setText(tr("Looking…"));
    whenDone(m_deliveries.candidates(event.number, MostCandidates), this,
             [this, event](const Result<QList<SendRecord>> &records) {
                 if (event.number != m_current)
                     return;
                 if (!records) {
                     m_ui->candidateNote->setText(errorText(records.error()));
                     return;
                 }
                 showCandidates(*records, momentOf(event));
                 m_ui->candidateNote->setText(
                     event.event.to.isEmpty() ? tr("It names no number, so no send can be "
                                                   "suggested.")
                         : records->isEmpty()
                         ? tr("Nothing was sent to this number in the week before.")
                         : tr("Likeliest first. Choose the send only if you know: the status "
                              "then counts as that send's."));
             });
}

void UnmatchedDialog::showCandidates(const QList<SendRecord> &records, const QDateTime &happenedAt)
{
    m_records = records;
    QList<QStringList> rows;
    for (const SendRecord &record : records) {
        const Claim &claim = record.claim;
        const std::chrono::milliseconds gap(claim.claimedAt.msecsTo(happenedAt));
        rows.append({momentText(claim.claimedAt, QDateTime::currentDateTimeUtc()),
                     happenedAt.isValid() && gap.count() >= 0 ? gapText(gap) : QString(),
                     claim.templateName.isEmpty() ? claim.channel : claim.templateName,
                     resultText(record), deliveryText(record)});
    }
    m_candidates->show(rows);
    showActions();
}

void UnmatchedDialog::showActions()
{
    const auto count = static_cast<int>(selected().size());
    m_ui->assignButton->setEnabled(count > 0
                                   && m_ui->candidateView->selectionModel()->hasSelection());
    m_ui->assignButton->setText(count > 1 ? tr("%n statuses &belong to this send", nullptr, count)
                                          : tr("&Belongs to this send"));
    m_ui->copyUnmatchedAction->setEnabled(count > 0);
    m_ui->copyRawAction->setEnabled(count > 0);
}

QModelIndexList UnmatchedDialog::selected() const
{
    auto indexes = m_ui->unmatchedView->selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end());
    return indexes;
}

void UnmatchedDialog::assign()
{
    const int chosen = m_ui->candidateView->currentIndex().row();
    QList<qint64> numbers;
    const auto indexes = selected();
    for (const QModelIndex &index : indexes)
        numbers.append(m_events->eventAt(index)->number);
    if (chosen < 0 || numbers.isEmpty())
        return;
    const QString sendId = m_records.at(chosen).claim.sendId;
    m_ui->assignButton->setEnabled(false); // until the list is another one
    whenDone(m_deliveries.assign(numbers, sendId), this,
             [this, sendId, count = static_cast<int>(numbers.size())](const Result<void> &done) {
                 if (!done) {
                     m_ui->unmatchedNote->setText(tr("Not tied: %1").arg(errorText(done.error())));
                     showActions();
                     return;
                 }
                 m_ui->unmatchedNote->setText(
                     tr("%n status(es) tied. “Does Not Belong Here” in the send's timeline takes "
                        "that back.",
                        nullptr, count));
                 emit assigned(sendId);
             });
}

void UnmatchedDialog::copyText()
{
    QStringList lines;
    const auto indexes = selected();
    for (const QModelIndex &index : indexes) {
        QStringList cells;
        for (int column = 0; column < UnmatchedModel::ColumnCount; ++column)
            cells.append(index.siblingAtColumn(column).data(Qt::EditRole).toString());
        lines.append(cells.join(QLatin1Char('\t')));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void UnmatchedDialog::copyRaw()
{
    QStringList texts;
    const auto indexes = selected();
    for (const QModelIndex &index : indexes)
        texts.append(QString::fromUtf8(m_events->eventAt(index)->event.raw));
    QGuiApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
}

} // namespace icebreaker
