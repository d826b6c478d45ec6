#pragma once

#include "cli/console.h"
#include "core/batch.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace icebreaker {

/// What `batch` shows while it runs: with --json an object for each attempt, on a terminal
/// a line that is written over, else a line for what was not accepted.
class BatchProgress : public QObject
{
    Q_OBJECT

public:
    BatchProgress(bool json, Console &console);

    /// @param counts  as the batch stands now
    void begin(const BatchCounts &counts, const BatchPlan &plan);
    void add(const SendRecord &attempt);
    /// Takes the line off the terminal.
    void end();

private:
    void show();
    [[nodiscard]] QString line() const;

    const bool m_json;
    Console &m_console;
    BatchCounts m_counts;
    BatchPlan m_plan;
    qint64 m_ended = 0; ///< Rows since begin().
    QElapsedTimer m_since;
    QTimer m_tick;
};

} // namespace icebreaker
