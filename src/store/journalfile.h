#pragma once

#include "core/error.h"

#include <QString>

#include <optional>

namespace icebreaker {

/// The journal's file and its companions on disk: where they are, who may read them,
/// and what happens to them when they are damaged.
class JournalFile
{
public:
    explicit JournalFile(QString folder);

    [[nodiscard]] QString path() const; ///< `FOLDER/journal.sqlite`

    /// Creates folder and file if they are absent and keeps other users out (0700, 0600).
    /// SQLite gives -wal and -shm the mode of the file.
    [[nodiscard]] Result<void> prepare() const;

    /// Fails with StorageCorrupt if the file has something in it and does not begin like an
    /// SQLite database: opening it would already touch its write-ahead log.
    [[nodiscard]] Result<void> checkHeader() const;

    /// Remembers across restarts that damage was found: the next open sets the file aside.
    void markDamaged() const;
    [[nodiscard]] bool isMarkedDamaged() const;

    /// Renames the file and its companions to `journal-damaged-UTCTIME.sqlite...`; nothing
    /// is deleted or overwritten. No process may have it open.
    /// @return the new path, or nothing if there was no file
    [[nodiscard]] Result<std::optional<QString>> setDamagedAside() const;

private:
    [[nodiscard]] QString marker() const;

    QString m_folder;
};

} // namespace icebreaker
