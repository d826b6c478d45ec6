#pragma once

#include "core/batch.h"
#include "core/error.h"
#include "core/sheetshape.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace Ui {
class BatchPage;
} // namespace Ui

namespace icebreaker {

class Batches;
class BatchController;
class BatchDraft;
class RunPane;
class SheetPane;

/// The Batch page: the file that is open or one of the batches so far, and beneath it
/// the pane that belongs to it.
class BatchPage : public QWidget
{
    Q_OBJECT

public:
    BatchPage(Batches &batches, BatchDraft &draft, BatchController &controller,
              QWidget *parent = nullptr);
    ~BatchPage() override;

    void chooseFile();
    void openFile(const QString &path);
    /// The clipboard's rows, if there are any.
    void paste();
    void requestStart();
    void exportResults();
    void setLimit(int limit);
    [[nodiscard]] int limit() const;
    /// Shows one of the batches; 0 for the file that is open, or none.
    void showBatch(qint64 batch);
    [[nodiscard]] qint64 shownBatch() const { return m_shown; }

    [[nodiscard]] SheetPane &sheetPane() { return *m_sheetPane; }
    [[nodiscard]] RunPane &runPane() { return *m_runPane; }

signals:
    /// The user wants to send what the draft holds, and has been asked for nothing yet.
    void startRequested();
    /// Another batch, or a file, is shown.
    void shown(qint64 batch);
    /// Batches as the journal has them, newest first; only once after the start.
    void listed(const QList<icebreaker::BatchRecord> &records);
    void exportRequested(const QString &path);
    void failed(const icebreaker::Error &error);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void bindDraft();
    void bindBatches();
    void loadList();
    void countNext();
    void fillCombo();
    void choose(int index);
    void showPane();
    void showReadFailure(const SheetError &error);
    void changeReading(const QStringList &preview = {});
    void openSample();
    [[nodiscard]] QString draftText() const;
    [[nodiscard]] QString batchText(const BatchRecord &record) const;

    std::unique_ptr<Ui::BatchPage> m_ui;
    Batches &m_batches;
    BatchDraft &m_draft;
    BatchController &m_controller;
    SheetPane *m_sheetPane;
    RunPane *m_runPane;
    qint64 m_shown = 0;
    QList<BatchRecord> m_records; ///< Newest first.
    QHash<qint64, BatchCounts> m_counts;
    QList<qint64> m_uncounted;
    QTimer m_listTimer;
    bool m_wasListed = false;
};

} // namespace icebreaker
