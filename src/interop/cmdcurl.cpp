#include "interop/curl.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// One argument for Microsoft's C runtime: quotes with a backslash, and the backslashes
/// before a quote doubled (learn.microsoft.com, "main function and command-line arguments").
QString runtimeQuoted(const QString &text)
{
    QString quoted(u'"');
    qsizetype backslashes = 0;
    for (const QChar c : text) {
        if (c == u'\\') {
            ++backslashes;
            continue;
        }
        quoted += QString((c == u'"' ? 2 : 1) * backslashes, u'\\');
        backslashes = 0;
        if (c == u'"')
            quoted += u'\\';
        quoted += c;
    }
    return quoted + QString(2 * backslashes, u'\\') + u'"';
}

/// What cmd.exe leaves of it is @p text: a caret before all that means something to it, so
/// that it never thinks itself within quotes (ss64.com/nt/syntax-esc.html). Variables are
/// looked up before carets are: at the prompt a caret behind a percent sign makes a name
/// that no variable has, in a batch file two percent signs are one.
QString caretEscaped(const QString &text, CmdPlace place)
{
    const bool isFile = place == CmdPlace::BatchFile;
    const QString lineEnd = isFile ? u"\r\n"_s : u"\n"_s;
    QString escaped;
    bool behindPercent = false;
    for (const QChar c : text) {
        const bool needsCaret = behindPercent || QStringView(u"\"^&|<>()!").contains(c);
        if (c == u'\n')
            escaped += u'^' + lineEnd + lineEnd;
        else if (c == u'%' && isFile)
            escaped += u"%%"_s;
        else
            escaped += needsCaret ? u'^' + QString(c) : QString(c);
        behindPercent = c == u'%' && !isFile;
    }
    return escaped;
}

} // namespace

QString toCmdCurl(const QUrl &url, const QByteArray &body, CmdPlace place, const QByteArray &key)
{
    const bool isFile = place == CmdPlace::BatchFile;
    const QString lineEnd = isFile ? u"\r\n"_s : u"\n"_s;
    const QString next = " ^"_L1 + lineEnd + "  "_L1;
    const auto argument = [place](const QString &text) {
        return caretEscaped(runtimeQuoted(text), place);
    };
    const QString keyHeader = key.isEmpty()
        ? uR"("X-Vgai-Key: %VGAI_KEY%")"_s
        : argument("X-Vgai-Key: "_L1 + QString::fromLatin1(key));
    const QString command = "curl --request POST "_L1 + argument(QString::fromUtf8(url.toEncoded()))
        + next + "--header \"Content-Type: application/json\""_L1 + next + "--header "_L1
        + keyHeader + next + "--data-raw "_L1 + argument(QString::fromUtf8(body));
    // 65001 is UTF-8: otherwise the file is read in the console's code page.
    return isFile ? "@echo off\r\nchcp 65001 >nul\r\n"_L1 + command + lineEnd : command;
}

} // namespace icebreaker
