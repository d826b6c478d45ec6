#pragma once

#include "core/json.h"

#include <QByteArray>
#include <QList>

namespace icebreaker {

/// Replaces the bytes from `begin` to `end` by `text`.
struct TextEdit {
    qsizetype begin = 0;
    qsizetype end = 0;
    QByteArray text;
    friend bool operator==(const TextEdit &, const TextEdit &) = default;
};

/// What has to be edited in @p text for it to be @p target: only the values that differ, so
/// that everything else stays as somebody laid it out. The last edit of the text comes first,
/// so that each can be made without minding the others. All of it is replaced if @p text is
/// no JSON.
[[nodiscard]] QList<TextEdit> jsonEdits(const QByteArray &text, const JsonValue &target);

[[nodiscard]] QByteArray applied(QByteArray text, const QList<TextEdit> &edits);

} // namespace icebreaker
