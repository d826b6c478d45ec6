#include "guide/tour.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

// On the 8-px grid.
constexpr int BubbleWidth = 360;
constexpr int BubbleMargin = 16;
constexpr int BubbleGap = 16; // to what it points at
constexpr int ArrowSide = 8;
constexpr int RingWidth = 3;
constexpr int BubbleRadius = 8;

/// The frame around what the bubble points at; lets every click through.
class TourRing : public QWidget
{
public:
    explicit TourRing(QWidget *parent)
        : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::BrightText), RingWidth));
        painter.drawRoundedRect(rect().adjusted(2, 2, -2, -2), 6, 6);
    }
};

/// Where a bubble of @p size goes so that it does not hide @p target.
QPoint bubblePlace(const QRect &target, QSize size, QSize window)
{
    int y = target.bottom() + BubbleGap;
    if (y + size.height() > window.height() - BubbleMargin)
        y = target.top() - BubbleGap - size.height();
    if (y < BubbleMargin) // neither below nor above: in it, at its top
        y = qBound(BubbleMargin, target.top() + BubbleGap,
                   window.height() - size.height() - BubbleMargin);
    const int x = qBound(BubbleMargin, target.center().x() - size.width() / 2,
                         window.width() - size.width() - BubbleMargin);
    return {x, y};
}

} // namespace

QList<TourStep> windowTour()
{
    return {
        {u"bandFrame"_s, Tour::tr("Where messages go"),
         Tour::tr("This band says who gets what you send. Green is the sandbox: nothing leaves "
                  "this computer. The profile above it decides; take one of your own when you are "
                  "ready.")},
        {u"toEdit"_s, Tour::tr("What goes to whom"),
         Tour::tr("A sample request is filled in: an agent, a number, a template. Every field "
                  "says below it what is wrong. Shift+F1 says what a field is.")},
        {u"sendButton"_s, Tour::tr("One click, at most one conversation"),
         Tour::tr("Send, or Ctrl+Enter. It is written down before it leaves, and never sent "
                  "twice. Try it when the tour is over.")},
        {u"logView"_s, Tour::tr("What became of it"),
         Tour::tr("Every send gets a line here: what the server said, and whether the message "
                  "was delivered and read. Nothing is ever missing.")},
        {u"tabs"_s, Tour::tr("When something went wrong"),
         Tour::tr("Explain says what happened, whose move it is and what to do. F1 opens the "
                  "manual where you are, and Ctrl+K finds every command.")},
    };
}

Tour::Tour(QWidget &window, QList<TourStep> steps)
    : QFrame(&window)
    , m_window(window)
    , m_steps(std::move(steps))
    , m_title(new QLabel)
    , m_text(new QLabel)
    , m_count(new QLabel)
    , m_skip(new QPushButton(tr("Skip")))
    , m_back(new QPushButton(tr("Back")))
    , m_next(new QPushButton(tr("Next")))
    , m_escape(new QShortcut(Qt::Key_Escape, &window))
    , m_ring(new TourRing(&window))
{
    setObjectName(u"tour"_s);
    setAccessibleName(tr("Tour"));
    hide();
    m_ring->hide();
    m_escape->setEnabled(false);
    build();
    connect(m_skip, &QPushButton::clicked, this, &Tour::end);
    connect(m_escape, &QShortcut::activated, this, &Tour::end);
    connect(m_back, &QPushButton::clicked, this, [this] { go(m_at - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_at + 1 < m_steps.size())
            go(m_at + 1);
        else
            end();
    });
    window.installEventFilter(this);
}

Tour::~Tour()
{
    m_window.removeEventFilter(this);
}

void Tour::build()
{
    m_title->setObjectName(u"tourTitle"_s);
    m_title->setProperty("role", u"headline"_s);
    m_title->setWordWrap(true);
    m_text->setObjectName(u"tourText"_s);
    m_text->setWordWrap(true);
    m_count->setProperty("role", u"hint"_s);
    m_skip->setObjectName(u"tourSkip"_s);
    m_back->setObjectName(u"tourBack"_s);
    m_next->setObjectName(u"tourNext"_s);
    m_next->setProperty("primary", true);
    for (QPushButton *button : {m_skip, m_back, m_next})
        button->setAutoDefault(true); // Enter presses it
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_count, 1);
    buttons->addWidget(m_skip);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto *layout = new QVBoxLayout(this);
    const int margin = BubbleMargin + ArrowSide;
    layout->setContentsMargins(BubbleMargin, margin, BubbleMargin, margin);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    setFixedWidth(BubbleWidth);
}

