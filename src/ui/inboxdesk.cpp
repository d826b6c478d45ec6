#include "ui/inboxdesk.h"

#include "receive/inboxhub.h"
#include "ui/importdialog.h"
#include "ui/inboxbutton.h"
#include "ui/inboxdialog.h"
#include "ui/loopbanner.h"
#include "ui/profilebook.h"
#include "words/inboxwords.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMainWindow>
#include <QMenu>
#include <QStatusBar>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Looks like a send's ID: for addresses that are only shown.
const QString &anySend()
{
    static const QString id = u"00000000-0000-4000-8000-000000000000"_s;
    return id;
}

} // namespace

InboxDesk::InboxDesk(Place place, InboxHub &hub, Vault &vault, ProfileBook &profiles)
    : QObject(&place.window)
    , m_place(place)
    , m_hub(hub)
    , m_vault(vault)
    , m_profiles(profiles)
    , m_button(new InboxButton([this] { return toolTip(); }))
    , m_banner(new LoopBanner)
{
    m_place.statusBar.addWidget(m_button);
    constexpr int belowTheBand = 1;
    m_place.column.insertWidget(belowTheBand, m_banner);
    addActions();
    connect(m_button, &QToolButton::clicked, this, &InboxDesk::openDialog);
    connect(m_banner, &LoopBanner::sendRequested, this, &InboxDesk::sendRequested);
    connect(&m_hub, &InboxHub::loopSuspected, m_banner, &LoopBanner::show);
    connect(&m_hub, &InboxHub::changed, this, &InboxDesk::showState);
    connect(&m_hub, &InboxHub::failed, this, &InboxDesk::failed);
    connect(&m_profiles, &ProfileBook::listChanged, this, &InboxDesk::followProfiles);
    connect(&m_profiles, &ProfileBook::currentChanged, this, &InboxDesk::followProfiles);
    followProfiles();
}

InboxDesk::~InboxDesk() = default;

void InboxDesk::addActions()
{
    const auto add = [this](QMenu &menu, const QString &text, const QString &name, auto act) {
        menu.addAction(text, this, act)->setObjectName(name);
    };
    add(m_place.toolsMenu, tr("Status &Inbox…"), u"inboxAction"_s, [this] { openDialog(); });
    m_place.logMenu.addSeparator();
    add(m_place.logMenu, tr("&Open Statuses…"), u"openStatusesAction"_s,
        [this] { chooseStatuses(); });
    add(m_place.logMenu, tr("&Paste Statuses"), u"pasteStatusesAction"_s,
        [this] { pasteStatuses(); });
}

void InboxDesk::setRegion(Region region)
{
    m_region = region;
    showState();
}

void InboxDesk::openDialog()
{
    InboxDialog dialog(m_hub, m_vault, m_profiles.current(), m_region, &m_place.window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_profiles.update(dialog.profile());
    if (canReceive(address()))
        emit inboxChosen();
}

void InboxDesk::chooseStatuses()
{
    const QString path = QFileDialog::getOpenFileName(
        &m_place.window, tr("Open Statuses"), {},
        tr("Statuses (*.json *.jsonl *.ndjson *.har *.log *.txt);;All files (*)"));
    if (!path.isEmpty())
        openStatuses(path);
}

void InboxDesk::openStatuses(const QString &path)
{
    ImportDialog dialog(m_hub, &m_place.window);
    dialog.openFile(path);
    dialog.exec();
}

void InboxDesk::pasteStatuses()
{
    ImportDialog dialog(m_hub, &m_place.window);
    dialog.openText(QGuiApplication::clipboard()->text().toUtf8());
    dialog.exec();
}

void InboxDesk::followProfiles()
{
    m_hub.setProfiles(m_profiles.profiles(), m_profiles.current().id);
    showState();
}

InboxAddress InboxDesk::address() const
{
    return m_hub.addressFor(m_profiles.current(), m_region, anySend());
}

void InboxDesk::showState()
{
    const InboxAddress now = address();
    const bool isAsking = now.source == InboxSource::WebhookSite;
    const auto asking = m_hub.webhooks().state(m_profiles.current().id);
    m_button->showState(stateText(now),
                        now.problem != InboxProblem::None
                            || (isAsking && (asking.problem || asking.notKept)));
}

QString InboxDesk::stateText(const InboxAddress &address) const
{
    switch (address.problem) {
    case InboxProblem::NotPublic: return tr("Inbox: no public address");
    case InboxProblem::NotListening: return tr("Inbox: not listening");
    case InboxProblem::PortTaken: return tr("Inbox: port %1 is taken").arg(m_hub.listener().port);
    case InboxProblem::InterfaceGone: return tr("Inbox: %1 is gone").arg(m_hub.listener().address);
    case InboxProblem::NoAddressYet: return tr("Inbox: no address at webhook.site yet");
    case InboxProblem::NothingTyped: return tr("Inbox: elsewhere, but where?");
    case InboxProblem::None: break;
    }
    const QString host = QUrl(address.url).host();
    switch (address.source) {
    case InboxSource::BuiltIn: break;
    case InboxSource::WebhookSite: return tr("Inbox: asking %1").arg(host);
    case InboxSource::Elsewhere: return tr("Inbox: elsewhere (%1)").arg(host);
    }
    const auto listening = m_hub.listening();
    return listening.address == ListenPlace::AllInterfaces
        ? tr("Inbox: listening on port %1").arg(listening.port)
        : tr("Inbox: listening on %1:%2").arg(listening.address).arg(listening.port);
}

QString InboxDesk::toolTip() const
{
    const InboxCounts counts = m_hub.counts();
    QStringList lines;
    if (const QString problem = inboxProblemText(address().problem); !problem.isEmpty())
        lines.append(problem);
    const auto asking = m_hub.webhooks().state(m_profiles.current().id);
    if (asking.problem)
        lines.append(webhookSiteProblemText(*asking.problem));
    lines.append(tr("%n status(es) came in here since the start.", nullptr, counts.kept));
    if (counts.notKept > 0)
        lines.append(tr("%n could not be recorded, and will come again.", nullptr, counts.notKept));
    if (counts.wrongPath + counts.wrongMethod > 0)
        lines.append(tr("%n request(s) with a wrong path were turned away.", nullptr,
                        counts.wrongPath + counts.wrongMethod));
    lines.append(tr("Click to set it up."));
    return lines.join(u'\n');
}

} // namespace icebreaker
