#pragma once

#include "core/error.h"
#include "store/historywriter.h"
#include "store/logfilter.h"

#include <QDateTime>
#include <QList>
#include <QObject>

#include <optional>

namespace icebreaker {

class History;

/// What a deletion did.
struct ErasedHistory {
    qint64 removed = 0;
    qint64 kept = 0; ///< They may not go yet; see HistoryWriter.
    /// Nothing of it is left in the files. False as long as somebody else reads them, or
    /// where the journal is larger than is rewritten by itself: a few numbers may then still
    /// be found in the file by somebody who looks for them byte by byte.
    bool isScrubbed = false;
};

/// Deletes all sends that match a filter, in steps between which everything else goes on,
/// and then what is left of them in the files. One deletion at a time.
class HistoryEraser : public QObject
{
    Q_OBJECT

public:
    explicit HistoryEraser(History &history, QObject *parent = nullptr);

    struct Order {
        LogFilter filter;
        qint64 newest = 0; ///< No row beyond it; 0: all.
        /// Also what matches no send and came before, see HistoryWriter::removeRemains().
        std::optional<QDateTime> remainsBefore;
        qint64 largestRewritten = 0; ///< Bytes; a larger file is not rewritten.
    };
    void start(const Order &order);
    /// Stops after the step that is under way; what is gone is gone.
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

signals:
    void progressed(qint64 removed, qint64 kept);
    void finished(const icebreaker::ErasedHistory &erased);
    void failed(const icebreaker::Error &error);

private:
    void findMore();
    void removeNext();
    void removeRemains();
    void cleanUp(int attempts);
    void finish(bool isScrubbed);
    void giveUp(const Error &error);

    History &m_history;
    Order m_order;
    QList<qint64> m_rows; ///< Found, not looked at yet.
    qint64 m_before = 0;
    ErasedHistory m_erased;
    bool m_isRunning = false;
    bool m_isCancelled = false;
    bool m_isLastPage = false;
};

/// What a journal of so many bytes takes to be rewritten is hardly noticed.
inline constexpr qint64 SmallJournal = 64LL * 1024 * 1024;

/// @p filter with the moments that it means now.
[[nodiscard]] LogFilter frozen(LogFilter filter, const QDateTime &now);

} // namespace icebreaker
