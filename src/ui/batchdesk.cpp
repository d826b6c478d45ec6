#include "ui/batchdesk.h"

#include "batch/batchresults.h"
#include "core/whendone.h"
#include "ui/batchmenu.h"
#include "ui/batchpage.h"
#include "ui/batchside.h"
#include "ui/composer.h"
#include "ui/dropcatcher.h"
#include "ui/handondesk.h"
#include "ui/liveguard.h"
#include "ui/offerbar.h"
#include "ui/requestimportdesk.h"
#include "ui/runpane.h"
#include "ui/sheetpane.h"
#include "ui/startquestion.h"
#include "ui/topbar.h"
#include "words/batchwords.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <QWindow>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int MessageTime = 10'000; // ms in the status bar

/// By its name: rows of a spreadsheet are in none of these.
bool holdsStatuses(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return QStringList{u"json"_s, u"jsonl"_s, u"ndjson"_s, u"har"_s}.contains(suffix);
}

} // namespace

BatchDesk::BatchDesk(Place place, BatchController::Services services, Journal &journal,
                     Deliveries &deliveries, Composer &composer, const QString &folder,
                     QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_journal(journal)
    , m_batches(services.batches)
    , m_dispatcher(services.dispatcher)
    , m_composer(composer)
    , m_draft(composer, folder)
    , m_controller(std::move(services), this)
    , m_ownRate(journal)
    , m_shownRate(journal)
    , m_page(new BatchPage(m_batches, m_draft, m_controller))
    , m_side(new BatchSide(m_draft, m_shownRate, deliveries, journal))
    , m_offer(new OfferBar(m_batches))
{
    place.pages.insertTab(place.tab, m_page, tr("Batch"));
    place.side.addWidget(m_side);
    place.bars.insertWidget(place.bars.count() - 1, m_offer);
    auto *menu = new BatchMenu(place.menu, *m_page);
    connect(menu, &BatchMenu::pageWanted, this, &BatchDesk::showPage);
    auto *drops = new DropCatcher(place.window);
    connect(drops, &DropCatcher::dropped, this, [this](const QString &path) {
        if (isBundleFile(path)) {
            emit bundleDropped(path);
            return;
        }
        if (holdsRequests(path)) {
            emit requestsDropped(path);
            return;
        }
        if (holdsStatuses(path)) {
            emit statusesDropped(path);
            return;
        }
        showPage();
        m_page->openFile(path);
    });
    bindPage();
    bindController();
    connect(qApp, &QGuiApplication::focusWindowChanged, this, &BatchDesk::showTitle);
}

BatchDesk::~BatchDesk() = default;

void BatchDesk::bindPage()
{
    connect(&m_place.pages, &QTabWidget::currentChanged, this, &BatchDesk::followTab);
    connect(m_page, &BatchPage::startRequested, this, &BatchDesk::start);
    connect(m_page, &BatchPage::shown, this, &BatchDesk::followShown);
    connect(m_page, &BatchPage::listed, m_offer, &OfferBar::offer);
    connect(m_page, &BatchPage::exportRequested, this, &BatchDesk::exportResults);
    connect(m_page, &BatchPage::failed, this, &BatchDesk::failed);
    connect(&m_page->sheetPane(), &SheetPane::currentRowChanged, m_side, &BatchSide::showRow);
    connect(&m_page->runPane(), &RunPane::sendSelected, this, &BatchDesk::sendSelected);
    connect(&m_page->runPane(), &RunPane::changed, this, [this] {
        m_side->showBatch(m_page->runPane().record());
        followLane();
        showTitle();
    });
    connect(m_side, &BatchSide::filterChosen, this, &BatchDesk::filterChosen);
    connect(m_side, &BatchSide::failed, this, &BatchDesk::failed);
    connect(m_side, &BatchSide::deliveryWaitChosen, this,
            [this](qint64 batch, std::chrono::milliseconds wait) {
                whenDone(m_batches.setDeliveryWait(batch, wait), this,
                         [this](const Result<void> &done) {
                             if (!done)
                                 emit failed(done.error());
                         });
            });
    connect(m_offer, &OfferBar::resumeRequested, this, [this](qint64 batch) {
        showPage();
        m_controller.resume(batch);
    });
    connect(&m_composer, &Composer::changed, this, &BatchDesk::followLane);
    connect(&m_ownRate, &RateWatch::changed, this,
            [this] { m_place.topBar.showRate(m_ownRate.history(), m_ownRate.limit()); });
    connect(&m_shownRate, &RateWatch::changed, this, [this] {
        m_page->runPane().setRate(m_shownRate.history().rateAt(QDateTime::currentDateTimeUtc()));
    });
}

void BatchDesk::bindController()
{
    connect(&m_controller, &BatchController::keyMissing, this, &BatchDesk::keyMissing);
    connect(&m_controller, &BatchController::refused, this, &BatchDesk::refused);
    connect(&m_controller, &BatchController::failed, this, &BatchDesk::failed);
    connect(&m_controller, &BatchController::started, this, [this](const BatchRecord &record) {
        m_announcedPauses.remove(record.id);
        m_doneHint.clear();
        m_offer->withdraw(record.id);
        m_desktop.keepAwake(tr("A batch is being sent"));
        m_page->showBatch(record.id);
    });
    connect(&m_controller, &BatchController::changed, this, [this](qint64 batch) {
        if (m_controller.isRunning())
            m_desktop.keepAwake(tr("A batch is being sent"));
        else
            m_desktop.letSleep();
        announcePause(batch);
    });
    connect(&m_controller, &BatchController::ended, this, &BatchDesk::announceEnd);
    // Queued: the runners have heard of it, too, by then.
    connect(&m_dispatcher, &Dispatcher::finished, this, &BatchDesk::closeWhenIdle,
            Qt::QueuedConnection);
}

void BatchDesk::setProfile(const Profile &profile, Region region, const QUrl &base)
{
    m_controller.setProfile(profile, region, base);
    if (m_page->shownBatch() == 0)
        m_page->setLimit(profile.limit);
    followLane();
}

void BatchDesk::setTitle(const QString &title)
{
    m_title = title;
    showTitle();
}

void BatchDesk::showPage()
{
    m_place.pages.setCurrentWidget(m_page);
}

void BatchDesk::followTab()
{
    const bool here = m_place.pages.currentWidget() == m_page;
    m_place.side.setCurrentIndex(here ? m_place.side.indexOf(m_side) : 0);
}

void BatchDesk::followShown()
{
    if (m_page->shownBatch() != 0) {
        m_side->showRun();
    } else {
        m_side->showPreview();
        m_page->setLimit(m_controller.profile().limit);
    }
    followLane();
    showTitle();
}

void BatchDesk::followLane()
{
    const QString agent = m_composer.resolvedText(m_composer.request().text(Field::AgentId));
    m_ownRate.setLane(m_controller.laneOf(agent), m_controller.profile().limit);
    const BatchPlan &plan = m_page->runPane().record().plan;
    m_shownRate.setLane(plan.lane, plan.limit);
}

void BatchDesk::showTitle()
{
    const RunPane &run = m_page->runPane();
    const BatchCounts &counts = run.counts();
    const qint64 all = counts.total() - counts.excluded;
    if (m_place.window.isActiveWindow() && !run.canPause())
        m_doneHint.clear();
    if (!m_doneHint.isEmpty())
        m_place.window.setWindowTitle(tr("✓ %1 — %2").arg(m_doneHint, m_title));
    else if (run.canPause() && all > 0)
        m_place.window.setWindowTitle(
            tr("%1 % — %2").arg((all - counts.waiting - counts.inFlight) * 100 / all).arg(m_title));
    else
        m_place.window.setWindowTitle(m_title);
}

void BatchDesk::start()
{
    if (m_mayStart && !m_mayStart())
        return;
    const Profile &profile = m_controller.profile();
    const StartFacts facts{m_draft.sheet().name(),
                           m_draft.sendable(),
                           m_draft.people(),
                           m_draft.sheet().rowCount() - m_draft.sendable(),
                           profile.name,
                           m_controller.region(),
                           m_composer.url().host(),
                           m_draft.request().request().text(Field::AgentId),
                           m_page->limit(),
                           profile.limit};
    if (reachesPhones(profile, m_controller.region(), m_controller.base()))
        askGuard(facts);
    else if (confirmStart(&m_place.window, facts))
        m_controller.start(m_draft, m_page->limit());
}

void BatchDesk::askGuard(const StartFacts &facts)
{
    const Profile &profile = m_controller.profile();
    LiveGuard::BatchSummary batch{facts.name, startDetails(facts), {}};
    if (profile.live && profile.onlyTestNumbers)
        batch.recipients = recipients();
    const LiveGuard::Target target{profile, m_controller.region(), m_controller.base()};
    m_place.guard.askBatch(target, batch, [this, target](bool may) {
        // The yes is for this profile at this place, and nothing else.
        const bool same = m_controller.profile().id == target.profile.id
            && m_controller.region() == target.region && m_controller.base() == target.base;
        if (may && same && (!m_mayStart || m_mayStart()))
            m_controller.start(m_draft, m_page->limit());
    });
}

QStringList BatchDesk::recipients() const
{
    QStringList digits;
    for (qsizetype row = 0; row < m_draft.sheet().rowCount(); ++row) {
        const Verdict verdict = m_draft.verdicts().verdict(row);
        if (verdict == Verdict::Ready || verdict == Verdict::Warned)
            digits.append(m_draft.filled(row).text(Field::To));
    }
    return digits;
}

void BatchDesk::announceEnd(const BatchRecord &record)
{
    if (record.state != BatchState::Finished)
        return;
    whenDone(m_batches.counts(record.id), this, [this, record](const Result<BatchCounts> &counts) {
        if (!counts)
            return;
        const QString title = tr("%1 is done").arg(record.plan.name);
        m_desktop.notify(title, countsText(*counts));
        m_place.window.statusBar()->showMessage(tr("%1: %2").arg(title, countsText(*counts)),
                                                MessageTime);
        if (!m_place.window.isActiveWindow())
            m_doneHint = title;
        showTitle();
    });
}

/// Somebody who looks at something else has to know that it stands still.
void BatchDesk::announcePause(qint64 batch)
{
    const BatchRunner *runner = m_controller.runner(batch);
    if (runner == nullptr)
        return;
    const BatchPause pause = runner->record().pause;
    if (m_announcedPauses.value(batch, BatchPause::None) == pause)
        return;
    m_announcedPauses.insert(batch, pause);
    if (const QString text = pauseText(pause); !text.isEmpty())
        m_desktop.notify(tr("%1 stands still").arg(runner->record().plan.name), text);
}

void BatchDesk::exportResults(const QString &path)
{
    auto *results = new BatchResults(m_journal, m_batches, this);
    connect(results, &BatchResults::progressed, this, [this](qint64 rows, qint64 of) {
        m_place.window.statusBar()->showMessage(tr("Exporting row %1 of %2…").arg(rows).arg(of),
                                                MessageTime);
    });
    connect(results, &BatchResults::written, this, [this, results, path] {
        results->deleteLater();
        m_place.window.statusBar()->showMessage(tr("Results saved as %1").arg(path), MessageTime);
    });
    connect(results, &BatchResults::failed, this, [this, results](const Error &error) {
        results->deleteLater();
        emit failed(error);
    });
    results->write(m_page->runPane().record(), path);
}

bool BatchDesk::mayClose()
{
    if (m_isClosing || !(m_controller.isRunning() || m_controller.isStarting()))
        return true;
    QMessageBox box(QMessageBox::Question, tr("A batch is running"),
                    tr("If you close now, the batch stops after the sends that are under way. "
                       "It is offered for resuming at the next start."),
                    QMessageBox::Cancel, &m_place.window);
    const auto *stop = box.addButton(tr("&Stop and close"), QMessageBox::DestructiveRole);
    box.exec();
    if (box.clickedButton() != stop)
        return false;
    m_controller.cancelStart();
    m_controller.pauseAll();
    m_isClosing = true;
    if (m_dispatcher.inFlightCount() + m_dispatcher.waitingCount() == 0)
        return true;
    m_place.window.statusBar()->showMessage(tr("Waiting for the answers that are under way…"));
    return false;
}

void BatchDesk::closeWhenIdle()
{
    if (m_isClosing && m_dispatcher.inFlightCount() + m_dispatcher.waitingCount() == 0)
        m_place.window.close();
}

} // namespace icebreaker
