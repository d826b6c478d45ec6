#include "ui/explainpane.h"

#include "core/endpoint.h"
#include "core/pace.h"
#include "ui/explainhtml.h"
#include "ui/privacy.h"
#include "ui/recordhtml.h"
#include "ui/sendfollower.h"
#include "ui_explainpane.h"
#include "words/errorwords.h"
#include "words/explainwords.h"

#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Those that make sense for every send, behind what the entries name.
constexpr NextAction Always[] = {NextAction::CompareLastGood, NextAction::ShowAlike,
                                 NextAction::CopyForSupport};

/// So many fit beside each other; the rest is in the menu.
constexpr qsizetype MostButtons = 2;

} // namespace

ExplainPane::ExplainPane(SendFollower &shown, const QString &folder, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ExplainPane>())
    , m_shown(shown)
    , m_notes(folder)
    , m_more(std::make_unique<QMenu>())
{
    m_ui->setupUi(this);
    m_ui->moreButton->setMenu(m_more.get());
    m_more->setObjectName(u"moreMenu"_s);
    m_countdown.setInterval(100ms);
    connect(&m_countdown, &QTimer::timeout, this, &ExplainPane::updateAgainButton);
    connect(m_ui->againButton, &QPushButton::clicked, this,
            [this] { emit actionRequested(NextAction::SendAgain); });
    connect(m_ui->explainView, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) {
        if (link.toString() != html::SourcesLink)
            return;
        m_withSources = !m_withSources;
        showText();
    });
    int place = 0;
    for (QPushButton *button : {m_ui->firstButton, m_ui->secondButton}) {
        connect(button, &QPushButton::clicked, this, [this, place] {
            if (place < m_buttons.size())
                emit actionRequested(m_buttons.at(place));
        });
        ++place;
    }
    bindNotes();
    connect(&privacy::mask(), &privacy::Mask::changed, this, &ExplainPane::showText);
    connect(&m_shown, &SendFollower::changed, this, &ExplainPane::show);
    show();
}

ExplainPane::~ExplainPane()
{
    m_ui->moreButton->setMenu(nullptr);
}

void ExplainPane::bindNotes()
{
    connect(m_ui->keepNoteButton, &QPushButton::clicked, this, &ExplainPane::keepNote);
    connect(m_ui->cancelNoteButton, &QPushButton::clicked, this, &ExplainPane::closeNote);
}

void ExplainPane::loadNotes()
{
    const auto loaded = m_notes.load();
    if (loaded)
        return;
    if (loaded.error().kind == ErrorKind::InvalidInput)
        emit warned(tr("Your notes on explanations could not be understood. Nothing is lost: the "
                       "file is now called %1.")
                        .arg(loaded.error().detail));
    else
        emit failed(loaded.error());
}

const std::optional<SendRecord> &ExplainPane::record() const
{
    return m_shown.send();
}

void ExplainPane::offer(NextAction action)
{
    m_offered.insert(static_cast<int>(action));
    showActions();
}

void ExplainPane::show()
{
    if (m_row != m_shown.row())
        closeNote();
    m_row = m_shown.row();
    m_explanation =
        record() ? explain(Catalogue::builtIn(), *record(), m_shown.events()) : Explanation();
    showText();
    showActions();
}

void ExplainPane::showText()
{
    if (m_shown.row() == 0) {
        m_ui->explainView->setHtml(
            html::hint(tr("Select a send in the log to see what happened and what to do.")));
        return;
    }
    if (!record()) {
        m_ui->explainView->clear();
        return;
    }
    const CatalogueEntry *lead = m_explanation.lead();
    const QString text =
        html::explanation(m_explanation, *record(),
                          lead != nullptr ? m_notes.note(lead->id) : QString(), m_withSources);
    QScrollBar *bar = m_ui->explainView->verticalScrollBar();
    const int scrolled = bar->value();
    m_ui->explainView->setHtml(privacy::text(text, record()->claim.to));
    bar->setValue(scrolled);
}

