#pragma once

#include "batch/sheet.h"
#include "core/sheetshape.h"

#include <QObject>

#include <memory>

namespace icebreaker {

/// Reads CSV off the calling thread. One reader reads one file.
class SheetReader : public QObject
{
    Q_OBJECT

public:
    explicit SheetReader(QObject *parent = nullptr);
    ~SheetReader() override; ///< Cancels and waits.

    void readFile(const QString &path, const SheetShape &shape = {});
    void readText(const QString &name, const QString &text, const SheetShape &shape = {});
    void cancel();

signals:
    /// The first rows (up to 200), long before a big file is read.
    void firstRows(const icebreaker::Sheet &rows, const icebreaker::SheetShape &shape);
    void progressed(qint64 bytes, qint64 ofBytes, qint64 rows);
    void finished(const icebreaker::Sheet &sheet, const icebreaker::SheetShape &shape);
    void failed(const icebreaker::SheetError &error);
};

} // namespace icebreaker
