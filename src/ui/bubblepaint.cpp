#include "ui/bubblepaint.h"

#include "ui/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace icebreaker::bubble {

using namespace Qt::StringLiterals;

namespace {

constexpr int MediaCorner = 6;
constexpr int MediaPadding = 10;
constexpr int PictureIcon = 52;
constexpr int FileIcon = 32;

QPen penFor(const QColor &colour, qreal width)
{
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

/// Maps a picture drawn on 24 x 24 to its place.
void mapTo(QPainter &painter, const QRectF &place)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(place.topLeft());
    painter.scale(place.width() / 24, place.height() / 24);
    painter.setBrush(Qt::NoBrush);
}

void paintImage(QPainter &painter)
{
    painter.drawRoundedRect(QRectF(3, 4, 18, 16), 2, 2);
    painter.drawEllipse(QPointF(8.5, 9), 1.7, 1.7);
    painter.drawPolyline(QPolygonF({{4, 18}, {10, 12.5}, {13, 15}, {16.5, 11}, {20.5, 15.5}}));
}

void paintVideo(QPainter &painter)
{
    painter.drawRoundedRect(QRectF(3, 4, 18, 16), 2, 2);
    painter.drawPolygon(QPolygonF({{10, 8.5}, {10, 15.5}, {15.5, 12}}));
}

void paintDocument(QPainter &painter)
{
    painter.drawPolygon(QPolygonF({{6, 3}, {14, 3}, {19, 8}, {19, 21}, {6, 21}}));
    painter.drawPolyline(QPolygonF({{14, 3}, {14, 8}, {19, 8}}));
    painter.drawLine(QPointF(9, 13), QPointF(16, 13));
    painter.drawLine(QPointF(9, 17), QPointF(16, 17));
}

void paintPin(QPainter &painter)
{
    QPainterPath pin(QPointF(12, 21));
    pin.cubicTo(6.5, 14.5, 5, 12.5, 5, 9.8);
    pin.cubicTo(5, 5.8, 8.2, 3, 12, 3);
    pin.cubicTo(15.8, 3, 19, 5.8, 19, 9.8);
    pin.cubicTo(19, 12.5, 17.5, 14.5, 12, 21);
    painter.drawPath(pin);
    painter.drawEllipse(QPointF(12, 9.8), 2.4, 2.4);
}

void paintReply(QPainter &painter)
{
    painter.drawPolyline(QPolygonF({{10, 6}, {4, 11.5}, {10, 17}}));
    QPainterPath tail(QPointF(4.5, 11.5));
    tail.lineTo(13, 11.5);
    tail.cubicTo(18, 11.5, 20, 14.5, 20, 18.5);
    painter.drawPath(tail);
}

void paintOpenOutside(QPainter &painter)
{
    painter.drawPolyline(QPolygonF({{11, 5}, {5, 5}, {5, 19}, {19, 19}, {19, 13}}));
    painter.drawPolyline(QPolygonF({{14, 4}, {20, 4}, {20, 10}}));
    painter.drawLine(QPointF(20, 4), QPointF(11, 13));
}

void paintPhone(QPainter &painter)
{
    QPainterPath phone(QPointF(5, 4));
    phone.lineTo(9, 4);
    phone.lineTo(11, 9);
    phone.lineTo(8.5, 10.8);
    phone.cubicTo(9.6, 13, 11, 14.4, 13.2, 15.5);
    phone.lineTo(15, 13);
    phone.lineTo(20, 15);
    phone.lineTo(20, 19);
    phone.cubicTo(20, 20, 19.3, 20.4, 18.5, 20.3);
    phone.cubicTo(10.5, 19.6, 4.4, 13.5, 3.7, 5.5);
    phone.cubicTo(3.6, 4.7, 4, 4, 5, 4);
    painter.drawPath(phone);
}

void paintCopy(QPainter &painter)
{
    painter.drawRoundedRect(QRectF(9, 9, 11, 11), 2, 2);
    painter.drawPolyline(QPolygonF({{15, 5}, {15, 4}, {4, 4}, {4, 15}, {5, 15}}));
}

void paintMore(QPainter &painter)
{
    for (const qreal y : {6.0, 12.0, 18.0})
        painter.drawLine(QPointF(4, y), QPointF(20, y));
}

void paintMediaIcon(QPainter &painter, HeaderKind kind, const QRectF &place, const QColor &colour)
{
    painter.save();
    mapTo(painter, place);
    painter.setPen(penFor(colour, 1.4));
    switch (kind) {
    case HeaderKind::Video: paintVideo(painter); break;
    case HeaderKind::Document: paintDocument(painter); break;
    case HeaderKind::Location: paintPin(painter); break;
    default: paintImage(painter); break;
    }
    painter.restore();
}

/// As the phone does it: the middle of the picture, as large as the place.
void paintPicture(QPainter &painter, const QRect &place, const QImage &picture)
{
    const QSizeF part = QSizeF(place.size()).scaled(picture.size(), Qt::KeepAspectRatio);
    const QPointF corner((picture.width() - part.width()) / 2,
                         (picture.height() - part.height()) / 2);
    QPainterPath frame;
    frame.addRoundedRect(place, MediaCorner, MediaCorner);
    painter.save();
    painter.setClipPath(frame);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(place), picture, QRectF(corner, part));
    painter.restore();
}

} // namespace

