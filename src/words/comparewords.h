#pragma once

#include "core/sendcomparison.h"

#include <QString>
#include <QStringList>

namespace icebreaker {

/// "Parameter 2 of the body", "Header content-type".
[[nodiscard]] QString subjectText(const ComparedSubject &subject);

/// "Locale: “es_ES” instead of “es”", "Parameter 2 of the body is missing": what the left
/// send has, as against the right one.
[[nodiscard]] QString differenceText(const ComparedLine &line);

/// One of a line's values as it is shown: "none" for a list without items, times with units.
[[nodiscard]] QString comparedValueText(const ComparedLine &line, bool ofLeft);

[[nodiscard]] QString partText(ComparedPart part);

/// "14:02:13 · 422 Refused · to 4479…": which send it is.
[[nodiscard]] QString comparedSendText(const SendRecord &record);

/// "2 differences", or that there is none.
[[nodiscard]] QString differencesText(qsizetype count);

/// The whole comparison as plain text: which sends, the differences in words, then both
/// values of each, and what was set aside.
[[nodiscard]] QString comparisonText(const ComparedSend &left, const ComparedSend &right,
                                     const QList<ComparedLine> &lines);

} // namespace icebreaker
