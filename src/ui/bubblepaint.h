#pragma once

#include "core/templatebutton.h"
#include "core/templateversion.h"

#include <QColor>
#include <QRectF>

class QPainter;

/// Colours and small pictures of a message as WhatsApp shows it.
namespace icebreaker::bubble {

struct Colours {
    QColor chat; ///< Behind the bubble.
    QColor bubble;
    QColor text;
    QColor muted;
    QColor link;
    QColor line;
    QColor media;
    QColor filled; ///< Behind a value.
    QColor open; ///< Behind a placeholder without one.
    QColor openText;
};
[[nodiscard]] Colours colours();

void paintMediaIcon(QPainter &painter, HeaderKind kind, const QRectF &place, const QColor &colour);
void paintButtonIcon(QPainter &painter, ButtonKind kind, const QRectF &place, const QColor &colour);

} // namespace icebreaker::bubble
