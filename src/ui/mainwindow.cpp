#include "ui/mainwindow.h"

#include "core/whendone.h"
#include "guide/guidedesk.h"
#include "interop/curl.h"
#include "receive/inboxhub.h"
#include "store/journal.h"
#include "ui/againdesk.h"
#include "ui/awaitedsend.h"
#include "ui/batchdesk.h"
#include "ui/codepage.h"
#include "ui/composerpage.h"
#include "ui/deliverydesk.h"
#include "ui/detailpane.h"
#include "ui/diagnosisdesk.h"
#include "ui/explaindesk.h"
#include "ui/finddesk.h"
#include "ui/handondesk.h"
#include "ui/historydesk.h"
#include "ui/inboxdesk.h"
#include "ui/liveguard.h"
#include "ui/logpanel.h"
#include "ui/palettesources.h"
#include "ui/privacy.h"
#include "ui/profiledesk.h"
#include "ui/profiletools.h"
#include "ui/rawpage.h"
#include "ui/requestdesk.h"
#include "ui/requestimportdesk.h"
#include "ui/samplerequest.h"
#include "ui/sandboxhelp.h"
#include "ui/saveddesk.h"
#include "ui/senddesk.h"
#include "ui/settingsdialog.h"
#include "ui/sidepanel.h"
#include "ui/topbar.h"
#include "ui/windowlayout.h"
#include "ui_mainwindow.h"
#include "words/checkwords.h"
#include "words/diagnosiswords.h"
#include "words/errorwords.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QLabel>
#include <QMessageBox>
#include <QStackedWidget>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int ReportTime = 10'000; // ms in the status bar

} // namespace

MainWindow::MainWindow(Services services, Settings settings, QList<Profile> profiles,
                       QWidget *parent)
    : QMainWindow(parent)
    , m_ui(std::make_unique<Ui::MainWindow>())
    , m_services(std::move(services))
    , m_settings(std::move(settings))
    , m_profiles(m_services.folder, std::move(profiles), m_settings.currentProfile)
    , m_templates(m_services.folder)
    , m_composer([this](const QString &sendId) {
        return m_services.inbox.addressFor(m_profiles.current(), m_profileDesk->region(), sendId);
    })
    , m_tabs(m_services.folder, m_composer)
    , m_numbers(m_services.folder)
    , m_guard(new LiveGuard(m_services.journal, m_services.folder, *this))
    , m_tools(new ProfileTools(
          {*this, m_services.journal, m_services.vault, m_profiles, m_numbers, m_composer}))
    , m_limitWatch(m_profiles)
{
    m_ui->setupUi(this);
    m_topBar = new TopBar(*m_ui->toolBar);
    m_sendDesk =
        new SendDesk({*m_topBar, *m_ui->sendAction, *m_ui->sendNowAction, *m_ui->stopAction},
                     m_composer, m_services.vault, m_services.dispatcher, *m_guard, this);
    m_profileDesk =
        new ProfileDesk({*this, *m_topBar, *m_ui->bandFrame, *m_ui->band, *m_ui->bandSymbol},
                        m_profiles, m_services.vault, sender(), m_services.sandboxBase, this);
    buildPages();
    bindActions();
    bindInbox();
    bindSender();
    bindRawPage();
    bindProfiles();
    bindGuard();
    bindTools();
    addDiagnosisDesk();
    addGuideDesk();
    m_profileDesk->start();
    m_limitWatch.look();
    restoreLayout(*this, m_settings);
    showCount();
}

MainWindow::~MainWindow() = default;

void MainWindow::showBanner(const QString &text)
{
    m_ui->bannerLabel->setText(text);
    m_ui->banner->setVisible(true);
}

void MainWindow::showError(const Error &error)
{
    showBanner(errorText(error));
}

void MainWindow::report(const QString &text)
{
    statusBar()->showMessage(text, ReportTime);
}

SendController &MainWindow::sender()
{
    return m_sendDesk->sender();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_desk->mayClose()) {
        event->ignore();
        return;
    }
    if (m_services.dispatcher.inFlightCount() > 0) {
        QMessageBox box(QMessageBox::Question, tr("A send is under way"),
                        tr("A send has no answer yet. If you close now, its outcome will be "
                           "recorded as unknown."),
                        QMessageBox::NoButton, this);
        const auto *wait = box.addButton(tr("&Wait for it"), QMessageBox::RejectRole);
        box.addButton(tr("&Close anyway"), QMessageBox::DestructiveRole);
        box.exec();
        if (box.clickedButton() == wait) {
            event->ignore();
            return;
        }
    }
    m_tabs.store();
    storeSettings();
    event->accept();
}

