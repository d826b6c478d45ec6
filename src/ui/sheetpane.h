#pragma once

#include "core/error.h"

#include <QWidget>

#include <memory>

namespace Ui {
class SheetPane;
} // namespace Ui

namespace icebreaker {

class BatchDraft;
class BatchMappingModel;
class SheetRowsModel;

/// A batch before its start: what fills each field, what the checks say, and the rows.
class SheetPane : public QWidget
{
    Q_OBJECT

public:
    explicit SheetPane(BatchDraft &draft, QWidget *parent = nullptr);
    ~SheetPane() override;

    /// A job that can be cancelled: the rows are read, or written down.
    void showBusy(const QString &text, qint64 done, qint64 ofAll);
    void hideBusy();
    /// Nothing can be changed while the rows are being written down.
    void setLocked(bool locked);
    [[nodiscard]] bool canStart() const;

signals:
    void startRequested();
    void cancelRequested();
    /// The row that is looked at, from 0.
    void currentRowChanged(qsizetype row);
    void canStartChanged();
    void failed(const icebreaker::Error &error);

private:
    void buildTables();
    void buildChips();
    void followColumns();
    void showChecks();
    void showCheckChips();
    void editDoNotMessageList();
    void exportBadRows();
    [[nodiscard]] QString problem() const;

    std::unique_ptr<Ui::SheetPane> m_ui;
    BatchDraft &m_draft;
    BatchMappingModel *m_mapping;
    SheetRowsModel *m_rows;
    bool m_isLocked = false;
};

} // namespace icebreaker
