#pragma once

#include "batch/batchbuilder.h"
#include "batch/batchresults.h"
#include "batch/batchrunner.h"
#include "cli/batchinput.h"
#include "cli/batchprogress.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/sendstation.h"
#include "store/batches.h"

#include <memory>
#include <optional>

namespace icebreaker {

/// `icebreaker-cli batch`: sends a request to every row of a CSV file, or goes on with a
/// batch that was stopped. The first Ctrl+C stops it and waits for what is in flight, the
/// second ends the program on the spot; either way `--resume` goes on.
class BatchCommand : public Command
{
    Q_OBJECT

public:
    /// A new batch. @param json  one JSON object per line
    BatchCommand(const BatchSource &source, const QString &folder, bool json, Console &console);
    /// Goes on with one. @param options  with `resume`
    BatchCommand(const BatchOptions &options, const QString &folder, bool json, Console &console);

    void start() override;

private:
    BatchCommand(BatchOptions options, const QString &folder, bool json, Console &console,
                 std::unique_ptr<BatchInput> input);

    void takeInput();
    [[nodiscard]] tl::expected<void, QString> checkNumbers() const;
    void reportChecks(bool all);
    void reportRow(qsizetype row);
    void prepareNew();
    void build();
    void prepareResume();
    void choose(const Result<QList<BatchRecord>> &batches);
    void take(qint64 batch);
    void prepareTarget(const BatchRecord &record);
    void run(const BatchRecord &record);
    void followRunner();
    void conclude();
    void writeResults(const BatchCounts &counts);
    void finishWith(const BatchCounts &counts);
    void stop();
    void giveUp(const Error &error);
    void end(ExitStatus status);
    void refuse(const QString &why);
    [[nodiscard]] BatchPlan plan() const;

    const BatchOptions m_options;
    const QString m_folder;
    const bool m_json;
    Console &m_console;
    std::unique_ptr<BatchInput> m_input; ///< Absent with --resume.
    SendStation m_station;
    Batches m_batches;
    BatchBuilder m_builder;
    BatchResults m_results;
    BatchProgress m_progress;
    std::unique_ptr<BatchRunner> m_runner;
    std::optional<BatchRecord> m_record; ///< Of the batch, once it is ready to run.
    bool m_stopped = false;
    bool m_ended = false;
};

} // namespace icebreaker
