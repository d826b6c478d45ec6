#include "cli/sendstation.h"

#include "core/whendone.h"
#include "send/sendsteps.h"
#include "store/settings.h"

#include <utility>

namespace icebreaker {

SendStation::SendStation(const QString &folder, Console &console)
    : m_folder(folder)
    , m_console(console)
    , m_journal(folder)
    , m_lanes(folder)
    , m_inbox([this](const StatusEvent &event, const std::function<void(bool)> &done) {
        whenDone(m_journal.append(event), this,
                 [done](const Result<void> &kept) { done(kept.has_value()); });
    })
    , m_sandbox([this](const QUrl &url, const QByteArray &body) { m_poster.deliver(url, body); })
    , m_dispatcher(stepsOver(m_journal, m_lanes, m_client, this))
{
    const auto kept = loadSettings(folder);
    m_client.setLimits({std::chrono::seconds(kept.totalTimeoutSeconds),
                        std::chrono::seconds(kept.inactivityTimeoutSeconds)});
    connect(&m_vault, &Vault::slow, this, [this] {
        m_console.complain(
            tr("Still waiting for the keychain: its password prompt may be open behind another "
               "window."));
    });
}

void SendStation::openJournal()
{
    whenOpen([this] { emit ready(); });
}

void SendStation::prepare(const SendTarget &target, const std::optional<QByteArray> &key,
                          bool usesInbox)
{
    m_target = target;
    m_givenKey = key;
    m_usesInbox = usesInbox;
    m_addresses = CliInbox(target, m_folder);
    if (m_target.region == Region::Sandbox) {
        if (const auto started = startSandbox(); !started) {
            emit failed(started.error());
            return;
        }
    }
    whenOpen([this] { fetchKey(); });
}

ApiKey SendStation::key() const
{
    return {m_key, origin(m_target.base)};
}

QString SendStation::inboxUrl(const QString &sendId) const
{
    return m_usesInbox ? m_addresses.addressFor(sendId, m_inbox.localBase()).url : QString();
}

Result<void> SendStation::startSandbox()
{
    m_sandbox.setLimit(m_target.limit());
    return m_sandbox.start().and_then([this](const QUrl &base) -> Result<void> {
        m_target.base = base;
        return m_usesInbox ? m_inbox.start() : Result<void>();
    });
}

void SendStation::whenOpen(std::function<void()> act)
{
    whenDone(m_journal.open(), this,
             [this, act = std::move(act)](const Result<OpenReport> &report) {
                 if (!report) {
                     emit failed(report.error());
                     return;
                 }
                 if (report->setAside)
                     m_console.complain(tr("The journal was damaged. It is kept as %1, and a fresh "
                                           "one was started.")
                                            .arg(*report->setAside));
                 act();
             });
}

void SendStation::fetchKey()
{
    const bool sandbox = m_target.region == Region::Sandbox;
    const auto &profile = m_target.profile;
    const auto use = [this](const QByteArray &key) {
        m_key = key;
        emit ready();
    };
    if (m_givenKey) {
        use(*m_givenKey);
        return;
    }
    if (sandbox && !(profile && profile->keyInKeychain)) {
        use(SandboxKey.toByteArray());
        return;
    }
    whenDone(m_vault.read(profile->id, m_target.keyOrigin(), profile->keyInKeychain), this,
             [this, sandbox, use](const Result<ApiKey> &key) {
                 if (key)
                     use(key->bytes);
                 else if (sandbox)
                     use(SandboxKey.toByteArray());
                 else
                     emit failed(key.error());
             });
}

} // namespace icebreaker
