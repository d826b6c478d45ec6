#include "store/lanes.h"

#include "store/fileidentity.h"

#include <QSysInfo>

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

/// Keeps any Retry-After, however silly, within 64 bits.
constexpr milliseconds LongestPause = std::chrono::hours(366 * 24);

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

/// Runs @p work on the thread while no other process can touch any lane. The clock is
/// read inside: a moment read before the wait for the lock would be too early.
template <typename Work>
auto Lanes::locked(Work work) -> QFuture<decltype(work())>
{
    return m_thread.run([this, work = std::move(work)] {
        return connect().and_then([&] { return inTransaction(m_connection, work); });
    });
}

QFuture<Result<Slot>> Lanes::take(const QString &lane, microseconds interval)
{
    return locked([this, lane, interval]() -> Result<Slot> {
        if (interval < microseconds::zero())
            return failure(ErrorKind::InvalidInput, u"negative interval"_s);
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
    return locked([this, lane] { return remaining(lane); });
}

QFuture<Result<void>> Lanes::pause(const QString &lane, milliseconds atLeast)
{
    return locked([this, lane, atLeast]() -> Result<void> {
        if (atLeast < milliseconds::zero())
            return failure(ErrorKind::InvalidInput, u"negative pause"_s);
        const microseconds span = std::min(atLeast, LongestPause);
        const auto left = remaining(lane);
        if (!left)
            return tl::unexpected(left.error());
        return *left >= span ? Result<void>() : block(lane, span);
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
        // Moving the log into the file costs fsyncs: the journal's thread does it.
        .and_then([this] { return m_connection.execute(u"PRAGMA wal_autocheckpoint = 0"_s); });
}

Result<microseconds> Lanes::remaining(const QString &lane)
{
    auto query = m_connection.run(
        u"SELECT boot, next_us, next_wall_ms, span_us FROM lane WHERE id = ?"_s, {lane});
    if (!query)
        return tl::unexpected(query.error());
    const auto found = nextRow(*query);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return microseconds::zero();
    const bool isSameBoot = !m_clock.boot.isEmpty() && query->value(0).toString() == m_clock.boot;
    const microseconds onSteady(query->value(1).toLongLong());
    const milliseconds onWall(query->value(2).toLongLong());
    const microseconds span(query->value(3).toLongLong());
    query->finish();

    const microseconds left = isSameBoot ? onSteady - m_clock.steady() : onWall - m_clock.wall();
    // A clock that was set back must not block for longer than was ever asked for.
    const microseconds bounded = std::clamp(left, microseconds::zero(), span);
    if (isSameBoot && bounded >= left)
        return bounded;
    // From here on the steady clock of this boot counts, or a wall clock that stands wrong
    // would block for the whole span at every look.
    if (bounded > microseconds::zero()) {
        if (const auto anchored = block(lane, bounded); !anchored)
            return tl::unexpected(anchored.error());
    }
    return bounded;
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
