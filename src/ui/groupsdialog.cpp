#include "ui/groupsdialog.h"

#include "core/whendone.h"
#include "store/history.h"
#include "ui/loggroupmodel.h"

#include <QAction>
#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int RowHeight = 28;

QTableView *makeGroupView(LogGroupModel *model, QWidget *parent)
{
    auto *view = new QTableView(parent);
    view->setObjectName(u"groupView"_s);
    view->setAccessibleName(GroupsDialog::tr("Groups of sends"));
    view->setModel(model);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(RowHeight);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->horizontalHeader()->setSectionResizeMode(LogGroupModel::ValueColumn,
                                                   QHeaderView::Stretch);
    view->horizontalHeader()->resizeSection(LogGroupModel::CountColumn, 96);
    view->horizontalHeader()->resizeSection(LogGroupModel::LastColumn, 160);
    view->horizontalHeader()->setSortIndicator(LogGroupModel::CountColumn, Qt::DescendingOrder);
    view->setSortingEnabled(true);
    return view;
}

} // namespace

GroupsDialog::GroupsDialog(History &history, QWidget *parent)
    : QDialog(parent)
    , m_history(history)
    , m_model(new LogGroupModel(this))
    , m_view(makeGroupView(m_model, this))
    , m_groupings(new QButtonGroup(this))
    , m_scope(new QLabel(this))
    , m_note(new QLabel(this))
    , m_showButton(new QPushButton(tr("&Show in the Log"), this))
{
    setWindowTitle(tr("What the Sends Have in Common"));
    resize(560, 480);
    m_scope->setObjectName(u"groupScope"_s);
    m_scope->setTextFormat(Qt::PlainText);
    m_scope->setWordWrap(true);
    m_note->setObjectName(u"groupNote"_s);
    m_note->setProperty("role", u"hint"_s);
    m_showButton->setObjectName(u"groupShowButton"_s);
    m_showButton->setDefault(true); // Enter in the table
    auto *show = new QAction(tr("&All Like This"), this);
    m_view->addAction(show);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_showButton, QDialogButtonBox::ActionRole);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_scope);
    layout->addLayout(makeGroupings());
    layout->addWidget(m_view);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    connect(m_groupings, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (isOn)
            count();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_showButton, &QPushButton::clicked, this, &GroupsDialog::choose);
    connect(show, &QAction::triggered, this, &GroupsDialog::choose);
    connect(m_view, &QTableView::doubleClicked, this, &GroupsDialog::choose);
    m_view->setFocus();
}

QHBoxLayout *GroupsDialog::makeGroupings()
{
    auto *bar = new QHBoxLayout;
    const QList<std::pair<LogGrouping, QString>> groupings{
        {LogGrouping::Recipient, tr("&Recipient")},
        {LogGrouping::Agent, tr("&Agent")},
        {LogGrouping::Template, tr("&Template")},
        {LogGrouping::Error, tr("&Error")}};
    for (const auto &[grouping, text] : groupings) {
        auto *button = new QToolButton(this);
        button->setObjectName(u"groupBy%1"_s.arg(static_cast<int>(grouping)));
        button->setText(text);
        button->setAccessibleName(tr("Group by %1").arg(QString(text).remove(u'&')));
        button->setCheckable(true);
        button->setChecked(grouping == LogGrouping::Recipient);
        button->setProperty("chip", true);
        button->setFocusPolicy(Qt::StrongFocus);
        m_groupings->addButton(button, static_cast<int>(grouping));
        bar->addWidget(button);
    }
    bar->addStretch();
    return bar;
}

void GroupsDialog::setFilter(const std::optional<LogFilter> &filter, const QString &text)
{
    m_filter = filter;
    if (!filter)
        m_scope->setText(tr("The filter of the log makes no sense yet."));
    else if (filter->isEmpty())
        m_scope->setText(tr("Of all sends:"));
    else if (text.trimmed().isEmpty())
        m_scope->setText(tr("Of the sends that the log shows:"));
    else
        m_scope->setText(tr("Of the sends that match “%1”:").arg(text.trimmed()));
    count();
}

void GroupsDialog::count()
{
    ++m_generation;
    m_model->clear(static_cast<LogGrouping>(m_groupings->checkedId()));
    showState(!m_filter);
    if (m_filter)
        countStep(0);
}

void GroupsDialog::countStep(qint64 before)
{
    const auto grouping = static_cast<LogGrouping>(m_groupings->checkedId());
    whenDone(m_history.groups(*m_filter, grouping, before), this,
             [this, generation = m_generation](const Result<LogGroups> &found) {
                 if (generation != m_generation)
                     return;
                 if (!found) {
                     emit failed(found.error());
                     return;
                 }
                 const QModelIndex current = m_view->currentIndex();
                 m_model->add(found->groups);
                 m_model->show();
                 m_view->selectRow(std::max(0, current.row()));
                 showState(found->next == 0);
                 if (found->next > 0)
                     countStep(found->next);
             });
}

void GroupsDialog::showState(bool isDone)
{
    const QString groups = tr("%n group(s)", nullptr, static_cast<int>(m_model->groupCount()));
    const QString sends = tr("%n send(s)", nullptr, static_cast<int>(m_model->sendCount()));
    QString text =
        isDone ? tr("%1, %2").arg(groups, sends) : tr("%1, %2; still counting…").arg(groups, sends);
    if (m_model->groupCount() > LogGroupModel::MostListed)
        text += u' ' + tr("The largest %1 are listed.").arg(LogGroupModel::MostListed);
    m_note->setText(text);
    m_showButton->setEnabled(m_model->rowCount() > 0);
}

void GroupsDialog::choose()
{
    const QString token = m_model->tokenOf(m_view->currentIndex());
    if (!token.isEmpty())
        emit chosen(token);
}

} // namespace icebreaker