void MainWindow::buildPages()
{
    m_composerPage = new ComposerPage(m_composer, m_templates, m_services.vault);
    connect(m_composerPage, &ComposerPage::failed, this, &MainWindow::showError);
    m_rawPage = new RawPage(m_composer);
    m_codePage = new CodePage(m_composer, m_services.vault, [this] {
        return CodePage::Owner{m_profiles.current(), sender().keyOrigin()};
    });
    connect(m_codePage, &CodePage::reported, this, &MainWindow::report);
    connect(m_codePage, &CodePage::failed, this, &MainWindow::showError);
    m_ui->pages->addTab(m_composerPage, tr("Message"));
    m_ui->pages->addTab(m_rawPage, tr("Raw JSON"));
    m_ui->pages->addTab(m_codePage, tr("As Code"));

    m_requestDesk = new RequestDesk({*this, *m_ui->requestLayout, *m_composerPage, *m_ui->editMenu,
                                     *m_ui->newRequestAction, *m_ui->closeRequestAction,
                                     *m_ui->reopenRequestAction},
                                    m_tabs, this);

    m_sidePanel = new SidePanel(m_composer, m_services.journal);
    auto *side = new QStackedWidget;
    side->addWidget(m_sidePanel);
    m_ui->topSplitter->addWidget(side);
    m_logPanel = new LogPanel(m_services.journal);
    m_awaited = new AwaitedSend(m_services.journal, *m_logPanel, this);
    m_detailPane = new DetailPane(m_services.journal);
    m_ui->bottomSplitter->addWidget(m_logPanel);
    m_ui->bottomSplitter->addWidget(m_detailPane);
    m_ui->logMenu->addSeparator();
    m_ui->logMenu->addActions(m_logPanel->rowActions());
    addDesk(*side);
    addDeliveryDesk();
    addHistory();
    addExplainDesk();
    addHandOnDesk();
    addSavedDesk();
    addImportDesk();
    for (QSplitter *splitter : {m_ui->topSplitter, m_ui->bottomSplitter}) {
        splitter->setStretchFactor(0, 7);
        splitter->setStretchFactor(1, 3);
        splitter->setSizes({940, 400});
    }
    m_ui->rowSplitter->setStretchFactor(0, 6);
    m_ui->rowSplitter->setStretchFactor(1, 4);
    m_ui->rowSplitter->setSizes({480, 280});

    m_inboxDesk =
        new InboxDesk({*this, *statusBar(), *m_ui->logMenu, *m_ui->toolsMenu, *m_ui->centralLayout},
                      m_services.inbox, m_services.vault, m_profiles);
    m_countLabel = new QLabel;
    m_countLabel->setContentsMargins(12, 0, 0, 0);
    statusBar()->addWidget(m_countLabel);

    connect(m_logPanel, &LogPanel::currentChanged, &m_detailPane->selected(),
            &SendFollower::follow);
    connect(m_logPanel, &LogPanel::currentChanged, m_sidePanel, &SidePanel::showRow);
    connect(m_logPanel, &LogPanel::failed, this, &MainWindow::showError);
    connect(m_logPanel, &LogPanel::cardRequested, this, [this](const QByteArray &body) {
        m_ui->pages->setCurrentWidget(m_composerPage);
        m_composerPage->makeCard(body);
    });
    connect(m_sidePanel, &SidePanel::failed, this, &MainWindow::showError);
    connect(m_detailPane, &DetailPane::failed, this, &MainWindow::showError);
    connect(&m_services.journal, &Journal::failed, this, &MainWindow::showError);
    connect(&m_services.journal, &Journal::changed, this, &MainWindow::showCount);
    connect(&m_composer, &Composer::changed, this, &MainWindow::showRequestPages);
    connect(m_ui->bannerCloseButton, &QPushButton::clicked, m_ui->banner, &QWidget::hide);
    connect(&m_tabs, &RequestTabs::failed, this, &MainWindow::showError);
}

