#include "batch/batchbuilder.h"

#include "core/whendone.h"

#include <QElapsedTimer>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// A transaction's worth: claims get through between two of them.
constexpr qsizetype RowsAtOnce = 5'000;
/// Half a frame: the words for rows that cannot be sent are made in this thread.
constexpr qint64 LongestStep = 8; // ms

QString excludedWord(Verdict verdict)
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

void BatchBuilder::build(const BatchPlan &plan, const Sheet &sheet, const SheetVerdicts &verdicts,
                         std::function<QString(qsizetype row)> reason)
{
    cancel();
    m_sheet = sheet;
    m_verdicts = verdicts;
    m_reason = std::move(reason);
    m_next = 0;
    whenDone(m_batches.create(plan), this, [this, run = m_run](const Result<qint64> &batch) {
        if (run != m_run) {
            if (batch)
                m_batches.discard(*batch);
        } else if (!batch) {
            fail(batch.error());
        } else {
            m_batch = *batch;
            addNext();
        }
    });
}

void BatchBuilder::cancel()
{
    ++m_run;
    if (const qint64 batch = std::exchange(m_batch, 0); batch > 0)
        m_batches.discard(batch);
}

template <typename T, typename Act>
void BatchBuilder::follow(const QFuture<Result<T>> &future, Act act)
{
    whenDone(future, this, [this, run = m_run, act = std::move(act)](const Result<T> &result) {
        if (run != m_run)
            return;
        if (!result)
            fail(result.error());
        else
            act(result);
    });
}

void BatchBuilder::addNext()
{
    QElapsedTimer step;
    step.start();
    QList<BatchRowInput> rows;
    while (m_next < m_sheet.rowCount() && rows.size() < RowsAtOnce && step.elapsed() < LongestStep)
        rows.append(inputFor(m_next++));
    follow(m_batches.addRows(m_batch, rows), [this](const Result<void> &) {
        emit progressed(m_next, m_sheet.rowCount());
        if (m_next < m_sheet.rowCount())
            addNext();
        else
            complete();
    });
}

BatchRowInput BatchBuilder::inputFor(qsizetype row) const
{
    BatchRowInput input{row + 1, m_sheet.cells(row), excludedWord(m_verdicts.verdict(row)), {}};
    if (!input.excluded.isEmpty())
        input.reason = m_reason(row);
    return input;
}

void BatchBuilder::complete()
{
    follow(m_batches.setState(m_batch, BatchState::Paused), [this](const Result<void> &) {
        follow(m_batches.batch(m_batch), [this](const Result<std::optional<BatchRecord>> &record) {
            m_batch = 0; // it is the receiver's now
            if (*record)
                emit built(**record);
            else
                fail({ErrorKind::Storage, u"the batch is gone"_s});
        });
    });
}

void BatchBuilder::fail(const Error &error)
{
    cancel();
    emit failed(error);
}

} // namespace icebreaker
