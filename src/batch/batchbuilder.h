#pragma once

#include "batch/sheet.h"
#include "batch/sheetcheck.h"
#include "core/batch.h"
#include "store/batches.h"

#include <QObject>

#include <functional>

namespace icebreaker {

/// Writes a checked sheet into the journal as a batch, before anything is sent. Rows that
/// cannot be sent are written down as excluded, with the reason.
class BatchBuilder : public QObject
{
    Q_OBJECT

public:
    explicit BatchBuilder(Batches &batches, QObject *parent = nullptr);

    /// @param reason  words for a row that is not sent, e.g. "too short for a phone number"
    void build(const BatchPlan &plan, const Sheet &sheet, const SheetVerdicts &verdicts,
               std::function<QString(qsizetype row)> reason);
    /// Leaves nothing behind.
    void cancel();

signals:
    void progressed(qsizetype rows, qsizetype ofRows);
    /// Complete, durable, in state Paused and taken by this process: ready for a BatchRunner.
    void built(const icebreaker::BatchRecord &record);
    void failed(const icebreaker::Error &error);

private:
    void addNext();
    [[nodiscard]] BatchRowInput inputFor(qsizetype row) const;
    void complete();
    void fail(const Error &error);
    /// Calls @p act with the future's value, or fails; not at all once cancelled.
    template <typename T, typename Act>
    void follow(const QFuture<Result<T>> &future, Act act);

    Batches &m_batches;
    Sheet m_sheet;
    SheetVerdicts m_verdicts;
    std::function<QString(qsizetype row)> m_reason;
    qint64 m_batch = 0; ///< 0 before create() has finished.
    qsizetype m_next = 0;
    int m_run = 0; ///< Tells what belongs to a build that was cancelled.
};

} // namespace icebreaker
