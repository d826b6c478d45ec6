#pragma once

#include "core/codeformat.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>

namespace icebreaker {

/// A request for other programs.
struct CodeRequest {
    QUrl url;
    QByteArray body; ///< As OutboundRequest::toJson() gives it; every format sends these bytes.
    /// Written out; empty: the environment variable VGAI_KEY has it.
    QByteArray key;
    /// To be kept as a file instead of pasted: only cmd.exe tells them apart.
    bool asFile = false;
};

/// "curl", "cmd", "powershell", "http", "postman", "har", "python", "javascript", as on the
/// command line.
[[nodiscard]] QLatin1StringView codeFormatName(CodeFormat format);
[[nodiscard]] std::optional<CodeFormat> codeFormatFromName(QStringView name);
/// In the order in which people look for them.
[[nodiscard]] QList<CodeFormat> codeFormats();
/// Of a file's name, without a dot.
[[nodiscard]] QLatin1StringView codeSuffix(CodeFormat format);

/// The request in the format's own quoting.
[[nodiscard]] QString codeText(CodeFormat format, const CodeRequest &request);
/// The bytes of a file with it: UTF-8, for PowerShell with a byte order mark, without which
/// 5.1 takes it for the local code page.
[[nodiscard]] QByteArray codeFile(CodeFormat format, CodeRequest request);

[[nodiscard]] QList<CodeCaveat> codeCaveats(CodeFormat format, const CodeRequest &request);

} // namespace icebreaker
