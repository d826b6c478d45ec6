#pragma once

#include "core/error.h"

#include <QLockFile>
#include <QString>

#include <memory>

namespace icebreaker {

/// Says which process a claim belongs to and whether that process still lives, so that
/// the window and the command line can share a folder and clean up after each other's
/// crashes only. A live process holds the native lock on `owners/ID.lock`; the system
/// releases it with the process, whatever ends it. Process numbers are not looked at:
/// they come round again.
class OwnerLock
{
public:
    /// @param folder  the data folder; `owners` is created inside it
    explicit OwnerLock(const QString &folder);

    /// Takes a lock under a new id, unless one is held. Fails with StorageReadOnly or Storage.
    [[nodiscard]] Result<void> acquire();
    void release();

    /// UUID without braces; empty unless held.
    [[nodiscard]] QString id() const { return m_id; }

    /// Whether the holder of @p id is gone. Removes what it left behind.
    [[nodiscard]] bool isDead(const QString &id) const;
    /// Whether any other owner in this folder lives.
    [[nodiscard]] bool othersLive() const;

private:
    [[nodiscard]] QString path(const QString &id) const;

    QString m_folder;
    QString m_id;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace icebreaker
