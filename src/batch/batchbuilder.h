#pragma once

#include "batch/sheet.h"
#include "batch/sheetverdicts.h"
#include "core/batch.h"
#include "store/batches.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>

namespace icebreaker {

/// Writes a checked sheet into the journal as a batch, before anything is sent. Rows that
/// cannot be sent are written down as excluded, with the reason. One batch at a time; the
/// window stays responsive while it works.
class BatchBuilder : public QObject
{
    Q_OBJECT

public:
    explicit BatchBuilder(Batches &batches, QObject *parent = nullptr);
    ~BatchBuilder() override; ///< As cancel().
    Q_DISABLE_COPY_MOVE(BatchBuilder)

    /// Does nothing while another one is being built.
    /// @param verdicts  of this sheet with the same rows
    /// @param reason  words for a row that is not sent, e.g. "too short for a phone number";
    ///                called in this thread
    void build(const BatchPlan &plan, const Sheet &sheet, const SheetVerdicts &verdicts,
               std::function<QString(qsizetype row)> reason);
    /// No signal comes any more. Leaves nothing behind, or, in the moment in which the last
    /// row was written, a stopped batch.
    void cancel();

signals:
    void progressed(qsizetype rows, qsizetype ofRows);
    /// Complete, durable, in state Paused and taken by this process: ready for a BatchRunner.
    void built(const icebreaker::BatchRecord &record);
    void failed(const icebreaker::Error &error);

private:
    /// What is being built.
    struct Work {
        Sheet sheet;
        SheetVerdicts verdicts;
        std::function<QString(qsizetype row)> reason;
        qint64 batch = 0; ///< 0 until the journal has it.
        qsizetype next = 0; ///< First row that was not prepared yet.
        QList<BatchRowInput> chunk;
        bool isWritten = false; ///< All rows are; only its state is not known to be.
    };

    /// Prepares rows until a chunk is full, a few milliseconds at a time.
    void prepare();
    void addChunk();
    void complete();
    void fetch();
    void fail(const Error &error);
    [[nodiscard]] BatchRowInput rowOf(qsizetype row) const;
    /// Goes on with @p act from the event loop, unless the work was given up by then.
    template <typename Act>
    auto guarded(Act act);

    Batches &m_batches;
    std::shared_ptr<Work> m_work; ///< Nothing while idle.
};

} // namespace icebreaker
