#pragma once

#include "core/templatecard.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <tl/expected.hpp>

namespace icebreaker {

/// Why a text holds no template.
struct TemplateReadError {
    enum class Kind {
        Empty,
        BrokenJson, ///< `json` says where.
        NoTemplate, ///< JSON, but nothing in it is a template.
    };
    Kind kind = Kind::Empty;
    std::optional<JsonError> json;
};

/// The templates in what a person pasted or opened:
/// - template JSON as WhatsApp Manager, Meta's and Vonage's management APIs give it: one
///   object, a list, or either of them inside others (`data`, `templates`, ...),
/// - the body of a message, of AI Studio's or another WhatsApp API: a template with the
///   right parameters and none of its words (nor the values, which are about a person),
/// - anything else: the text of a template's body.
/// Languages of one template are one card. Names and languages may be missing.
[[nodiscard]] tl::expected<QList<TemplateCard>, TemplateReadError>
readTemplates(const QByteArray &text);

/// As readTemplates() does for a message's body.
[[nodiscard]] TemplateCard cardFromRequest(const OutboundRequest &request);

/// Adds what @p from has to the card of the same name in @p cards, or as a new one. The
/// languages that both have are taken from @p from. @return its place
qsizetype mergeCard(QList<TemplateCard> &cards, const TemplateCard &from);

} // namespace icebreaker
