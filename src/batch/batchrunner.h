#pragma once

#include "core/apikey.h"
#include "core/batch.h"
#include "core/dispatcher.h"
#include "core/requesttemplate.h"
#include "store/batches.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <optional>

namespace icebreaker {

/// Takes one batch through the Dispatcher: keeps a few of its rows waiting there, puts
/// rows back that met a 429 or an unreachable host, and pauses where every further row
/// would fail as well. What is known about rows is in the journal alone; this object can
/// go at any moment and another one goes on.
///
/// Lives in the Dispatcher's thread.
class BatchRunner : public QObject
{
    Q_OBJECT

public:
    struct Services {
        Dispatcher &dispatcher;
        Batches &batches;
        /// The built-in inbox's address for a send; may be empty.
        std::function<QUrl(const QString &sendId)> inboxUrl;
    };

    /// @param record  taken by this process (Batches::take or create)
    /// @param base  where it goes this time; see core/endpoint.h
    BatchRunner(Services services, const BatchRecord &record, const QUrl &base, ApiKey key,
                QObject *parent = nullptr);
    /// Withdraws what waits; what is in flight is still reported to the journal.
    ~BatchRunner() override;
    Q_DISABLE_COPY_MOVE(BatchRunner)

    void run(); ///< Starts, or goes on after a pause.
    void pause();
    /// Ends it for now: what is in flight still reports, then the state is Stopped.
    void stop();
    /// One waiting row at once (at its lane's next slot), also while paused.
    void sendNow(qint64 row);
    /// Puts refused rows back and goes on. @param rows  empty: all
    void retryRefused(const QList<qint64> &rows = {});
    /// For the rows from now on; 1, 3 or 5.
    void setLimit(int limit);

    [[nodiscard]] qint64 id() const { return m_record.id; }
    [[nodiscard]] const BatchRecord &record() const { return m_record; } ///< State and pause too.
    /// Rows handed to the network whose outcome is not recorded yet.
    [[nodiscard]] qsizetype inFlight() const { return m_inFlight; }
    /// While the host cannot be reached or the lane rests after a 429: how long, from now.
    [[nodiscard]] std::optional<std::chrono::milliseconds> restLeft() const;
    [[nodiscard]] bool hostUnreachable() const { return m_hostUnreachable; }

signals:
    /// State, pause reason, rest or number in flight is different.
    void changed();
    /// No row waits and none is in flight, or it was stopped and the last one reported.
    void ended();
    /// The journal could not be read or written; the batch has paused.
    void failed(const icebreaker::Error &error);
};

} // namespace icebreaker
