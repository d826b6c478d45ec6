#include "ui/timelinedelegate.h"

#include "ui/theme.h"
#include "ui/timelinemodel.h"
#include "ui/wrappedtext.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int StepMargin = 8;
constexpr int StepPadding = 4;
constexpr int MarkSize = 10;
constexpr int AroundText = StepMargin + MarkSize + StepPadding + StepMargin;
constexpr int WordGap = 8;

using Mark = TimelineModel::Mark;

/// Where the parts of a row go, within a text column of some width.
struct Layout {
    WrappedText title;
    WrappedText time;
    WrappedText details;
    QPoint timePlace; ///< Behind the title if there is room, else beneath it.
    QPoint detailsPlace;

    Layout(const QFont &font, const QModelIndex &index, int width)
        : title(index.data(TimelineModel::TitleRole).toString(), font, width)
        , time(index.data(TimelineModel::TimeRole).toString(), font, width)
        , details(index.data(TimelineModel::DetailRole).toStringList().join(u'\n'), font, width)
    {
        const bool fits = title.size().width() + WordGap + time.size().width() <= width;
        timePlace =
            fits ? QPoint(title.size().width() + WordGap, 0) : QPoint(0, title.size().height());
        detailsPlace = {0, std::max(title.size().height(), timePlace.y() + time.size().height())};
    }

    [[nodiscard]] int height() const { return detailsPlace.y() + details.size().height(); }
};

int textWidth(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    return std::max(80, width - AroundText);
}

QColor markColour(Mark mark)
{
    switch (mark) {
    case Mark::Done: return theme::good();
    case Mark::Bad: return theme::forSeverity(Severity::Error);
    case Mark::Guess: return theme::forSeverity(Severity::Warning);
    case Mark::Open: break;
    }
    return theme::muted();
}

/// Each has a shape of its own: full, hollow, dashed, a cross.
void paintMark(QPainter &painter, const QRectF &place, Mark mark)
{
    QPen pen(markColour(mark), 1.8);
    painter.setBrush(mark == Mark::Done ? QBrush(pen.color()) : QBrush(Qt::NoBrush));
    if (mark == Mark::Bad) {
        painter.setPen(pen);
        painter.drawLine(place.topLeft(), place.bottomRight());
        painter.drawLine(place.topRight(), place.bottomLeft());
        return;
    }
    if (mark == Mark::Guess)
        pen.setDashPattern({1.6, 1.4});
    painter.setPen(pen);
    painter.drawEllipse(place);
}

} // namespace

void TimelineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    row.text.clear();
    const QStyle *style = row.widget != nullptr ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    const Layout layout(row.font, index, textWidth(option));
    const auto mark = index.data(TimelineModel::MarkRole).value<Mark>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPoint corner = row.rect.topLeft() + QPoint(StepMargin, StepPadding);
    paintMark(*painter,
              QRectF(corner + QPoint(0, (row.fontMetrics.height() - MarkSize) / 2),
                     QSize(MarkSize, MarkSize))
                  .adjusted(1, 1, -1, -1),
              mark);
    const QPoint place = corner + QPoint(MarkSize + StepPadding, 0);
    const QColor text = row.palette.color(QPalette::Text);
    layout.title.draw(*painter, place,
                      mark == Mark::Bad        ? markColour(mark)
                          : mark == Mark::Open ? theme::muted()
                                               : text);
    layout.time.draw(*painter, place + layout.timePlace, theme::muted());
    layout.details.draw(*painter, place + layout.detailsPlace, theme::muted());
    painter->restore();
}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const Layout layout(row.font, index, textWidth(option));
    return {textWidth(option), layout.height() + 2 * StepPadding};
}

} // namespace icebreaker
