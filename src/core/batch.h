#pragma once

#include "core/sendrecord.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace icebreaker {

/// What is written down when a batch is started: enough to go on with it anywhere.
struct BatchPlan {
    QString name; ///< For people: the file's name, or where the rows came from.
    /// The body with `{{column}}` where a row's value goes; see RequestTemplate.
    QByteArray request;
    QStringList columns; ///< Names of the cells, in order; unique.
    QString profileId; ///< Names the key; empty if it was given by hand.
    QString profile; ///< The profile's name at the time.
    QString region; ///< As in Claim.
    QString base; ///< Base URL; the sandbox has another one at every start.
    QString lane; ///< See laneId().
    int limit = 1; ///< Sessions per second.
    bool ignoreLimit = false; ///< As fast as it goes: for a sandbox without a limit.
    bool builtInInbox = true; ///< The Status URL is made for each send.
    /// How long after its end news of its messages are waited for; 0: not at all.
    std::chrono::milliseconds deliveryWait = std::chrono::hours(24);
};

/// The numbers are stored in the journal: never renumber them, only add.
enum class BatchState {
    Building = 1, ///< Its rows are being written down; nothing is sent yet.
    Running = 2,
    Paused = 3,
    Stopped = 4, ///< By the user, for good unless resumed.
    Finished = 5, ///< No row waits any more.
};

/// Why a batch stands still. Stored: only add.
enum class BatchPause {
    None = 0,
    User = 1,
    Limited = 2, ///< Too many 429 in a row.
    KeyRefused = 3, ///< 401 or 403: every further row would fail too.
    NotRecorded = 4, ///< The journal cannot be written: nothing is sent.
    KeyMissing = 5, ///< No key could be had.
    CannotSend = 6, ///< Nothing leaves, for a reason that waiting does not mend.
};

/// How the wait for news of a batch's messages ended. Stored: only add.
enum class DeliveryEnd {
    None = 0, ///< It has not.
    AllHeard = 1, ///< Each is delivered, read or failed, and that is no guess.
    TimeOver = 2, ///< BatchPlan::deliveryWait is over. What comes later is shown all the same.
};

struct BatchRecord {
    qint64 id = 0;
    BatchPlan plan;
    QDateTime createdAt; ///< UTC.
    QDateTime endedAt; ///< UTC; invalid until Stopped or Finished.
    QDateTime deliveryEndedAt; ///< UTC; the second end, never before the first.
    DeliveryEnd deliveryEnd = DeliveryEnd::None;
    BatchState state = BatchState::Building;
    BatchPause pause = BatchPause::None;
    qint64 rows = 0;
    bool elsewhere = false; ///< Another live process runs it.
    bool here = false; ///< This process runs it.
};

/// The numbers are stored in the journal: only add.
enum class RowState {
    Waiting = 1, ///< Not sent yet, or what was tried did not leave or met a 429.
    InFlight = 2, ///< Claimed.
    Accepted = 3,
    Refused = 4,
    Unknown = 5, ///< Never sent again by us.
    Excluded = 6, ///< Did not pass the checks when the batch was started.
};

/// One row of a batch as it is written down at the start.
struct BatchRowInput {
    qint64 row = 0; ///< Number within the file's data, from 1.
    QStringList cells; ///< As many as there are columns.
    QString excluded; ///< Machine word: "check", "duplicate", "do_not_message"; else empty.
    QString reason; ///< In words, as it was shown.
};

/// One row of a batch as the journal has it.
struct BatchRow {
    BatchRowInput input;
    RowState state = RowState::Waiting;
    int attempts = 0; ///< Claims so far: above 1 after a 429 or an unreachable host.
    std::optional<SendRecord> last; ///< The newest attempt, without bodies and headers.
};

struct BatchCounts {
    qint64 waiting = 0;
    qint64 inFlight = 0;
    qint64 accepted = 0;
    qint64 refused = 0;
    qint64 unknown = 0;
    qint64 excluded = 0;
    qint64 rateLimited = 0; ///< Answers with 429 so far; their rows wait again.
    // Of the accepted and unknown ones, by the newest delivery state.
    qint64 submitted = 0; ///< Submitted or more.
    qint64 delivered = 0; ///< Delivered or read.
    qint64 read = 0;
    qint64 failed = 0; ///< Rejected, undeliverable or failed.

    [[nodiscard]] qint64 total() const
    {
        return waiting + inFlight + accepted + refused + unknown + excluded;
    }
};

} // namespace icebreaker
