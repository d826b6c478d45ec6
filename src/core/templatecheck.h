#pragma once

#include "core/requestcheck.h"
#include "core/templatecard.h"

#include <QList>

namespace icebreaker {

/// What is wrong with @p request as a message of @p card's, beside what check() finds
/// without one. Rows are those of OutboundRequest::parameters(). Nothing if the request is
/// for another template, or for SMS.
[[nodiscard]] QList<CheckEntry> checkAgainst(const TemplateCard &card,
                                             const OutboundRequest &request);

/// The card's version for the request: its language's, else the first. @p card has one.
[[nodiscard]] const TemplateVersion &versionFor(const TemplateCard &card,
                                                const OutboundRequest &request);

/// What is wrong with a template's own words.
struct TemplateFlaw {
    enum class Kind {
        NoBody,
        HeaderTooLong, ///< `limit` characters at most, as in the next four.
        BodyTooLong,
        FooterTooLong,
        LabelTooLong, ///< `argument`: the button's label.
        TooManyButtons, ///< `limit` at most, of the kind `argument` (as WhatsApp calls it) if any.
        LabelMissing,
        HeaderPlaceholders, ///< More than one.
        FooterPlaceholders,
        UrlPlaceholder, ///< More than one, or not at the end. `argument`: the label.
        MixedNames, ///< Numbers and names.
        NumberGap, ///< Not 1, 2, 3 ... `argument`: the first number that is missing.
    };
    Kind kind = Kind::NoBody;
    int limit = 0;
    QString argument;
    friend bool operator==(const TemplateFlaw &, const TemplateFlaw &) = default;
};
[[nodiscard]] QList<TemplateFlaw> flawsOf(const TemplateVersion &version);

} // namespace icebreaker
