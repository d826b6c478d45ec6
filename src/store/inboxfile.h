#pragma once

#include "core/error.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// How this computer's own status inbox is to listen.
struct ListenerSettings {
    QString address = QStringLiteral("127.0.0.1"); ///< As in ListenPlace.
    quint16 port = 0; ///< 0: any free one. A tunnel needs the same one every time.
    /// Stays the same over restarts, so that late statuses still find their inbox.
    QString secret;
    QString publicBase; ///< As parsePublicBase() takes it; empty if there is none.

    friend bool operator==(const ListenerSettings &, const ListenerSettings &) = default;
};

/// A profile's address at webhook.site and how far it was read.
struct WebhookPlace {
    QString base; ///< As typed; the token is good there alone.
    QString token; ///< Whoever knows it can read what comes in. Empty: none was made.
    QString since; ///< UUID of the last request that was kept; empty: none yet.
    /// The requests of that one's second: they come once more with the next polling.
    QStringList seen;
    bool keyInKeychain = false; ///< An API key for `base` was stored.

    friend bool operator==(const WebhookPlace &, const WebhookPlace &) = default;
};

/// What the status inboxes remember, apart from profiles and settings because it changes
/// with every status.
struct InboxFile {
    ListenerSettings listener;
    QMap<QString, WebhookPlace> places; ///< By Profile::id.
    /// Origins that may be told phone numbers: the user agreed in words.
    QStringList agreed;

    friend bool operator==(const InboxFile &, const InboxFile &) = default;
};

/// What `inbox.json` held.
struct LoadedInbox {
    InboxFile file;
    std::optional<QString> setAside; ///< Path of an unusable file that was renamed.
};

/// Reads `FOLDER/inbox.json`; without a file, or with one that is not understood, the
/// defaults. Fails with Storage or StorageReadOnly if it cannot be read or renamed.
[[nodiscard]] Result<LoadedInbox> loadInbox(const QString &folder);
/// The same for those who only look: what cannot be read has its defaults, and nothing is
/// renamed.
[[nodiscard]] InboxFile peekInbox(const QString &folder);

/// Replaces the file in one step (0600).
[[nodiscard]] Result<void> saveInbox(const QString &folder, const InboxFile &file);

} // namespace icebreaker
