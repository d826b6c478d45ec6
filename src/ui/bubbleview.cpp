#include "ui/bubbleview.h"

#include "core/whatsapptext.h"
#include "ui/bubblepaint.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int Margin = 12; // around the bubble
constexpr int Padding = 10; // inside it
constexpr int Gap = 5;
constexpr int WidestBubble = 340;
constexpr int NarrowestBubble = 160;
constexpr int PictureHeight = 132;
constexpr int FileHeight = 56;
constexpr int ButtonHeight = 38;
constexpr int IconSize = 18;
constexpr int Corner = 8;

bool isWebAddress(const QString &link)
{
    const QUrl url(link, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

} // namespace

BubbleView::BubbleView(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Message as WhatsApp shows it"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void BubbleView::setMessage(const std::optional<RenderedMessage> &message, const QString &hint)
{
    m_message = message;
    m_hint = hint;
    rebuild();
}

QSize BubbleView::sizeHint() const
{
    return {WidestBubble + 2 * Margin, heightForWidth(WidestBubble + 2 * Margin)};
}

QSize BubbleView::minimumSizeHint() const
{
    return {NarrowestBubble + 2 * Margin, ButtonHeight};
}

int BubbleView::heightForWidth(int width) const
{
    auto *self = const_cast<BubbleView *>(this); // NOLINT: laid out twice, looks the same after
    const int height = self->arrange(width);
    self->arrange(this->width());
    return height;
}

void BubbleView::showMedia(const QUrl &link, const MediaLook &look)
{
    m_lookedAt = link;
    m_look = look;
    rebuild();
}

void BubbleView::rebuild()
{
    m_blocks.clear();
    m_focused = -1;
    if (m_message) {
        addMedia(*m_message);
        if (m_message->header == HeaderKind::Text)
            addText(m_message->headerText, true);
        addText(m_message->body, false);
        addFooter(m_message->footer);
        addButtons(*m_message);
    }
    describe();
    setMinimumHeight(arrange(width()));
    updateGeometry();
    update();
}

void BubbleView::addText(const HydratedText &text, bool heading)
{
    if (text.text.isEmpty())
        return;
    Block block;
    block.text = std::make_unique<QTextDocument>();
    block.text->setDocumentMargin(0);
    block.text->setDefaultFont(font());
    QTextCursor cursor(block.text.get());
    for (const TextSpan &span : formatted(text))
        cursor.insertText(span.text, bubble::textFormat(span, heading));
    m_blocks.push_back(std::move(block));
}

void BubbleView::addFooter(const QString &text)
{
    if (text.isEmpty())
        return;
    Block block;
    block.text = std::make_unique<QTextDocument>();
    block.text->setDocumentMargin(0);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.88);
    block.text->setDefaultFont(small);
    QTextCharFormat format;
    format.setForeground(bubble::colours().muted);
    QTextCursor(block.text.get()).insertText(text, format);
    m_blocks.push_back(std::move(block));
}

void BubbleView::addMedia(const RenderedMessage &message)
{
    Block block;
    block.kind = Block::Kind::Media;
    const QUrl link(message.mediaLink, QUrl::StrictMode);
    const QString file = message.mediaName.isEmpty() ? link.fileName() : message.mediaName;
    if (isWebAddress(message.mediaLink))
        block.link = message.mediaLink;
    const auto named = [](const QString &name, const QString &otherwise) {
        return name.isEmpty() ? otherwise : name;
    };
    block.detail =
        block.link.isEmpty() ? tr("No link yet") : tr("%1 · click to look").arg(link.host());
    switch (message.header) {
    case HeaderKind::None:
    case HeaderKind::Text: return;
    case HeaderKind::Image: block.title = named(file, tr("Image")); break;
    case HeaderKind::Video: block.title = named(file, tr("Video")); break;
    case HeaderKind::Document: block.title = named(file, tr("Document")); break;
    case HeaderKind::Location:
        block.title = named(message.placeName, tr("Location"));
        block.detail = message.placeAddress;
        break;
    case HeaderKind::Other:
        block.title = tr("A header that only the phone can show");
        block.detail.clear();
        break;
    }
    if (!block.link.isEmpty() && link == m_lookedAt) {
        block.look = m_look;
        block.detail = m_look.note;
    }
    m_blocks.push_back(std::move(block));
}

void BubbleView::addButtons(const RenderedMessage &message)
{
    for (const RenderedButton &button : message.buttons) {
        Block block;
        block.kind = Block::Kind::Button;
        block.button = button.kind;
        block.title = button.label;
        if (button.kind == ButtonKind::CopyCode && block.title.isEmpty())
            block.title = tr("Copy offer code");
        if (button.kind == ButtonKind::OneTimeCode && block.title.isEmpty())
            block.title = tr("Copy code");
        const bool complete = !button.target.marks.contains(TextMark::Open);
        if (button.kind == ButtonKind::Url && complete && isWebAddress(button.target.text))
            block.link = button.target.text;
        m_blocks.push_back(std::move(block));
    }
}

int BubbleView::heightOf(Block &block, int width) const
{
    switch (block.kind) {
    case Block::Kind::Text:
        block.text->setTextWidth(width);
        return qRound(block.text->size().height());
    case Block::Kind::Media:
        return bubble::isPicture(m_message->header) ? PictureHeight : FileHeight;
    case Block::Kind::Button: break;
    }
    return ButtonHeight;
}

int BubbleView::arrange(int width)
{
    if (m_blocks.empty()) {
        m_bubble = {};
        return fontMetrics()
                   .boundingRect(QRect(0, 0, std::max(1, width - 2 * Margin), 10'000),
                                 Qt::TextWordWrap, m_hint)
                   .height()
            + 2 * Margin;
    }
    const int most = std::clamp(width - 2 * Margin, NarrowestBubble, WidestBubble);
    int wanted = NarrowestBubble;
    for (const Block &block : m_blocks) {
        if (block.kind != Block::Kind::Text) {
            wanted = most;
            continue;
        }
        block.text->setTextWidth(most - 2 * Padding);
        wanted = std::max(wanted, static_cast<int>(block.text->idealWidth()) + 2 * Padding + 2);
    }
    const int inner = std::min(wanted, most) - 2 * Padding;
    const int left = Margin + Padding;
    int y = Margin + Padding;
    for (Block &block : m_blocks) {
        const int height = heightOf(block, inner);
        block.rect = QRect(left, y, inner, height);
        y += height + (block.kind == Block::Kind::Button ? 0 : Gap);
        if (block.kind == Block::Kind::Media)
            y += Gap;
    }
    const bool endsWithButton = m_blocks.back().kind == Block::Kind::Button;
    m_bubble = QRect(Margin, Margin, inner + 2 * Padding,
                     y - Margin + (endsWithButton ? 0 : Padding - Gap));
    return m_bubble.bottom() + Margin + 1;
}

/// The same in words, in the order in which it is read.
void BubbleView::describe()
{
    QStringList lines;
    if (!m_message)
        lines.append(m_hint);
    for (const Block &block : m_blocks) {
        switch (block.kind) {
        case Block::Kind::Text: lines.append(block.text->toPlainText()); break;
        case Block::Kind::Media:
            lines.append(
                u"[%1: %2]"_s.arg(block.title, block.link.isEmpty() ? block.detail : block.link));
            if (!block.look.note.isEmpty())
                lines.append(block.look.note);
            break;
        case Block::Kind::Button:
            lines.append(block.link.isEmpty()
                             ? tr("Button: %1").arg(block.title)
                             : tr("Button: %1, opens %2").arg(block.title, block.link));
            break;
        }
    }
    m_plainText = lines.join(u'\n');
    setAccessibleDescription(m_plainText);
}

void BubbleView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto colours = bubble::colours();
    painter.fillRect(rect(), colours.chat);
    if (m_blocks.empty()) {
        painter.setPen(colours.muted);
        painter.drawText(rect().adjusted(Margin, Margin, -Margin, -Margin),
                         Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop, m_hint);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.line); // a thin shadow
    painter.drawRoundedRect(m_bubble.translated(0, 1), Corner, Corner);
    painter.setBrush(colours.bubble);
    painter.drawRoundedRect(m_bubble, Corner, Corner);
    for (const Block &block : m_blocks) {
        switch (block.kind) {
        case Block::Kind::Text:
            painter.save();
            painter.translate(block.rect.topLeft());
            block.text->drawContents(&painter);
            painter.restore();
            break;
        case Block::Kind::Media:
            bubble::paintMedia(painter, block.rect, font(),
                               {m_message->header, block.title, block.detail, block.look.picture,
                                block.look.isProblem});
            break;
        case Block::Kind::Button: paintButton(painter, block); break;
        }
    }
    const auto all = targets();
    if (hasFocus() && m_focused >= 0 && m_focused < all.size()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colours.link, 1.5));
        painter.drawRoundedRect(QRectF(all.at(m_focused).rect).adjusted(-1, -1, 1, 1), 3, 3);
    }
}

