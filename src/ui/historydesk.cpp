#include "ui/historydesk.h"

#include "ui/deletedialog.h"
#include "ui/logpanel.h"

#include <QAction>
#include <QMenu>

#include <chrono>

namespace icebreaker {

using namespace Qt::StringLiterals;

HistoryDesk::HistoryDesk(Place place, Journal &journal, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_history(journal)
    , m_eraser(m_history)
{
    auto *action = new QAction(tr("&Delete What the Filter Shows…"), this);
    action->setObjectName(u"deleteShownAction"_s);
    place.logMenu.addAction(action);
    connect(action, &QAction::triggered, this, &HistoryDesk::removeShown);
    connect(&place.log, &LogPanel::filterChanged, action,
            [this, action] { action->setEnabled(m_place.log.filter().has_value()); });
    m_daily.setInterval(std::chrono::hours(24));
    connect(&m_daily, &QTimer::timeout, this, &HistoryDesk::removeAged);
    connect(&m_eraser, &HistoryEraser::finished, this, [this](const ErasedHistory &erased) {
        if (erased.removed > 0)
            emit aged(erased.removed);
        if (m_keepDays > 0 && m_removingDays != m_keepDays)
            removeAged(); // it was changed meanwhile
    });
    connect(&m_eraser, &HistoryEraser::failed, this, &HistoryDesk::failed);
}

void HistoryDesk::setKeepDays(int days)
{
    if (days == m_keepDays)
        return;
    m_keepDays = days;
    m_eraser.cancel(); // of what was to be kept for less
    if (days == 0) {
        m_daily.stop();
        return;
    }
    m_daily.start();
    removeAged();
}

void HistoryDesk::removeAged()
{
    if (m_eraser.isRunning())
        return;
    m_removingDays = m_keepDays;
    const std::chrono::hours age(24 * m_keepDays);
    HistoryEraser::Order order;
    order.filter.until = FilterMoment{age, std::nullopt, {}, {}};
    order.remainsBefore =
        QDateTime::currentDateTimeUtc().addSecs(-std::chrono::seconds(age).count());
    order.largestRewritten = SmallJournal;
    m_eraser.start(order);
}

void HistoryDesk::removeShown()
{
    const auto filter = m_place.log.filter();
    if (!filter)
        return;
    auto *dialog = new DeleteDialog(m_history, *filter, m_place.log.filterText(), &m_place.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DeleteDialog::failed, this, &HistoryDesk::failed);
    dialog->open();
}

} // namespace icebreaker
