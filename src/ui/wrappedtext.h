#pragma once

#include <QFont>
#include <QSize>
#include <QString>

class QColor;
class QPainter;
class QPoint;

namespace icebreaker {

/// Plain text wrapped to a width: between words, and within one only if it is too long for
/// a line by itself, like an address or an ID. Markup in it is text. Empty text has no size.
class WrappedText
{
public:
    WrappedText(QString text, const QFont &font, int width);

    [[nodiscard]] QSize size() const { return m_size; }
    void draw(QPainter &painter, const QPoint &topLeft, const QColor &colour) const;

private:
    /// Lays the lines out, and paints them if there is a painter.
    [[nodiscard]] QSize lay(QPainter *painter, const QPoint &topLeft) const;

    QString m_text;
    QFont m_font;
    int m_width;
    QSize m_size;
};

} // namespace icebreaker
