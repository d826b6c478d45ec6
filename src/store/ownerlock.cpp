#include "store/ownerlock.h"

#include "store/files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

OwnerLock::OwnerLock(const QString &folder)
    : m_folder(folder + "/owners"_L1)
{ }

Result<void> OwnerLock::acquire()
{
    if (m_lock)
        return {};
    if (auto made = ensurePrivateFolder(m_folder); !made)
        return made;
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto lock = std::make_unique<QLockFile>(path(id));
    lock->setStaleLockTime(0);
    if (!lock->tryLock(0)) {
        const bool isDenied = lock->error() == QLockFile::PermissionError;
        return failure(isDenied ? ErrorKind::StorageReadOnly : ErrorKind::Storage,
                       u"owner lock cannot be taken"_s);
    }
    QFile::setPermissions(path(id), QFile::ReadOwner | QFile::WriteOwner);
    m_lock = std::move(lock);
    m_id = id;
    return {};
}

void OwnerLock::release()
{
    m_lock.reset();
    m_id.clear();
}

bool OwnerLock::isDead(const QString &id) const
{
    if (id == m_id)
        return false;
    // Despite its name it removes only what nobody holds the native lock of. It says no as
    // well if somebody else removed the file just then.
    return !QFileInfo::exists(path(id)) || QLockFile(path(id)).removeStaleLockFile()
        || !QFileInfo::exists(path(id));
}

bool OwnerLock::othersLive() const
{
    const QStringList files = QDir(m_folder).entryList({u"*.lock"_s}, QDir::Files);
    return std::any_of(files.begin(), files.end(), [this](const QString &file) {
        const QString id = QFileInfo(file).completeBaseName();
        return id != m_id && !isDead(id);
    });
}

QString OwnerLock::path(const QString &id) const
{
    return m_folder + u'/' + id + ".lock"_L1;
}

} // namespace icebreaker