bool ExplainPane::isPossible(NextAction action) const
{
    if (!m_offered.contains(static_cast<int>(action)))
        return false;
    const bool inSandbox = record()->claim.region == regionName(Region::Sandbox);
    const bool isForVonage = action == NextAction::AskHigherLimit || action == NextAction::EnterKey
        || action == NextAction::FetchConversation;
    return !(inSandbox && isForVonage) && action != NextAction::SendAgain;
}

void ExplainPane::showActions()
{
    m_buttons.clear();
    if (record()) {
        QList<NextAction> wanted = m_explanation.actions;
        for (const NextAction action : Always) {
            if (!wanted.contains(action))
                wanted.append(action);
        }
        std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(m_buttons),
                     [this](NextAction action) { return isPossible(action); });
    }
    m_more->clear();
    m_ui->firstButton->setVisible(!m_buttons.isEmpty());
    m_ui->secondButton->setVisible(m_buttons.size() > 1 && !m_explanation.mayOfferAgain);
    const qsizetype buttons =
        std::min(m_buttons.size(), m_explanation.mayOfferAgain ? 1 : MostButtons);
    for (qsizetype i = 0; i < m_buttons.size(); ++i)
        addAction(m_buttons.at(i), i < buttons ? i : -1);
    if (record() && m_explanation.lead() != nullptr)
        m_more->addAction(tr("Your &note…"), this, &ExplainPane::editNote)
            ->setObjectName(u"editNoteAction"_s);
    m_ui->moreButton->setVisible(!m_more->isEmpty());
    updateAgainButton();
}

/// @param place  of a button, or -1 for the menu
void ExplainPane::addAction(NextAction action, qsizetype place)
{
    const QString text = actionText(action);
    if (place < 0) {
        m_more->addAction(text, this, [this, action] { emit actionRequested(action); });
        return;
    }
    QPushButton *button = place == 0 ? m_ui->firstButton : m_ui->secondButton;
    button->setText(shortActionText(action));
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setToolTip(QString(text).remove(u'&'));
}

void ExplainPane::updateAgainButton()
{
    const bool offered = record() && m_explanation.mayOfferAgain
        && m_offered.contains(static_cast<int>(NextAction::SendAgain));
    m_ui->againButton->setVisible(offered);
    if (!offered) {
        m_countdown.stop();
        return;
    }
    std::chrono::milliseconds left = 0ms;
    if (record()->outcome == Outcome::RateLimited) {
        const auto rest = record()->answer.retryAfter.value_or(RestAfterRateLimit);
        left = rest
            - std::chrono::milliseconds(
                   record()->settledAt.msecsTo(QDateTime::currentDateTimeUtc()));
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

void ExplainPane::editNote()
{
    const AppliedEntry &applied = m_explanation.applied.first();
    m_notedEntry = applied.entry.id;
    m_ui->noteLabel->setText(
        tr("Your &note on “%1”").arg(entryTitle(applied).replace(u'&', "&&"_L1)));
    m_ui->noteEdit->setPlainText(m_notes.note(m_notedEntry));
    showNoteEditor(true);
    m_ui->noteEdit->setFocus();
}

void ExplainPane::keepNote()
{
    const auto kept = m_notes.setNote(m_notedEntry, m_ui->noteEdit->toPlainText());
    if (!kept) {
        emit failed(kept.error()); // what was typed stays where it is
        return;
    }
    closeNote();
    showText();
}

void ExplainPane::closeNote()
{
    m_notedEntry.clear();
    showNoteEditor(false);
}

/// Instead of the text: there is no room for both, and the window must not grow.
void ExplainPane::showNoteEditor(bool on)
{
    m_ui->noteEditor->setVisible(on);
    m_ui->explainView->setVisible(!on);
    m_ui->buttonRow->setVisible(!on);
}

} // namespace icebreaker