QWidget *Tour::target(qsizetype step) const
{
    auto *widget = m_window.findChild<QWidget *>(m_steps.at(step).widget);
    return widget != nullptr && widget->isVisible() ? widget : nullptr;
}

void Tour::start()
{
    if (isVisible())
        return;
    m_steps.removeIf([this](const TourStep &step) {
        const auto *widget = m_window.findChild<QWidget *>(step.widget);
        return widget == nullptr || !widget->isVisible();
    });
    if (m_steps.isEmpty())
        return;
    m_before = QApplication::focusWidget();
    m_escape->setEnabled(true);
    setVisible(true);
    m_ring->setVisible(true);
    go(0);
}

void Tour::go(qsizetype step)
{
    m_at = qBound<qsizetype>(0, step, m_steps.size() - 1);
    const TourStep &shown = m_steps.at(m_at);
    m_title->setText(shown.title);
    m_text->setText(shown.text);
    m_count->setText(tr("%1 of %2").arg(m_at + 1).arg(m_steps.size()));
    m_back->setEnabled(m_at > 0);
    const bool isLast = m_at + 1 == m_steps.size();
    m_next->setText(isLast ? tr("Done") : tr("Next"));
    m_skip->setVisible(!isLast);
    // A reader reads the focus: the button tells what is shown.
    m_next->setAccessibleDescription(shown.title + u". "_s + shown.text);
    place();
    m_ring->raise();
    raise();
    m_next->setFocus(Qt::OtherFocusReason);
}

void Tour::place()
{
    setFixedHeight(layout()->heightForWidth(width()));
    const QWidget *widget = target(m_at);
    if (widget == nullptr)
        return;
    const QRect there(widget->mapTo(&m_window, QPoint()), widget->size());
    m_ring->setGeometry(
        there.adjusted(-RingWidth, -RingWidth, RingWidth, RingWidth).intersected(m_window.rect()));
    move(bubblePlace(there, size(), m_window.size()));
    update();
}

void Tour::end()
{
    if (!isVisible())
        return;
    m_escape->setEnabled(false);
    m_ring->setVisible(false);
    setVisible(false);
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
    emit ended();
}

bool Tour::eventFilter(QObject *watched, QEvent *event)
{
    if (isVisible() && (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest))
        QMetaObject::invokeMethod(this, &Tour::place, Qt::QueuedConnection); // after the layout
    return QFrame::eventFilter(watched, event);
}

/// The focus stays in the bubble; Esc leaves it.
bool Tour::focusNextPrevChild(bool next)
{
    QList<QPushButton *> buttons{m_skip, m_back, m_next};
    buttons.removeIf(
        [](const QPushButton *each) { return !each->isEnabled() || each->isHidden(); });
    const qsizetype at = buttons.indexOf(qobject_cast<QPushButton *>(focusWidget()));
    const qsizetype count = buttons.size();
    buttons.at((at + (next ? 1 : count - 1)) % count)->setFocus(Qt::TabFocusReason);
    return true;
}

void Tour::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    const QRectF box = QRectF(rect()).adjusted(1, ArrowSide, -1, -ArrowSide);
    shape.addRoundedRect(box, BubbleRadius, BubbleRadius);
    if (const QWidget *widget = target(m_at)) {
        const QPoint middle = mapFrom(&m_window, widget->mapTo(&m_window, widget->rect().center()));
        const qreal x = qBound<qreal>(2 * BubbleMargin, middle.x(), width() - 2 * BubbleMargin);
        const bool isBelow = middle.y() < 0;
        const qreal edge = isBelow ? box.top() : box.bottom();
        const qreal tip = isBelow ? box.top() - ArrowSide : box.bottom() + ArrowSide;
        QPainterPath arrow;
        arrow.addPolygon(QPolygonF({{x - ArrowSide, edge}, {x, tip}, {x + ArrowSide, edge}}));
        if (isBelow || middle.y() > height())
            shape = shape.united(arrow);
    }
    painter.setPen(QPen(palette().color(QPalette::BrightText), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawPath(shape);
}

} // namespace icebreaker
