#pragma once

#include "core/batch.h"

#include <QStackedWidget>

#include <memory>

namespace Ui {
class BatchSide;
} // namespace Ui

namespace icebreaker {

class BatchDraft;
class RateChart;
class RateWatch;

/// Beside the Batch page: the exact request of the selected row before the start, and
/// pace and delivery afterwards.
class BatchSide : public QStackedWidget
{
    Q_OBJECT

public:
    BatchSide(BatchDraft &draft, RateWatch &rate, QWidget *parent = nullptr);
    ~BatchSide() override;

    void showRow(qsizetype row); ///< Of the draft's sheet, from 0.
    void showPreview();
    void showRun();
    void setCounts(const BatchCounts &counts);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void follow();

    std::unique_ptr<Ui::BatchSide> m_ui;
    BatchDraft &m_draft;
    RateChart *m_chart;
    qsizetype m_row = 0;
};

} // namespace icebreaker
