#include "ui/logpanel.h"

#include "core/whendone.h"
#include "interop/curl.h"
#include "store/filtertokens.h"
#include "store/journal.h"
#include "ui/delegates.h"
#include "ui/filterchips.h"
#include "ui/filtercompleter.h"
#include "ui/logmodel.h"
#include "ui/theme.h"
#include "ui_logpanel.h"
#include "words/filterwords.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Chip {
    QString text;
    QString name; ///< Object name.
    QList<Outcome> outcomes;
};

QList<Chip> chips()
{
    return {{LogPanel::tr("All"), u"chipAll"_s, {}},
            {LogPanel::tr("2xx"), u"chipAccepted"_s, {Outcome::Accepted}},
            {LogPanel::tr("429"), u"chipRateLimited"_s, {Outcome::RateLimited}},
            {LogPanel::tr("Errors"), u"chipErrors"_s, {Outcome::Refused, Outcome::NotSent}},
            {LogPanel::tr("Unknown"), u"chipUnknown"_s, {Outcome::Unknown}}};
}

QString filterErrorText(const FilterError &error)
{
    switch (error.kind) {
    case FilterError::UnknownKey: return unknownFilterText(error.token, filterKeys());
    case FilterError::Contradiction: return contradictingFilterText(error.token, error.key);
    case FilterError::BadValue: break;
    }
    return badFilterValueText(error.token, error.key);
}

} // namespace

LogPanel::LogPanel(Journal &journal, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::LogPanel>())
    , m_journal(journal)
    , m_model(new LogModel(journal, this))
    , m_filterChips(new FilterChips(this))
{
    m_ui->setupUi(this);
    m_completer = new FilterCompleter(*m_ui->filterEdit);
    m_ui->panelLayout->insertWidget(1, m_filterChips);
    QWidget::setTabOrder(m_ui->filterEdit, m_filterChips);
    auto *view = m_ui->logView;
    view->setModel(m_model);
    auto *chipDelegate = new ChipDelegate(this);
    view->setItemDelegateForColumn(LogModel::ResultColumn, chipDelegate);
    view->setItemDelegateForColumn(LogModel::DeliveryColumn, chipDelegate);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    auto *header = view->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(LogModel::TemplateColumn, QHeaderView::Stretch);
    header->resizeSection(LogModel::TimeColumn, 112);
    header->resizeSection(LogModel::ToColumn, 126);
    header->resizeSection(LogModel::AgentColumn, 66);
    header->resizeSection(LogModel::ResultColumn, 184);
    header->resizeSection(LogModel::DeliveryColumn, 148);
    header->resizeSection(LogModel::TookColumn, 72);
    view->addActions(rowActions());
    addChips();

    connect(m_model, &LogModel::failed, this, &LogPanel::failed);
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { followInsert(first, last); });
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                m_current = m_model->journalRow(current);
                emit currentChanged(m_current);
            });
    connect(&journal, &Journal::removed, this, &LogPanel::forgetRemoved);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &LogPanel::selectionChanged);
    connect(m_ui->filterEdit, &QLineEdit::textChanged, this, &LogPanel::applyFilter);
    connect(m_ui->filterEdit, &QLineEdit::textChanged, m_filterChips, &FilterChips::setFilterText);
    connect(m_filterChips, &FilterChips::textChanged, m_ui->filterEdit, &QLineEdit::setText);
    connect(m_completer, &FilterCompleter::valuesWanted, this, &LogPanel::valuesWanted);
    connect(m_ui->likeThisAction, &QAction::triggered, this, [this] { filterLikeCurrent(false); });
    connect(m_ui->narrowAction, &QAction::triggered, this, [this] { filterLikeCurrent(true); });
    connect(m_ui->copyTextAction, &QAction::triggered, this, &LogPanel::copyText);
    connect(m_ui->copyJsonAction, &QAction::triggered, this, [this] { copyRecords(false); });
    connect(m_ui->copyCurlAction, &QAction::triggered, this, [this] { copyRecords(true); });
    connect(m_ui->makeCardAction, &QAction::triggered, this, &LogPanel::requestCard);
}

LogPanel::~LogPanel() = default;

void LogPanel::focusFilter()
{
    m_ui->filterEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->filterEdit->selectAll();
}

void LogPanel::select(qint64 journalRow)
{
    m_awaited = journalRow;
    selectAwaited();
}

QList<QAction *> LogPanel::rowActions() const
{
    return {m_ui->likeThisAction, m_ui->narrowAction,   m_ui->copyTextAction,
            m_ui->copyJsonAction, m_ui->copyCurlAction, m_ui->makeCardAction};
}

void LogPanel::addBesideFilter(QWidget *widget)
{
    m_ui->filterLayout->insertWidget(m_ui->filterLayout->indexOf(m_ui->filterEdit) + 1, widget);
}

void LogPanel::setSeenValues(const SeenValues &values)
{
    m_completer->setSeenValues(values);
}

void LogPanel::addRowAction(QAction *action)
{
    m_ui->logView->addAction(action);
}

