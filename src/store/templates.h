#pragma once

#include "core/error.h"
#include "core/templatecard.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// A card and the file that it is kept in.
struct StoredCard {
    QString file; ///< Name inside `FOLDER/templates`; empty until it is saved.
    TemplateCard card;
    friend bool operator==(const StoredCard &, const StoredCard &) = default;
};

struct LoadedTemplates {
    QList<StoredCard> cards; ///< In the order of their names.
    QStringList broken; ///< Paths of files that could not be understood; they stay as they are.
};

/// Reads `FOLDER/templates/*.json`, in whatever form readTemplates() understands: a file
/// that somebody else put there is a card, too. Files that cannot be read are among the
/// broken ones and keep no other file from being loaded.
[[nodiscard]] LoadedTemplates loadTemplates(const QString &folder);

/// Writes the card's file in one step (0600). One without a file gets a name of its own,
/// made of the template's. Fails with InvalidInput if the card has no name or no language,
/// or the file's name has a path in it; with StorageFull or StorageReadOnly if it cannot be
/// written. @return the file's name
[[nodiscard]] Result<QString> saveTemplate(const QString &folder, const StoredCard &stored);

/// Deletes the card's file; one that is gone already is success. Fails as saveTemplate().
[[nodiscard]] Result<void> removeTemplate(const QString &folder, const QString &file);

/// Where templates are fetched from; no secrets.
struct TemplateSource {
    QString server; ///< Base URL; empty for the default.
    QString wabaId;
    QString applicationId;
    bool keyInKeychain = false; ///< The application's private key was stored.
    friend bool operator==(const TemplateSource &, const TemplateSource &) = default;
};

/// `FOLDER/templatesource.json`; everything empty if there is none or it is not understood.
[[nodiscard]] TemplateSource loadTemplateSource(const QString &folder);
/// Fails with StorageFull or StorageReadOnly.
[[nodiscard]] Result<void> saveTemplateSource(const QString &folder, const TemplateSource &source);

} // namespace icebreaker
