#include "interop/curl.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Linux takes 128 KiB for one argument (execve(2), MAX_ARG_STRLEN); others no less.
constexpr qsizetype LongestShellArgument = 100'000;

/// Inside single quotes a POSIX shell takes everything as it is but the quote itself
/// (IEEE 1003.1, Shell Command Language, 2.2.2).
QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

QString toCurl(const QUrl &url, const QByteArray &body, const QByteArray &key)
{
    const QString text = shellQuoted(QString::fromUtf8(body));
    const QString keyHeader = key.isEmpty()
        ? u"\"X-Vgai-Key: $VGAI_KEY\""_s
        : shellQuoted("X-Vgai-Key: "_L1 + QString::fromLatin1(key));
    const QString head = "curl --request POST "_L1 + shellQuoted(QString::fromUtf8(url.toEncoded()))
        + " \\\n  --header 'Content-Type: application/json' \\\n  --header "_L1 + keyHeader
        + " \\\n  "_L1;
    // printf is the shell's own, so that its argument may be of any length.
    if (body.size() > LongestShellArgument)
        return "printf '%s' "_L1 + text + " |\n"_L1 + head + "--data-binary @-"_L1;
    // --data-raw, because --data would read a file for a body that starts with '@'.
    return head + "--data-raw "_L1 + text;
}

} // namespace icebreaker
