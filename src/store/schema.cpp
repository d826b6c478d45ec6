#include "store/schema.h"

#include "store/eventcolumns.h"
#include "store/schemasteps.h"

#include <QRegularExpression>
#include <QStringList>

#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// "IceB": tells our file from any other SQLite database.
constexpr qint64 ApplicationId = 0x49636542;

struct Step {
    const char16_t *sql = nullptr;
    /// What SQL cannot do, between `sql` and `sqlAfter`.
    Result<void> (*work)(const SqliteConnection &) = nullptr;
    const char16_t *sqlAfter = nullptr;
};

/// PRAGMA user_version says how many have been applied.
const std::array Steps{
    Step{FirstStep},
    Step{SecondStep},
    Step{ThirdStep, readEventsAgain, ThirdStepAfterReading},
    Step{FourthStep},
};

/// Runs the statements of @p sql. A trigger's own statement ends within it: each has only
/// one.
Result<void> run(const SqliteConnection &connection, const char16_t *sql)
{
    static const QRegularExpression end(uR"(;(?!\s*END\b))"_s);
    const QStringList statements = QString::fromUtf16(sql).split(end);
    for (const QString &statement : statements) {
        if (auto done = connection.execute(statement); !done)
            return done;
    }
    return {};
}

Result<void> run(const SqliteConnection &connection, const Step &step)
{
    return run(connection, step.sql).and_then([&]() -> Result<void> {
        if (step.work == nullptr)
            return {};
        return step.work(connection).and_then([&] { return run(connection, step.sqlAfter); });
    });
}

Result<qint64> number(const SqliteConnection &connection, const QString &sql)
{
    return connection.value(sql).map([](const QVariant &value) { return value.toLongLong(); });
}

Result<void> apply(const SqliteConnection &connection, int step)
{
    return inTransaction(connection, [&]() -> Result<void> {
        // Another process may have been faster.
        const auto version = checkedVersion(connection);
        if (!version || *version > step)
            return version.map([](int) {});
        if (auto done = run(connection, Steps.at(static_cast<std::size_t>(step))); !done)
            return done;
        return connection.execute(u"PRAGMA application_id = %1"_s.arg(ApplicationId)).and_then([&] {
            return connection.execute(u"PRAGMA user_version = %1"_s.arg(step + 1));
        });
    });
}

} // namespace

Result<int> checkedVersion(const SqliteConnection &connection)
{
    const auto version = number(connection, u"PRAGMA user_version"_s);
    if (!version)
        return tl::unexpected(version.error());
    const auto application = number(connection, u"PRAGMA application_id"_s);
    if (!application)
        return tl::unexpected(application.error());
    const auto tables = number(connection, u"SELECT count(*) FROM sqlite_schema"_s);
    if (!tables)
        return tl::unexpected(tables.error());

    const bool isEmpty = *tables == 0 && *version == 0;
    if (!isEmpty && *application != ApplicationId)
        return failure(ErrorKind::StorageCorrupt, u"another program's database"_s);
    if (*version > static_cast<qint64>(Steps.size()))
        return failure(ErrorKind::StorageTooNew, u"journal schema %1"_s.arg(*version));
    return static_cast<int>(*version);
}

Result<void> migrate(const SqliteConnection &connection)
{
    const auto version = checkedVersion(connection);
    if (!version)
        return tl::unexpected(version.error());
    for (int step = *version; step < static_cast<int>(Steps.size()); ++step) {
        if (auto done = apply(connection, step); !done)
            return done;
    }
    return {};
}

Result<qint64> nextChange(const SqliteConnection &connection)
{
    return number(connection,
                  u"SELECT max(ifnull((SELECT max(change) FROM send), 0),"
                  " ifnull((SELECT max(change) FROM batch), 0),"
                  " (SELECT last_change FROM history)) + 1"_s);
}

} // namespace icebreaker
