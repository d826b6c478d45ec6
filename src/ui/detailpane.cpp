#include "ui/detailpane.h"

#include "core/json.h"
#include "core/pace.h"
#include "core/whendone.h"
#include "store/journal.h"
#include "ui/privacy.h"
#include "ui/recordhtml.h"
#include "ui_detailpane.h"

#include <QFontDatabase>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

DetailPane::DetailPane(Journal &journal, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DetailPane>())
    , m_journal(journal)
{
    m_ui->setupUi(this);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_ui->responseView->setFont(fixed);
    m_ui->requestView->setFont(fixed);
    m_countdown.setInterval(100ms);
    connect(&m_countdown, &QTimer::timeout, this, &DetailPane::updateAgainButton);
    connect(m_ui->againButton, &QPushButton::clicked, this, [this] {
        if (m_record)
            emit sendAgainRequested(*m_record);
    });
    connect(m_ui->explainView, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) {
        if (link.toString() == html::HigherLimitLink)
            emit higherLimitRequested();
    });
    connect(&m_journal, &Journal::changed, this, [this](const QList<qint64> &rows) {
        if (rows.contains(m_row))
            load();
    });
    connect(&privacy::mask(), &privacy::Mask::changed, this, [this] {
        if (m_record)
            show(SendRecord(*m_record));
    });
    showNothing();
}

DetailPane::~DetailPane() = default;

void DetailPane::showRow(qint64 row)
{
    if (row == m_row)
        return;
    m_row = row;
    if (row == 0)
        showNothing();
    else
        load();
}

void DetailPane::addTab(QWidget *page, const QString &title)
{
    m_ui->tabs->addTab(page, title);
}

void DetailPane::load()
{
    whenDone(m_journal.record(m_row), this,
             [this, row = m_row](const Result<std::optional<SendRecord>> &record) {
                 if (row != m_row)
                     return;
                 if (!record)
                     emit failed(record.error());
                 else if (*record)
                     show(**record);
                 else
                     showNothing();
             });
}

void DetailPane::show(const SendRecord &record)
{
    m_record = record;
    const QString &to = record.claim.to;
    m_ui->explainView->setHtml(privacy::text(html::explanation(record), to));
    m_ui->responseView->setPlainText(privacy::text(html::responseText(record), to));
    m_ui->requestView->setPlainText(privacy::text(html::requestText(record), to));
    m_ui->timingView->setHtml(html::timing(record));
    updateAgainButton();
}

void DetailPane::showNothing()
{
    m_record.reset();
    m_ui->explainView->setHtml(
        html::hint(tr("Select a send in the log to see what happened and what to do.")));
    m_ui->responseView->clear();
    m_ui->requestView->clear();
    m_ui->timingView->clear();
    updateAgainButton();
}

void DetailPane::updateAgainButton()
{
    const bool offered = m_record && html::mayOfferAgain(*m_record);
    m_ui->againButton->setVisible(offered);
    if (!offered) {
        m_countdown.stop();
        return;
    }
    std::chrono::milliseconds left = 0ms;
    if (m_record->outcome == Outcome::RateLimited) {
        const auto rest = m_record->answer.retryAfter.value_or(RestAfterRateLimit);
        left = rest
            - std::chrono::milliseconds(
                   m_record->settledAt.msecsTo(QDateTime::currentDateTimeUtc()));
    }
    m_ui->againButton->setEnabled(left <= 0ms);
    m_ui->againButton->setText(
        left > 0ms ? tr("Send again in %n s", nullptr,
                        static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count()))
                   : tr("Send again"));
    if (left > 0ms && !m_countdown.isActive())
        m_countdown.start();
    else if (left <= 0ms)
        m_countdown.stop();
}

} // namespace icebreaker
