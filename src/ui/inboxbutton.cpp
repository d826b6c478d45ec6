#include "ui/inboxbutton.h"

#include <QEvent>
#include <QStyle>

namespace icebreaker {

using namespace Qt::StringLiterals;

InboxButton::InboxButton(std::function<QString()> toolTip, QWidget *parent)
    : QToolButton(parent)
    , m_toolTip(std::move(toolTip))
{
    setObjectName(u"inboxButton"_s);
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
}

void InboxButton::showState(const QString &text, bool isProblem)
{
    setText(isProblem ? u"⚠ "_s + text : text);
    setAccessibleName(text);
    if (property("problem").toBool() == isProblem)
        return;
    setProperty("problem", isProblem);
    style()->unpolish(this); // a style sheet looks at properties only when polishing
    style()->polish(this);
}

bool InboxButton::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip || event->type() == QEvent::FocusIn) {
        setToolTip(m_toolTip());
        setAccessibleDescription(toolTip());
    }
    return QToolButton::event(event);
}

} // namespace icebreaker
