#include "store/journalwriter.h"

#include "store/batchcolumns.h"
#include "store/connectionkeeping.h"
#include "store/eventcolumns.h"
#include "store/fileidentity.h"
#include "store/rowmapping.h"
#include "store/schema.h"

#include <QFileInfo>
#include <QLockFile>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Up to here a whole check of the file costs a few milliseconds; in a larger one damage
/// is found when its page is read.
constexpr qint64 LargestCheckedFile = 4'194'304;

/// How long another process may take to open the same journal.
constexpr int OpenTimeoutMs = 3000;

Result<void> checkIntegrity(const SqliteConnection &connection, const QString &path)
{
    // A table or column that is missing would be an SQL error like any other.
    for (const auto &probe :
         {"SELECT "_L1 + summaryColumns() + " FROM send s LIMIT 0"_L1,
          "SELECT path_id, "_L1 + eventColumns() + " FROM event LIMIT 0"_L1,
          u"SELECT uuid, send FROM message LIMIT 0"_s,
          u"SELECT unmatched, version FROM event_count LIMIT 0"_s,
          u"SELECT id, kept FROM conversation LIMIT 0"_s, u"SELECT body FROM request LIMIT 0"_s,
          u"SELECT id, kept FROM connection LIMIT 0"_s,
          u"SELECT id, kept FROM connection_facts LIMIT 0"_s,
          u"SELECT version FROM purge LIMIT 0"_s,
          u"SELECT identity, last_row, last_change, deletions, scrub FROM history LIMIT 0"_s,
          u"SELECT headers, body FROM answer LIMIT 0"_s,
          u"SELECT id, boot, next_us, next_wall_ms, span_us FROM lane LIMIT 0"_s,
          "SELECT change, "_L1 + batchColumns() + " FROM batch LIMIT 0"_L1,
          "SELECT last_send, "_L1 + batchRowColumns() + " FROM batch_row b LIMIT 0"_L1,
          "SELECT "_L1 + countColumns() + " FROM batch_count LIMIT 0"_L1}) {
        auto found = connection.execute(probe);
        if (!found && found.error().kind == ErrorKind::Storage)
            return failure(ErrorKind::StorageCorrupt, found.error().detail);
        if (!found)
            return found;
    }
    if (QFileInfo(path).size() > LargestCheckedFile)
        return {};
    const auto verdict = connection.value(u"PRAGMA quick_check(1)"_s);
    if (!verdict)
        return tl::unexpected(verdict.error());
    if (verdict->toString() != "ok"_L1)
        return failure(ErrorKind::StorageCorrupt, verdict->toString());
    return {};
}

/// Takes @p lock, also from a process that died with it.
Result<void> take(QLockFile &lock)
{
    lock.setStaleLockTime(0);
    if (lock.tryLock(OpenTimeoutMs))
        return {};
    if (lock.error() != QLockFile::LockFailedError)
        return failure(ErrorKind::StorageReadOnly, u"lock file cannot be created"_s);
    if (lock.removeStaleLockFile() && lock.tryLock(0))
        return {};
    return failure(ErrorKind::StorageLocked, u"another process is opening the journal"_s);
}

} // namespace

JournalWriter::JournalWriter(const QString &folder, JournalState &state)
    : m_folder(folder)
    , m_file(folder)
    , m_state(state)
    , m_owner(folder)
    , m_batches(m_connection, m_owner)
    , m_deliveries(m_connection, m_batches)
    , m_history(m_connection, m_deliveries)
{ }

void JournalWriter::note(const Error &error)
{
    if (error.kind != ErrorKind::StorageCorrupt)
        return;
    m_state.damaged = true;
    m_file.markDamaged();
}

Result<void> JournalWriter::begin()
{
    auto begun =
        checkWritable().and_then([this] { return m_connection.execute(u"BEGIN IMMEDIATE"_s); });
    if (!begun)
        note(begun.error());
    return begun;
}

JournalWriter::Step JournalWriter::step(const std::function<Result<void>()> &work)
{
    auto done = m_connection.execute(u"SAVEPOINT step"_s).and_then(work).and_then([this] {
        return m_connection.execute(u"RELEASE step"_s);
    });
    if (done)
        return {};
    note(done.error());
    // After some errors (disk full) SQLite has rolled back everything: then this fails.
    const auto undone = m_connection.execute(u"ROLLBACK TO step"_s).and_then([this] {
        return m_connection.execute(u"RELEASE step"_s);
    });
    return {done, undone.has_value()};
}

