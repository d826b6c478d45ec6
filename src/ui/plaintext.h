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

/// A tooltip that shows @p text, or its beginning, as it is: by itself Qt takes for HTML
/// what looks like it.
inline QString plainToolTip(const QString &text)
{
    constexpr qsizetype most = 2000; // characters; a tooltip cannot be scrolled
    return text.isEmpty() ? QString()
                          : QStringLiteral("<p style=\"white-space:pre-wrap\">%1</p>")
                                .arg(text.left(most).toHtmlEscaped());
}

} // namespace icebreaker