void BubbleView::paintButton(QPainter &painter, const Block &block) const
{
    const auto colours = bubble::colours();
    painter.setPen(colours.line);
    painter.drawLine(m_bubble.left(), block.rect.top(), m_bubble.right(), block.rect.top());
    const QFontMetrics metrics(font());
    const int room = block.rect.width() - IconSize - 8;
    const QString label = metrics.elidedText(block.title, Qt::ElideRight, room);
    const int width = metrics.horizontalAdvance(label) + IconSize + 8;
    const int left = block.rect.center().x() - width / 2;
    const int top = block.rect.center().y() - IconSize / 2 + 1;
    const QRect icon(left, top, IconSize, IconSize);
    bubble::paintButtonIcon(painter, block.button, icon, colours.link);
    painter.setPen(colours.link);
    painter.drawText(QRect(left + IconSize + 8, block.rect.top(), width, block.rect.height()),
                     Qt::AlignVCenter | Qt::AlignLeft, label);
}

void BubbleView::resizeEvent(QResizeEvent *event)
{
    setMinimumHeight(arrange(event->size().width()));
    QWidget::resizeEvent(event);
}

void BubbleView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::FontChange)
        rebuild();
    QWidget::changeEvent(event);
}

BubbleView::Target BubbleView::targetAt(const QPoint &position) const
{
    for (const Block &block : m_blocks) {
        if (!block.rect.contains(position))
            continue;
        const QString link = block.kind == Block::Kind::Text
            ? block.text->documentLayout()->anchorAt(position - block.rect.topLeft())
            : block.link;
        return {block.rect, link, block.kind == Block::Kind::Media};
    }
    return {};
}

