#include "ui/kindlook.h"

#include <QCoreApplication>
#include <QFile>
#include <QPainter>
#include <QStyle>
#include <QSvgRenderer>
#include <QWidget>

#include <array>

namespace icebreaker::kind {

using namespace Qt::StringLiterals;

namespace {

struct KindWords {
    Q_DECLARE_TR_FUNCTIONS(Kinds)
};

constexpr std::array IconSizes{16, 24, 32, 48, 64, 128};
constexpr auto Placeholder = "currentColor"; // in our symbols

QByteArray symbolSvg(ProfileKind kind, const QColor &colour)
{
    QFile file(u":/icebreaker/kind-%1.svg"_s.arg(name(kind)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a symbol is not built in");
    return file.readAll().replace(Placeholder, colour.name().toLatin1());
}

QColor badgeColour(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Sandbox: return QColor::fromRgb(0xff0b6e4f);
    case ProfileKind::Test: return QColor::fromRgb(0xff1b5aa8);
    case ProfileKind::Live: break;
    }
    return QColor::fromRgb(0xffb3400f);
}

QPixmap paint(const QByteArray &svg, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter);
    return pixmap;
}

} // namespace

QString name(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Sandbox: return u"sandbox"_s;
    case ProfileKind::Test: return u"test"_s;
    case ProfileKind::Live: break;
    }
    return u"live"_s;
}

QString sendText(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Sandbox: return KindWords::tr("Send to sandbox");
    case ProfileKind::Test: return KindWords::tr("Send test");
    case ProfileKind::Live: break;
    }
    return KindWords::tr("Send LIVE");
}

QIcon symbol(ProfileKind kind, const QColor &colour)
{
    QIcon icon;
    const QByteArray svg = symbolSvg(kind, colour);
    for (const int size : IconSizes)
        icon.addPixmap(paint(svg, size));
    return icon;
}

QIcon windowIcon(ProfileKind kind)
{
    QSvgRenderer base(u":/icebreaker/icebreaker.svg"_s);
    QSvgRenderer badge(symbolSvg(kind, QColor(Qt::white)));
    QIcon icon;
    for (const int size : IconSizes) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        base.render(&painter);
        // Large enough to be told apart in a task bar.
        const QRectF place(size * 0.42, size * 0.42, size * 0.58, size * 0.58);
        painter.setPen(QPen(Qt::white, size * 0.03));
        painter.setBrush(badgeColour(kind));
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), size * 0.12, size * 0.12);
        const qreal inset = place.width() * 0.14;
        badge.render(&painter, place.adjusted(inset, inset, -inset, -inset));
        icon.addPixmap(pixmap);
    }
    return icon;
}

void mark(QWidget &widget, ProfileKind kind)
{
    widget.setProperty("kind", name(kind));
    widget.style()->unpolish(&widget); // a style sheet looks at properties only when polishing
    widget.style()->polish(&widget);
}

} // namespace icebreaker::kind