Result<void> JournalWriter::commit()
{
    auto committed = m_connection.execute(u"COMMIT"_s);
    if (!committed) {
        note(committed.error());
        rollBack();
    }
    return committed;
}

void JournalWriter::rollBack()
{
    (void)m_connection.execute(u"ROLLBACK"_s); // fails if SQLite has done it already
}

Result<OpenReport> JournalWriter::open()
{
    if (checkWritable() && !m_state.damaged)
        return recoverAlone().map([](int recovered) {
            return OpenReport{std::nullopt, recovered};
        });

    close();
    if (const auto prepared = m_file.prepare(); !prepared)
        return tl::unexpected(prepared.error());
    // One process at a time: two that both found damage would rename each other's file.
    QLockFile opening(m_folder + "/journal.opening"_L1);
    auto report = take(opening).and_then([this] { return m_owner.acquire(); }).and_then([this] {
        return openAlone();
    });
    if (!report)
        close();
    return report;
}

Result<OpenReport> JournalWriter::openAlone()
{
    OpenReport report;
    auto connected = m_file.isMarkedDamaged()
        ? failure(ErrorKind::StorageCorrupt, u"damage was found earlier"_s)
        : connect();
    if (!connected && connected.error().kind == ErrorKind::StorageCorrupt) {
        m_connection.close();
        // What others have open must not be renamed: they would go on writing to it.
        if (m_owner.othersLive())
            return tl::unexpected(connected.error());
        auto aside = m_file.setDamagedAside();
        if (!aside)
            return tl::unexpected(aside.error());
        report.setAside = std::move(*aside);
        connected = connect();
    }
    if (!connected)
        return tl::unexpected(connected.error());

    m_identity = fileIdentity(m_file.path());
    if (const auto adopted = adoptBatches(); !adopted)
        return tl::unexpected(adopted.error());
    const auto recovered = recoverAlone();
    if (!recovered)
        return tl::unexpected(recovered.error());
    report.recovered = *recovered;
    const auto change = nextChange(m_connection);
    if (!change)
        return tl::unexpected(change.error());
    const auto unmatched = m_connection.value(u"SELECT version FROM event_count"_s);
    if (!unmatched)
        return tl::unexpected(unmatched.error());
    const auto deletions = m_connection.value(u"SELECT deletions FROM history"_s);
    if (!deletions)
        return tl::unexpected(deletions.error());
    m_state.openedAtChange = *change - 1;
    m_state.openedAtUnmatched = unmatched->toLongLong();
    m_state.openedAtDeletions = deletions->toLongLong();
    m_state.damaged = false;
    m_state.setOwnerId(m_owner.id());
    ++m_state.generation;
    return report;
}

Result<void> JournalWriter::connect()
{
    return m_file.prepare()
        .and_then([this] { return m_file.checkHeader(); })
        .and_then([this] { return m_connection.open(m_file.path()); })
        // Before WAL, which changes the file: it may be a newer program's.
        .and_then([this] { return checkedVersion(m_connection); })
        .and_then([this](int) { return m_connection.value(u"PRAGMA journal_mode = WAL"_s); })
        .and_then([](const QVariant &mode) -> Result<void> {
            if (mode.toString() != "wal"_L1)
                return failure(ErrorKind::Storage, u"no write-ahead log on this file system"_s);
            return {};
        })
        .and_then([this] { return m_connection.execute(u"PRAGMA synchronous = FULL"_s); })
        // Only macOS knows it: there, a plain fsync may stop in the disk's cache.
        .and_then([this] { return m_connection.execute(u"PRAGMA fullfsync = ON"_s); })
        // What is deleted is overwritten.
        .and_then([this] { return m_connection.execute(u"PRAGMA secure_delete = ON"_s); })
        .and_then([this] { return migrate(m_connection); })
        // SQLite opens a read-only file without complaint until something is written.
        .and_then([this] {
            return m_connection.execute(u"UPDATE send SET change = change WHERE id = 0"_s);
        })
        .and_then([this] { return checkIntegrity(m_connection, m_file.path()); });
}

Result<void> JournalWriter::adoptBatches()
{
    auto adopted = m_batchOwner.isEmpty() ? Result<void>() : m_batches.adopt(m_batchOwner);
    if (adopted)
        m_batchOwner = m_owner.id();
    return adopted;
}

void JournalWriter::close()
{
    m_connection.close();
    m_owner.release();
    m_state.setOwnerId({});
    m_identity.clear();
}

