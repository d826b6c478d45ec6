#include "store/eventties.h"

#include "core/outcome.h"
#include "core/recipient.h"
#include "store/columnreader.h"
#include "store/eventcolumns.h"
#include "store/sqlite.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Several = -1;

/// An event that came without a path, and is not tied by hand.
struct LooseEvent {
    qint64 number = 0;
    qint64 send = 0; ///< That it is tied to; 0: none.
    EventMatch match = EventMatch::None;
    QStringList uuids;
};

void appendUuid(QStringList &uuids, const QString &uuid)
{
    if (!uuid.isEmpty() && !uuids.contains(uuid))
        uuids.append(uuid);
}

LooseEvent readLoose(const QSqlQuery &query)
{
    ColumnReader column(query);
    LooseEvent event;
    event.number = column.number();
    event.send = column.number();
    event.match = static_cast<EventMatch>(column.integer());
    appendUuid(event.uuids, column.text());
    appendUuid(event.uuids, column.text());
    return event;
}

/// Whether @p event is tied to something else than what its messages say.
bool isNews(const LooseEvent &event, const EventTies::Tie &tie)
{
    // A guess stands until something better is known.
    if (tie.match != EventMatch::MessageUuid)
        return event.match == EventMatch::MessageUuid;
    return event.match != tie.match || event.send != tie.send;
}

} // namespace

QString comparedNumber(const QString &number)
{
    QString digits = readRecipient(number).digits;
    while (digits.startsWith(u'0'))
        digits.remove(0, 1);
    return digits.size() < RecipientMinDigits ? QString() : digits;
}

std::optional<qint64> latestClaim(const StatusEvent &event, EventSource source)
{
    std::optional<qint64> latest;
    if (event.eventAt.isValid())
        latest = event.eventAt.toMSecsSinceEpoch() + ClockSlackMs;
    if (source != EventSource::Imported && event.arrivedAt.isValid()) {
        const qint64 arrived = event.arrivedAt.toMSecsSinceEpoch();
        latest = std::min(latest.value_or(arrived), arrived);
    }
    return latest;
}

EventTies::EventTies(const SqliteConnection &connection)
    : m_connection(connection)
{ }

Result<EventTies::Tie> EventTies::find(const StatusEvent &event, EventSource source) const
{
    // An address that is not ours, or not yet, is no reason to guess.
    if (!event.sendId.isEmpty())
        return byPath(event.sendId);
    return byUuid(uuidsOf(event)).and_then([&](const Tie &tie) -> Result<Tie> {
        if (tie.send == Several) // contradictory: not even a guess
            return Tie();
        return tie.send != 0 ? Result<Tie>(tie) : byNumber(event, source);
    });
}

QStringList EventTies::uuidsOf(const StatusEvent &event)
{
    QStringList uuids;
    appendUuid(uuids, event.messageUuid);
    appendUuid(uuids, event.internalMessageUuid);
    return uuids;
}

Result<EventTies::Tie> EventTies::byPath(const QString &sendId) const
{
    return m_connection.value(u"SELECT id FROM send WHERE send_id = ?"_s, {sendId})
        .map([&](const QVariant &send) {
            return send.isNull() ? Tie() : Tie{EventMatch::Path, send.toLongLong(), sendId};
        });
}

Result<EventTies::Tie> EventTies::byUuid(const QStringList &uuids) const
{
    if (uuids.isEmpty())
        return Tie();
    auto query = m_connection.run(u"SELECT DISTINCT s.id, s.send_id FROM message m"
                                  " JOIN send s ON s.id = m.send WHERE m.uuid IN (?, ?) LIMIT 2"_s,
                                  {uuids.first(), uuids.last()});
    if (!query)
        return tl::unexpected(query.error());
    Tie tie;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query)) {
        if (tie.send != 0)
            return Tie{EventMatch::None, Several, {}};
        tie = {EventMatch::MessageUuid, query->value(0).toLongLong(), query->value(1).toString()};
    }
    return more.map([&tie](bool) { return tie; });
}

