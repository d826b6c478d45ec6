#pragma once

#include "core/sendrecord.h"

#include <QString>

namespace icebreaker {

/// What the log's filter has to say for all sends that are like @p record in one of the
/// log's columns; empty if they have nothing in common there that can be filtered.
/// @param column  a LogModel::Column
[[nodiscard]] QString likeThis(const SendRecord &record, int column);

} // namespace icebreaker
