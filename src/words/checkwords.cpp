#include "words/checkwords.h"

#include "core/recipient.h"

#include <QCoreApplication>

namespace icebreaker {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Checks)
};

QString missingText(Field field)
{
    switch (field) {
    case Field::To: return Words::tr("Enter the recipient's number with its country code.");
    case Field::StatusUrl:
        return Words::tr(
            "Enter a Status URL: without one nobody learns what became of the message.");
    default: return Words::tr("%1 is missing.").arg(fieldLabel(field));
    }
}

QString recipientText(const CheckEntry &entry)
{
    switch (entry.code) {
    case CheckCode::RecipientNational:
        return entry.argument.isEmpty()
            ? Words::tr("The number starts with 0: put the country code in its place, e.g. 44 for "
                        "the United Kingdom.")
            : Words::tr("As it is dialled within a country: the country code is missing. Here it "
                        "would be %1.")
                  .arg(entry.argument);
    case CheckCode::RecipientTrunkZero:
        return Words::tr("Leave out the (0): it is only dialled inside the country.");
    case CheckCode::RecipientTooShort:
        return Words::tr("Too short for a phone number with its country code (%1 digits at least).")
            .arg(RecipientMinDigits);
    case CheckCode::RecipientTooLong:
        return Words::tr("Too long for a phone number (%1 digits at most).")
            .arg(RecipientMaxDigits);
    default:
        return Words::tr("Only digits are allowed here. Spaces, +, dashes and brackets are taken "
                         "away for you.");
    }
}

QString phoneText(const CheckEntry &entry)
{
    switch (entry.code) {
    case CheckCode::RecipientNoCountry:
        return Words::tr("No country's code begins this number. Is the country code missing?");
    case CheckCode::RecipientLength:
        return Words::tr("Not as long as the numbers of its country are.");
    case CheckCode::RecipientLandline: return Words::tr("A landline: few of them have WhatsApp.");
    case CheckCode::RecipientService:
        return Words::tr("A service number, such as a free or a premium one, and nobody's phone.");
    case CheckCode::RecipientShortCode:
        return Words::tr("A short number of some service: WhatsApp does not know such numbers.");
    case CheckCode::RecipientFictional:
        return Words::tr("A number for films and examples: nobody has it.");
    case CheckCode::RecipientBrazil:
        return Words::tr("A Brazilian mobile number without its ninth digit. Accounts from before "
                         "it came may still be known by this form.");
    case CheckCode::RecipientMexico:
        return Words::tr("Mexico's 1 after 52 is not dialled any more since 2019. WhatsApp may "
                         "know either form.");
    case CheckCode::RecipientArgentina:
        return Words::tr("Argentina's mobile numbers have a 9 after 54; without it this is a "
                         "landline.");
    default:
        return Words::tr("Not in a range of numbers that its country is known to use. New ranges "
                         "come up from time to time.");
    }
}

/// The same with the number that was probably meant.
QString phoneTextWithMeant(const CheckEntry &entry)
{
    const QString text = phoneText(entry);
    return entry.argument.isEmpty() ? text
                                    : Words::tr("%1 Was %2 meant?").arg(text, entry.argument);
}

QString valueText(const CheckEntry &entry)
{
    switch (entry.code) {
    case CheckCode::ValueEmpty: return Words::tr("An empty value: WhatsApp refuses the message.");
    case CheckCode::ValueLineBreak:
        return Words::tr("A line break in a value: WhatsApp refuses the message.");
    case CheckCode::ValueTab: return Words::tr("A tab in a value: WhatsApp refuses the message.");
    case CheckCode::ValueSpaces:
        return Words::tr("More than four spaces in a row: WhatsApp refuses the message.");
    default: return Words::tr("Needs a link that starts with https://.");
    }
}

QString urlText(const CheckEntry &entry)
{
    switch (entry.code) {
    case CheckCode::UrlInvalid: return Words::tr("This is not a complete web address.");
    case CheckCode::UrlNotHttp: return Words::tr("The Status URL has to start with https://.");
    case CheckCode::UrlPlainHttp:
        return Words::tr("Without https, phone numbers travel readable for everybody in between.");
    case CheckCode::UrlLoop:
        return Words::tr("%1 belongs to Vonage. If this is the application's own Status URL, AI "
                         "Studio would loop endlessly. Use a status inbox instead.")
            .arg(entry.argument);
    case CheckCode::UrlUnreachable:
        return Words::tr("AI Studio cannot reach this address from the cloud, so no delivery "
                         "status would ever arrive. Use a public address.");
    default:
        return Words::tr("The sandbox only calls back to this computer, so no delivery status will "
                         "arrive here.");
    }
}

