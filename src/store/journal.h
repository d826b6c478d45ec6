#pragma once

#include "core/error.h"
#include "core/keptevent.h"
#include "core/sendrecord.h"
#include "store/journalthreads.h"
#include "store/logfilter.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <optional>

namespace icebreaker {

class SearchKeeper;

/// Every send and every status event, in `FOLDER/journal.sqlite` (folder 0700, file 0600).
///
/// Writes run one after another on one thread, in the order in which they were asked for,
/// and those that wait at the same time reach the disk together, see WriteQueue; reads run on a second thread with a connection of their own, so that a search through
/// a long history never delays a claim, and with it a send. A read sees every write whose
/// future has finished.
///
/// Several processes may use one folder. Every function returns at once, may be called
/// from the journal's thread only, and reports errors as a Storage... kind, or InvalidInput
/// where named. Before open() has succeeded everything fails with Storage. Continue with
/// `.then(object, ...)`; futures need not be kept.
class Journal : public QObject
{
    Q_OBJECT

public:
    /// Touches nothing yet. @param folder  the data folder, created by open()
    explicit Journal(const QString &folder, QObject *parent = nullptr);
    /// Waits until everything that was asked for is on disk.
    ~Journal() override;
    Q_DISABLE_COPY_MOVE(Journal)

    /// Opens the file, or creates or migrates it. A damaged file is renamed to
    /// `journal-damaged-UTCTIME.sqlite`, never deleted, and a fresh one started; unless
    /// another live process has it open, then this fails with StorageCorrupt. Call it again
    /// after a failure, or after StorageCorrupt while running.
    [[nodiscard]] QFuture<Result<OpenReport>> open();

    /// Records a send before it leaves. When the future finishes without an error, the row
    /// is on the disk and survives a power cut (WAL, synchronous=FULL). Fails with
    /// InvalidInput if the id was claimed before, or for a batch's row that does not wait.
    /// @return the row
    [[nodiscard]] QFuture<Result<qint64>> claim(const Claim &claim);

    /// Records how a claim ended, once; only "crashed", which is a presumption, gives way.
    /// Fails with InvalidInput if there is no such claim in flight.
    /// @param note  a machine word, see SendRecord
    QFuture<Result<void>> settle(const QString &sendId, const SendReport &report,
                                 const QString &note = {});

    /// Deliveries::take() of what came to this computer's own status inbox.
    QFuture<Result<void>> append(const StatusEvent &event);

    /// Settles as Unknown, with note "crashed", what dead processes left in flight; claims
    /// of live ones are not touched. Deletes batches that dead processes were building.
    /// open() has done it; call it now and then.
    /// @return how many
    QFuture<Result<int>> recover();

    /// At most @p limit rows that match @p filter, newest first, all below @p before
    /// (before <= 0: from the newest). For the next page pass the last row of this one.
    /// A search that is no longer wanted stops when its future is cancelled.
    [[nodiscard]] QFuture<Result<QList<qint64>>> rows(const LogFilter &filter, qint64 before,
                                                      int limit);

    /// What the log's columns show of @p rows, in their order; rows that do not exist are
    /// left out. Without claim.body, answer.headers and answer.body.
    [[nodiscard]] QFuture<Result<QList<SendRecord>>> records(const QList<qint64> &rows);

    /// The same with everything that record() gives.
    [[nodiscard]] QFuture<Result<QList<SendRecord>>> wholeRecords(const QList<qint64> &rows);

    /// Which of @p rows match @p filter, newest first: for live updates.
    [[nodiscard]] QFuture<Result<QList<qint64>>> matching(const LogFilter &filter,
                                                          const QList<qint64> &rows);

    /// One row with everything; nothing if it does not exist.
    [[nodiscard]] QFuture<Result<std::optional<SendRecord>>> record(qint64 row);

    /// In order of arrival, duplicates included. An empty id gives those that came without
    /// a path and are tied to no send; that of an unknown send what its path got.
    [[nodiscard]] QFuture<Result<QList<KeptEvent>>> events(const QString &sendId);

    /// Number of all rows.
    [[nodiscard]] QFuture<Result<qint64>> count();

    /// What was started in a lane since @p since, whoever sent it, oldest first. Costs as
    /// much as all sends since then; meant for the last minutes.
    [[nodiscard]] QFuture<Result<QList<LaneStart>>> laneActivity(const QString &lane,
                                                                 const QDateTime &since);

    /// Keeps the search index beside the journal up to date from now on, see SearchKeeper;
    /// for a process that stays for a while. Without it searches are right, but slower.
    void keepIndex();

signals:
    /// These rows are new or different, whoever wrote them: at once for this object's own
    /// writes, within about a second for those of other processes.
    void changed(const QList<qint64> &rows);
    /// For Batches, which see.
    void batchesChanged(const QList<qint64> &batches);
    /// Sends were deleted, by whomever: what was read of any may be of none.
    void removed();
    /// For Deliveries, which see.
    void unmatchedChanged();
    /// A write (its future says it too) or the look-out for changes failed. Of failures of
    /// the look-out only the first in a row is reported.
    void failed(const icebreaker::Error &error);

private:
    friend class Batches; // share the threads
    friend class Deliveries;
    friend class History;

    void reportChanges();
    void finishReport(const Result<JournalChanges> &changes);

    JournalThreads m_threads;
    const QString m_folder;
    SearchKeeper *m_index = nullptr;
    QTimer m_lookOut; ///< For writes of other processes.
    bool m_isReporting = false; ///< changes() is under way.
    bool m_reportAgain = false; ///< Something was written meanwhile.
    bool m_lookOutFailed = false;
};

} // namespace icebreaker
