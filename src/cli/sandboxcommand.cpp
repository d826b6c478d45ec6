#include "cli/sandboxcommand.h"

#include "cli/interrupts.h"
#include "words/errorwords.h"

#include <QTime>

namespace icebreaker {

using namespace Qt::StringLiterals;

SandboxCommand::SandboxCommand(const SandboxOptions &options, bool json, Console &console)
    : m_options(options)
    , m_json(json)
    , m_console(console)
    , m_sandbox([this](const QUrl &url, const QByteArray &body) { m_poster.deliver(url, body); })
{
    m_sandbox.setLimit(m_options.limit);
    connect(&m_sandbox, &Sandbox::requestSeen, this, &SandboxCommand::printRequest);
    connect(&m_sandbox, &Sandbox::callbackSkipped, this, [this](const QUrl &url) {
        m_console.complain(
            tr("No delivery status for it: %1 is not http on this computer.").arg(url.host()));
    });
}

void SandboxCommand::start()
{
    watchInterrupts(this, [this] { emit finished(ExitStatus::Good); });
    const auto base = m_sandbox.start(m_options.port);
    if (!base) {
        m_console.complain(errorText(base.error()));
        emit finished(ExitStatus::Failed);
        return;
    }
    printUrl(*base);
}

void SandboxCommand::printUrl(const QUrl &base)
{
    const QString text = base.toString(QUrl::FullyEncoded);
    if (m_json)
        m_console.print(JsonObject{{{u"url"_s, text}}});
    else
        m_console.print(text);
}

void SandboxCommand::printRequest(int status)
{
    if (m_json) {
        m_console.print(
            JsonObject{{{u"status"_s, status > 0 ? JsonValue::number(status) : JsonValue()}}});
        return;
    }
    m_console.print(u"%1  %2"_s.arg(QTime::currentTime().toString(u"HH:mm:ss"_s),
                                    status > 0 ? QString::number(status) : tr("no answer")));
}

} // namespace icebreaker