void MainWindow::addDesk(QStackedWidget &side)
{
    constexpr int afterMessage = 1;
    m_desk = new BatchDesk(
        {*this, *m_ui->pages, afterMessage, side, *m_ui->centralLayout, *m_ui->batchMenu, *m_topBar,
         *m_guard},
        {m_services.batches, m_services.vault, m_services.dispatcher, m_services.sandboxBase,
         [this](const Profile &profile, Region region, const QString &sendId) {
             return m_services.inbox.addressFor(profile, region, sendId);
         },
         [this](const QString &id) { return m_profiles.find(id); }},
        m_services.journal, m_services.deliveries, m_composer, m_services.folder, this);
    connect(m_desk, &BatchDesk::failed, this, &MainWindow::showError);
    connect(m_desk, &BatchDesk::refused, this, &MainWindow::showBanner);
    connect(m_desk, &BatchDesk::keyMissing, m_profileDesk, &ProfileDesk::editKey);
    connect(m_desk, &BatchDesk::sendSelected, m_logPanel, &LogPanel::select);
}

void MainWindow::addDeliveryDesk()
{
    m_deliveryDesk = new DeliveryDesk(
        {*this, *m_logPanel, *m_detailPane, *m_sidePanel, *m_ui->logMenu}, m_services.journal,
        {m_services.deliveries, m_services.vault, m_services.insights,
         [this] { return m_profiles.profiles(); }},
        this);
    connect(m_deliveryDesk, &DeliveryDesk::failed, this, &MainWindow::showError);
    connect(m_deliveryDesk, &DeliveryDesk::sendAssigned, this, &MainWindow::showSend);
    connect(m_desk, &BatchDesk::filterChosen, m_deliveryDesk, &DeliveryDesk::showFiltered);
}

void MainWindow::addHistory()
{
    const HistoryDesk::Place place{*this, *m_logPanel, *m_ui->logMenu};
    m_historyDesk = new HistoryDesk(place, m_services.journal, this);
    auto *find = new FindDesk({*this, *m_logPanel, *m_ui->logMenu}, m_historyDesk->history(),
                              m_services.folder, this);
    connect(find, &FindDesk::failed, this, &MainWindow::showError);
    connect(m_historyDesk, &HistoryDesk::failed, this, &MainWindow::showError);
    connect(m_historyDesk, &HistoryDesk::aged, this, [this](qint64 removed) {
        report(tr("%n old send(s) deleted", nullptr, static_cast<int>(removed)));
    });
    connect(&m_services.journal, &Journal::removed, this, &MainWindow::showCount);
    m_historyDesk->setKeepDays(m_settings.keepDays);
}

void MainWindow::addExplainDesk()
{
    m_explainDesk =
        new ExplainDesk({*this, *m_logPanel, *m_detailPane, *m_ui->logMenu}, m_services.journal,
                        m_services.deliveries, m_services.folder, this);
    connect(m_explainDesk, &ExplainDesk::failed, this, &MainWindow::showError);
    connect(m_explainDesk, &ExplainDesk::warned, this, &MainWindow::showBanner);
    connect(m_explainDesk, &ExplainDesk::reported, this, &MainWindow::report);
    connect(m_explainDesk, &ExplainDesk::sendAgainRequested, &sender(), &SendController::sendAgain);
    connect(m_explainDesk, &ExplainDesk::actionRequested, this, &MainWindow::take);
    m_explainDesk->start();
}

void MainWindow::take(NextAction action, const QString &profile)
{
    const bool isOfProfile = action == NextAction::EnterKey || action == NextAction::OpenInbox
        || action == NextAction::AskHigherLimit;
    if (isOfProfile && profile != m_profiles.current().name) {
        showBanner(tr("That send went out for the profile “%1”. Choose it first.").arg(profile));
        return;
    }
    switch (action) {
    case NextAction::EnterKey: m_profileDesk->editKey(); break;
    case NextAction::OpenInbox: m_inboxDesk->openDialog(); break;
    case NextAction::AskHigherLimit: m_tools->askForHigherLimit(); break;
    case NextAction::EditProfile: m_profileDesk->editProfiles(); break;
    case NextAction::CopyForSupport: m_handOnDesk->copyForTicket(); break;
    case NextAction::OpenForm: m_ui->pages->setCurrentWidget(m_composerPage); break;
    default: break;
    }
}

