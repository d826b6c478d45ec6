#include "app/workbench.h"

#include "core/whendone.h"
#include "send/sendsteps.h"
#include "store/profiles.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "words/errorwords.h"

#include <QApplication>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How soon a send of a command line that was killed shows up as Unknown.
constexpr auto RecoveryInterval = 15s;

theme::Scheme schemeFrom(const QString &name)
{
    if (name == "light"_L1)
        return theme::Scheme::Light;
    return name == "dark"_L1 ? theme::Scheme::Dark : theme::Scheme::System;
}

} // namespace

Workbench::Workbench(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_settings(loadSettings(m_options.folder))
    , m_journal(m_options.folder)
    , m_batches(m_journal)
    , m_deliveries(m_journal)
    , m_lanes(m_options.folder)
    , m_inbox(m_options.folder, keeperOver(m_deliveries), m_vault)
    , m_sandbox([this](const QUrl &url, const QByteArray &body) {
        m_poster.deliver(url, body); // what arrives is seen in the inbox
    })
    , m_dispatcher(stepsOver(m_journal, m_lanes, m_client, this))
{
    m_recoveryTimer.setInterval(RecoveryInterval);
    connect(&m_recoveryTimer, &QTimer::timeout, this, [this] { (void)m_journal.recover(); });
}

Workbench::~Workbench() = default;

void Workbench::start()
{
    whenDone(m_journal.open(), this,
             [this](const Result<OpenReport> &report) { showWindow(report); });
}

void Workbench::showWindow(const Result<OpenReport> &journal)
{
    const auto inbox = m_inbox.start();
    const auto loaded = loadProfiles(m_options.folder);
    const QList<Profile> profiles = loaded ? loaded->profiles : QList{builtInProfile()};
    if (m_options.useSandbox) {
        const auto sandbox = std::find_if(profiles.begin(), profiles.end(), [](const auto &each) {
            return each.region == Region::Sandbox;
        });
        if (sandbox != profiles.end())
            m_settings.currentProfile = sandbox->id;
    }
    applySettings(m_settings);
    if (journal)
        m_journal.keepIndex();
    m_window = std::make_unique<MainWindow>(
        MainWindow::Services{m_options.folder, m_journal, m_batches, m_deliveries, m_insights,
                             m_vault, m_dispatcher,
                             [this](int limit) { return sandboxBase(limit); }, m_inbox},
        m_settings, profiles);
    connect(m_window.get(), &MainWindow::settingsChanged, this, &Workbench::applySettings);
    m_window->show();

    if (!journal)
        m_window->showError(journal.error());
    else if (journal->setAside)
        m_window->showBanner(tr("The journal was damaged. It is kept as %1, and a fresh one was "
                                "started.")
                                 .arg(*journal->setAside));
    else if (!inbox)
        m_window->showError(inbox.error());
    else if (m_inbox.setAside())
        m_window->showBanner(tr("The settings of the status inbox could not be read. The file is "
                                "kept as %1.")
                                 .arg(*m_inbox.setAside()));
    else if (!loaded)
        m_window->showError(loaded.error());
    else if (loaded->setAside)
        m_window->showBanner(
            tr("The profiles could not be read. The file is kept as %1.").arg(*loaded->setAside));
    m_recoveryTimer.start();
    if (m_options.tour)
        m_window->offerTour();
    emit ready();
}

void Workbench::applySettings(const Settings &settings)
{
    m_client.setLimits({std::chrono::seconds(settings.totalTimeoutSeconds),
                        std::chrono::seconds(settings.inactivityTimeoutSeconds)});
    theme::apply(*qApp, schemeFrom(settings.colourScheme));
}

Result<QUrl> Workbench::sandboxBase(int limit)
{
    m_sandbox.setLimit(limit);
    if (const QUrl running = m_sandbox.baseUrl(); !running.isEmpty())
        return running;
    return m_sandbox.start();
}

} // namespace icebreaker