Result<void> JournalWriter::checkWritable() const
{
    if (!m_connection.isOpen())
        return failure(ErrorKind::Storage, u"journal is not open"_s);
    // SQLite would go on writing to a deleted file, and nobody would ever find the rows.
    if (fileIdentity(m_file.path()) != m_identity)
        return failure(ErrorKind::Storage, u"journal file was moved or deleted"_s);
    return {};
}

Result<qint64> JournalWriter::claim(const Claim &claim)
{
    if (m_state.damaged)
        return failure(ErrorKind::StorageCorrupt, u"damage was found earlier"_s);
    if (claim.sendId.isEmpty())
        return failure(ErrorKind::InvalidInput, u"claim without id"_s);
    auto change = nextChange(m_connection);
    if (!change)
        return change;
    const auto [sql, values] = insertClaim(claim, m_owner.id(), *change);
    const auto inserted = m_connection.run(sql, values);
    if (!inserted)
        return tl::unexpected(inserted.error());
    const qint64 row = inserted->lastInsertId().toLongLong();
    return m_connection
        .execute(u"INSERT INTO request (id, body) VALUES (?, ?)"_s, {row, notNull(claim.body)})
        .and_then([&] {
            return claim.batchRow ? m_batches.claimRow(*claim.batchRow, row) : Result<void>();
        })
        .map([row] { return row; });
}

Result<void> JournalWriter::settle(const QString &sendId, const SendReport &report,
                                   const QString &note)
{
    const auto change = nextChange(m_connection);
    if (!change)
        return tl::unexpected(change.error());
    const auto [sql, values] =
        updateSettled(sendId, report, note, QDateTime::currentDateTimeUtc(), *change);
    const auto updated = m_connection.run(sql, values);
    if (!updated)
        return tl::unexpected(updated.error());
    if (updated->numRowsAffected() != 1)
        return failure(ErrorKind::InvalidInput, u"no claim in flight has this id"_s);
    return m_connection
        .execute(u"INSERT OR REPLACE INTO answer (id, headers, body)"
                 " SELECT id, ?, ? FROM send WHERE send_id = ?"_s,
                 {toBytes(report.answer.headers), notNull(report.answer.body), sendId})
        .and_then([&] { return keepConnection(m_connection, sendId, report.answer.connection); })
        .and_then([&] { return m_batches.settleRow(sendId, report.outcome); });
}

Result<bool> JournalWriter::scrub(qint64 largestFile)
{
    auto clean = checkWritable().and_then(
        [&] { return m_history.scrub(QFileInfo(m_file.path()).size() <= largestFile); });
    if (!clean)
        note(clean.error());
    return clean;
}

Result<int> JournalWriter::recoverAlone()
{
    auto recovered = checkWritable().and_then(
        [this] { return inTransaction(m_connection, [this] { return recover(); }); });
    if (!recovered)
        note(recovered.error());
    return recovered;
}

Result<int> JournalWriter::recover()
{
    const auto owners = deadOwners();
    if (!owners)
        return tl::unexpected(owners.error());
    const auto change = nextChange(m_connection);
    if (!change)
        return tl::unexpected(change.error());
    int recovered = 0;
    for (const QString &owner : *owners) {
        auto settled = settleClaimsOf(owner, *change);
        if (!settled)
            return settled;
        recovered += *settled;
    }
    return m_batches.sweep()
        .and_then([this] { return m_batches.endDeliveries(); })
        .map([recovered] { return recovered; });
}

Result<QStringList> JournalWriter::deadOwners() const
{
    auto query = m_connection.run(u"SELECT DISTINCT owner FROM send WHERE outcome IS NULL"_s);
    if (!query)
        return tl::unexpected(query.error());
    QStringList dead;
    auto more = nextRow(*query);
    for (; more && *more; more = nextRow(*query)) {
        const QString owner = query->value(0).toString();
        if (m_owner.isDead(owner))
            dead.append(owner);
    }
    return more.map([&dead](bool) { return dead; });
}

Result<int> JournalWriter::settleClaimsOf(const QString &owner, qint64 change) const
{
    if (const auto moved = m_batches.settleRowsOf(owner); !moved)
        return tl::unexpected(moved.error());
    return m_connection
        .run(u"UPDATE send SET outcome = ?, note = 'crashed', settled_at = ?, change = ?"
             " WHERE outcome IS NULL AND owner = ?"_s,
             {static_cast<int>(Outcome::Unknown),
              QDateTime::currentDateTimeUtc().toMSecsSinceEpoch(), change, owner})
        .map([](const QSqlQuery &query) { return query.numRowsAffected(); });
}

} // namespace icebreaker