void BubbleView::addLinks(const Block &block, QList<Target> &found)
{
    for (auto each = block.text->begin(); each != block.text->end(); each = each.next()) {
        for (auto piece = each.begin(); piece != each.end(); ++piece) {
            const QString link = piece.fragment().charFormat().anchorHref();
            if (!link.isEmpty() && (found.isEmpty() || found.last().link != link))
                found.append({block.rect, link, false});
        }
    }
}

/// Everything that a key can activate, from top to bottom.
QList<BubbleView::Target> BubbleView::targets() const
{
    QList<Target> found;
    for (const Block &block : m_blocks) {
        if (block.kind == Block::Kind::Text)
            addLinks(block, found);
        else if (!block.link.isEmpty())
            found.append({block.rect, block.link, block.kind == Block::Kind::Media});
    }
    return found;
}

/// The header is looked at here first, and opened outside by the next click.
void BubbleView::activate(const Target &target)
{
    if (!isWebAddress(target.link))
        return;
    const QUrl url(target.link, QUrl::StrictMode);
    if (target.isMedia && m_message && url != m_lookedAt)
        emit mediaActivated(url, m_message->header);
    else
        emit linkActivated(url);
}

void BubbleView::mouseMoveEvent(QMouseEvent *event)
{
    const QString link = targetAt(event->position().toPoint()).link;
    setCursor(link.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    setToolTip(link);
}

void BubbleView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        activate(targetAt(event->position().toPoint()));
}

void BubbleView::keyPressEvent(QKeyEvent *event)
{
    const auto all = targets();
    const bool isActivation = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (isActivation && event->modifiers() == Qt::NoModifier && m_focused >= 0
        && m_focused < all.size())
        activate(all.at(m_focused));
    else
        QWidget::keyPressEvent(event);
}

bool BubbleView::focusNextPrevChild(bool next)
{
    const int to = m_focused + (next ? 1 : -1);
    if (to < 0 || to >= targets().size())
        return QWidget::focusNextPrevChild(next);
    m_focused = to;
    update();
    return true;
}

void BubbleView::focusInEvent(QFocusEvent *event)
{
    const auto count = static_cast<int>(targets().size());
    m_focused = count == 0 ? -1 : event->reason() == Qt::BacktabFocusReason ? count - 1 : 0;
    QWidget::focusInEvent(event);
    update();
}

} // namespace icebreaker
