#include "store/lanes.h"

#include "store/fileidentity.h"

#include <QSysInfo>

#include <algorithm>
#include <thread>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

/// Keeps any Retry-After, however silly, within 64 bits.
constexpr milliseconds LongestPause = std::chrono::hours(366 * 24);

/// How long others' transactions are waited for: as long as the journal does. A journal
/// that writes without a pause leaves gaps of some 50 us.
constexpr milliseconds LongestLock{3000};
constexpr milliseconds UsualLock{100};
constexpr microseconds UsualLockCheck{50};
constexpr microseconds LateLockCheck = milliseconds(5);

} // namespace

LaneClock LaneClock::system()
{
    return {
        [] {
            return duration_cast<microseconds>(std::chrono::steady_clock::now().time_since_epoch());
        },
        [] {
            return duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
        },
        QString::fromLatin1(QSysInfo::bootUniqueId()),
    };
}

Lanes::Lanes(QString folder, LaneClock clock)
    : m_file(std::move(folder))
    , m_clock(std::move(clock))
{ }

Lanes::~Lanes()
{
    m_thread.finishWith([this] { m_connection.close(); });
}

/// The clock is read inside: a moment read before the wait for the lock would be too early.
template <typename Work>
auto Lanes::locked(Work work) -> decltype(work())
{
    return connect().and_then([this] { return begin(); }).and_then([&] {
        return finishTransaction(m_connection, work);
    });
}

Result<void> Lanes::begin() const
{
    // Not SQLite's own waiting, which begins with 1, 2, 5, 10 ms: a slot would be late by
    // that much whenever the journal happens to commit.
    microseconds waited{0};
    for (;;) {
        auto begun = m_connection.execute(u"BEGIN IMMEDIATE"_s);
        if (begun || begun.error().kind != ErrorKind::StorageLocked || waited >= LongestLock)
            return begun;
        const auto pause = waited < UsualLock ? UsualLockCheck : LateLockCheck;
        std::this_thread::sleep_for(pause);
        waited += pause;
    }
}

QFuture<Result<Slot>> Lanes::take(const QString &lane, microseconds interval)
{
    return m_thread.run([=, this]() -> Result<Slot> {
        // A look takes no lock. Whatever it cannot tell, taking will.
        const auto seen = connect().and_then([&] { return look(lane); });
        if (interval >= microseconds::zero() && seen && !seen->isStale) {
            if (seen->left > ShortestWait)
                return Slot{false, seen->left};
            if (seen->left > microseconds::zero())
                m_clock.sleep(seen->left);
        }
        // If it is not free now, somebody else was quicker, or the lane rests.
        return takeIfFree(lane, interval);
    });
}

Result<Slot> Lanes::takeIfFree(const QString &lane, microseconds interval)
{
    if (interval < microseconds::zero())
        return failure(ErrorKind::InvalidInput, u"negative interval"_s);
    return locked([&]() -> Result<Slot> {
        const auto left = remaining(lane);
        if (!left)
            return tl::unexpected(left.error());
        if (*left > microseconds::zero())
            return Slot{false, *left};
        return block(lane, interval).map([] { return Slot{true, microseconds::zero()}; });
    });
}

QFuture<Result<microseconds>> Lanes::wait(const QString &lane)
{
    return m_thread.run([this, lane] { return locked([&] { return remaining(lane); }); });
}

QFuture<Result<void>> Lanes::pause(const QString &lane, milliseconds atLeast)
{
    return m_thread.run([=, this]() -> Result<void> {
        if (atLeast < milliseconds::zero())
            return failure(ErrorKind::InvalidInput, u"negative pause"_s);
        const microseconds span = std::min(atLeast, LongestPause);
        return locked([&]() -> Result<void> {
            const auto left = remaining(lane);
            if (!left)
                return tl::unexpected(left.error());
            return *left >= span ? Result<void>() : block(lane, span);
        });
    });
}

Result<void> Lanes::connect()
{
    // The journal may have been set aside and started afresh under our feet.
    const QByteArray identity = fileIdentity(m_file.path());
    if (m_connection.isOpen() && identity == m_identity)
        return {};
    m_connection.close();
    m_identity = identity;
    return m_connection.open(m_file.path())
        .and_then([this] { return m_connection.execute(u"PRAGMA synchronous = NORMAL"_s); })
        .and_then([this] { return m_connection.execute(u"PRAGMA busy_timeout = 0"_s); })
        // Moving the log into the file costs fsyncs: the journal's thread does it.
        .and_then([this] { return m_connection.execute(u"PRAGMA wal_autocheckpoint = 0"_s); });
}

Result<Lanes::Look> Lanes::look(const QString &lane) const
{
    auto query = m_connection.run(
        u"SELECT boot, next_us, next_wall_ms, span_us FROM lane WHERE id = ?"_s, {lane});
    if (!query)
        return tl::unexpected(query.error());
    const auto found = nextRow(*query);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return Look{};
    const bool isSameBoot = !m_clock.boot.isEmpty() && query->value(0).toString() == m_clock.boot;
    const microseconds onSteady(query->value(1).toLongLong());
    const milliseconds onWall(query->value(2).toLongLong());
    const microseconds span(query->value(3).toLongLong());
    query->finish();

    const microseconds left = isSameBoot ? onSteady - m_clock.steady() : onWall - m_clock.wall();
    // A clock that was set back must not block for longer than was ever asked for.
    const microseconds bounded = std::clamp(left, microseconds::zero(), span);
    return Look{bounded, !isSameBoot || bounded < left};
}

Result<microseconds> Lanes::remaining(const QString &lane)
{
    const auto seen = look(lane);
    if (!seen)
        return tl::unexpected(seen.error());
    // From here on the steady clock of this boot counts, or a wall clock that stands wrong
    // would block for the whole span at every look.
    if (seen->isStale && seen->left > microseconds::zero()) {
        if (const auto anchored = block(lane, seen->left); !anchored)
            return tl::unexpected(anchored.error());
    }
    return seen->left;
}

Result<void> Lanes::block(const QString &lane, microseconds span)
{
    const auto onSteady = m_clock.steady() + span;
    const auto onWall = std::chrono::ceil<milliseconds>(m_clock.wall() + span);
    return m_connection.execute(
        u"INSERT OR REPLACE INTO lane (id, boot, next_us, next_wall_ms, span_us)"
        " VALUES (?, ?, ?, ?, ?)"_s,
        {lane, notNull(m_clock.boot), static_cast<qlonglong>(onSteady.count()),
         static_cast<qlonglong>(onWall.count()), static_cast<qlonglong>(span.count())});
}

} // namespace icebreaker
