#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace icebreaker {

/// An unsent form.
struct Draft {
    QByteArray request; ///< API body as in the form: JSON in UTF-8, also if incomplete.
    bool builtInInbox = true; ///< The Status URL is the built-in inbox's.
    QString to; ///< As typed.

    friend bool operator==(const Draft &, const Draft &) = default;
};

/// Reads `FOLDER/drafts/PROFILEID.json`; nothing if there is none or @p profileId is not a
/// UUID without braces. A file that cannot be understood is renamed, never deleted.
[[nodiscard]] std::optional<Draft> loadDraft(const QString &folder, const QString &profileId);

/// Replaces the file in one step (0600): after a crash there is the old draft or the new
/// one. Fails with InvalidInput if @p profileId is not a UUID or the request is not UTF-8,
/// with StorageFull or StorageReadOnly if it cannot be written.
[[nodiscard]] Result<void> saveDraft(const QString &folder, const QString &profileId,
                                     const Draft &draft);

} // namespace icebreaker
