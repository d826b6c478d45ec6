#pragma once

#include "core/flatjson.h"
#include "core/sendcomparison.h"

namespace icebreaker {

/// Everything of a send that can be compared, but the answer's body.
[[nodiscard]] QList<FlatLeaf> flatSend(const ComparedSend &send);

/// The answer's body: by its members if it is JSON and @p asJson, else as one text.
[[nodiscard]] QList<FlatLeaf> flatBody(const Answer &answer, bool asJson);
[[nodiscard]] bool isComparableJson(const Answer &answer);

} // namespace icebreaker
