#include "ui/chatdelegate.h"

#include "core/conversation.h"
#include "ui/chatmodel.h"
#include "ui/theme.h"
#include "ui/wrappedtext.h"

#include <QAbstractItemView>
#include <QPainter>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr int ChatMargin = 4;
constexpr int ChatPadding = 8;
constexpr int ChatRadius = 8;
constexpr int LeastChatWidth = 120;
constexpr double WidestShare = 0.82; // which side it is on must be seen

/// The parts of one bubble.
struct Bubble {
    WrappedText heading;
    WrappedText text;

    Bubble(const QFont &font, const QModelIndex &index, int viewWidth)
        : heading(index.data(ChatModel::HeadingRole).toString(), font, textWidth(viewWidth))
        , text(index.data(ChatModel::TextRole).toString(), font, textWidth(viewWidth))
    { }

    [[nodiscard]] QSize size() const
    {
        return {std::max(heading.size().width(), text.size().width()) + 2 * ChatPadding,
                heading.size().height() + text.size().height() + 2 * ChatPadding};
    }

private:
    static int textWidth(int viewWidth)
    {
        return std::max(LeastChatWidth,
                        static_cast<int>(viewWidth * WidestShare) - 2 * (ChatMargin + ChatPadding));
    }
};

int viewWidth(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return view != nullptr ? view->viewport()->width() : option.rect.width();
}

QColor background(Speaker speaker, const QPalette &palette)
{
    switch (speaker) {
    case Speaker::Agent: return palette.color(QPalette::AlternateBase);
    case Speaker::Customer: return theme::chipFor(DeliveryStatus::Read).background;
    case Speaker::Unknown: break;
    }
    return palette.color(QPalette::Base);
}

} // namespace

void ChatDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto speaker = static_cast<Speaker>(index.data(ChatModel::SpeakerRole).toInt());
    const Bubble bubble(option.font, index, viewWidth(option));
    QRect frame(option.rect.topLeft() + QPoint(ChatMargin, ChatMargin), bubble.size());
    if (speaker == Speaker::Customer)
        frame.moveRight(option.rect.left() + viewWidth(option) - ChatMargin - 1);
    else if (speaker == Speaker::Unknown)
        frame.moveLeft(option.rect.left() + (viewWidth(option) - frame.width()) / 2);

    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(option.palette.color(isSelected ? QPalette::BrightText : QPalette::Midlight));
    painter->setBrush(isSelected ? option.palette.color(QPalette::Highlight)
                                 : background(speaker, option.palette));
    painter->drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), ChatRadius, ChatRadius);
    const QPoint place = frame.topLeft() + QPoint(ChatPadding, ChatPadding);
    bubble.heading.draw(*painter, place, theme::muted());
    bubble.text.draw(*painter, place + QPoint(0, bubble.heading.size().height()),
                     option.palette.color(QPalette::Text));
    painter->restore();
}

QSize ChatDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    return {LeastChatWidth,
            Bubble(row.font, index, viewWidth(option)).size().height() + 2 * ChatMargin};
}

} // namespace icebreaker