void MainWindow::addHandOnDesk()
{
    m_handOnDesk = new HandOnDesk(
        {*this, *m_logPanel, *m_ui->menuBar, *m_ui->fileMenu, *m_ui->logMenu, *m_ui->toolsMenu},
        {m_services.folder, m_services.journal, m_services.vault,
         [this] { return m_profiles.profiles(); }, [this] { return m_settings; }},
        this);
    m_handOnDesk->setDiagnosis([this] {
        const DiagnosisReport &report = m_diagnosisDesk->lastReport();
        return report.isDone && !report.hosts.isEmpty() ? diagnosisText(report) : QString();
    });
    connect(m_handOnDesk, &HandOnDesk::told, this, &MainWindow::report);
    connect(m_desk, &BatchDesk::bundleDropped, m_handOnDesk, &HandOnDesk::openBundle);
    connect(m_handOnDesk, &HandOnDesk::maskChosen, this, [this](bool on) {
        m_settings.maskNumbers = on;
        storeSettings();
        m_profileDesk->showAll();
        showRequestPages();
    });
}

void MainWindow::addSavedDesk()
{
    const auto profiles = [this] { return m_profiles.profiles(); };
    m_savedDesk =
        new SavedDesk({*this, *m_requestDesk, *m_ui->menuBar->findChild<QMenu *>(u"viewMenu"_s),
                       *m_ui->saveRequestAction, *m_ui->saveRequestAsAction},
                      {m_tabs, m_composer, m_services.vault, m_services.folder, profiles}, this);
    auto *again = new AgainDesk({*m_logPanel, *m_ui->logMenu, m_tabs, m_composer, *m_savedDesk},
                                {m_services.journal, m_services.vault, m_services.folder, profiles,
                                 [this] { return m_profiles.current(); }},
                                this);
    connect(m_savedDesk, &SavedDesk::reported, this, &MainWindow::report);
    connect(m_savedDesk, &SavedDesk::failed, this, &MainWindow::showError);
    connect(again, &AgainDesk::reported, this, &MainWindow::report);
    connect(again, &AgainDesk::failed, this, &MainWindow::showError);
    connect(again, &AgainDesk::opened, this,
            [this] { m_ui->pages->setCurrentWidget(m_composerPage); });
}

void MainWindow::addImportDesk()
{
    m_ui->editMenu->addSeparator();
    m_ui->editMenu->addAction(m_ui->pasteRequestAction);
    auto *desk =
        new RequestImportDesk({*this, *m_ui->pasteRequestAction, *m_ui->importRequestAction},
                              {m_tabs, m_profiles, m_services.vault, sender(),
                               [this] { return m_profileDesk->base().value_or(QUrl()); }},
                              this);
    connect(m_desk, &BatchDesk::requestsDropped, desk, &RequestImportDesk::openFile);
    connect(desk, &RequestImportDesk::reported, this, &MainWindow::report);
    connect(desk, &RequestImportDesk::warned, this, &MainWindow::showBanner);
    connect(desk, &RequestImportDesk::failed, this, &MainWindow::showError);
    connect(desk, &RequestImportDesk::requestsImported, this,
            [this] { m_ui->pages->setCurrentWidget(m_composerPage); });
}

void MainWindow::bindActions()
{
    connect(m_ui->profilesAction, &QAction::triggered, m_profileDesk, &ProfileDesk::editProfiles);
    connect(m_ui->keyAction, &QAction::triggered, m_profileDesk, &ProfileDesk::editKey);
    connect(m_ui->settingsAction, &QAction::triggered, this, &MainWindow::editSettings);
    connect(m_ui->quitAction, &QAction::triggered, this, &QWidget::close);
    connect(m_ui->copyBodyAction, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(m_composer.body()));
    });
    connect(m_ui->copyCurlAction, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(toCurl(m_composer.url(), m_composer.body()));
    });
    connect(m_ui->sampleAction, &QAction::triggered, this,
            [this] { m_composer.replace(sampleDraft()); });
    connect(m_ui->findAction, &QAction::triggered, m_logPanel, &LogPanel::focusFilter);
    connect(m_ui->sandboxHelpAction, &QAction::triggered, this,
            [this] { showSandboxHelp(*this, m_composer); });
    connect(m_ui->aboutAction, &QAction::triggered, this, [this] {
        QMessageBox::about(this, tr("About Icebreaker"),
                           tr("<h3>Icebreaker %1</h3><p>Starts WhatsApp conversations with Vonage "
                              "AI Studio agents, and tells what became of them.</p><p>Free "
                              "software under the GNU General Public License, version 3 or "
                              "later.</p>")
                               .arg(u"" ICEBREAKER_VERSION ""_s));
    });
}

