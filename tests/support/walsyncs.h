#pragma once

#include <QFile>
#include <QString>

#include <atomic>

#include <sys/syscall.h>
#include <unistd.h>

/// Counts what SQLite forces to the disk. For one source file of a program whose symbols
/// are exported (ENABLE_EXPORTS).
namespace icebreaker::test {

/// How often anything in this process forced the write-ahead log to the disk.
inline std::atomic<int> walSyncs = 0;

inline void countSync(int fd)
{
    const QString target = QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(fd));
    if (target.endsWith(QStringLiteral("journal.sqlite-wal")))
        ++walSyncs;
}

} // namespace icebreaker::test

// SQLite calls these instead of the C library's.
extern "C" int fsync(int fd)
{
    icebreaker::test::countSync(fd);
    return static_cast<int>(syscall(SYS_fsync, fd));
}

extern "C" int fdatasync(int fd)
{
    icebreaker::test::countSync(fd);
    return static_cast<int>(syscall(SYS_fdatasync, fd));
}