QString inboxText(CheckCode code)
{
    switch (code) {
    case CheckCode::InboxNotPublic:
        return Words::tr("Statuses cannot reach this computer. Give its inbox a public address, or "
                         "choose another inbox.");
    case CheckCode::InboxNotListening:
        return Words::tr("The status inbox is not listening, so no status would arrive.");
    case CheckCode::InboxPortTaken:
        return Words::tr("Another program has the inbox's port. Statuses may go there instead.");
    case CheckCode::InboxInterfaceGone:
        return Words::tr("The inbox's network address is gone at the moment. Statuses may not "
                         "arrive.");
    case CheckCode::InboxNoAddressYet:
        return Words::tr("This profile has no address at webhook.site yet.");
    default: return Words::tr("Say where the statuses of this profile are to go.");
    }
}

QString cardText(const CheckEntry &entry)
{
    switch (entry.code) {
    case CheckCode::LocaleNotInCard:
        return Words::tr("The template card has no such language; it has %1.").arg(entry.argument);
    case CheckCode::TemplateNotApproved:
        return Words::tr("The card says that the template is %1, not APPROVED.")
            .arg(entry.argument);
    case CheckCode::TemplatePartMissing:
        return Words::tr("The template has parts that this form cannot fill in (%1). Without them "
                         "WhatsApp may refuse the message.")
            .arg(entry.argument);
    case CheckCode::ParameterCount:
        return Words::tr("The template takes %1 parameters, the request has %2: WhatsApp refuses "
                         "the message.")
            .arg(entry.limit)
            .arg(entry.argument);
    case CheckCode::ParameterNames:
        return Words::tr("The parameters have to be named, or not, as the template's are: WhatsApp "
                         "refuses the message.");
    case CheckCode::HydratedTooLong:
        return Words::tr("With all values filled in, the text has %1 characters; WhatsApp takes "
                         "%2.")
            .arg(entry.argument)
            .arg(entry.limit);
    default:
        return Words::tr("A location needs its latitude and longitude as numbers, a name and an "
                         "address.");
    }
}

QString shapeText(const CheckEntry &entry)
{
    switch (entry.code) {
    case CheckCode::AgentIdShape:
        return Words::tr("Agent IDs usually have 24 characters: 0 to 9 and a to f.");
    case CheckCode::NamespaceShape:
        return Words::tr("Namespaces usually look like 9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4.");
    case CheckCode::TemplateShape:
        return Words::tr("Template names have only small letters, digits and underscores.");
    case CheckCode::LocaleNotListed:
        return entry.argument.isEmpty()
            ? Words::tr("Not a language code that WhatsApp is known to have.")
            : Words::tr("WhatsApp spells it %1; the spelling has to match exactly.")
                  .arg(entry.argument);
    default:
        return Words::tr("Agent parameters usually have capital letters, digits and underscores.");
    }
}

QString wrongTypeText(Field field)
{
    return field == Field::Components || field == Field::SessionParameters
        ? Words::tr("%1 has to be a list.").arg(fieldLabel(field))
        : Words::tr("%1 has to be a text in quotes.").arg(fieldLabel(field));
}

} // namespace

QString checkText(const CheckEntry &entry)
{
    switch (entry.code) {
    case CheckCode::Missing: return missingText(entry.field);
    case CheckCode::WrongType: return wrongTypeText(entry.field);
    case CheckCode::DuplicateMember:
        return Words::tr("%1 is in the request twice: which one counts is not defined.")
            .arg(fieldLabel(entry.field));
    case CheckCode::ChannelUnknown: return Words::tr("The channel is either whatsapp or sms.");
    case CheckCode::RecipientStrange:
    case CheckCode::RecipientNational:
    case CheckCode::RecipientTrunkZero:
    case CheckCode::RecipientTooShort:
    case CheckCode::RecipientTooLong: return recipientText(entry);
    case CheckCode::InboxNotPublic:
    case CheckCode::InboxNotListening:
    case CheckCode::InboxPortTaken:
    case CheckCode::InboxInterfaceGone:
    case CheckCode::InboxNoAddressYet:
    case CheckCode::InboxNothingTyped: return inboxText(entry.code);
    case CheckCode::AgentIdShape:
    case CheckCode::NamespaceShape:
    case CheckCode::TemplateShape:
    case CheckCode::LocaleNotListed:
    case CheckCode::SessionNameShape: return shapeText(entry);
    case CheckCode::TooLong: return Words::tr("Longer than %1 characters.").arg(entry.limit);
    case CheckCode::ValueEmpty:
    case CheckCode::ValueLineBreak:
    case CheckCode::ValueTab:
    case CheckCode::ValueSpaces:
    case CheckCode::LinkNotHttp: return valueText(entry);
    case CheckCode::UrlInvalid:
    case CheckCode::UrlNotHttp:
    case CheckCode::UrlPlainHttp:
    case CheckCode::UrlLoop:
    case CheckCode::UrlUnreachable:
    case CheckCode::UrlNotCalledBySandbox: return urlText(entry);
    case CheckCode::LocaleNotInCard:
    case CheckCode::TemplateNotApproved:
    case CheckCode::TemplatePartMissing:
    case CheckCode::ParameterCount:
    case CheckCode::ParameterNames:
    case CheckCode::HydratedTooLong:
    case CheckCode::LocationIncomplete: return cardText(entry);
    case CheckCode::SessionNameMissing: return Words::tr("Enter the agent parameter's name.");
    case CheckCode::PlaceholderUnknown:
        return Words::tr("Neither a column nor a variable is called “%1”.").arg(entry.argument);
    case CheckCode::RecipientNoCountry:
    case CheckCode::RecipientLength:
    case CheckCode::RecipientNotKnownValid:
    case CheckCode::RecipientLandline:
    case CheckCode::RecipientService:
    case CheckCode::RecipientShortCode:
    case CheckCode::RecipientFictional:
    case CheckCode::RecipientBrazil:
    case CheckCode::RecipientMexico:
    case CheckCode::RecipientArgentina: return phoneTextWithMeant(entry);
    case CheckCode::SessionNameTwice: return Words::tr("The same name stands here twice.");
    }
    return {};
}

