#include "store/searchindexer.h"

#include "store/fileidentity.h"
#include "store/files.h"
#include "store/filtersql.h"
#include "store/journalfile.h"
#include "store/searchdocument.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Some 50 ms of work.
constexpr int SendsPerStep = 250;

struct ChangedSend {
    qint64 row = 0;
    qint64 change = 0;
};

Result<void> executeAll(const SqliteConnection &connection, const QStringList &statements)
{
    for (const QString &sql : statements) {
        if (auto done = connection.execute(sql); !done)
            return done;
    }
    return {};
}

Result<void> createFile(const QString &path)
{
    QFile file(path);
    if (!file.exists()
        && !file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                      QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && !file.exists())
        return failure(ErrorKind::StorageReadOnly, file.errorString());
    return {};
}

} // namespace

namespace searchindex {

QString path(const QString &folder)
{
    return folder + "/search.sqlite"_L1;
}

QString table(qint64 shard)
{
    return u"words_%1"_s.arg(shard);
}

qint64 shardOf(qint64 row)
{
    return row / SearchStep;
}

} // namespace searchindex

using searchindex::shardOf;

SearchIndexer::SearchIndexer(const QString &folder)
    : m_journalPath(JournalFile(folder).path())
    , m_path(searchindex::path(folder))
{ }

void SearchIndexer::close()
{
    m_journal.close();
    m_index.close();
    m_journalIdentity.clear();
    m_indexIdentity.clear();
}

Result<void> SearchIndexer::open()
{
    return openJournal().and_then([this] { return openIndex(); });
}

Result<void> SearchIndexer::openJournal()
{
    // It may have been set aside and started afresh.
    const QByteArray identity = fileIdentity(m_journalPath);
    if (m_journal.isOpen() && identity == m_journalIdentity)
        return {};
    close();
    m_journalIdentity = identity;
    return m_journal.open(m_journalPath).and_then([this] {
        return m_journal.execute(u"PRAGMA query_only = ON"_s);
    });
}

Result<void> SearchIndexer::openIndex()
{
    if (m_index.isOpen() && fileIdentity(m_path) == m_indexIdentity)
        return {};
    m_index.close();
    return createFile(m_path)
        .and_then([this] { return m_index.open(m_path); })
        .and_then([this] {
            m_indexIdentity = fileIdentity(m_path);
            return executeAll(m_index,
                              {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = NORMAL"_s,
                               u"PRAGMA secure_delete = ON"_s});
        })
        .and_then([this] { return create(); });
}

Result<void> SearchIndexer::create()
{
    const auto identity = m_journal.value(u"SELECT identity FROM history"_s);
    if (!identity)
        return tl::unexpected(identity.error());
    return inTransaction(m_index, [&]() -> Result<void> {
        const auto version = m_index.value(u"PRAGMA user_version"_s);
        if (!version)
            return tl::unexpected(version.error());
        if (version->toInt() == searchindex::Version) {
            const auto known = m_index.value(u"SELECT journal FROM meta"_s);
            if (known && *known == *identity)
                return {};
        }
        return dropOld().and_then([&] { return fill(*identity); });
    });
}

/// Of whatever version it was.
Result<void> SearchIndexer::dropOld()
{
    const auto old = collectRows(m_index.run(u"SELECT name FROM sqlite_schema WHERE type = 'table'"
                                             " AND (sql LIKE 'CREATE VIRTUAL%' OR name IN"
                                             " ('meta', 'todo', 'shard'))"_s),
                                 [](const QSqlQuery &query) { return query.value(0).toString(); });
    if (!old)
        return tl::unexpected(old.error());
    for (const QString &name : *old) {
        if (auto dropped = m_index.execute(u"DROP TABLE %1"_s.arg(name)); !dropped)
            return dropped;
    }
    return {};
}

