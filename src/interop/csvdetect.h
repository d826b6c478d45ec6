#pragma once

#include "interop/textdecoder.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// The short name of a well-known format that is no text ("xlsx", "ods", "xls", "zip",
/// "pdf", ...), by its first bytes; empty if it may be text.
[[nodiscard]] QString foreignFormat(QByteArrayView head);

struct DetectedEncoding {
    TextEncoding encoding = TextEncoding::Utf8;
    qsizetype markBytes = 0; ///< Length of the byte order mark.
};

/// By the byte order mark; without one UTF-16 by the zero bytes of its ASCII characters,
/// else UTF-8, which the reader then has to prove.
[[nodiscard]] DetectedEncoding detectEncoding(QByteArrayView head);

/// The one of , ; TAB | that gives the most rows of @p head one number of columns; a
/// comma if none of them parts anything. @param isAll  whether the file ends there
[[nodiscard]] char detectDelimiter(QByteArrayView utf8Head, bool isAll);

/// The first rows of @p head. @param isAll  as above: otherwise the last row may be cut off
[[nodiscard]] QList<QStringList> firstCsvRows(QByteArrayView utf8Head, char delimiter, bool isAll,
                                              qsizetype most);

/// Whether the row looks like names: a row of recipients has a phone number in it.
[[nodiscard]] bool looksLikeHeader(const QStringList &row);

/// Unique names for @p count columns: those of @p header without line breaks and braces
/// (which placeholders have), a repeated one with a number, one without a name the letter
/// that spreadsheets show above it ("A", ..., "Z", "AA").
[[nodiscard]] QStringList columnNames(const QStringList &header, qsizetype count);

} // namespace icebreaker
