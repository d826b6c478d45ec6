#include "interop/codeexport.h"

#include "interop/curl.h"
#include "interop/documentcode.h"
#include "interop/scriptcode.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct CodeFormatEntry {
    CodeFormat format = CodeFormat::Curl;
    QLatin1StringView name;
    QLatin1StringView suffix;
};

constexpr std::array CodeFormatTable{
    CodeFormatEntry{CodeFormat::Curl, "curl"_L1, "sh"_L1},
    CodeFormatEntry{CodeFormat::Cmd, "cmd"_L1, "cmd"_L1},
    CodeFormatEntry{CodeFormat::PowerShell, "powershell"_L1, "ps1"_L1},
    CodeFormatEntry{CodeFormat::Http, "http"_L1, "http"_L1},
    CodeFormatEntry{CodeFormat::Postman, "postman"_L1, "postman_collection.json"_L1},
    CodeFormatEntry{CodeFormat::Har, "har"_L1, "har"_L1},
    CodeFormatEntry{CodeFormat::Python, "python"_L1, "py"_L1},
    CodeFormatEntry{CodeFormat::JavaScript, "javascript"_L1, "mjs"_L1},
};

/// learn.microsoft.com, "Command prompt line string limitation".
constexpr qsizetype LongestCmdLine = 8191;

const CodeFormatEntry &entryOf(CodeFormat format)
{
    return *std::find_if(CodeFormatTable.begin(), CodeFormatTable.end(),
                         [format](const auto &entry) { return entry.format == format; });
}

bool isAsciiOnly(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

} // namespace

QLatin1StringView codeFormatName(CodeFormat format)
{
    return entryOf(format).name;
}

QLatin1StringView codeSuffix(CodeFormat format)
{
    return entryOf(format).suffix;
}

std::optional<CodeFormat> codeFormatFromName(QStringView name)
{
    const auto *found = std::find_if(CodeFormatTable.begin(), CodeFormatTable.end(),
                                     [name](const auto &entry) { return name == entry.name; });
    return found == CodeFormatTable.end() ? std::nullopt : std::optional(found->format);
}

QList<CodeFormat> codeFormats()
{
    QList<CodeFormat> formats;
    for (const CodeFormatEntry &entry : CodeFormatTable)
        formats.append(entry.format);
    return formats;
}

QString codeText(CodeFormat format, const CodeRequest &request)
{
    const auto written = [](const JsonObject &document) {
        return QString::fromUtf8(toJson(document, JsonStyle::Indented)) + u'\n';
    };
    switch (format) {
    case CodeFormat::Curl: return toCurl(request.url, request.body, request.key);
    case CodeFormat::Cmd:
        return toCmdCurl(request.url, request.body,
                         request.asFile ? CmdPlace::BatchFile : CmdPlace::Prompt, request.key);
    case CodeFormat::PowerShell: return toPowerShell(request.url, request.body, request.key);
    case CodeFormat::Http: return toHttp(request);
    case CodeFormat::Postman: return written(toPostman(request));
    case CodeFormat::Har: return written(toHar(request));
    case CodeFormat::Python: return toPython(request);
    case CodeFormat::JavaScript: break;
    }
    return toJavaScript(request);
}

QByteArray codeFile(CodeFormat format, CodeRequest request)
{
    request.asFile = true;
    const QByteArray text = codeText(format, request).toUtf8();
    if (format == CodeFormat::Curl)
        return "#!/bin/sh\n" + text + '\n';
    return format == CodeFormat::PowerShell ? "\xEF\xBB\xBF" + text + '\n' : text;
}

QList<CodeCaveat> codeCaveats(CodeFormat format, const CodeRequest &request)
{
    QList<CodeCaveat> caveats;
    if (format == CodeFormat::Cmd && codeText(format, request).size() > LongestCmdLine)
        caveats.append(CodeCaveat::TooLongForCmd);
    if (format == CodeFormat::Cmd && !isAsciiOnly(request.body))
        caveats.append(CodeCaveat::UnicodeInCmd);
    if (format == CodeFormat::Postman && request.body.contains("{{"))
        caveats.append(CodeCaveat::VariablesInPostman);
    return caveats;
}

} // namespace icebreaker
