#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include <vector>

namespace icebreaker {

/// One way to read a text: its characters with escapes undone, and for each where in the
/// text it stands, so that what is found in the reading can be replaced in the text.
struct DecodedText {
    QString characters;
    std::vector<qsizetype> begin; ///< Of the source's characters that stand for this one.
    std::vector<qsizetype> end; ///< Behind them.
};

/// Every reading of @p text that somebody might decode it to: as it is written, with
/// percent, JSON (\u0041, \/) and HTML (&#65;, &amp;) escapes undone once, twice, three
/// times, and for as long as there are any. Those that are the same are given once.
///
/// Escapes are undone whatever the text claims to be: all kinds together, and each
/// combination of the kinds that occur, because to a reader who knows but one of them the
/// others are plain text. Takes time in proportion to the text.
[[nodiscard]] QList<DecodedText> readings(QStringView text);

} // namespace icebreaker
