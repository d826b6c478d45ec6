#include "ui/conversationpane.h"

#include "core/whendone.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "ui/conversationfetcher.h"
#include "ui/conversationview.h"
#include "ui/rawdialog.h"
#include "ui/sendfollower.h"
#include "ui/texttablemodel.h"
#include "ui_conversationpane.h"
#include "words/conversationwords.h"
#include "words/deliverywords.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto CountdownStep = 250ms;

constexpr int ReportHeight = 88; // beside a conversation: more by scrolling

/// Escaped: what a report says may come from outside.
QString paragraph(const QString &text, bool isHeadline = false)
{
    if (text.isEmpty())
        return {};
    return isHeadline ? u"<p><b>%1</b></p>"_s.arg(text.toHtmlEscaped())
                      : u"<p>%1</p>"_s.arg(text.toHtmlEscaped());
}

QStringList cellsOf(const SessionSummary &session, const QDateTime &reference)
{
    return {session.startedAt.isValid() ? momentText(session.startedAt, reference)
                                        : ConversationPane::tr("not said"),
            session.source, session.destination, session.id};
}

} // namespace

ConversationPane::ConversationPane(SendFollower &shown, Deliveries &deliveries,
                                   ConversationFetcher &fetcher, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ConversationPane>())
    , m_shown(shown)
    , m_deliveries(deliveries)
    , m_fetcher(fetcher)
    , m_view(new ConversationView)
    , m_candidates(new TextTableModel({tr("Began"), tr("From"), tr("To"), tr("Session ID")}, this))
{
    m_ui->setupUi(this);
    m_ui->paneLayout->addWidget(m_view, 1);
    m_filler = new QWidget(this); // keeps the buttons at the top while there is nothing else
    m_filler->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    m_ui->paneLayout->addWidget(m_filler, 1);
    m_ui->sessionView->setModel(m_candidates);
    int section = 0;
    for (const int width : {72, 96, 96})
        m_ui->sessionView->horizontalHeader()->resizeSection(section++, width);
    m_ui->sessionView->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_countdown.setInterval(CountdownStep);
    connect(&m_countdown, &QTimer::timeout, this, &ConversationPane::showProgress);
    bindButtons();
    connect(&m_fetcher, &ConversationFetcher::changed, this, [this](qint64 row) {
        if (row == m_row)
            showAll();
    });
    connect(&m_fetcher, &ConversationFetcher::kept, this, [this](qint64 row) {
        if (row == m_row)
            loadKept();
    });
    connect(&m_shown, &SendFollower::changed, this, &ConversationPane::follow);
    follow();
}

ConversationPane::~ConversationPane() = default;

void ConversationPane::bindButtons()
{
    connect(m_ui->fetchButton, &QPushButton::clicked, this, &ConversationPane::fetch);
    connect(m_ui->stopFetchButton, &QPushButton::clicked, this, [this] { m_fetcher.stop(m_row); });
    connect(m_ui->readSessionButton, &QPushButton::clicked, this, &ConversationPane::readChosen);
    connect(m_ui->sessionView, &QTableView::activated, this, &ConversationPane::readChosen);
    connect(m_ui->sessionView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] {
                m_ui->readSessionButton->setEnabled(
                    m_ui->sessionView->selectionModel()->hasSelection());
            });
    connect(m_ui->rawAnswerButton, &QPushButton::clicked, this, [this] {
        if (const auto state = m_fetcher.state(m_row); state.report)
            showRaw(*window(), tr("AI Studio's answer"), state.report->answer.body);
    });
}

void ConversationPane::follow()
{
    if (m_row != m_shown.row()) {
        m_row = m_shown.row();
        m_kept.reset();
        if (m_row != 0)
            loadKept();
    }
    showAll();
}

void ConversationPane::loadKept()
{
    whenDone(m_deliveries.conversation(m_row), this,
             [this, row = m_row](const Result<std::optional<KeptConversation>> &kept) {
                 if (row != m_row)
                     return;
                 if (!kept) {
                     emit failed(kept.error());
                     return;
                 }
                 m_kept = *kept;
                 showAll();
             });
}

void ConversationPane::fetch()
{
    if (m_shown.send())
        m_fetcher.fetch(*m_shown.send());
}

void ConversationPane::readChosen()
{
    const auto state = m_fetcher.state(m_row);
    const int chosen = m_ui->sessionView->currentIndex().row();
    if (m_shown.send() && state.report && chosen >= 0 && chosen < state.report->candidates.size())
        m_fetcher.fetch(*m_shown.send(), state.report->candidates.at(chosen));
}