void MainWindow::bindInbox()
{
    connect(m_composerPage, &ComposerPage::inboxSetupRequested, m_inboxDesk,
            &InboxDesk::openDialog);
    connect(m_inboxDesk, &InboxDesk::sendRequested, this, &MainWindow::showSend);
    connect(m_inboxDesk, &InboxDesk::failed, this, &MainWindow::showError);
    connect(m_inboxDesk, &InboxDesk::inboxChosen, this, [this] {
        if (m_composer.request().text(Field::StatusUrl).isEmpty())
            m_composer.setBuiltInInbox(true);
    });
    connect(m_desk, &BatchDesk::statusesDropped, m_inboxDesk, &InboxDesk::openStatuses);
    connect(&m_services.inbox, &InboxHub::changed, &m_composer, &Composer::followInbox);
}

void MainWindow::bindSender()
{
    connect(m_sendDesk, &SendDesk::failed, this, &MainWindow::showError);
    connect(m_sendDesk, &SendDesk::refused, this, &MainWindow::showBanner);
    connect(m_sendDesk, &SendDesk::reported, this, &MainWindow::report);
    connect(m_sendDesk, &SendDesk::keyMissing, m_profileDesk, &ProfileDesk::editKey);
    connect(m_sendDesk, &SendDesk::accepted, m_awaited, &AwaitedSend::await);
    connect(m_sendDesk, &SendDesk::handedOver, &m_numbers, &NumberBook::noteUse);
    connect(m_sendDesk, &SendDesk::blockedByChecks, this, [this] {
        if (m_ui->pages->currentWidget() == m_rawPage && !privacy::mask().isOn()) {
            m_rawPage->goToFirstError();
        } else {
            m_ui->pages->setCurrentWidget(m_composerPage);
            m_composerPage->focusFirstError();
        }
        const CheckEntry entry = m_composer.entries().first();
        report(tr("Not sent. %1: %2").arg(fieldLabel(entry.field), checkText(entry)));
    });
}

/// What is sent is what is seen: not while the JSON is no request.
void MainWindow::bindRawPage()
{
    const auto allowed = [this] { return m_rawPage->allowsSending(); };
    sender().setVeto(allowed);
    m_desk->setVeto(allowed);
    connect(m_rawPage, &RawPage::refused, this, [this](const QString &why) {
        m_ui->pages->setCurrentWidget(m_rawPage);
        m_rawPage->goToFirstError();
        report(why);
    });
}

void MainWindow::bindProfiles()
{
    connect(&m_profiles, &ProfileBook::currentAboutToChange, &m_tabs, &RequestTabs::store);
    connect(m_profileDesk, &ProfileDesk::profileInUse, this, &MainWindow::useProfile);
    connect(m_profileDesk, &ProfileDesk::endpointChanged, this, &MainWindow::useEndpoint);
    connect(m_profileDesk, &ProfileDesk::titled, m_desk, &BatchDesk::setTitle);
    connect(m_profileDesk, &ProfileDesk::failed, this, &MainWindow::showError);
}

/// What reaches real phones is asked about, and its numbers are remembered.
void MainWindow::bindGuard()
{
    connect(m_guard, &LiveGuard::failed, this, &MainWindow::showError);
    connect(m_guard, &LiveGuard::quieted, this,
            [this](const QString &profileId, const QList<GuardReason> &reasons) {
                for (Profile profile : QList(m_profiles.profiles())) {
                    if (profile.id != profileId)
                        continue;
                    for (const GuardReason reason : reasons)
                        makeQuiet(profile, reason);
                    m_profiles.update(profile);
                }
            });
    connect(&m_numbers, &NumberBook::failed, this, &MainWindow::showError);
    m_composerPage->completeFrom(m_numbers);
}

