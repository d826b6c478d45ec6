#include "store/journalfile.h"

#include "store/files.h"

#include <QFile>
#include <QFileInfo>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr QFileDevice::Permissions OwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QStringList companions()
{
    return {u"-wal"_s, u"-shm"_s};
}

Result<void> renameIfPresent(const QString &from, const QString &to)
{
    QFile file(from);
    if (!file.exists() || file.rename(to)) // refuses to overwrite
        return {};
    return failure(ErrorKind::StorageReadOnly, file.errorString());
}

} // namespace

JournalFile::JournalFile(QString folder)
    : m_folder(std::move(folder))
{ }

QString JournalFile::path() const
{
    return m_folder + "/journal.sqlite"_L1;
}

QString JournalFile::marker() const
{
    return m_folder + "/journal.damaged"_L1;
}

Result<void> JournalFile::prepare() const
{
    if (auto made = ensurePrivateFolder(m_folder); !made)
        return made;
    QFile file(path());
    if (!file.exists()) {
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, OwnerOnly) && !file.exists())
            return failure(ErrorKind::StorageReadOnly, file.errorString());
        return {};
    }
    for (const QString &name : {path(), path() + "-wal"_L1, path() + "-shm"_L1}) {
        if (QFileInfo::exists(name) && !keepOthersOut(name))
            return failure(ErrorKind::StorageReadOnly, u"journal's mode cannot be changed"_s);
    }
    return {};
}

Result<void> JournalFile::checkHeader() const
{
    static const QByteArray magic("SQLite format 3", 16); // sqlite.org/fileformat2.html
    QFile file(path());
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::StorageReadOnly, file.errorString());
    const QByteArray start = file.read(magic.size());
    if (start.isEmpty() || start == magic)
        return {};
    return failure(ErrorKind::StorageCorrupt, u"not an SQLite file"_s);
}

void JournalFile::markDamaged() const
{
    // If the marker cannot be written, the damage will be found again.
    (void)writePrivateFile(marker(), QByteArray());
}

bool JournalFile::isMarkedDamaged() const
{
    return QFileInfo::exists(marker());
}

Result<std::optional<QString>> JournalFile::setDamagedAside() const
{
    std::optional<QString> aside;
    if (QFileInfo::exists(path())) {
        // The marker stays until all is done, so that an interruption does not leave a
        // new journal with an old write-ahead log; the log goes first for the same reason.
        markDamaged();
        aside = damagedPath(path(), companions());
        const QStringList names = companions();
        for (const QString &companion : names) {
            if (const auto done = renameIfPresent(path() + companion, *aside + companion); !done)
                return tl::unexpected(done.error());
        }
        if (const auto done = renameIfPresent(path(), *aside); !done)
            return tl::unexpected(done.error());
    }
    QFile file(marker());
    if (file.exists() && !file.remove())
        return failure(ErrorKind::StorageReadOnly, file.errorString());
    return aside;
}

} // namespace icebreaker
