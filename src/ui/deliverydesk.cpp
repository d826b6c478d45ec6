#include "ui/deliverydesk.h"

#include "core/whendone.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "ui/conversationpane.h"
#include "ui/detailpane.h"
#include "ui/funnelview.h"
#include "ui/logpanel.h"
#include "ui/sidepanel.h"
#include "ui/unmatcheddialog.h"

#include <QAction>
#include <QMenu>
#include <QScopedValueRollback>
#include <QToolButton>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int DeskFunnelColumns = 8; // one line above the log

} // namespace

DeliveryDesk::DeliveryDesk(Place place, Journal &journal, ConversationFetcher::Services services,
                           QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_deliveries(services.deliveries)
    , m_fetcher(std::move(services))
{
    addUnmatched();
    addFunnel(journal);
    addConversation();
    connect(&place.side, &SidePanel::releaseRequested, this, &DeliveryDesk::release);
}

DeliveryDesk::~DeliveryDesk() = default;

void DeliveryDesk::addFunnel(Journal &journal)
{
    m_funnel = new FunnelView(m_deliveries, journal, DeskFunnelColumns);
    m_funnel->hide();
    m_place.log.addPanel(m_funnel);
    auto *action = new QAction(tr("Funne&l"), this);
    action->setObjectName(u"funnelAction"_s);
    action->setCheckable(true);
    action->setShortcut(QKeySequence(u"Ctrl+Shift+F"_s));
    action->setToolTip(tr("Counts what became of the sends that the log shows (Ctrl+Shift+F)"));
    m_place.logMenu.addAction(action);
    m_funnelButton = new QToolButton;
    m_funnelButton->setObjectName(u"funnelButton"_s);
    m_funnelButton->setDefaultAction(action);
    m_funnelButton->setProperty("chip", true);
    m_funnelButton->setFocusPolicy(Qt::StrongFocus);
    m_place.log.addToBar(m_funnelButton);
    connect(action, &QAction::toggled, this, [this](bool on) {
        if (on)
            followFilter();
        m_funnel->setVisible(on);
    });
    connect(m_funnel, &FunnelView::chosen, this, &DeliveryDesk::choosePart);
    connect(m_funnel, &FunnelView::failed, this, &DeliveryDesk::failed);
    connect(&m_place.log, &LogPanel::filterChanged, this, &DeliveryDesk::followFilter);
}

void DeliveryDesk::addUnmatched()
{
    m_unmatchedAction = new QAction(tr("Statuses that &Match No Send…"), this);
    m_unmatchedAction->setObjectName(u"unmatchedAction"_s);
    m_place.logMenu.addAction(m_unmatchedAction);
    m_unmatchedHint = new QToolButton;
    m_unmatchedHint->setObjectName(u"unmatchedHint"_s);
    m_unmatchedHint->setProperty("chip", true);
    m_unmatchedHint->setFocusPolicy(Qt::StrongFocus);
    m_unmatchedHint->hide();
    m_place.log.addToBar(m_unmatchedHint);
    connect(m_unmatchedAction, &QAction::triggered, this, &DeliveryDesk::showUnmatched);
    connect(m_unmatchedHint, &QToolButton::clicked, this, &DeliveryDesk::showUnmatched);
    connect(&m_deliveries, &Deliveries::unmatchedChanged, this, &DeliveryDesk::countUnmatched);
    countUnmatched();
}

void DeliveryDesk::addConversation()
{
    auto *pane = new ConversationPane(m_place.detail.selected(), m_deliveries, m_fetcher);
    m_place.detail.addTab(pane, tr("Conversation"));
    connect(pane, &ConversationPane::failed, this, &DeliveryDesk::failed);
    connect(&m_fetcher, &ConversationFetcher::failed, this, &DeliveryDesk::failed);
}

void DeliveryDesk::showFiltered(const QString &filterText)
{
    m_place.log.setFilterText(filterText);
}

void DeliveryDesk::choosePart(const QString &filterText)
{
    const Whole whole = m_whole.value_or(Whole{m_place.log.filterText(), m_place.log.filter()});
    const QString text = (whole.text + u' ' + filterText).trimmed();
    const QScopedValueRollback guard(m_isChoosing, true);
    if (filterText.isEmpty() || !parseLogFilter(text)) { // what contradicts itself shows nothing
        m_whole.reset();
        m_chosen.reset();
        m_place.log.setFilterText(whole.text);
        m_funnel->mark({});
        return;
    }
    m_place.log.setFilterText(text);
    m_whole = whole;
    m_chosen = m_place.log.filter();
    m_funnel->mark(filterText);
}

void DeliveryDesk::followFilter()
{
    if (m_isChoosing || (m_whole && m_chosen == m_place.log.filter()))
        return;
    m_whole.reset();
    m_chosen.reset();
    m_funnel->mark({});
    m_funnel->setFilter(m_place.log.filter());
}

void DeliveryDesk::countUnmatched()
{
    if (m_isCounting) {
        m_countAgain = true;
        return;
    }
    m_isCounting = true;
    whenDone(m_deliveries.unmatchedCount(), this, [this](const Result<qint64> &count) {
        m_isCounting = false;
        if (count) {
            const QString text =
                tr("%n status(es) match no send", nullptr, static_cast<int>(*count));
            m_unmatchedHint->setText(text);
            m_unmatchedHint->setToolTip(tr("Shows them, and the sends that they may be of"));
            m_unmatchedHint->setVisible(*count > 0);
        }
        if (std::exchange(m_countAgain, false))
            countUnmatched();
    });
}

void DeliveryDesk::showUnmatched()
{
    if (!m_unmatched) {
        m_unmatched = new UnmatchedDialog(m_deliveries, &m_place.window);
        m_unmatched->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_unmatched, &UnmatchedDialog::failed, this, &DeliveryDesk::failed);
        connect(m_unmatched, &UnmatchedDialog::assigned, this, &DeliveryDesk::sendAssigned);
    }
    m_unmatched->show();
    m_unmatched->raise();
    m_unmatched->activateWindow();
}

void DeliveryDesk::release(const QList<qint64> &events)
{
    whenDone(m_deliveries.release(events), this, [this](const Result<void> &done) {
        if (!done)
            emit failed(done.error());
    });
}

} // namespace icebreaker
