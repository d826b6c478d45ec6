#pragma once

#include "core/sheetshape.h"

#include <QByteArray>
#include <QByteArrayView>

namespace icebreaker {

/// Turns a file's bytes into UTF-8, part by part; a character may lie across two parts.
/// Strict: what the encoding cannot have is an error and never a replacement character.
class TextDecoder
{
public:
    explicit TextDecoder(TextEncoding encoding);

    /// Appends the text of @p bytes to @p utf8. @return false at the first byte that
    /// cannot be: @p utf8 then ends before it, and the decoder is of no further use.
    [[nodiscard]] bool decode(QByteArrayView bytes, QByteArray &utf8);
    /// @return false if the bytes so far end in the middle of a character
    [[nodiscard]] bool isComplete() const { return m_rest.isEmpty() && m_high == 0; }

private:
    [[nodiscard]] bool decodeUtf8(QByteArrayView bytes, QByteArray &utf8);
    [[nodiscard]] bool decodeUtf16(QByteArrayView bytes, QByteArray &utf8);
    [[nodiscard]] bool addUnit(char16_t unit, QByteArray &utf8);
    [[nodiscard]] static bool decodeWindows1252(QByteArrayView bytes, QByteArray &utf8);

    TextEncoding m_encoding;
    QByteArray m_rest; ///< Begin of a character, shorter than one.
    char16_t m_high = 0; ///< UTF-16: the first half of a pair.
};

/// For a preview: nothing is an error, what cannot be becomes U+FFFD.
[[nodiscard]] QString previewOfWindows1252(QByteArrayView bytes);

} // namespace icebreaker
