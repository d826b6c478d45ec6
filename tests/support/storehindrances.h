#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <csignal>

#include <sys/resource.h>

/// What may come between a journal and its disk.
namespace icebreaker::test {

/// Forbids writes beyond @p bytes of any file, like a full disk, until it goes away.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN); // the write then fails with EFBIG
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{static_cast<rlim_t>(bytes), m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_before = {};
};

/// Holds the write lock of the journal, as another program might.
class Intruder
{
public:
    explicit Intruder(const QString &folder)
    {
        m_db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("intruder"));
        m_db.setDatabaseName(folder + QStringLiteral("/journal.sqlite"));
        m_db.open();
        if (!QSqlQuery(m_db).exec(QStringLiteral("BEGIN EXCLUSIVE")))
            qFatal("cannot lock the journal");
    }
    ~Intruder()
    {
        m_db = {};
        QSqlDatabase::removeDatabase(QStringLiteral("intruder"));
    }
    Q_DISABLE_COPY_MOVE(Intruder)

private:
    QSqlDatabase m_db;
};

} // namespace icebreaker::test
