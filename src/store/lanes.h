#pragma once

#include "core/error.h"
#include "core/pace.h"
#include "store/journalfile.h"
#include "store/sqlite.h"
#include "store/worker.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

#include <chrono>
#include <functional>
#include <thread>

namespace icebreaker {

/// The two clocks that a pace needs. Both may be called from any thread.
struct LaneClock {
    /// Since some fixed moment of this boot, the same in every process, never set back.
    std::function<std::chrono::microseconds()> steady;
    /// Since 1970; people and time servers may set it.
    std::function<std::chrono::milliseconds()> wall;
    /// Names the boot that `steady` counts from; empty if the system does not tell.
    QString boot;
    /// Blocks its thread for at least so long.
    std::function<void(std::chrono::microseconds)> sleep = [](std::chrono::microseconds time) {
        std::this_thread::sleep_for(time);
    };

    /// std::chrono's clocks. steady_clock is CLOCK_MONOTONIC on Linux, one per boot.
    [[nodiscard]] static LaneClock system();
};

/// The pace that all processes on one data folder share: when a lane (see laneId()) may
/// start its next send. Kept in the journal's file, which Journal::open() must have
/// created. Commits are not forced to the disk (synchronous=NORMAL), because that would
/// delay the start: after a power cut the slots of the last moments may be forgotten, and
/// by then they are long over.
///
/// Calls run one after another on one thread with a connection of its own. They fail with
/// the Storage... kinds, and with InvalidInput for a negative duration.
class Lanes
{
public:
    /// Whoever is told to wait waits at least so long; what is less, take() waits itself.
    static constexpr std::chrono::microseconds ShortestWait = std::chrono::milliseconds(2);

    explicit Lanes(QString folder, LaneClock clock = LaneClock::system());
    /// Waits for the calls under way.
    ~Lanes();
    Q_DISABLE_COPY_MOVE(Lanes)

    /// Takes the lane's slot if it is free, and blocks the lane for @p interval from then
    /// on; otherwise says how long it is still blocked. The caller must start at once:
    /// two slots are never taken closer together than the first one's interval.
    ///
    /// A slot that is free within ShortestWait is waited for here, asleep and without any
    /// lock: timers of event loops tick in milliseconds and would miss it by one.
    [[nodiscard]] QFuture<Result<Slot>> take(const QString &lane,
                                             std::chrono::microseconds interval);

    /// How long the lane is still blocked; 0 if its slot is free.
    [[nodiscard]] QFuture<Result<std::chrono::microseconds>> wait(const QString &lane);

    /// Blocks the lane for @p atLeast from now on, after a 429. Never shortens what blocks
    /// it already. Anything above a year counts as a year.
    QFuture<Result<void>> pause(const QString &lane, std::chrono::milliseconds atLeast);

private:
    /// Runs @p work while no other process can touch any lane.
    template <typename Work>
    [[nodiscard]] auto locked(Work work) -> decltype(work());
    [[nodiscard]] Result<void> connect();
    /// Waits for other processes' transactions, in smaller steps than SQLite would.
    [[nodiscard]] Result<void> begin() const;
    [[nodiscard]] Result<Slot> takeIfFree(const QString &lane, std::chrono::microseconds interval);
    /// What the lane's row says. `isStale`: by a clock that may stand wrong.
    struct Look {
        std::chrono::microseconds left{0};
        bool isStale = false;
    };
    [[nodiscard]] Result<Look> look(const QString &lane) const;
    [[nodiscard]] Result<std::chrono::microseconds> remaining(const QString &lane);
    [[nodiscard]] Result<void> block(const QString &lane, std::chrono::microseconds span);

    JournalFile m_file;
    LaneClock m_clock;
    // Used on the thread only:
    SqliteConnection m_connection;
    QByteArray m_identity; ///< Of the file that is open.
    Worker m_thread;
};

} // namespace icebreaker
