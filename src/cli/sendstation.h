#pragma once

#include "cli/cliinbox.h"
#include "cli/console.h"
#include "cli/sendtarget.h"
#include "core/dispatcher.h"
#include "listen/sandbox.h"
#include "listen/statusinbox.h"
#include "net/callbackposter.h"
#include "net/outboundclient.h"
#include "secrets/vault.h"
#include "store/journal.h"
#include "store/lanes.h"

#include <QObject>

#include <optional>

namespace icebreaker {

/// What a command sends with: journal, lanes, keychain, network and, if asked for, a
/// sandbox of its own, put together as in the window. Lives as long as its command.
class SendStation : public QObject
{
    Q_OBJECT

public:
    SendStation(const QString &folder, Console &console);

    /// Opens the journal only; then ready(). For what needs no key and no endpoint yet.
    void openJournal();
    /// Starts what @p target needs, opens the journal and fetches the key; then ready().
    /// @param key  absent: from the keychain, or the sandbox's own
    void prepare(const SendTarget &target, const std::optional<QByteArray> &key, bool usesInbox);

    [[nodiscard]] const SendTarget &target() const { return m_target; } ///< With its base.
    [[nodiscard]] ApiKey key() const;
    /// The inbox's address for a send; empty without one.
    [[nodiscard]] QString inboxUrl(const QString &sendId) const;
    [[nodiscard]] Journal &journal() { return m_journal; }
    [[nodiscard]] Dispatcher &dispatcher() { return m_dispatcher; }
    /// Gives up what is in flight: its outcome is Unknown.
    void abortAll() { m_client.abortAll(); }

signals:
    void ready();
    void failed(const icebreaker::Error &error);

private:
    [[nodiscard]] Result<void> startSandbox();
    void whenOpen(std::function<void()> act);
    void fetchKey();

    const QString m_folder;
    Console &m_console;
    CliInbox m_addresses;
    SendTarget m_target;
    std::optional<QByteArray> m_givenKey;
    QByteArray m_key;
    bool m_usesInbox = false;

    Journal m_journal;
    Lanes m_lanes;
    Vault m_vault;
    OutboundClient m_client;
    CallbackPoster m_poster;
    StatusInbox m_inbox;
    Sandbox m_sandbox;
    Dispatcher m_dispatcher;
};

} // namespace icebreaker