QString mendText(const CheckEntry &entry)
{
    switch (entry.code) {
    case CheckCode::ValueEmpty: return Words::tr("Fill in “-”");
    case CheckCode::ValueLineBreak:
    case CheckCode::ValueTab: return Words::tr("Replace by spaces");
    case CheckCode::ValueSpaces: return Words::tr("Replace by one space");
    case CheckCode::LocaleNotListed:
        return entry.argument.isEmpty() ? QString() : Words::tr("Use %1").arg(entry.argument);
    case CheckCode::RecipientTrunkZero: return Words::tr("Remove (0)");
    case CheckCode::RecipientNational:
    case CheckCode::RecipientLength:
    case CheckCode::RecipientNotKnownValid:
    case CheckCode::RecipientBrazil:
    case CheckCode::RecipientMexico:
    case CheckCode::RecipientArgentina:
        return entry.argument.isEmpty() ? QString() : Words::tr("Use %1").arg(entry.argument);
    default: return {};
    }
}

QString fieldLabel(Field field)
{
    switch (field) {
    case Field::Namespace: return Words::tr("Namespace");
    case Field::Template: return Words::tr("Template");
    case Field::Locale: return Words::tr("Locale");
    case Field::To: return Words::tr("To");
    case Field::AgentId: return Words::tr("Agent ID");
    case Field::Channel: return Words::tr("Channel");
    case Field::StatusUrl: return Words::tr("Status URL");
    case Field::Components: return Words::tr("Parameters");
    case Field::SessionParameters: return Words::tr("Session parameters");
    case Field::Body: break;
    }
    return Words::tr("Request");
}

QString fieldHelp(Field field)
{
    switch (field) {
    case Field::Namespace:
        return Words::tr("In your WhatsApp Business Account, under the message template.");
    case Field::Template:
        return Words::tr("The template's name, in your WhatsApp Business Account.");
    case Field::Locale:
        return Words::tr("The language that the template was approved in, e.g. en or es_MX.");
    case Field::To:
        return Words::tr("The recipient's number with country code. Only digits are sent.");
    case Field::AgentId:
        return Words::tr("In AI Studio, on your agent's card or in its settings. The agent has to "
                         "be published.");
    case Field::Channel: return Words::tr("The agent's channel. An SMS agent takes no template.");
    case Field::StatusUrl:
        return Words::tr("Where AI Studio reports sent, delivered, read. An inbox for testing, "
                         "your own address later; never the Status URL of the Vonage Application "
                         "itself: it would loop endlessly.");
    case Field::Components:
        return Words::tr("One row for every placeholder of the template, in its order: header, "
                         "body {{1}}, {{2}} …, buttons from 0.");
    case Field::SessionParameters:
        return Words::tr("Presets for the agent's own parameters, used in its texts as $NAME.");
    case Field::Body: break;
    }
    return {};
}

QString jsonErrorText(const JsonError &error)
{
    if (error.kind == JsonError::Kind::TooDeep)
        return Words::tr("The JSON is nested deeper than %1 levels.").arg(JsonMaxDepth);
    return Words::tr("Line %1, column %2: from here on this is not JSON.")
        .arg(error.line)
        .arg(error.column);
}

} // namespace icebreaker