QString ConversationPane::hint() const
{
    if (m_row == 0)
        return tr("Select a send in the log to fetch its conversation.");
    if (!m_shown.send() || m_kept)
        return {};
    if (!m_shown.send()->outcome)
        return tr("The send is still under way.");
    if (!ConversationFetcher::isFetchable(*m_shown.send()))
        return tr("Nothing reached the recipient, so there is no conversation.");
    return tr("AI Studio keeps what the agent and the customer said. Fetching it only asks: "
              "nothing is sent to the customer.");
}

void ConversationPane::showAll()
{
    const auto state = m_fetcher.state(m_row);
    const bool canFetch = m_shown.send() && ConversationFetcher::isFetchable(*m_shown.send());
    m_ui->fetchButton->setVisible(canFetch && !state.isFetching);
    m_ui->fetchButton->setText(m_kept || state.report ? tr("&Fetch again")
                                                      : tr("&Fetch conversation"));
    m_ui->stopFetchButton->setVisible(state.isFetching);
    const QString text =
        state.isFetching || state.report || !state.refusal.isEmpty() ? QString() : hint();
    m_ui->conversationHint->setText(text);
    m_ui->conversationHint->setVisible(!text.isEmpty());
    showProgress();
    showReport();
    showKept();
}

void ConversationPane::showProgress()
{
    const auto state = m_fetcher.state(m_row);
    m_ui->fetchProgress->setVisible(state.isFetching);
    if (!state.isFetching) {
        m_countdown.stop();
        return;
    }
    if (!state.nextTryAt.isValid()) {
        m_countdown.stop();
        m_ui->fetchProgress->setText(fetchPlaceText(state.place));
        return;
    }
    const std::chrono::milliseconds left(QDateTime::currentDateTimeUtc().msecsTo(state.nextTryAt));
    m_ui->fetchProgress->setText(fetchWaitingText(std::max(left, 0ms), state.triesLeft));
    if (!m_countdown.isActive())
        m_countdown.start();
}

/// How the last fetch ended, unless the conversation itself says so.
void ConversationPane::showReport()
{
    const auto state = m_fetcher.state(m_row);
    QStringList parts;
    if (!state.refusal.isEmpty()) {
        parts << paragraph(tr("Nothing was asked."), true) << paragraph(state.refusal);
    } else if (state.report && !(m_kept && state.report->end == FetchEnd::Found)) {
        const Gist words = explain(*state.report);
        parts << paragraph(words.headline, true) << paragraph(words.meaning)
              << paragraph(words.reached) << paragraph(words.next);
    }
    m_ui->fetchReport->setHtml(parts.join(QString()));
    m_ui->fetchReport->setVisible(!parts.isEmpty());
    m_ui->fetchReport->setMaximumHeight(m_kept ? ReportHeight : QWIDGETSIZE_MAX);
    m_filler->setVisible(parts.isEmpty() && !m_kept);

    const bool hasBody = state.report && !state.report->answer.body.isEmpty();
    m_ui->rawAnswerButton->setVisible(!parts.isEmpty() && hasBody);
    const bool mayChoose = state.report && !state.report->candidates.isEmpty();
    QList<QStringList> rows;
    if (mayChoose && m_shown.send()) {
        for (const SessionSummary &session : state.report->candidates)
            rows.append(cellsOf(session, m_shown.send()->claim.claimedAt));
    }
    m_candidates->show(rows);
    m_ui->sessionView->setVisible(!rows.isEmpty());
    m_ui->readSessionButton->setVisible(!rows.isEmpty());
    m_ui->readSessionButton->setEnabled(m_ui->sessionView->selectionModel()->hasSelection());
}

void ConversationPane::showKept()
{
    m_view->setVisible(m_kept.has_value());
    m_ui->fetchedLabel->setVisible(m_kept.has_value());
    if (!m_kept)
        return;
    m_view->show(m_kept->conversation);
    const QString when = momentText(m_kept->fetchedAt, QDateTime::currentDateTimeUtc());
    m_ui->fetchedLabel->setText(m_kept->conversation.complete
                                    ? tr("Fetched at %1").arg(when)
                                    : tr("Fetched at %1, without a transcription").arg(when));
    m_ui->fetchedLabel->setToolTip(foundByText(m_kept->foundBy));
    m_ui->fetchedLabel->setAccessibleDescription(foundByText(m_kept->foundBy));
}

} // namespace icebreaker
