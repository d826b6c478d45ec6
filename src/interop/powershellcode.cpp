#include "interop/curl.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isPowerShellQuote(QChar c)
{
    return c == u'\'' || (c >= QChar(0x2018) && c <= QChar(0x201B));
}

/// Within single quotes only they mean something; typographic ones are the same to
/// PowerShell (about_Quoting_Rules).
QString powerShellQuoted(const QString &text)
{
    QString quoted(u'\'');
    for (const QChar c : text)
        quoted += isPowerShellQuote(c) ? QString(2, c) : QString(c);
    return quoted + u'\'';
}

/// A here-string ends at a line that begins with a quote and an at sign. What it cannot
/// hold byte by byte goes as Base64.
bool fitsHereString(const QString &body)
{
    if (body.isEmpty() || body.contains(u'\r') || body.contains(u'\0'))
        return false;
    qsizetype start = 0;
    while (start >= 0 && start + 1 < body.size()) {
        if (isPowerShellQuote(body.at(start)) && body.at(start + 1) == u'@')
            return false;
        const qsizetype newline = body.indexOf(u'\n', start);
        start = newline < 0 ? -1 : newline + 1;
    }
    return true;
}

} // namespace

QString toPowerShell(const QUrl &url, const QByteArray &body, const QByteArray &key)
{
    const QString text = QString::fromUtf8(body);
    const bool asText = fitsHereString(text);
    // A file may have been saved with CR LF; and 5.1 would send a text as Latin-1.
    const QString assigned = asText
        ? "$body = @'\n"_L1 + text + "\n'@ -replace \"`r`n\", \"`n\"\n"_L1
        : "$body = [Convert]::FromBase64String('"_L1 + QString::fromLatin1(body.toBase64())
            + "')\n"_L1;
    const QString keyText =
        key.isEmpty() ? u"$env:VGAI_KEY"_s : powerShellQuoted(QString::fromLatin1(key));
    return assigned + "Invoke-RestMethod -Method Post `\n  -Uri "_L1
        + powerShellQuoted(QString::fromUtf8(url.toEncoded()))
        + " `\n  -Headers @{ 'X-Vgai-Key' = "_L1 + keyText
        + " } `\n  -ContentType 'application/json' `\n  -MaximumRedirection 0 `\n  -Body "_L1
        + (asText ? u"([Text.Encoding]::UTF8.GetBytes($body))"_s : u"$body"_s);
}

} // namespace icebreaker
