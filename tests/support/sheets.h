#pragma once

#include "batch/sheetreader.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

/// Reading and waiting for it, for tests of the batch layer.
namespace icebreaker::test {

struct Read {
    std::optional<Sheet> sheet;
    SheetShape shape;
    std::optional<SheetError> error;
};

/// Waits for the end of what @p reader is reading. Nothing if it takes too long.
inline Read endOf(SheetReader &reader)
{
    Read read;
    QObject context;
    QObject::connect(&reader, &SheetReader::finished, &context,
                     [&read](const Sheet &sheet, const SheetShape &shape) {
                         read.sheet = sheet;
                         read.shape = shape;
                     });
    QObject::connect(&reader, &SheetReader::failed, &context,
                     [&read](const SheetError &error) { read.error = error; });
    if (!QTest::qWaitFor([&read] { return read.sheet || read.error; }, 30'000))
        qWarning("reading takes too long");
    return read;
}

inline Sheet sheetOf(const QString &text)
{
    SheetReader reader;
    reader.readText(QStringLiteral("pasted"), text);
    const Read read = endOf(reader);
    if (!read.sheet)
        qFatal("cannot read");
    return *read.sheet;
}

} // namespace icebreaker::test