/// With empty tables for the journal of @p identity.
Result<void> SearchIndexer::fill(const QVariant &identity)
{
    auto made =
        executeAll(m_index,
                   {u"CREATE TABLE meta (id INTEGER PRIMARY KEY, journal BLOB NOT NULL,"
                    " change INTEGER NOT NULL, row INTEGER NOT NULL)"_s,
                    u"CREATE TABLE todo (shard INTEGER PRIMARY KEY, next INTEGER NOT NULL)"_s,
                    u"CREATE TABLE shard (id INTEGER PRIMARY KEY, purged INTEGER NOT NULL)"_s,
                    u"PRAGMA user_version = %1"_s.arg(searchindex::Version)});
    if (!made)
        return made;
    // All that is there is still to do; whatever comes or changes has a higher number.
    const auto newest = m_journal.value(u"SELECT ifnull(max(id), 0) FROM send"_s);
    const auto change = m_journal.value(u"SELECT ifnull(max(change), 0) FROM send"_s);
    if (!newest || !change)
        return tl::unexpected(newest ? change.error() : newest.error());
    return m_index
        .execute(u"INSERT INTO meta VALUES (1, ?, ?, ?)"_s,
                 {identity, *change, newest->toLongLong()})
        .and_then([&] {
            return m_index.execute(
                u"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                " INSERT INTO todo SELECT i, i * ? FROM n"_s,
                {shardOf(newest->toLongLong()), SearchStep});
        });
}

Error SearchIndexer::noted(const Error &error)
{
    if (error.kind == ErrorKind::StorageCorrupt && m_journal.isOpen()
        && m_journal.value(u"SELECT 1 FROM history"_s)) {
        close();
        for (const auto suffix : {""_L1, "-wal"_L1, "-shm"_L1})
            QFile::remove(m_path + suffix);
    }
    return error;
}

Result<SearchIndexer::Progress> SearchIndexer::step(const std::function<bool()> &isCancelled)
{
    auto done = open().and_then([&] {
        return inTransaction(m_index, [&] {
            // One look at the journal: what is deleted meanwhile is purged the next time.
            auto read = m_journal.execute(u"BEGIN"_s).and_then([&] {
                return stepInTransaction(isCancelled);
            });
            (void)m_journal.execute(u"COMMIT"_s);
            return read;
        });
    });
    return done ? done : tl::unexpected(noted(done.error()));
}

Result<SearchIndexer::Progress>
SearchIndexer::stepInTransaction(const std::function<bool()> &isCancelled)
{
    if (auto dropped = dropPurged(); !dropped)
        return tl::unexpected(dropped.error());
    const auto changed = addChanged(isCancelled);
    if (!changed)
        return tl::unexpected(changed.error());
    if (*changed > 0)
        return Progress::More;
    return addMissing(isCancelled).map([](int added) {
        return added > 0 ? Progress::More : Progress::Done;
    });
}

