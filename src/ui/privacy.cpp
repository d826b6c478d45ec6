#include "ui/privacy.h"

#include "core/numbertags.h"
#include "core/recipient.h"
#include "core/secretfinder.h"

#include <QAbstractItemView>
#include <QApplication>

namespace icebreaker::privacy {

void Mask::setOn(bool on)
{
    if (on == m_isOn)
        return;
    m_isOn = on;
    emit changed();
    // What views show comes from their models, which ask here.
    const auto widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        if (auto *view = qobject_cast<QAbstractItemView *>(widget))
            view->viewport()->update();
    }
}

Mask &mask()
{
    static Mask theMask;
    return theMask;
}

QString number(const QString &number)
{
    if (!mask().isOn())
        return number;
    const QString digits = readRecipient(number).digits;
    const bool isWhole = digits.size() >= NumberTags::ShortestNumber && !number.contains(u'\u2026');
    return isWhole ? shortenedNumber(digits) : text(number);
}

QString text(const QString &text, const QString &known)
{
    if (!mask().isOn())
        return text;
    NumberTags tags;
    tags.learn(readRecipient(known).digits);
    QList<HiddenPart> parts;
    for (const DecodedText &reading : readings(text)) {
        const auto found = findNumbers(reading.characters, tags);
        for (const FoundNumber &each : found)
            parts.append({reading.begin[static_cast<std::size_t>(each.begin)],
                          reading.end[static_cast<std::size_t>(each.end - 1)],
                          shortenedNumber(each.digits)});
    }
    return withHidden(text, parts);
}

} // namespace icebreaker::privacy
