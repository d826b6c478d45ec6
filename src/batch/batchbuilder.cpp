#include "batch/batchbuilder.h"

#include "core/whendone.h"

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Claims of other batches get through between two of them (see Batches::addRows).
constexpr qsizetype RowsAtOnce = 5'000;
/// Half a frame at 60 Hz: words for thousands of rows take longer.
constexpr qint64 SliceMs = 8;

/// As BatchRowInput::excluded has it; empty for what can be sent.
QString exclusionOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Bad: return u"check"_s;
    case Verdict::Duplicate: return u"duplicate"_s;
    case Verdict::DoNotMessage: return u"do_not_message"_s;
    case Verdict::Ready:
    case Verdict::Warned: break;
    }
    return {};
}

} // namespace

BatchBuilder::BatchBuilder(Batches &batches, QObject *parent)
    : QObject(parent)
    , m_batches(batches)
{ }

BatchBuilder::~BatchBuilder()
{
    cancel();
}

template <typename Act>
auto BatchBuilder::guarded(Act act)
{
    return [this, work = m_work, act = std::move(act)](const auto &result) {
        if (work != m_work)
            return;
        if (result)
            act(result);
        else
            fail(result.error());
    };
}

void BatchBuilder::build(const BatchPlan &plan, const Sheet &sheet, const SheetVerdicts &verdicts,
                         std::function<QString(qsizetype row)> reason)
{
    if (m_work)
        return;
    if (verdicts.rowCount() != sheet.rowCount()) {
        emit failed({ErrorKind::InvalidInput, u"verdicts of another sheet"_s});
        return;
    }
    m_work = std::make_shared<Work>();
    m_work->sheet = sheet;
    m_work->verdicts = verdicts;
    m_work->reason = std::move(reason);
    // Not guarded(): if it was given up meanwhile, the journal has a batch to be discarded.
    whenDone(m_batches.create(plan), this, [this, work = m_work](const Result<qint64> &batch) {
        if (work != m_work) {
            if (batch)
                m_batches.discard(*batch);
        } else if (batch) {
            work->batch = *batch;
            prepare();
        } else {
            fail(batch.error());
        }
    });
}

void BatchBuilder::cancel()
{
    const auto work = std::exchange(m_work, nullptr);
    if (!work || work->batch == 0)
        return;
    if (!work->isWritten) {
        m_batches.discard(work->batch);
        return;
    }
    // Too late to discard it. At least it does not look as if it waited to go on.
    m_batches.setState(work->batch, BatchState::Stopped);
    m_batches.release(work->batch);
}

void BatchBuilder::prepare()
{
    QElapsedTimer slice;
    slice.start();
    const qsizetype rows = m_work->sheet.rowCount();
    while (m_work->next < rows && m_work->chunk.size() < RowsAtOnce) {
        m_work->chunk.append(rowOf(m_work->next));
        ++m_work->next;
        if (slice.elapsed() < SliceMs)
            continue;
        QMetaObject::invokeMethod(
            this,
            [this, work = m_work] {
                if (work == m_work)
                    prepare();
            },
            Qt::QueuedConnection);
        return;
    }
    if (m_work->chunk.isEmpty())
        complete();
    else
        addChunk();
}

BatchRowInput BatchBuilder::rowOf(qsizetype row) const
{
    BatchRowInput input;
    input.row = row + 1;
    input.cells = m_work->sheet.cells(row);
    input.excluded = exclusionOf(m_work->verdicts.verdict(row));
    if (!input.excluded.isEmpty())
        input.reason = m_work->reason(row);
    return input;
}

void BatchBuilder::addChunk()
{
    const QList<BatchRowInput> chunk = std::exchange(m_work->chunk, {});
    whenDone(m_batches.addRows(m_work->batch, chunk), this, guarded([this](const auto &) {
                 emit progressed(m_work->next, m_work->sheet.rowCount());
                 if (m_work) // a listener may have cancelled
                     prepare();
             }));
}

void BatchBuilder::complete()
{
    m_work->isWritten = true;
    whenDone(m_batches.setState(m_work->batch, BatchState::Paused, BatchPause::User), this,
             guarded([this](const auto &) { fetch(); }));
}

void BatchBuilder::fetch()
{
    whenDone(m_batches.batch(m_work->batch), this,
             guarded([this](const Result<std::optional<BatchRecord>> &found) {
                 m_work.reset();
                 if (*found)
                     emit built(**found);
                 else
                     emit failed({ErrorKind::Storage, u"the batch just built is gone"_s});
             }));
}

void BatchBuilder::fail(const Error &error)
{
    cancel();
    emit failed(error);
}

} // namespace icebreaker
