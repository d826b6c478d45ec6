#pragma once

#include "core/error.h"
#include "core/sendrecord.h"
#include "store/journalfile.h"
#include "store/ownerlock.h"
#include "store/sqlite.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <atomic>
#include <optional>

namespace icebreaker {

/// What opening a journal found.
struct OpenReport {
    std::optional<QString> setAside; ///< Path of a damaged file that was renamed.
    int recovered = 0; ///< Claims of dead processes, settled as Unknown.
};

/// What the two threads of a journal tell each other.
struct JournalState {
    std::atomic<int> generation = 0; ///< Grows with each time the file was opened; 0: never.
    std::atomic<qint64> openedAtChange = 0; ///< Highest change number when it was opened.
    std::atomic<bool> damaged = false; ///< Damage was found; nothing new is claimed.
    std::atomic<bool> closing = false; ///< Give up searches.
};

/// The writing half of a journal. Every function runs on the journal's write thread.
class JournalWriter
{
public:
    JournalWriter(const QString &folder, JournalState &state);

    /// Opens, creates or migrates the file; sets a damaged one aside. Does nothing but
    /// recover() if it is open and healthy.
    [[nodiscard]] Result<OpenReport> open();
    void close();

    [[nodiscard]] Result<qint64> claim(const Claim &claim);
    [[nodiscard]] Result<void> settle(const QString &sendId, const SendReport &report,
                                      const QString &note);
    [[nodiscard]] Result<void> append(const StatusEvent &event);
    [[nodiscard]] Result<int> recover();

private:
    [[nodiscard]] Result<OpenReport> openAlone();
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> checkWritable() const;
    [[nodiscard]] Result<qint64> nextChange() const;
    [[nodiscard]] Result<void> advanceDelivery(const StatusEvent &event) const;
    /// Owners with claims in flight that are gone.
    [[nodiscard]] Result<QStringList> deadOwners() const;
    [[nodiscard]] Result<int> settleClaimsOf(const QString &owner, qint64 change) const;
    /// Runs @p work in a transaction, and remembers it if the file turns out damaged.
    template <typename Work>
    [[nodiscard]] auto write(Work work) -> decltype(work());

    QString m_folder;
    JournalFile m_file;
    JournalState &m_state;
    OwnerLock m_owner;
    SqliteConnection m_connection;
    QByteArray m_identity; ///< Of the file that is open.
};

} // namespace icebreaker
