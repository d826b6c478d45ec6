#pragma once

#include "core/answer.h"
#include "core/json.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace icebreaker {

/// What an answer's body looks like, whatever its type says.
enum class AnswerForm {
    Json,
    AlmostJson, ///< JSON after doubled quotes were made single ones: AI Studio's 429 was seen so.
    Html, ///< A page: AI Studio answers in JSON, so some proxy may have spoken.
    Empty,
    Text, ///< Anything else.
};

/// An HTML page, by its type or its beginning.
[[nodiscard]] bool isHtml(const Answer &answer);

[[nodiscard]] AnswerForm formOf(const Answer &answer);

/// The body's object, if it is JSON or almost (see AnswerForm::AlmostJson), and not big.
[[nodiscard]] std::optional<JsonObject> lenientObject(const QByteArray &body);

/// The server's own words in an answer: `message` (a list's items on a line each), `detail`,
/// `title` or `error` of its JSON, and those of an `error` inside; else what there is of a
/// short text. Empty if there are none, or for a page.
[[nodiscard]] QString wordsIn(const Answer &answer);

} // namespace icebreaker
