#pragma once

#include "core/error.h"

#include <QMap>
#include <QString>

namespace icebreaker {

/// What users wrote to entries of the catalogue, by the entry's id, in
/// `FOLDER/catalogue-notes.json`. Only what was read, or set, is in it.
class EntryNotes
{
public:
    /// Characters of one note; more would be a document.
    static constexpr qsizetype MostCharacters = 10'000;

    /// Touches nothing yet.
    explicit EntryNotes(QString folder);

    /// Reads the file, if there is one. One that cannot be understood is renamed, never
    /// deleted; then this fails with InvalidInput, `detail` names the new path, and there are
    /// no notes. Fails with Storage if it cannot be read: then nothing may be set, either.
    [[nodiscard]] Result<void> load();

    [[nodiscard]] QString note(const QString &entryId) const;
    /// An empty text removes the note. Replaces the file in one step (0600). Fails with
    /// StorageFull, StorageReadOnly or Storage, and keeps the old note.
    [[nodiscard]] Result<void> setNote(const QString &entryId, const QString &text);

private:
    QString m_folder;
    QMap<QString, QString> m_notes;
    bool m_mayWrite = false;
};

} // namespace icebreaker
