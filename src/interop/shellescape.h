#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace icebreaker {

struct DollarQuote {
    QByteArray text;
    qsizetype length = 0; ///< Of the source, with the closing quote.
};

/// The content of `$'…'` (IEEE 1003.1-2024, 2.2.4), with the `\uXXXX` and `\UXXXXXXXX` of
/// bash, ksh and zsh, as browsers write it. Nothing if it never ends.
/// @param source  begins behind the opening quote
[[nodiscard]] std::optional<DollarQuote> readDollarQuote(QByteArrayView source);

} // namespace icebreaker
