#include "core/connectionfacts.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Value of the first @p part ("CN") of a name; values may hold an escaped comma.
QString partOfName(const QString &name, QLatin1StringView part)
{
    qsizetype start = 0;
    while (start < name.size()) {
        qsizetype end = start;
        while (end < name.size()
               && (name.at(end) != u',' || (end > 0 && name.at(end - 1) == u'\\')))
            ++end;
        const QStringView one = QStringView(name).sliced(start, end - start).trimmed();
        if (one.size() > part.size() && one.startsWith(part) && one.at(part.size()) == u'=')
            return one.sliced(part.size() + 1).toString().replace("\\,"_L1, ","_L1);
        start = end + 1;
    }
    return {};
}

} // namespace

QString signerName(const QString &issuer)
{
    const QString organisation = partOfName(issuer, "O"_L1);
    return organisation.isEmpty() ? commonName(issuer) : organisation;
}

QString commonName(const QString &subject)
{
    const QString name = partOfName(subject, "CN"_L1);
    return name.isEmpty() ? subject : name;
}

} // namespace icebreaker
