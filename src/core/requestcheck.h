#pragma once

#include "core/outboundrequest.h"

#include <QList>
#include <QString>

namespace icebreaker {

enum class Severity {
    Error, ///< Blocks Send: it would be refused, or do harm.
    Warning, ///< Looks wrong; sending is the user's decision.
};

/// What is wrong with one field. The words for people are in `words`.
enum class CheckCode {
    Missing,
    WrongType, ///< Not a text where the API takes a text, not a list where it takes a list.
    DuplicateMember, ///< The body has the member twice: which one counts is anybody's guess.
    ChannelUnknown,
    RecipientStrange,
    RecipientNational,
    RecipientTrunkZero,
    RecipientTooShort,
    RecipientTooLong,
    LocaleNotListed, ///< `argument`: the listed code that was probably meant, or empty.
    NamespaceShape,
    TemplateShape,
    AgentIdShape,
    TooLong, ///< `limit`: the most characters.
    ValueEmpty,
    ValueLineBreak,
    ValueTab,
    ValueSpaces,
    LinkNotHttp,
    UrlInvalid,
    UrlNotHttp,
    UrlPlainHttp,
    UrlLoop, ///< `argument`: the host that belongs to Vonage.
    UrlUnreachable, ///< Loopback or private, and the endpoint is in the cloud.
    UrlNotCalledBySandbox, ///< The sandbox only calls back to this computer.
    SessionNameMissing,
    SessionNameTwice,
    SessionNameShape,
    // check() makes none of the following. See core/variables.h and core/requesttemplate.h:
    PlaceholderUnknown, ///< `argument`: the name that neither a column nor a variable has.
    // What a phone number library says, see phone/phonecheck.h:
    RecipientNoCountry, ///< No country has the calling code.
    RecipientLength, ///< Not as long as its country's numbers. `argument`: probably meant, or empty.
    RecipientNotKnownValid, ///< `argument`: the digits that were probably meant, or empty.
    RecipientLandline,
    RecipientService, ///< A toll-free, premium or other number that is nobody's phone.
    // A template card, see core/templatecheck.h.
    LocaleNotInCard, ///< `argument`: the card's languages.
    TemplateNotApproved, ///< `argument`: what it is instead, e.g. "PAUSED".
    TemplatePartMissing, ///< `argument`: parts that only Raw JSON can fill in.
    ParameterCount, ///< `limit` are wanted, `argument` are there.
    ParameterNames,
    HydratedTooLong, ///< With all values; `limit` at most, `argument` are there.
    LocationIncomplete,
    RecipientShortCode, ///< A number with few digits, of a service.
    RecipientFictional, ///< Set aside for films and examples.
    // Countries of which WhatsApp knows numbers in two forms. `argument`: the other form.
    RecipientBrazil, ///< A mobile number without its ninth digit.
    RecipientMexico, ///< A 1 after 52.
    RecipientArgentina, ///< No 9 after 54.
    // What a status inbox says about its own address, see InboxProblem:
    InboxNotPublic,
    InboxNotListening,
    InboxPortTaken,
    InboxInterfaceGone,
    InboxNoAddressYet,
    InboxNothingTyped,
};

struct CheckEntry {
    Severity severity = Severity::Error;
    CheckCode code = CheckCode::Missing;
    Field field = Field::Body;
    int row = -1; ///< Row of the parameter or session parameter table, -1 elsewhere.
    QString argument;
    int limit = 0;
    friend bool operator==(const CheckEntry &, const CheckEntry &) = default;
};

/// Where the request would go, as far as the checks care.
struct CheckContext {
    bool endpointIsLocal = false; ///< The sandbox, or a custom endpoint on loopback.
    bool sandbox = false;
    QString endpointHost; ///< A Status URL there would loop, too.
};

/// Everything that is wrong with @p request, errors first, in the order of the form.
/// Limits: text header 60 and hydrated body 1024 characters, template name 512
/// (developers.facebook.com, template components, 2026-05; body and name second-hand).
[[nodiscard]] QList<CheckEntry> check(const OutboundRequest &request, const CheckContext &context);
/// Only what is wrong with @p fields, in the same order: for requests that differ in
/// them alone.
[[nodiscard]] QList<CheckEntry> check(const OutboundRequest &request, const CheckContext &context,
                                      const QList<Field> &fields);

[[nodiscard]] bool hasErrors(const QList<CheckEntry> &entries);

/// A parameter value as WhatsApp takes it: line breaks and tabs become one space, more
/// than four spaces in a row become one, an empty value becomes a dash.
[[nodiscard]] QString mendedValue(const QString &value);

} // namespace icebreaker
