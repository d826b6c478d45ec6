#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

enum class TextEncoding { Utf8, Utf16Le, Utf16Be, Windows1252 };

/// How a file was read, or is to be read where a value is given.
struct SheetShape {
    std::optional<TextEncoding> encoding;
    std::optional<char> delimiter; ///< One of , ; TAB |
    std::optional<bool> hasHeader;
};

struct SheetError {
    enum class Code {
        CannotRead, ///< `detail` is the system's reason.
        Empty, ///< No row at all, or none but the header.
        NotText, ///< Binary, or e.g. an Excel or OpenDocument file: `detail` names it ("xlsx").
        EncodingUnclear, ///< Not UTF-8: Windows-1252 is possible; ask, see preview.
        BadEncoding, ///< Bytes that the chosen encoding cannot have.
        OpenQuote, ///< A quote that is never closed.
        StrayQuote, ///< Text behind a closing quote: where the cell ends is unclear.
        TooManyColumns, ///< Text beyond the last column, or more columns than we take.
        TooLongField,
        TooManyRows, ///< Or more text than we take.
        Cancelled,
    };
    Code code = Code::CannotRead;
    qint64 line = 0; ///< From 1; 0 if it is about the whole file.
    QString detail;
    QStringList preview; ///< EncodingUnclear: the first lines with strange bytes as Windows-1252.
};

} // namespace icebreaker
