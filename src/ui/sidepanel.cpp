#include "ui/sidepanel.h"

#include "core/templatefill.h"
#include "core/whendone.h"
#include "store/journal.h"
#include "ui/composer.h"
#include "ui/mediapreview.h"
#include "ui/plaintext.h"
#include "ui/privacy.h"
#include "ui_sidepanel.h"
#include "words/deliverywords.h"

#include <QDesktopServices>
#include <QFontDatabase>

#include <algorithm>

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

constexpr auto ClockInterval = 30s; // minutes are what is told

} // namespace

SidePanel::SidePanel(Composer &composer, Journal &journal, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SidePanel>())
    , m_composer(composer)
    , m_journal(journal)
{
    m_ui->setupUi(this);
    m_ui->previewView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    connect(&m_composer, &Composer::changed, this, &SidePanel::showBody);
    connect(&privacy::mask(), &privacy::Mask::changed, this, &SidePanel::showBody);
    connect(&m_composer, &Composer::changed, this, &SidePanel::showMessage);
    connect(m_ui->bubbleView, &BubbleView::linkActivated, this,
            [](const QUrl &url) { QDesktopServices::openUrl(url); });
    new MediaPreview(*m_ui->bubbleView);
    connect(&m_journal, &Journal::changed, this, [this](const QList<qint64> &rows) {
        if (!rows.isEmpty())
            m_newestRow = std::max(m_newestRow, *std::max_element(rows.begin(), rows.end()));
        if (rows.contains(m_row))
            loadDelivery();
    });
    connect(m_ui->deliveryView, &TimelineView::releaseRequested, this,
            &SidePanel::releaseRequested);
    m_clock.setInterval(ClockInterval);
    connect(&m_clock, &QTimer::timeout, this, &SidePanel::showDelivery);
    showBody();
    showMessage();
    showDelivery();
}

SidePanel::~SidePanel() = default;

void SidePanel::showRow(qint64 row)
{
    if (row == 0 || row == m_row)
        return;
    m_row = row;
    m_newestRow = std::max(m_newestRow, row);
    loadDelivery();
}

void SidePanel::showBody()
{
    replaceText(
        *m_ui->previewView,
        privacy::text(QString::fromUtf8(m_composer.body()), m_composer.outgoing().text(Field::To)));
}

/// With a card at hand the message says more than its JSON, so its tab comes to the front.
void SidePanel::showMessage()
{
    const TemplateVersion *version =
        m_composer.request().isSms() ? nullptr : m_composer.cardVersion();
    if (version == nullptr)
        m_ui->bubbleView->setMessage(
            std::nullopt,
            tr("Choose a template card in the form, or make one, to see the message "
               "as its recipient will."));
    else
        m_ui->bubbleView->setMessage(rendered(*version, shownValues()));
    const bool hasCard = version != nullptr;
    if (hasCard != m_hasCard)
        m_ui->previewTabs->setCurrentWidget(hasCard ? m_ui->phoneTab : m_ui->jsonTab);
    m_hasCard = hasCard;
}

QStringList SidePanel::shownValues() const
{
    QStringList values = m_composer.cardValues();
    for (QString &value : values)
        value = m_composer.resolvedText(value);
    return values;
}

void SidePanel::loadDelivery()
{
    whenDone(m_journal.record(m_row), this,
             [this, row = m_row](const Result<std::optional<SendRecord>> &record) {
                 if (!record)
                     emit failed(record.error());
                 else if (*record && row == m_row)
                     loadEvents(**record);
             });
}

void SidePanel::loadEvents(const SendRecord &record)
{
    whenDone(m_journal.events(record.claim.sendId), this,
             [this, record](const Result<QList<KeptEvent>> &events) {
                 if (!events) {
                     emit failed(events.error());
                 } else if (record.row == m_row) {
                     m_record = record;
                     m_events = *events;
                     showDelivery();
                 }
             });
}

void SidePanel::showDelivery()
{
    if (!m_record) {
        m_ui->deliverySummary->setText(tr("Nothing sent yet."));
        return;
    }
    m_ui->deliveryLabel->setText(m_row == m_newestRow ? tr("Delivery of the last send")
                                                      : tr("Delivery of the selected send"));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_ui->deliveryView->showDelivery(*m_record, m_events, now);
    const QString summary = deliverySummary(*m_record, now);
    m_ui->deliverySummary->setText(summary);
    m_ui->deliverySummary->setVisible(!summary.isEmpty());
    m_clock.start();
}

} // namespace icebreaker
