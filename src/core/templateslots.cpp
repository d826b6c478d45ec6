#include "core/jsonmembers.h"
#include "core/placeholders.h"
#include "core/templateexamples.h"
#include "core/templateversion.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Characters of @p limit that the text's own words leave.
int room(int limit, const QString &text)
{
    QString words = text;
    const auto found = findPlaceholders(text);
    for (qsizetype i = found.size() - 1; i >= 0; --i)
        words.remove(found.at(i).start, found.at(i).length);
    return std::max(0, limit - characterCount(words));
}

SlotKind mediaSlot(HeaderKind kind)
{
    switch (kind) {
    case HeaderKind::Video: return SlotKind::Video;
    case HeaderKind::Document: return SlotKind::Document;
    default: return SlotKind::Image;
    }
}

} // namespace

bool isContinuation(SlotKind kind)
{
    return kind == SlotKind::DocumentName || kind == SlotKind::Longitude
        || kind == SlotKind::PlaceName || kind == SlotKind::PlaceAddress;
}

QList<TemplateSlot> TemplateVersion::parameters() const
{
    QList<TemplateSlot> slotList;
    appendHeaderSlots(slotList);
    appendBodySlots(slotList);
    appendButtonSlots(slotList);
    return slotList;
}

void TemplateVersion::appendHeaderSlots(QList<TemplateSlot> &slotList) const
{
    const HeaderKind kind = headerKind();
    switch (kind) {
    case HeaderKind::None:
    case HeaderKind::Other: return;
    case HeaderKind::Text: {
        const QString text = headerText();
        int index = 0;
        for (const QString &name : placeholderNames(text)) {
            ++index;
            slotList.append({Part::Header, index, SlotKind::Text, name,
                             textExample(*component("HEADER"_L1), u"header"_s, index, name),
                             room(TemplateHeaderMax, text), false});
        }
        return;
    }
    case HeaderKind::Image:
    case HeaderKind::Video:
    case HeaderKind::Document:
        slotList.append({Part::Header,
                         1,
                         mediaSlot(kind),
                         {},
                         mediaExample(*component("HEADER"_L1)),
                         TemplateUrlMax,
                         false});
        if (kind == HeaderKind::Document)
            slotList.append({Part::Header, 1, SlotKind::DocumentName, {}, {}, 0, true});
        return;
    case HeaderKind::Location:
        for (const SlotKind each :
             {SlotKind::Latitude, SlotKind::Longitude, SlotKind::PlaceName, SlotKind::PlaceAddress})
            slotList.append({Part::Header, 1, each, {}, {}, 0, false});
        return;
    }
}

void TemplateVersion::appendBodySlots(QList<TemplateSlot> &slotList) const
{
    const QString text = bodyText();
    int index = 0;
    for (const QString &name : placeholderNames(text)) {
        ++index;
        slotList.append({Part::Body, index, SlotKind::Text, name,
                         textExample(*component("BODY"_L1), u"body"_s, index, name),
                         room(TemplateBodyMax, text), false});
    }
}

void TemplateVersion::appendButtonSlots(QList<TemplateSlot> &slotList) const
{
    const auto all = buttons();
    for (int index = 0; index < all.size(); ++index) {
        const TemplateButton &button = all.at(index);
        TemplateSlot slot{Part::Button, index, SlotKind::Text, {}, button.example, 0, false};
        switch (button.kind) {
        case ButtonKind::QuickReply:
            slot.kind = SlotKind::Payload;
            slot.optional = true;
            break;
        case ButtonKind::Url: {
            const auto found = findPlaceholders(button.target);
            if (found.isEmpty())
                continue;
            slot.kind = SlotKind::UrlSuffix;
            slot.name = found.first().name;
            slot.maxLength = room(TemplateUrlMax, button.target);
            break;
        }
        case ButtonKind::CopyCode:
            slot.kind = SlotKind::CouponCode;
            slot.maxLength = TemplateCodeMax;
            break;
        case ButtonKind::OneTimeCode:
            slot.kind = SlotKind::UrlSuffix;
            slot.maxLength = TemplateCodeMax;
            break;
        case ButtonKind::Phone:
        case ButtonKind::Other: continue;
        }
        slotList.append(slot);
    }
}

} // namespace icebreaker
