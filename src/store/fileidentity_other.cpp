#include "store/fileidentity.h"

#include <QFileInfo>

namespace icebreaker {

// Where an open file can be neither deleted nor renamed, being there is identity enough.
QByteArray fileIdentity(const QString &path)
{
    return QFileInfo::exists(path) ? QByteArrayLiteral("present") : QByteArray();
}

} // namespace icebreaker
