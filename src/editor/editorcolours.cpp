#include "editor/editorcolours.h"

#include <QPalette>

namespace icebreaker {

EditorColours editorColours(const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const bool dark = base.lightness() < text.lightness();
    const auto pick = [dark](QRgb light, QRgb onDark) {
        return QColor::fromRgb(dark ? onDark : light);
    };
    EditorColours colours;
    colours.text = text;
    colours.base = base;
    colours.margin = palette.color(QPalette::AlternateBase);
    colours.muted = pick(0xff5c6470, 0xff9aa2ac);
    colours.name = pick(0xff1b467f, 0xff9fc6f7);
    colours.string = pick(0xff7a3e00, 0xffe8b98a);
    colours.escape = pick(0xff9a1f63, 0xfff0a3cb);
    colours.number = pick(0xff5b35a0, 0xffc9b1f5);
    colours.word = pick(0xff0b6e4f, 0xff5cc79c);
    colours.error = pick(0xffb3261e, 0xffff8f86);
    colours.warning = pick(0xff8a5a00, 0xffffc95c);
    colours.line = pick(0xfff4f6f9, 0xff1d2125);
    colours.selection = palette.color(QPalette::Highlight);
    colours.match = pick(0xfff2c744, 0xffd9a520);
    return colours;
}

} // namespace icebreaker
