#pragma once

#include "core/batch.h"
#include "core/error.h"

#include <QStackedWidget>

#include <chrono>
#include <memory>

namespace Ui {
class BatchSide;
} // namespace Ui

namespace icebreaker {

class BatchDraft;
class Deliveries;
class FunnelView;
class Journal;
class RateChart;
class RateWatch;

/// Beside the Batch page: the exact request of the selected row before the start, and
/// pace and delivery afterwards.
class BatchSide : public QStackedWidget
{
    Q_OBJECT

public:
    BatchSide(BatchDraft &draft, RateWatch &rate, Deliveries &deliveries, Journal &journal,
              QWidget *parent = nullptr);
    ~BatchSide() override;

    void showRow(qsizetype row); ///< Of the draft's sheet, from 0.
    void showPreview();
    void showRun();
    void showBatch(const BatchRecord &record);

signals:
    /// What the log's filter has to say to show some of the batch's sends.
    void filterChosen(const QString &filterText);
    /// How long after the end of the batch that is shown its deliveries are waited for.
    void deliveryWaitChosen(qint64 batch, std::chrono::milliseconds wait);
    void failed(const icebreaker::Error &error);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addDelivery(Deliveries &deliveries, Journal &journal);
    void follow();

    std::unique_ptr<Ui::BatchSide> m_ui;
    BatchDraft &m_draft;
    RateChart *m_chart;
    FunnelView *m_funnel = nullptr;
    qint64 m_batch = 0;
    qsizetype m_row = 0;
};

} // namespace icebreaker
