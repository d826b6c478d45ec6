#include "store/journalwalk.h"

#include "core/whendone.h"
#include "store/journal.h"

#include <QPromise>

#include <algorithm>
#include <memory>

namespace icebreaker {

namespace {

/// One query's worth: large enough that the number of round trips does not matter.
constexpr qsizetype PageSize = 500;

/// One walk; keeps itself alive through the functions that wait for the journal.
class JournalWalk : public std::enable_shared_from_this<JournalWalk>
{
public:
    JournalWalk(Journal &journal, LogFilter filter, QDateTime since, qsizetype most)
        : m_journal(journal)
        , m_filter(std::move(filter))
        , m_since(std::move(since))
        , m_most(most)
    { }

    QFuture<Result<QList<SendRecord>>> start()
    {
        m_promise.start();
        step(0);
        return m_promise.future();
    }

private:
    void step(qint64 before)
    {
        const int limit = static_cast<int>(std::min(PageSize, m_most - m_found.size()));
        whenDone(m_journal.rows(m_filter, before, limit), &m_journal,
                 [self = shared_from_this(), limit](const Result<QList<qint64>> &rows) {
                     if (!rows)
                         self->finish(tl::unexpected(rows.error()));
                     else if (rows->isEmpty())
                         self->finish(self->m_found);
                     else
                         self->read(*rows, rows->size() < limit);
                 });
    }

    void read(const QList<qint64> &rows, bool isLast)
    {
        whenDone(m_journal.records(rows), &m_journal,
                 [self = shared_from_this(), isLast,
                  oldest = rows.last()](const Result<QList<SendRecord>> &records) {
                     if (!records) {
                         self->finish(tl::unexpected(records.error()));
                         return;
                     }
                     if (self->take(*records) && !isLast && self->m_found.size() < self->m_most)
                         self->step(oldest);
                     else
                         self->finish(self->m_found);
                 });
    }

    /// @return whether there may be more
    bool take(const QList<SendRecord> &records)
    {
        const auto end = std::find_if(records.begin(), records.end(), [this](const auto &record) {
            return record.claim.claimedAt < m_since;
        });
        std::copy(records.begin(), end, std::back_inserter(m_found));
        return end == records.end();
    }

    void finish(const Result<QList<SendRecord>> &result)
    {
        m_promise.addResult(result);
        m_promise.finish();
    }

    Journal &m_journal;
    LogFilter m_filter;
    QDateTime m_since;
    qsizetype m_most;
    QList<SendRecord> m_found;
    QPromise<Result<QList<SendRecord>>> m_promise;
};

} // namespace

QFuture<Result<QList<SendRecord>>> newestSends(Journal &journal, const LogFilter &filter,
                                               const QDateTime &since, qsizetype most)
{
    return std::make_shared<JournalWalk>(journal, filter, since, most)->start();
}

} // namespace icebreaker
