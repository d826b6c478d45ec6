#include "words/templatewords.h"

#include "words/checkwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Templates)
};

QString buttonLabel(const TemplateSlot &slot, const TemplateVersion &version)
{
    const QString label = version.buttons().value(slot.index).label;
    if (!label.isEmpty())
        return Words::tr("Button “%1”").arg(label);
    return slot.kind == SlotKind::CouponCode ? Words::tr("Code to copy")
                                             : Words::tr("Button %1").arg(slot.index + 1);
}

} // namespace

QString slotLabel(const TemplateSlot &slot, const TemplateVersion &version)
{
    switch (slot.kind) {
    case SlotKind::Text:
        return (slot.part == Part::Header ? Words::tr("Header %1") : Words::tr("Body %1"))
            .arg(u"{{"_s + slot.name + u"}}"_s);
    case SlotKind::Image: return Words::tr("Header image");
    case SlotKind::Video: return Words::tr("Header video");
    case SlotKind::Document: return Words::tr("Header document");
    case SlotKind::DocumentName: return Words::tr("File name");
    case SlotKind::Latitude: return Words::tr("Latitude");
    case SlotKind::Longitude: return Words::tr("Longitude");
    case SlotKind::PlaceName: return Words::tr("Place");
    case SlotKind::PlaceAddress: return Words::tr("Address");
    case SlotKind::UrlSuffix:
    case SlotKind::Payload:
    case SlotKind::CouponCode: return buttonLabel(slot, version);
    }
    return {};
}

QString slotHint(const TemplateSlot &slot)
{
    switch (slot.kind) {
    case SlotKind::Text: return Words::tr("Text");
    case SlotKind::Image: return Words::tr("https:// link to a JPEG or PNG, 5 MB at most");
    case SlotKind::Video: return Words::tr("https:// link to an MP4 or 3GPP, 16 MB at most");
    case SlotKind::Document: return Words::tr("https:// link to a file, 100 MB at most");
    case SlotKind::DocumentName: return Words::tr("What the phone calls it, e.g. invoice.pdf");
    case SlotKind::Latitude: return Words::tr("-90 to 90, e.g. 51.5033");
    case SlotKind::Longitude: return Words::tr("-180 to 180, e.g. -0.1196");
    case SlotKind::PlaceName: return Words::tr("Name of the place");
    case SlotKind::PlaceAddress: return Words::tr("Its address");
    case SlotKind::UrlSuffix: return Words::tr("End of the web address");
    case SlotKind::Payload: return Words::tr("What the agent is told; left out if empty");
    case SlotKind::CouponCode: return Words::tr("The code that is copied");
    }
    return {};
}

QString headerKindText(HeaderKind kind)
{
    switch (kind) {
    case HeaderKind::None: return Words::tr("None");
    case HeaderKind::Text: return Words::tr("Text");
    case HeaderKind::Image: return Words::tr("Image");
    case HeaderKind::Video: return Words::tr("Video");
    case HeaderKind::Document: return Words::tr("Document");
    case HeaderKind::Location: return Words::tr("Location");
    case HeaderKind::Other: break;
    }
    return Words::tr("Other");
}

QString buttonKindText(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::QuickReply: return Words::tr("Quick reply");
    case ButtonKind::Url: return Words::tr("Web address");
    case ButtonKind::Phone: return Words::tr("Phone number");
    case ButtonKind::CopyCode: return Words::tr("Copy code");
    case ButtonKind::OneTimeCode: return Words::tr("One-time code");
    case ButtonKind::Other: break;
    }
    return Words::tr("Other");
}

QString flawText(const TemplateFlaw &flaw)
{
    using Kind = TemplateFlaw::Kind;
    switch (flaw.kind) {
    case Kind::NoBody: return Words::tr("The body has no text.");
    case Kind::HeaderTooLong:
        return Words::tr("The header is longer than %1 characters.").arg(flaw.limit);
    case Kind::BodyTooLong:
        return Words::tr("The body is longer than %1 characters.").arg(flaw.limit);
    case Kind::FooterTooLong:
        return Words::tr("The footer is longer than %1 characters.").arg(flaw.limit);
    case Kind::LabelTooLong:
        return Words::tr("The button “%1” has more than %2 characters.")
            .arg(flaw.argument)
            .arg(flaw.limit);
    case Kind::TooManyButtons:
        return flaw.argument.isEmpty()
            ? Words::tr("More than %1 buttons.").arg(flaw.limit)
            : Words::tr("Too many %1 buttons (%2 at most).").arg(flaw.argument).arg(flaw.limit);
    case Kind::LabelMissing: return Words::tr("A button has no words.");
    case Kind::HeaderPlaceholders: return Words::tr("A header takes one placeholder at most.");
    case Kind::FooterPlaceholders: return Words::tr("A footer takes no placeholder.");
    case Kind::UrlPlaceholder:
        return Words::tr("The web address of “%1” takes one placeholder, at its end.")
            .arg(flaw.argument);
    case Kind::MixedNames: return Words::tr("Placeholders have either numbers or names, not both.");
    case Kind::NumberGap:
        return Words::tr("Placeholders count from {{1}} without a gap: {{%1}} is missing.")
            .arg(flaw.argument);
    }
    return {};
}

QString templateReadErrorText(const TemplateReadError &error)
{
    switch (error.kind) {
    case TemplateReadError::Kind::Empty: return Words::tr("There is nothing to read.");
    case TemplateReadError::Kind::NoTemplate:
        return Words::tr("This is JSON, but there is no template in it: a template has "
                         "“components”.");
    case TemplateReadError::Kind::BrokenJson: break;
    }
    return error.json ? jsonErrorText(*error.json) : QString();
}

} // namespace icebreaker
