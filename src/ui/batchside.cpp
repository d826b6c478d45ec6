#include "ui/batchside.h"

#include "ui/batchdraft.h"
#include "ui/funnelview.h"
#include "ui/plaintext.h"
#include "ui/ratechart.h"
#include "ui/ratewatch.h"
#include "ui_batchside.h"

#include <QComboBox>
#include <QFontDatabase>

#include <array>
#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int FunnelColumns = 2;
constexpr std::array Waits{0h, 1h, 4h, 24h, 72h, 168h};

QString waitText(std::chrono::hours wait)
{
    if (wait == 0h)
        return BatchSide::tr("do not wait");
    return wait < 48h ? BatchSide::tr("%n hour(s)", nullptr, static_cast<int>(wait.count()))
                      : BatchSide::tr("%n day(s)", nullptr, static_cast<int>(wait.count() / 24));
}

} // namespace

BatchSide::BatchSide(BatchDraft &draft, RateWatch &rate, Deliveries &deliveries, Journal &journal,
                     QWidget *parent)
    : QStackedWidget(parent)
    , m_ui(std::make_unique<Ui::BatchSide>())
    , m_draft(draft)
    , m_chart(new RateChart(RateChart::Size::Large))
{
    m_ui->setupUi(this);
    m_ui->chartLayout->addWidget(m_chart);
    addDelivery(deliveries, journal);
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

void BatchSide::addDelivery(Deliveries &deliveries, Journal &journal)
{
    m_funnel = new FunnelView(deliveries, journal, FunnelColumns);
    m_ui->funnelLayout->addWidget(m_funnel);
    connect(m_funnel, &FunnelView::failed, this, &BatchSide::failed);
    connect(m_funnel, &FunnelView::chosen, this, [this](const QString &part) {
        m_funnel->mark(part);
        emit filterChosen(u"batch:%1 %2"_s.arg(m_batch).arg(part).trimmed());
    });
    for (const std::chrono::hours wait : Waits)
        m_ui->deliveryWaitCombo->addItem(waitText(wait), static_cast<int>(wait.count()));
    connect(m_ui->deliveryWaitCombo, &QComboBox::activated, this, [this] {
        emit deliveryWaitChosen(m_batch,
                                std::chrono::hours(m_ui->deliveryWaitCombo->currentData().toInt()));
    });
}

void BatchSide::showBatch(const BatchRecord &record)
{
    if (record.id != m_batch)
        m_funnel->mark({});
    m_batch = record.id;
    std::optional<LogFilter> filter;
    if (record.id != 0)
        filter.emplace().batch = record.id;
    m_funnel->setFilter(filter);
    const auto wait = std::chrono::duration_cast<std::chrono::hours>(record.plan.deliveryWait);
    QComboBox *combo = m_ui->deliveryWaitCombo;
    const int hours = static_cast<int>(wait.count());
    if (combo->findData(hours) < 0) // chosen elsewhere
        combo->addItem(waitText(wait), hours);
    combo->setCurrentIndex(combo->findData(hours));
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
