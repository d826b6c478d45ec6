#pragma once

#include "batch/sheet.h"
#include "batch/sheetcheck.h"
#include "core/batch.h"
#include "store/batches.h"

#include <QObject>

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
};

} // namespace icebreaker
