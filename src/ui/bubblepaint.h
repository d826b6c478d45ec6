#pragma once

#include "core/templatebutton.h"
#include "core/templateversion.h"
#include "core/whatsapptext.h"

#include <QColor>
#include <QImage>
#include <QRectF>
#include <QTextCharFormat>

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

[[nodiscard]] QTextCharFormat textFormat(const TextSpan &span, bool heading);

/// Whether a header of this kind takes a picture's room and not a file's.
[[nodiscard]] bool isPicture(HeaderKind kind);

struct MediaPart {
    HeaderKind kind = HeaderKind::Image;
    QString title;
    QString detail;
    QImage picture; ///< Null: its icon in its place.
    bool isProblem = false;
};
void paintMedia(QPainter &painter, const QRect &place, const QFont &font, const MediaPart &media);
void paintButtonIcon(QPainter &painter, ButtonKind kind, const QRectF &place, const QColor &colour);

} // namespace icebreaker::bubble
