#include "cli/codecommand.h"

#include "cli/requestfile.h"
#include "core/endpoint.h"
#include "interop/codeexport.h"
#include "words/importwords.h"

#include <cstdio>

namespace icebreaker {

using namespace Qt::StringLiterals;

CodeCommand::CodeCommand(CodeOptions options, bool json, Console &console)
    : m_options(std::move(options))
    , m_json(json)
    , m_console(console)
{ }

void CodeCommand::start()
{
    const auto request = readRequestInput(m_options.file);
    if (!request) {
        m_console.complain(request.error());
        emit finished(ExitStatus::BadUsage);
        return;
    }
    const CodeRequest code{conversationUrl(m_options.base), request->toJson(), {}, true};
    const QByteArray file = codeFile(m_options.to, code);
    for (const CodeCaveat caveat : codeCaveats(m_options.to, code))
        m_console.complain(codeCaveatText(caveat));
    if (m_json) {
        m_console.print(JsonObject{{{u"format"_s, QString(codeFormatName(m_options.to))},
                                    {u"text"_s, QString::fromUtf8(file)}}});
        emit finished(ExitStatus::Good);
        return;
    }
    // Byte by byte: a line end may not be another one.
    const auto size = static_cast<std::size_t>(file.size());
    const bool isPrinted =
        std::fwrite(file.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0;
    if (!isPrinted)
        m_console.complain(tr("Standard output could not be written."));
    emit finished(isPrinted ? ExitStatus::Good : ExitStatus::Failed);
}

} // namespace icebreaker
