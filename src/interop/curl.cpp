#include "interop/curl.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Inside single quotes a POSIX shell takes everything as it is but the quote itself
/// (IEEE 1003.1, Shell Command Language, 2.2.2).
QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

QString toCurl(const QUrl &url, const QByteArray &body)
{
    // --data-raw, because --data would read a file for a body that starts with '@'.
    return "curl --request POST "_L1 + shellQuoted(QString::fromUtf8(url.toEncoded()))
        + " \\\n  --header 'Content-Type: application/json' \\\n"_L1
        + "  --header \"X-Vgai-Key: $VGAI_KEY\" \\\n  --data-raw "_L1
        + shellQuoted(QString::fromUtf8(body));
}

} // namespace icebreaker
