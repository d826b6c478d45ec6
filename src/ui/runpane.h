#pragma once

#include "core/batch.h"
#include "core/error.h"

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <memory>

namespace Ui {
class RunPane;
} // namespace Ui

namespace icebreaker {

class Batches;
class BatchController;
class BatchRowsModel;
class BatchRunner;

/// A batch from its start on: how far it is, when it will be done, why it stands still,
/// and every row with what became of it.
class RunPane : public QWidget
{
    Q_OBJECT

public:
    RunPane(Batches &batches, BatchController &controller, QWidget *parent = nullptr);
    ~RunPane() override;

    /// @param record  id 0 shows nothing
    void showBatch(const BatchRecord &record);
    [[nodiscard]] const BatchRecord &record() const { return m_record; }
    [[nodiscard]] const BatchCounts &counts() const { return m_counts; }
    /// Starts per second at the moment; 0 if nothing starts.
    void setRate(double perSecond);

    [[nodiscard]] bool canPause() const; ///< It runs here.
    [[nodiscard]] bool canResume() const; ///< It stands still, and nobody else runs it.
    [[nodiscard]] bool canStop() const;
    void pauseOrResume();
    void stop();
    void retryRefused();
    void copySummary();

signals:
    /// Counts or state are different.
    void changed();
    void exportRequested();
    /// The journal row of the selected row's newest send.
    void sendSelected(qint64 journalRow);
    void failed(const icebreaker::Error &error);

private:
    void buildTable();
    void buildChips();
    void sizeColumns();
    void load();
    void showState();
    void showCounts();
    void showLine();
    void showNote();
    void showActions();
    void sendRowNow();
    void retryRows();
    void copyRows();
    [[nodiscard]] BatchRunner *runner() const;
    [[nodiscard]] QList<qint64> selectedRows(RowState state) const;
    [[nodiscard]] std::chrono::milliseconds timeLeft() const;

    std::unique_ptr<Ui::RunPane> m_ui;
    Batches &m_batches;
    BatchController &m_controller;
    BatchRowsModel *m_rows;
    BatchRecord m_record;
    BatchCounts m_counts;
    double m_rate = 0;
    QTimer m_loadTimer; ///< Takes changes in some ten times a second.
    QTimer m_clock; ///< The time left runs, also between two changes.
    bool m_isLoading = false;
};

} // namespace icebreaker