Result<void> SearchIndexer::purge()
{
    auto done =
        open()
            .and_then([this] {
                return inTransaction(m_index, [this] {
                    auto read =
                        m_journal.execute(u"BEGIN"_s).and_then([this] { return dropPurged(); });
                    (void)m_journal.execute(u"COMMIT"_s);
                    return read;
                });
            })
            .and_then([this]() -> Result<void> {
                const auto busy = m_index.value(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
                if (!busy)
                    return tl::unexpected(busy.error());
                if (busy->toInt() != 0)
                    return failure(ErrorKind::StorageLocked, u"index is being read"_s);
                return {};
            });
    return done ? done : tl::unexpected(noted(done.error()));
}

Result<void> SearchIndexer::dropPurged()
{
    struct Purge {
        qint64 shard = 0;
        qint64 version = 0;
    };
    const auto wanted = collectRows(
        m_journal.run(u"SELECT shard, version FROM purge"_s), [](const QSqlQuery &query) {
            return Purge{query.value(0).toLongLong(), query.value(1).toLongLong()};
        });
    if (!wanted)
        return tl::unexpected(wanted.error());
    for (const Purge &purge : *wanted) {
        const auto done = m_index.value(u"SELECT purged FROM shard WHERE id = ?"_s, {purge.shard});
        if (!done)
            return tl::unexpected(done.error());
        if (done->isNull() || done->toLongLong() >= purge.version)
            continue;
        auto dropped =
            m_index.execute(u"DROP TABLE %1"_s.arg(searchindex::table(purge.shard)))
                .and_then([&] {
                    return m_index.execute(u"DELETE FROM shard WHERE id = ?"_s, {purge.shard});
                })
                .and_then([&] {
                    return m_index.execute(u"INSERT OR REPLACE INTO todo VALUES (?, ?)"_s,
                                           {purge.shard, purge.shard * SearchStep});
                });
        if (!dropped)
            return dropped;
    }
    return {};
}

Result<int> SearchIndexer::addChanged(const std::function<bool()> &isCancelled)
{
    const auto changed =
        collectRows(m_index.run(u"SELECT change, row FROM meta"_s), [](const QSqlQuery &query) {
            return ChangedSend{query.value(1).toLongLong(), query.value(0).toLongLong()};
        });
    if (!changed || changed->isEmpty())
        return changed ? failure(ErrorKind::StorageCorrupt, u"index without state"_s)
                       : tl::unexpected(changed.error());
    const auto sends = collectRows(
        m_journal.run(u"SELECT id, change FROM send WHERE (change, id) > (?, ?)"
                      " ORDER BY change, id LIMIT ?"_s,
                      {changed->front().change, changed->front().row, SendsPerStep}),
        [](const QSqlQuery &query) {
            return ChangedSend{query.value(0).toLongLong(), query.value(1).toLongLong()};
        });
    if (!sends || sends->isEmpty())
        return sends.map([](const auto &) { return 0; });
    for (const ChangedSend &send : *sends) {
        if (isCancelled())
            return failure(ErrorKind::Storage, u"cancelled"_s);
        if (auto added = add(send.row); !added)
            return tl::unexpected(added.error());
    }
    return m_index
        .execute(u"UPDATE meta SET change = ?, row = ?"_s,
                 {sends->last().change, sends->last().row})
        .map([&sends] { return static_cast<int>(sends->size()); });
}

Result<int> SearchIndexer::addMissing(const std::function<bool()> &isCancelled)
{
    auto query = m_index.run(u"SELECT shard, next FROM todo ORDER BY shard DESC LIMIT 1"_s);
    if (!query)
        return tl::unexpected(query.error());
    const auto found = nextRow(*query);
    if (!found || !*found)
        return found.map([](bool) { return 0; });
    const qint64 shard = query->value(0).toLongLong();
    const qint64 next = query->value(1).toLongLong();
    query->finish();
    const auto rows = collectRows(
        m_journal.run(u"SELECT id FROM send WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"_s,
                      {next, (shard + 1) * SearchStep, SendsPerStep}),
        [](const QSqlQuery &each) { return each.value(0).toLongLong(); });
    if (!rows)
        return tl::unexpected(rows.error());
    for (const qint64 row : *rows) {
        if (isCancelled())
            return failure(ErrorKind::Storage, u"cancelled"_s);
        if (auto added = add(row); !added)
            return tl::unexpected(added.error());
    }
    auto noted = rows->size() < SendsPerStep
        ? m_index.execute(u"DELETE FROM todo WHERE shard = ?"_s, {shard})
        : m_index.execute(u"UPDATE todo SET next = ? WHERE shard = ?"_s, {rows->last() + 1, shard});
    return noted.map([] { return 1; });
}

Result<void> SearchIndexer::add(qint64 row)
{
    const auto document = searchDocument(m_journal, row);
    if (!document || document->isEmpty())
        return document.map([](const QString &) {});
    const qint64 shard = shardOf(row);
    return ensureTable(shard).and_then([&] {
        return m_index.execute(
            u"INSERT INTO %1 (rowid, text) VALUES (?, ?)"_s.arg(searchindex::table(shard)),
            {row, *document});
    });
}

Result<void> SearchIndexer::ensureTable(qint64 shard)
{
    const auto known = m_index.value(u"SELECT 1 FROM shard WHERE id = ?"_s, {shard});
    if (!known || !known->isNull())
        return known.map([](const QVariant &) {});
    const auto purged =
        m_journal.value(u"SELECT ifnull(max(version), 0) FROM purge WHERE shard = ?"_s, {shard});
    if (!purged)
        return tl::unexpected(purged.error());
    return m_index
        .execute(u"CREATE VIRTUAL TABLE %1 USING fts5(text, content='', columnsize=0, detail=none,"
                 " tokenize='trigram case_sensitive 1')"_s.arg(searchindex::table(shard)))
        .and_then([&] {
            return m_index.execute(u"INSERT INTO shard VALUES (?, ?)"_s,
                                   {shard, purged->toLongLong()});
        });
}

} // namespace icebreaker
