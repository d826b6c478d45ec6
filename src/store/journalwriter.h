#pragma once

#include "core/error.h"
#include "core/sendrecord.h"
#include "store/batchwriter.h"
#include "store/deliverywriter.h"
#include "store/historywriter.h"
#include "store/journalfile.h"
#include "store/ownerlock.h"
#include "store/sqlite.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <atomic>
#include <functional>
#include <mutex>
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
    std::atomic<qint64> openedAtUnmatched = 0; ///< The same of the list of unmatched events.
    std::atomic<qint64> openedAtDeletions = 0;
    std::atomic<bool> damaged = false; ///< Damage was found; nothing new is claimed.
    std::atomic<bool> closing = false; ///< Give up searches.

    /// This process's OwnerLock; empty unless the journal is open.
    [[nodiscard]] QString ownerId() const
    {
        const std::lock_guard lock(m_mutex);
        return m_ownerId;
    }
    void setOwnerId(const QString &id)
    {
        const std::lock_guard lock(m_mutex);
        m_ownerId = id;
    }

private:
    mutable std::mutex m_mutex;
    QString m_ownerId;
};

/// The writing half of a journal. Every function runs on the journal's write thread;
/// those below begin() inside the transaction that it begins.
class JournalWriter
{
public:
    JournalWriter(const QString &folder, JournalState &state);

    /// Opens, creates or migrates the file; sets a damaged one aside. Does nothing but
    /// recover() if it is open and healthy.
    [[nodiscard]] Result<OpenReport> open();
    void close();

    /// Begins a transaction. Takes the write lock at once, so that no later statement fails
    /// half-way because another process writes.
    [[nodiscard]] Result<void> begin();
    /// How one of a transaction's steps ended.
    struct Step {
        Result<void> done; ///< If not, whatever it did is undone.
        bool stands = true; ///< Otherwise the transaction and all its steps are lost.
    };
    [[nodiscard]] Step step(const std::function<Result<void>()> &work);
    /// What was done is on the disk afterwards, or undone if this fails.
    [[nodiscard]] Result<void> commit();
    void rollBack();

    [[nodiscard]] Result<qint64> claim(const Claim &claim);
    [[nodiscard]] Result<void> settle(const QString &sendId, const SendReport &report,
                                      const QString &note);
    [[nodiscard]] Result<int> recover();
    [[nodiscard]] const BatchWriter &batches() const { return m_batches; }
    [[nodiscard]] const DeliveryWriter &deliveries() const { return m_deliveries; }
    [[nodiscard]] const HistoryWriter &history() const { return m_history; }
    /// Outside of a transaction: see HistoryWriter.
    [[nodiscard]] Result<bool> scrub(qint64 largestFile);

private:
    [[nodiscard]] Result<OpenReport> openAlone();
    [[nodiscard]] Result<void> connect();
    /// After m_owner got a new id, because the journal was opened again.
    [[nodiscard]] Result<void> adoptBatches();
    [[nodiscard]] Result<void> checkWritable() const;
    /// recover() in a transaction of its own.
    [[nodiscard]] Result<int> recoverAlone();
    /// Owners with claims in flight that are gone.
    [[nodiscard]] Result<QStringList> deadOwners() const;
    [[nodiscard]] Result<int> settleClaimsOf(const QString &owner, qint64 change) const;
    /// Remembers it if the file turned out damaged.
    void note(const Error &error);

    QString m_folder;
    JournalFile m_file;
    JournalState &m_state;
    OwnerLock m_owner;
    SqliteConnection m_connection;
    BatchWriter m_batches;
    DeliveryWriter m_deliveries;
    HistoryWriter m_history;
    QByteArray m_identity; ///< Of the file that is open.
    QString m_batchOwner; ///< The id under which this process runs its batches.
};

} // namespace icebreaker
