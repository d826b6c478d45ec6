#pragma once

#include "core/profile.h"

#include <QByteArrayList>
#include <QFuture>
#include <QStringList>

namespace icebreaker {

class Vault;

/// What a Redactor must find in everything that leaves.
struct ExportSecrets {
    QByteArrayList secrets; ///< Keys, and the secrets of the status inboxes.
    QStringList unread; ///< Names of profiles whose key could not be looked at.
};

/// The keys of @p profiles for every endpoint that they may have one for, and what
/// `inbox.json` in @p folder keeps. Never makes the keychain's prompt open: a locked one is
/// among `unread`. The sandbox's key is no secret.
///
/// @param vault  outlives the future's result, else there is none
[[nodiscard]] QFuture<ExportSecrets> exportSecrets(Vault &vault, const QList<Profile> &profiles,
                                                   const QString &folder);

} // namespace icebreaker