Result<EventTies::Tie> EventTies::byNumber(const StatusEvent &event, EventSource source) const
{
    const QString number = comparedNumber(event.to);
    const auto latest = latestClaim(event, source);
    if (number.isEmpty() || !latest)
        return Tie();
    auto query =
        m_connection.run(u"SELECT id, send_id FROM send WHERE "_s + numberExpression()
                             + " = ? AND claimed_at BETWEEN ? AND ?"
                               " AND (outcome IS NULL OR outcome IN (?, ?)) LIMIT 2"_L1,
                         {number, *latest - GuessWindowMs, *latest,
                          static_cast<int>(Outcome::Accepted), static_cast<int>(Outcome::Unknown)});
    if (!query)
        return tl::unexpected(query.error());
    Tie tie;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query)) {
        if (tie.send != 0)
            return Tie(); // which of them, nobody can tell
        tie = {EventMatch::NumberAndTime, query->value(0).toLongLong(), query->value(1).toString()};
    }
    return more.map([&tie](bool) { return tie; });
}

Result<QSet<qint64>> EventTies::teach(const QStringList &uuids, qint64 send) const
{
    QSet<qint64> affected;
    for (const QString &uuid : uuids) {
        const auto noted = m_connection.run(
            u"INSERT OR IGNORE INTO message (uuid, send) VALUES (?, ?)"_s, {uuid, send});
        if (!noted)
            return tl::unexpected(noted.error());
        if (noted->numRowsAffected() == 0)
            continue; // known: the events follow from it already
        const auto tied = tieAgain(uuid);
        if (!tied)
            return tl::unexpected(tied.error());
        affected.unite(*tied);
    }
    return affected;
}

Result<QSet<qint64>> EventTies::forget(const QStringList &uuids, qint64 send) const
{
    QSet<qint64> affected;
    for (const QString &uuid : uuids) {
        auto done = m_connection.execute(
            u"DELETE FROM message WHERE uuid = ? AND send = ? AND NOT EXISTS (SELECT 1 FROM event"
            " WHERE send_id = (SELECT send_id FROM send WHERE id = ?) AND tied_by IN (?, ?)"
            " AND (message_uuid = ? OR internal_uuid = ?))"_s,
            {uuid, send, send, static_cast<int>(EventMatch::Path),
             static_cast<int>(EventMatch::ByHand), uuid, uuid});
        if (!done)
            return tl::unexpected(done.error());
        const auto tied = tieAgain(uuid);
        if (!tied)
            return tl::unexpected(tied.error());
        affected.unite(*tied);
    }
    return affected;
}

Result<QSet<qint64>> EventTies::tieAgain(const QString &uuid) const
{
    const auto select =
        u"SELECT e.id, ifnull((SELECT s.id FROM send s WHERE s.send_id = e.send_id), 0),"
        " e.tied_by, e.message_uuid, e.internal_uuid FROM event e"
        " WHERE e.path_id = '' AND e.tied_by <> %1 AND "_s.arg(
            static_cast<int>(EventMatch::ByHand));
    const auto loose = collectRows(m_connection.run(select + "e.message_uuid = ? UNION "_L1 + select
                                                        + "e.internal_uuid = ?"_L1,
                                                    {uuid, uuid}),
                                   readLoose);
    if (!loose)
        return tl::unexpected(loose.error());
    QSet<qint64> affected;
    for (const LooseEvent &event : *loose) {
        const auto tie = byUuid(event.uuids);
        if (!tie)
            return tl::unexpected(tie.error());
        if (!isNews(event, *tie))
            continue;
        if (const auto moved = move(event.number, *tie); !moved)
            return tl::unexpected(moved.error());
        affected.insert(event.send);
        affected.insert(tie->send);
    }
    affected -= {0, Several};
    return affected;
}

Result<void> EventTies::move(qint64 event, const Tie &tie) const
{
    return m_connection.execute(u"UPDATE event SET send_id = ?, tied_by = ? WHERE id = ?"_s,
                                {notNull(tie.sendId), static_cast<int>(tie.match), event});
}

} // namespace icebreaker
