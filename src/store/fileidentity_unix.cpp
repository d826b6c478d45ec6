#include "store/fileidentity.h"

#include <QFile>

#include <sys/stat.h>

namespace icebreaker {

QByteArray fileIdentity(const QString &path)
{
    struct stat info = {};
    if (stat(QFile::encodeName(path).constData(), &info) != 0)
        return {};
    return QByteArray::number(static_cast<quint64>(info.st_dev)) + ':'
        + QByteArray::number(static_cast<quint64>(info.st_ino));
}

} // namespace icebreaker
