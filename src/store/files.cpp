#include "store/files.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr QFileDevice::Permissions OwnerOnlyFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions OwnerOnlyFolder = OwnerOnlyFile | QFileDevice::ExeOwner;

/// A write that fails on an open file has run out of space in all but name.
ErrorKind kindOf(QFileDevice::FileError error)
{
    const bool isFull = error == QFileDevice::WriteError || error == QFileDevice::ResourceError;
    return isFull ? ErrorKind::StorageFull : ErrorKind::StorageReadOnly;
}

} // namespace

Result<void> ensurePrivateFolder(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return failure(ErrorKind::StorageReadOnly, u"data folder cannot be created"_s);
    if (!keepOthersOut(folder))
        return failure(ErrorKind::StorageReadOnly, u"data folder's mode cannot be changed"_s);
    return {};
}

bool keepOthersOut(const QString &path)
{
    constexpr QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther
        | QFileDevice::ExeOther;
    const QFileDevice::Permissions permissions = QFileInfo(path).permissions();
    return (permissions & others) == QFileDevice::Permissions()
        || QFile::setPermissions(path, permissions & OwnerOnlyFolder);
}

Result<std::optional<QByteArray>> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        if (!file.exists())
            return std::nullopt;
        return failure(ErrorKind::Storage, file.errorString());
    }
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure(ErrorKind::Storage, file.errorString());
    return bytes;
}

Result<void> writePrivateFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(OwnerOnlyFile)
        || file.write(bytes) != bytes.size() || !file.commit())
        return failure(kindOf(file.error()), file.errorString());
    return {};
}

Result<QString> setAside(const QString &path)
{
    QString aside = damagedPath(path);
    QFile file(path);
    if (!file.rename(aside)) // refuses to overwrite
        return failure(ErrorKind::StorageReadOnly, file.errorString());
    return aside;
}

QString damagedPath(const QString &path, const QStringList &companions)
{
    const QFileInfo info(path);
    const QString stem = info.dir().filePath(info.completeBaseName()) + "-damaged-"_L1
        + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    const QString suffix = u'.' + info.suffix();
    QString candidate = stem + suffix;
    const auto isTaken = [&] {
        return QFileInfo::exists(candidate)
            || std::any_of(companions.begin(), companions.end(), [&](const QString &companion) {
                   return QFileInfo::exists(candidate + companion);
               });
    };
    for (int i = 2; isTaken(); ++i)
        candidate = stem + u'-' + QString::number(i) + suffix;
    return candidate;
}

} // namespace icebreaker
