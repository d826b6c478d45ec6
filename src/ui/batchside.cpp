#include "ui/batchside.h"

#include "ui/batchdraft.h"
#include "ui/plaintext.h"
#include "ui/ratechart.h"
#include "ui/ratewatch.h"
#include "ui_batchside.h"

#include <QFontDatabase>

namespace icebreaker {

BatchSide::BatchSide(BatchDraft &draft, RateWatch &rate, QWidget *parent)
    : QStackedWidget(parent)
    , m_ui(std::make_unique<Ui::BatchSide>())
    , m_draft(draft)
    , m_chart(new RateChart(RateChart::Size::Large))
{
    m_ui->setupUi(this);
    m_ui->chartLayout->addWidget(m_chart);
    connect(&m_draft, &BatchDraft::mappingChanged, this, &BatchSide::follow);
    connect(&m_draft, &BatchDraft::sheetChanged, this, &BatchSide::follow);
    connect(&m_draft, &BatchDraft::cellChanged, this, &BatchSide::follow);
    connect(&rate, &RateWatch::changed, this, [this, &rate] {
        m_chart->show(rate.history(), rate.limit(), QDateTime::currentDateTimeUtc());
    });
    follow();
}

BatchSide::~BatchSide() = default;

void BatchSide::showEvent(QShowEvent *event)
{
    QStackedWidget::showEvent(event);
    // Not earlier: the style sheet takes a font from what was never shown in two nested stacks.
    m_ui->rowPreviewView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
}

void BatchSide::showRow(qsizetype row)
{
    m_row = row;
    follow();
}

void BatchSide::showPreview()
{
    setCurrentWidget(m_ui->previewPage);
}

void BatchSide::showRun()
{
    setCurrentWidget(m_ui->runPage);
}

void BatchSide::setCounts(const BatchCounts &counts)
{
    m_ui->deliveryBars->setCounts(counts);
}

void BatchSide::follow()
{
    if (m_row >= m_draft.sheet().rowCount())
        m_row = 0;
    if (!m_draft.hasRows()) {
        m_ui->rowPreviewLabel->setText(tr("Preview"));
        replaceText(*m_ui->rowPreviewView, {});
        m_ui->rowPreviewNote->setText(
            tr("Here stands exactly what will be sent for the selected row."));
        return;
    }
    m_ui->rowPreviewLabel->setText(tr("Preview: what row %1 will send").arg(m_row + 1));
    replaceText(*m_ui->rowPreviewView, QString::fromUtf8(m_draft.filled(m_row).toJson()));
    m_ui->rowPreviewNote->setText(
        m_draft.usesBuiltInInbox() ? tr("The end of the Status URL is another one for every send.")
                                   : QString());
}

} // namespace icebreaker
