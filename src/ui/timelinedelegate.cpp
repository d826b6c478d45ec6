#include "ui/timelinedelegate.h"

#include "ui/theme.h"
#include "ui/timelinemodel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int Padding = 4;
constexpr int MarkSize = 10;
constexpr int TextLeft = MarkSize + 2 * Padding;
constexpr int WordGap = 8;

using Mark = TimelineModel::Mark;

/// Where the parts of a row go, within a text column of some width.
struct Layout {
    QRect title;
    QRect time;
    QRect details;
    QString detailText;

    Layout(const QFontMetrics &metrics, const QModelIndex &index, int width)
        : detailText(index.data(TimelineModel::DetailRole).toStringList().join(u'\n'))
    {
        const QString titleText = index.data(TimelineModel::TitleRole).toString();
        const QString timeText = index.data(TimelineModel::TimeRole).toString();
        const int titleWidth = metrics.horizontalAdvance(titleText);
        const bool fits = titleWidth + WordGap + metrics.horizontalAdvance(timeText) <= width;
        title = wrapped(metrics, titleText, width, 0);
        time = fits ? QRect(titleWidth + WordGap, 0, width - titleWidth - WordGap, metrics.height())
                    : wrapped(metrics, timeText, width, title.bottom() + 1);
        const int below = std::max(title.bottom(), time.bottom()) + 1;
        details = detailText.isEmpty() ? QRect(0, below, 0, 0)
                                       : wrapped(metrics, detailText, width, below);
    }

    [[nodiscard]] int height() const
    {
        return detailText.isEmpty() ? std::max(title.bottom(), time.bottom()) + 1
                                    : details.bottom() + 1;
    }

private:
    static QRect wrapped(const QFontMetrics &metrics, const QString &text, int width, int top)
    {
        const QRect all = metrics.boundingRect(QRect(0, 0, width, 0), TextFlags, text);
        return {0, top, width, all.height()};
    }

public:
    static constexpr int TextFlags =
        Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere | Qt::TextWordWrap;
};

int textWidth(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    return std::max(80, width - TextLeft - 2 * Padding);
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

    const Layout layout(row.fontMetrics, index, textWidth(option));
    const auto mark = index.data(TimelineModel::MarkRole).value<Mark>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const int markTop = row.rect.top() + Padding + (row.fontMetrics.height() - MarkSize) / 2;
    paintMark(*painter,
              QRectF(row.rect.left() + Padding, markTop, MarkSize, MarkSize).adjusted(1, 1, -1, -1),
              mark);
    painter->translate(row.rect.left() + TextLeft, row.rect.top() + Padding);
    const bool isMuted = mark == Mark::Open;
    painter->setPen(mark == Mark::Bad ? markColour(mark)
                        : isMuted     ? theme::muted()
                                      : row.palette.color(QPalette::Text));
    painter->setFont(row.font);
    painter->drawText(layout.title, Layout::TextFlags,
                      index.data(TimelineModel::TitleRole).toString());
    painter->setPen(theme::muted());
    painter->drawText(layout.time, Layout::TextFlags,
                      index.data(TimelineModel::TimeRole).toString());
    painter->drawText(layout.details, Layout::TextFlags, layout.detailText);
    painter->restore();
}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const Layout layout(row.fontMetrics, index, textWidth(option));
    return {textWidth(option), layout.height() + 2 * Padding};
}

} // namespace icebreaker
