#pragma once

#include "batch/sheet.h"
#include "core/sheetshape.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

class QIODevice;

namespace icebreaker {

/// Reads CSV off the calling thread; see CsvParser for what is a row. One file at a time:
/// reading another one replaces it without a word. Nothing of a broken file is given out
/// but its first rows.
class SheetReader : public QObject
{
    Q_OBJECT

public:
    explicit SheetReader(QObject *parent = nullptr);
    ~SheetReader() override; ///< Cancels and waits.
    Q_DISABLE_COPY_MOVE(SheetReader)

    void readFile(const QString &path, const SheetShape &shape = {});
    void readText(const QString &name, const QString &text, const SheetShape &shape = {});
    /// Ends in failed() with Cancelled, or does nothing if nothing is being read.
    void cancel();

signals:
    /// The first rows (up to 200), long before a big file is read.
    void firstRows(const icebreaker::Sheet &rows, const icebreaker::SheetShape &shape);
    void progressed(qint64 bytes, qint64 ofBytes, qint64 rows);
    void finished(const icebreaker::Sheet &sheet, const icebreaker::SheetShape &shape);
    void failed(const icebreaker::SheetError &error);

private:
    /// @param open  makes the opened device in the reading thread, or says why not
    void start(const QString &name, const SheetShape &shape,
               std::function<std::unique_ptr<QIODevice>(QString &why)> open);
    void stop();
    template <typename Act>
    void post(quint64 run, Act act);

    QThreadPool m_pool; ///< One thread.
    std::shared_ptr<std::atomic_bool> m_cancelled; ///< Of the reading under way.
    quint64 m_run = 0; ///< What earlier readings still report is dropped.
};

} // namespace icebreaker
