#pragma once

#include <QPlainTextEdit>
#include <QScrollBar>

namespace icebreaker {

/// Shows another text without moving what is being looked at.
inline void replaceText(QPlainTextEdit &view, const QString &text)
{
    if (view.toPlainText() == text)
        return;
    const int vertical = view.verticalScrollBar()->value();
    const int horizontal = view.horizontalScrollBar()->value();
    view.setPlainText(text);
    view.verticalScrollBar()->setValue(vertical);
    view.horizontalScrollBar()->setValue(horizontal);
}

} // namespace icebreaker
