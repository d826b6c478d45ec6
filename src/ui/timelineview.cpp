#include "ui/timelineview.h"

#include "ui/rawdialog.h"
#include "ui/timelinedelegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

TimelineView::TimelineView(QWidget *parent)
    : QListView(parent)
    , m_model(new TimelineModel(this))
    , m_raw(new QAction(tr("Show &Raw JSON…"), this))
    , m_copy(new QAction(tr("&Copy as Text"), this))
    , m_release(new QAction(tr("Does &Not Belong Here"), this))
{
    setProperty("framed", true);
    setModel(m_model);
    setItemDelegate(new TimelineDelegate(this));
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    m_raw->setObjectName(u"rawEventAction"_s);
    m_copy->setObjectName(u"copyEventAction"_s);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    m_release->setObjectName(u"releaseEventAction"_s);
    m_release->setToolTip(tr("Only for what was tied by a guess or by hand."));
    addActions({m_copy, m_raw, m_release});
    connect(m_copy, &QAction::triggered, this, &TimelineView::copyText);
    connect(m_raw, &QAction::triggered, this, &TimelineView::showRawEvents);
    connect(this, &QListView::activated, this, &TimelineView::showRawEvents);
    connect(m_release, &QAction::triggered, this, [this] {
        if (const auto events = releasable(); !events.isEmpty())
            emit releaseRequested(events);
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TimelineView::showActions);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &TimelineView::showActions);
    showActions();
}

void TimelineView::showDelivery(const SendRecord &record, const QList<KeptEvent> &events,
                                const QDateTime &now)
{
    m_model->show(record, events, now);
}

void TimelineView::clear()
{
    m_model->clear();
}

void TimelineView::setReadOnly(bool readOnly)
{
    m_release->setVisible(!readOnly);
}

/// Rows are as high as their text at this width.
void TimelineView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

QList<const TimelineStep *> TimelineView::selectedSteps() const
{
    auto indexes = selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end());
    QList<const TimelineStep *> steps;
    for (const QModelIndex &index : std::as_const(indexes))
        steps.append(m_model->step(index));
    return steps;
}

QList<qint64> TimelineView::releasable() const
{
    QList<qint64> events;
    for (const TimelineStep *step : selectedSteps()) {
        const EventMatch match = step->first.match;
        if (match == EventMatch::NumberAndTime || match == EventMatch::ByHand)
            events.append(step->numbers);
    }
    return events;
}

void TimelineView::showActions()
{
    const auto steps = selectedSteps();
    m_copy->setEnabled(!steps.isEmpty());
    m_raw->setEnabled(std::any_of(steps.begin(), steps.end(), [](const TimelineStep *step) {
        return step->kind == TimelineStep::Kind::Heard;
    }));
    m_release->setEnabled(!releasable().isEmpty());
}

void TimelineView::copyText()
{
    auto indexes = selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end());
    QStringList lines;
    for (const QModelIndex &index : std::as_const(indexes))
        lines.append(index.data(Qt::EditRole).toString());
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void TimelineView::showRawEvents()
{
    QByteArrayList raw;
    for (const TimelineStep *step : selectedSteps()) {
        if (step->kind == TimelineStep::Kind::Heard)
            raw.append(step->first.event.raw);
    }
    if (!raw.isEmpty())
        showRaw(*window(), tr("Status as it came"), raw.join("\n\n"));
}

} // namespace icebreaker