qint64 LogPanel::shownCount() const
{
    return m_model->rowCount();
}

void LogPanel::addToBar(QWidget *widget)
{
    m_ui->filterLayout->addWidget(widget);
}

void LogPanel::addPanel(QWidget *panel)
{
    m_ui->panelLayout->insertWidget(m_ui->panelLayout->indexOf(m_ui->logView), panel);
}

QString LogPanel::filterText() const
{
    return m_ui->filterEdit->text();
}

void LogPanel::setFilterText(const QString &text)
{
    m_ui->filterEdit->setText(text);
}

std::optional<LogFilter> LogPanel::filter() const
{
    return m_ui->filterNote->isHidden() ? std::optional(m_model->filter()) : std::nullopt;
}

void LogPanel::addChips()
{
    auto *group = new QButtonGroup(this);
    for (const Chip &chip : chips()) {
        auto *button = new QToolButton(this);
        button->setObjectName(chip.name);
        button->setText(chip.text);
        button->setAccessibleName(tr("Show in the log: %1").arg(chip.text));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setProperty("chip", true);
        button->setChecked(chip.outcomes.isEmpty());
        group->addButton(button);
        m_ui->chipLayout->addWidget(button);
        m_chips.append(button);
        connect(button, &QToolButton::toggled, this, &LogPanel::applyFilter);
    }
}

void LogPanel::applyFilter()
{
    auto filter = parseLogFilter(m_ui->filterEdit->text());
    m_ui->filterNote->setVisible(!filter);
    if (!filter) {
        m_ui->filterNote->setText(filterErrorText(filter.error()));
        emit filterChanged();
        return;
    }
    const auto all = chips();
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        if (m_chips.at(i)->isChecked() && filter->outcomes.isEmpty())
            filter->outcomes = all.at(i).outcomes;
    }
    m_model->setFilter(*filter);
    emit filterChanged();
}

/// Rows that arrive above what is being read do not push it away.
void LogPanel::followInsert(int first, int last)
{
    auto *bar = m_ui->logView->verticalScrollBar();
    if (bar->value() > 0 && first <= bar->value())
        bar->setValue(bar->value() + last - first + 1);
    selectAwaited();
}

void LogPanel::selectAwaited()
{
    const QModelIndex index = m_awaited > 0 ? m_model->indexOf(m_awaited) : QModelIndex();
    if (!index.isValid())
        return;
    m_awaited = 0;
    m_ui->logView->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_ui->logView->scrollTo(index);
}

/// The cell counts, not only its row: like its recipient, its template, its error.
void LogPanel::filterLikeCurrent(bool narrow)
{
    const QString tokens = m_ui->logView->currentIndex().data(LogModel::LikeThisRole).toString();
    if (!tokens.isEmpty())
        setFilterText(withFilterTokens(narrow ? filterText() : QString(), tokens));
}

QList<qint64> LogPanel::selectedRows() const
{
    auto indexes = m_ui->logView->selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end(),
              [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    QList<qint64> rows;
    for (const QModelIndex &index : indexes)
        rows.append(m_model->journalRow(index));
    return rows;
}

/// What is deleted is not to be seen beside the log any longer either.
void LogPanel::forgetRemoved()
{
    if (m_current == 0)
        return;
    whenDone(m_journal.records({m_current}), this,
             [this, row = m_current](const Result<QList<SendRecord>> &records) {
                 if (!records || !records->isEmpty() || row != m_current)
                     return;
                 m_current = 0;
                 emit currentChanged(0);
             });
}

void LogPanel::copyText()
{
    QStringList lines;
    for (const qint64 row : selectedRows()) {
        QStringList cells;
        for (int column = 0; column < LogModel::ColumnCount; ++column)
            cells.append(
                m_model->indexOf(row).siblingAtColumn(column).data(Qt::EditRole).toString());
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void LogPanel::copyRecords(bool asCurl)
{
    // Filled in as the records come; the journal answers in the order of the questions.
    auto texts = std::make_shared<QStringList>();
    const auto rows = selectedRows();
    for (const qint64 row : rows) {
        whenDone(m_journal.record(row), this,
                 [this, texts, asCurl,
                  isLast = row == rows.last()](const Result<std::optional<SendRecord>> &record) {
                     if (!record) {
                         emit failed(record.error());
                         return;
                     }
                     if (*record) {
                         const Claim &claim = (*record)->claim;
                         texts->append(asCurl ? toCurl(claim.url, claim.body)
                                              : QString::fromUtf8(claim.body));
                     }
                     if (isLast)
                         QGuiApplication::clipboard()->setText(texts->join(u"\n\n"_s));
                 });
    }
}

void LogPanel::requestCard()
{
    const qint64 row = m_model->journalRow(m_ui->logView->currentIndex());
    if (row == 0)
        return;
    whenDone(m_journal.record(row), this, [this](const Result<std::optional<SendRecord>> &record) {
        if (!record)
            emit failed(record.error());
        else if (*record)
            emit cardRequested((*record)->claim.body);
    });
}

} // namespace icebreaker
