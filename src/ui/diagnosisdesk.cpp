#include "ui/diagnosisdesk.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "receive/inboxhub.h"
#include "secrets/vault.h"
#include "store/journal.h"
#include "ui/diagnosisdialog.h"

#include <QMainWindow>
#include <QMenu>
#include <QPromise>
#include <QStorageInfo>
#include <QTemporaryFile>
#include <QtConcurrent>

#include <memory>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using ExtraResult = Diagnoser::ExtraResult;
using ExtraPromise = std::shared_ptr<QPromise<ExtraResult>>;

/// Looks like a send's ID: for an address that is only looked at.
const QString &noSend()
{
    static const QString id = u"00000000-0000-4000-8000-000000000001"_s;
    return id;
}

ExtraPromise makePromise()
{
    auto promise = std::make_shared<QPromise<ExtraResult>>();
    promise->start();
    return promise;
}

void fulfil(const ExtraPromise &promise, const ExtraResult &result)
{
    promise->addResult(result);
    promise->finish();
}

ExtraResult extraResult(CheckState state, Finding finding, const QString &subject = {},
                        const QString &technical = {})
{
    ExtraResult result;
    result.line.state = state;
    result.line.finding = finding;
    result.line.subject = subject;
    result.line.technical = technical;
    return result;
}

/// Runs on another thread.
ExtraResult writeIntoFolder(const QString &folder)
{
    QTemporaryFile file(folder + "/diagnosis-XXXXXX"_L1);
    const QByteArray page(4096, '\0');
    if (!file.open() || file.write(page) != page.size() || !file.flush())
        return extraResult(CheckState::Bad, Finding::JournalFails, {}, file.errorString());
    const QStorageInfo storage(folder);
    return extraResult(CheckState::Good, Finding::JournalWorks,
                       QString::number(storage.bytesAvailable()));
}

ExtraResult keychainResult(KeyPlace place)
{
    switch (place) {
    case KeyPlace::Keychain: return extraResult(CheckState::Good, Finding::KeychainWorks);
    case KeyPlace::Session: return extraResult(CheckState::Good, Finding::KeyForSession);
    case KeyPlace::Missing: return extraResult(CheckState::Notice, Finding::KeyMissing);
    case KeyPlace::Locked: return extraResult(CheckState::Notice, Finding::KeychainLocked);
    case KeyPlace::NoService:
    case KeyPlace::Denied:
    case KeyPlace::Unknown: break;
    }
    return extraResult(CheckState::Bad, Finding::KeychainFails);
}

} // namespace

DiagnosisDesk::DiagnosisDesk(Place place, Services services, std::function<Target()> current)
    : QObject(&place.window)
    , m_place(place)
    , m_services(std::move(services))
    , m_current(std::move(current))
{
    QAction *action =
        m_place.toolsMenu.addAction(tr("Is It &Me or Them?…"), this, [this] { open(); });
    action->setObjectName(u"diagnoseAction"_s);
    action->setToolTip(tr("Checks the way to the server, step by step"));
}

DiagnosisDesk::~DiagnosisDesk() = default;

void DiagnosisDesk::open()
{
    show(m_current());
}

void DiagnosisDesk::openFor(const SendRecord &record)
{
    Target target = m_current();
    const auto region = regionFromName(record.claim.region);
    // The sandbox has another port at every start.
    const bool isSandboxNow = region == Region::Sandbox && target.region == Region::Sandbox;
    if (region && !isSandboxNow) {
        target.region = *region;
        target.base = baseOf(record.claim.url);
    }
    show(target);
}

void DiagnosisDesk::show(const Target &target)
{
    DiagnosisDialog dialog(
        m_diagnoser, [this, target] { begin(target); }, &m_place.window);
    dialog.exec();
}

void DiagnosisDesk::begin(const Target &target)
{
    Diagnoser::Task task{target.profile.name, regionName(target.region), target.base, {}};
    task.extra.push_back({CheckKind::Journal, [this] { return checkJournal(); }});
    if (target.region != Region::Sandbox)
        task.extra.push_back(
            {CheckKind::Keychain, [this, target] { return checkKeychain(target); }});
    task.extra.push_back({CheckKind::StatusUrl, [this, target] { return checkStatusUrl(target); }});
    m_diagnoser.start(task);
}

QFuture<ExtraResult> DiagnosisDesk::checkJournal()
{
    const auto promise = makePromise();
    whenDone(QtConcurrent::run(writeIntoFolder, m_services.folder), this,
             [this, promise](const ExtraResult &written) {
                 whenDone(m_services.journal.count(), this,
                          [promise, written](const Result<qint64> &count) {
                              fulfil(promise,
                                     count ? written
                                           : extraResult(CheckState::Bad, Finding::JournalFails, {},
                                                         count.error().detail));
                          });
             });
    return promise->future();
}

QFuture<ExtraResult> DiagnosisDesk::checkKeychain(const Target &target)
{
    const auto promise = makePromise();
    const Profile &profile = target.profile;
    whenDone(m_services.vault.place(profile.id, origin(target.base), profile.keyInKeychain), this,
             [promise](KeyPlace place) { fulfil(promise, keychainResult(place)); });
    return promise->future();
}

QFuture<ExtraResult> DiagnosisDesk::checkStatusUrl(const Target &target)
{
    const auto promise = makePromise();
    const InboxAddress address =
        m_services.inbox.addressFor(target.profile, target.region, noSend());
    const QString host = QUrl(address.url).authority(QUrl::EncodeUnicode);
    const auto now = [&promise](const ExtraResult &result) {
        fulfil(promise, result);
        return promise->future();
    };
    if (address.source == InboxSource::Elsewhere)
        return now(extraResult(CheckState::NotChecked, Finding::StatusUrlElsewhere, host));
    if (address.source == InboxSource::WebhookSite)
        return now(extraResult(CheckState::NotChecked, Finding::StatusUrlAsked, host));
    if (address.problem == InboxProblem::NotPublic)
        return now(extraResult(CheckState::NotChecked, Finding::StatusUrlNotPublic));
    if (address.problem != InboxProblem::None)
        return now(extraResult(CheckState::Bad, Finding::StatusUrlNotListening));
    const bool isLocal = isLoopback(QUrl(address.url));
    whenDone(m_services.inbox.probe(), this, [promise, host, isLocal](const ProbeReport &probe) {
        const bool works = probe.verdict == ProbeReport::Verdict::Works;
        const Finding good = isLocal ? Finding::StatusUrlLocalOnly : Finding::StatusUrlWorks;
        ExtraResult result =
            extraResult(works ? CheckState::Good : CheckState::Bad,
                        works ? good : Finding::StatusUrlFails, host, probe.detail);
        result.probe = probe;
        fulfil(promise, result);
    });
    return promise->future();
}

} // namespace icebreaker
