#include "ui/sidepanel.h"

#include "core/templatefill.h"
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

constexpr auto DeliveryClock = 30s; // minutes are what is told

} // namespace

SidePanel::SidePanel(Composer &composer, Journal &journal, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SidePanel>())
    , m_composer(composer)
    , m_shown(journal)
{
    m_ui->setupUi(this);
    m_ui->previewView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    connect(&m_composer, &Composer::changed, this, &SidePanel::showBody);
    connect(&privacy::mask(), &privacy::Mask::changed, this, &SidePanel::showBody);
    connect(&m_composer, &Composer::changed, this, &SidePanel::showMessage);
    connect(m_ui->bubbleView, &BubbleView::linkActivated, this,
            [](const QUrl &url) { QDesktopServices::openUrl(url); });
    new MediaPreview(*m_ui->bubbleView);
    connect(&journal, &Journal::changed, this, [this](const QList<qint64> &rows) {
        if (!rows.isEmpty())
            m_newestRow = std::max(m_newestRow, *std::max_element(rows.begin(), rows.end()));
    });
    connect(&m_shown, &SendFollower::changed, this, &SidePanel::showDelivery);
    connect(&m_shown, &SendFollower::failed, this, &SidePanel::failed);
    connect(m_ui->deliveryView, &TimelineView::releaseRequested, this,
            &SidePanel::releaseRequested);
    m_clock.setInterval(DeliveryClock);
    connect(&m_clock, &QTimer::timeout, this, &SidePanel::showDelivery);
    showBody();
    showMessage();
    showDelivery();
}

SidePanel::~SidePanel() = default;

void SidePanel::showRow(qint64 row)
{
    if (row == 0)
        return;
    m_newestRow = std::max(m_newestRow, row);
    m_shown.follow(row);
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

void SidePanel::showDelivery()
{
    const auto &send = m_shown.send();
    if (!send) {
        m_ui->deliveryView->clear();
        m_clock.stop();
        m_ui->deliverySummary->setText(m_shown.row() == 0 ? tr("Nothing sent yet.") : QString());
        return;
    }
    m_ui->deliveryLabel->setText(m_shown.row() == m_newestRow
                                     ? tr("Delivery of the last send")
                                     : tr("Delivery of the selected send"));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_ui->deliveryView->showDelivery(*send, m_shown.events(), now);
    const QString summary = deliverySummary(*send, now);
    m_ui->deliverySummary->setText(summary);
    m_ui->deliverySummary->setVisible(!summary.isEmpty());
    m_clock.start();
}

} // namespace icebreaker
