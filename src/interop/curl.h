#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace icebreaker {

/// The request as a cURL command for a POSIX shell. Without @p key it is taken from the
/// environment variable VGAI_KEY.
///
/// Every byte of @p body arrives as it is, whatever quotes, dollars, backslashes or line
/// breaks it holds; the command neither follows redirects nor tries again. A body that is
/// longer than an argument may be goes through a pipe.
/// @param body  valid UTF-8 without NUL
[[nodiscard]] QString toCurl(const QUrl &url, const QByteArray &body, const QByteArray &key = {});

/// The same for cmd.exe, as it is pasted at its prompt or stands in a batch file: the two
/// differ in what a percent sign means. @p body without CR, which cmd.exe would drop.
enum class CmdPlace { Prompt, BatchFile };
[[nodiscard]] QString toCmdCurl(const QUrl &url, const QByteArray &body, CmdPlace place,
                                const QByteArray &key = {});

/// Invoke-RestMethod, for Windows PowerShell 5.1 and PowerShell 7: curl.exe gets quotes
/// differently from each of them (about_Parsing, PSNativeCommandArgumentPassing).
[[nodiscard]] QString toPowerShell(const QUrl &url, const QByteArray &body,
                                   const QByteArray &key = {});

} // namespace icebreaker