void MainWindow::bindTools()
{
    connect(m_ui->exportProfileAction, &QAction::triggered, m_tools, &ProfileTools::exportProfile);
    connect(m_ui->importProfileAction, &QAction::triggered, m_tools, &ProfileTools::importProfile);
    connect(m_ui->numbersAction, &QAction::triggered, m_tools, &ProfileTools::editNumbers);
    connect(m_composerPage, &ComposerPage::numbersRequested, m_tools, &ProfileTools::editNumbers);
    connect(m_ui->higherLimitAction, &QAction::triggered, m_tools,
            &ProfileTools::askForHigherLimit);
    connect(m_tools, &ProfileTools::reported, this, &MainWindow::report);
    connect(m_tools, &ProfileTools::warned, this, &MainWindow::showBanner);
    connect(m_tools, &ProfileTools::failed, this, &MainWindow::showError);
    connect(&m_limitWatch, &LimitWatch::raised, this, [this](const Profile &profile) {
        showBanner(
            tr("“%1” starts up to %n session(s) per second from now on.", nullptr, profile.limit)
                .arg(profile.name));
    });
}

void MainWindow::addDiagnosisDesk()
{
    m_diagnosisDesk = new DiagnosisDesk(
        {*this, *m_ui->toolsMenu},
        {m_services.folder, m_services.journal, m_services.vault, m_services.inbox}, [this] {
            return DiagnosisDesk::Target{m_profileDesk->profile(), m_profileDesk->region(),
                                         m_profileDesk->base().value_or(QUrl())};
        });
    connect(m_explainDesk, &ExplainDesk::diagnosisRequested, m_diagnosisDesk,
            &DiagnosisDesk::openFor);
    m_explainDesk->offer(NextAction::Diagnose);
}

void MainWindow::offerTour()
{
    if (profileKind(m_profiles.current(), m_profileDesk->region()) == ProfileKind::Sandbox)
        m_guideDesk->offerTour();
}

/// Made last, when every command is in its menu.
void MainWindow::addGuideDesk()
{
    m_guideDesk = new GuideDesk({*this, *m_ui->menuBar, *m_ui->toolsMenu, *m_ui->helpMenu},
                                m_services.folder, this);
    m_guideDesk->addSource(new ProfileSource(m_profiles));
    m_guideDesk->addSource(new SavedRequestSource(m_savedDesk->book(), m_savedDesk->panel()));
    m_guideDesk->addSource(new RecentSendSource(m_services.journal, *m_logPanel));
    connect(m_guideDesk, &GuideDesk::failed, this, &MainWindow::showError);
    connect(m_guideDesk, &GuideDesk::warned, this, &MainWindow::showBanner);
    m_guideDesk->start();
}

void MainWindow::useProfile(const Profile &profile)
{
    const bool other = m_settings.currentProfile != profile.id || m_tabs.current() < 0;
    m_settings.currentProfile = profile.id;
    m_numbers.setProfile(profile.id);
    if (other)
        m_tabs.load(profile);
    storeSettings();
}

void MainWindow::useEndpoint(const Profile &profile, Region region, const QUrl &base)
{
    m_inboxDesk->setRegion(region);
    m_composer.setProfileVariables(profile.variables);
    m_composer.setEndpoint(region, base);
    m_sendDesk->setProfile(profile, region, base);
    m_desk->setProfile(profile, region, base);
}

void MainWindow::showRequestPages()
{
    m_codePage->showCode();
}

void MainWindow::showCount()
{
    whenDone(m_services.journal.count(), this, [this](const Result<qint64> &count) {
        if (count)
            m_countLabel->setText(tr("%n record(s)", nullptr, static_cast<int>(*count)));
    });
}

void MainWindow::editSettings()
{
    SettingsDialog dialog(m_settings, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_settings = dialog.settings();
    m_historyDesk->setKeepDays(m_settings.keepDays);
    storeSettings();
    emit settingsChanged(m_settings);
    m_profileDesk->showAll(); // its symbols are painted in the scheme's colours
}

void MainWindow::storeSettings()
{
    rememberLayout(*this, m_settings);
    if (const auto saved = saveSettings(m_services.folder, m_settings); !saved)
        showError(saved.error());
}

void MainWindow::showSend(const QString &sendId)
{
    m_awaited->show(sendId);
}

} // namespace icebreaker