Colours colours()
{
    const auto pick = [](QRgb light, QRgb dark) {
        return QColor::fromRgb(theme::isDark() ? dark : light);
    };
    return {pick(0xffefe9e1, 0xff0d1418), pick(0xffffffff, 0xff1f2c33),
            pick(0xff111b21, 0xffe9edef), pick(0xff5b6b75, 0xff94a3ab),
            pick(0xff02629a, 0xff5bc0ef), pick(0xffe3e6e8, 0xff33424a),
            pick(0xffdfe5e7, 0xff2b3a42), pick(0xfffff2c2, 0xff4a4319),
            pick(0xfffde2df, 0xff542620), pick(0xff9a1f17, 0xffffb4ab)};
}

void paintButtonIcon(QPainter &painter, ButtonKind kind, const QRectF &place, const QColor &colour)
{
    painter.save();
    mapTo(painter, place);
    painter.setPen(penFor(colour, 2));
    switch (kind) {
    case ButtonKind::QuickReply: paintReply(painter); break;
    case ButtonKind::Url: paintOpenOutside(painter); break;
    case ButtonKind::Phone: paintPhone(painter); break;
    case ButtonKind::CopyCode:
    case ButtonKind::OneTimeCode: paintCopy(painter); break;
    case ButtonKind::Other: paintMore(painter); break;
    }
    painter.restore();
}

QTextCharFormat textFormat(const TextSpan &span, bool heading)
{
    const Colours all = colours();
    QTextCharFormat format;
    format.setForeground(all.text);
    format.setFontWeight(span.bold || heading ? QFont::Bold : QFont::Normal);
    format.setFontItalic(span.italic);
    format.setFontStrikeOut(span.strike);
    if (span.mono)
        format.setFontFamilies({u"monospace"_s});
    if (!span.link.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(span.link);
        format.setForeground(all.link);
        format.setFontUnderline(true);
    }
    if (span.mark == TextMark::Filled) {
        format.setBackground(all.filled);
        format.setUnderlineStyle(QTextCharFormat::DotLine);
        format.setUnderlineColor(all.muted);
    } else if (span.mark == TextMark::Open) {
        format.setBackground(all.open);
        format.setForeground(all.openText);
    }
    return format;
}

bool isPicture(HeaderKind kind)
{
    return kind == HeaderKind::Image || kind == HeaderKind::Video || kind == HeaderKind::Location;
}

void paintMedia(QPainter &painter, const QRect &place, const QFont &font, const MediaPart &media)
{
    const Colours all = colours();
    const QFontMetrics metrics(font);
    painter.setPen(Qt::NoPen);
    painter.setBrush(all.media);
    painter.drawRoundedRect(place, MediaCorner, MediaCorner);
    QRect words = place.adjusted(MediaPadding, 0, -MediaPadding, 0);
    const bool large = isPicture(media.kind);
    const QColor detail = media.isProblem ? theme::forSeverity(Severity::Warning) : all.muted;
    if (!media.picture.isNull()) {
        paintPicture(painter, place, media.picture);
        const QRect strip = place.adjusted(0, place.height() - metrics.height() - 8, 0, 0);
        painter.fillRect(strip, all.bubble);
        painter.setPen(detail);
        painter.drawText(strip, Qt::AlignCenter,
                         metrics.elidedText(media.detail, Qt::ElideMiddle, words.width()));
        return;
    }
    if (large) {
        QRect icon(0, place.top() + 20, PictureIcon, PictureIcon);
        icon.moveLeft(place.center().x() - PictureIcon / 2);
        paintMediaIcon(painter, media.kind, icon, all.muted);
        words.setTop(place.bottom() - 2 * metrics.height() - 8);
    } else {
        QRect icon(place.left() + MediaPadding, 0, FileIcon, FileIcon);
        icon.moveTop(place.center().y() - FileIcon / 2);
        paintMediaIcon(painter, media.kind, icon, all.muted);
        words.setLeft(place.left() + FileIcon + 2 * MediaPadding);
        words.setTop(place.center().y() - metrics.height());
    }
    words.setHeight(2 * metrics.height());
    const int align = large ? Qt::AlignHCenter : Qt::AlignLeft;
    painter.setPen(all.text);
    painter.drawText(words, align | Qt::AlignTop,
                     metrics.elidedText(media.title, Qt::ElideMiddle, words.width()));
    painter.setPen(detail);
    painter.drawText(words, align | Qt::AlignBottom,
                     metrics.elidedText(media.detail, Qt::ElideMiddle, words.width()));
}

} // namespace icebreaker::bubble
