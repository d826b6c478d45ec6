#include "ui/batchcontroller.h"

#include "core/whendone.h"
#include "listen/sandboxrules.h"
#include "secrets/vault.h"
#include "ui/batchdraft.h"
#include "words/inboxwords.h"

#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

BatchController::BatchController(Services services, QObject *parent)
    : QObject(parent)
    , m_services(std::move(services))
{ }

BatchController::~BatchController() = default;

void BatchController::setProfile(const Profile &profile, Region region, const QUrl &base)
{
    m_profile = profile;
    m_region = region;
    m_base = base;
}

QString BatchController::laneOf(const QString &agentId) const
{
    return laneIn(m_profile, m_region, m_base, agentId);
}

QString BatchController::laneIn(const Profile &profile, Region region, const QUrl &base,
                                const QString &agentId) const
{
    return laneId(region, base, agentId, profile.limitSharedByKey ? profile.id : QString());
}

void BatchController::start(const BatchDraft &draft, int limit)
{
    if (m_isStarting || draft.sendable() == 0 || !isApproved(m_profile, m_region, m_base))
        return;
    BatchPlan plan;
    plan.name = draft.sheet().name();
    plan.request = draft.request().request().toJson();
    plan.columns = draft.sheet().columns();
    plan.profileId = m_profile.id;
    plan.profile = m_profile.name;
    plan.region = regionName(m_region);
    plan.base = m_base.toString(QUrl::FullyEncoded);
    plan.lane = laneOf(draft.request().request().text(Field::AgentId));
    plan.limit = limit;
    plan.builtInInbox = draft.usesBuiltInInbox();
    if (plan.builtInInbox)
        keepFixedUrl(plan);
    const bool busy = std::any_of(m_runners.begin(), m_runners.end(), [&](const auto *runner) {
        return runner->record().plan.lane == plan.lane;
    });
    if (busy) {
        emit refused(tr("A batch of this agent is not finished yet, and both would share one "
                        "limit. Wait for it, or stop it first."));
        return;
    }
    m_isStarting = true;
    emit writtenDown(0, draft.sheet().rowCount());
    fetchKey(m_profile, m_region, m_base,
             [this, plan, &draft, base = m_base, round = ++m_startRound](const QByteArray &key) {
                 if (m_isStarting && round == m_startRound) // not cancelled meanwhile
                     write(plan, draft, {key, origin(base)});
             });
}

/// An inbox with one URL for all sends is an own URL, in which columns may be filled in.
void BatchController::keepFixedUrl(BatchPlan &plan) const
{
    const QString anySend = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const InboxAddress address = m_services.inbox(m_profile, m_region, anySend);
    auto request = OutboundRequest::fromJson(plan.request);
    if (address.source != InboxSource::Elsewhere || address.url.contains(anySend) || !request)
        return;
    request->setText(Field::StatusUrl, address.url);
    plan.request = request->toJson();
    plan.builtInInbox = false;
}

void BatchController::write(const BatchPlan &plan, const BatchDraft &draft, const ApiKey &key)
{
    if (!draft.isChecked()) { // changed while the keychain was asked
        giveUp();
        return;
    }
    m_builder = std::make_unique<BatchBuilder>(m_services.batches);
    connect(m_builder.get(), &BatchBuilder::progressed, this, &BatchController::writtenDown);
    connect(m_builder.get(), &BatchBuilder::failed, this, [this](const Error &error) {
        giveUp();
        emit failed(error);
    });
    connect(m_builder.get(), &BatchBuilder::built, this, [this, key](const BatchRecord &record) {
        m_isStarting = false;
        m_builder.release()->deleteLater();
        emit draftTaken();
        BatchRunner &runner = addRunner(record, key);
        runner.run();
        emit started(runner.record());
    });
    m_builder->build(plan, draft.sheet(), draft.verdicts(), draft.reasons());
}

void BatchController::cancelStart()
{
    if (m_builder)
        m_builder->cancel();
    giveUp();
}

void BatchController::giveUp()
{
    if (!m_isStarting)
        return;
    m_isStarting = false;
    if (m_builder) {
        m_builder->disconnect(this);
        m_builder.release()->deleteLater();
    }
    emit startFailed();
}

bool BatchController::isApproved(const Profile &profile, Region region, const QUrl &base)
{
    if (region != Region::Custom || profile.approvedHost == origin(base))
        return true;
    emit refused(
        tr("Your key would be sent to %1. Agree to that in the profile first.").arg(origin(base)));
    return false;
}

void BatchController::fetchKey(const Profile &profile, Region region, const QUrl &base,
                               const WithKey &act)
{
    const QString keyOrigin = region == Region::Sandbox ? u"sandbox"_s : origin(base);
    whenDone(m_services.vault.read(profile.id, keyOrigin, profile.keyInKeychain), this,
             [this, act, region](const Result<ApiKey> &key) {
                 if (key) {
                     act(key->bytes);
                 } else if (region == Region::Sandbox) {
                     act(SandboxKey.toByteArray());
                 } else {
                     giveUp();
                     if (key.error().kind == ErrorKind::SecretsNotFound)
                         emit keyMissing();
                     else
                         emit failed(key.error());
                 }
             });
}

void BatchController::resume(qint64 batch)
{
    if (BatchRunner *runs = runner(batch)) {
        runs->run();
        return;
    }
    takeUp(batch, [](BatchRunner &runner) { runner.run(); });
}

void BatchController::retryRefused(qint64 batch)
{
    if (BatchRunner *runs = runner(batch)) {
        runs->retryRefused();
        return;
    }
    takeUp(batch, [](BatchRunner &runner) { runner.retryRefused(); });
}

void BatchController::takeUp(qint64 batch, const std::function<void(BatchRunner &)> &act)
{
    whenDone(m_services.batches.batch(batch), this,
             [this, act](const Result<std::optional<BatchRecord>> &record) {
                 if (!record)
                     emit failed(record.error());
                 else if (*record)
                     takeUp(**record, act);
             });
}

void BatchController::takeUp(const BatchRecord &record,
                             const std::function<void(BatchRunner &)> &act)
{
    const BatchPlan &plan = record.plan;
    const auto profile = m_services.profile(plan.profileId);
    const auto region = regionFromName(plan.region);
    if (!profile || !region) {
        emit refused(tr("The profile “%1” that this batch belongs to does not exist any more, "
                        "and with it the key.")
                         .arg(plan.profile));
        return;
    }
    // The sandbox has another address at every start, everything else goes where it went.
    const auto base = *region == Region::Sandbox ? m_services.sandboxBase(profile->limit)
                                                 : Result<QUrl>(QUrl(plan.base));
    if (!base) {
        emit failed(base.error());
        return;
    }
    if (!isApproved(*profile, *region, *base))
        return;
    const InboxAddress reports = inbox(plan, *profile, QUuid::createUuid().toString());
    if (plan.builtInInbox && !canReceive(reports)) {
        emit refused(inboxProblemText(reports.problem));
        return;
    }
    fetchKey(*profile, *region, *base, [this, record, act, base = *base](const QByteArray &key) {
        whenDone(m_services.batches.take(record.id), this,
                 [this, act, base, key](const Result<BatchRecord> &taken) {
                     if (!taken) {
                         emit failed(taken.error());
                         return;
                     }
                     if (runner(taken->id) != nullptr)
                         return; // a second click
                     BatchRecord mine = *taken;
                     mine.plan.base = base.toString(QUrl::FullyEncoded);
                     BatchRunner &runs = addRunner(mine, {key, origin(base)});
                     act(runs);
                     emit started(runs.record());
                 });
    });
}

BatchRunner &BatchController::addRunner(const BatchRecord &record, const ApiKey &key)
{
    const auto profile = m_services.profile(record.plan.profileId).value_or(m_profile);
    auto *runner = new BatchRunner(
        {m_services.dispatcher, m_services.batches,
         [this, plan = record.plan, profile, last = std::make_shared<QString>()](
             const QString &sendId) { return inboxUrl(plan, profile, sendId, *last); }},
        record, QUrl(record.plan.base), key, this);
    m_runners.insert(record.id, runner);
    connect(runner, &BatchRunner::changed, this, [this, runner] { emit changed(runner->id()); });
    connect(runner, &BatchRunner::failed, this, &BatchController::failed);
    connect(runner, &BatchRunner::ended, this, [this, runner] {
        const BatchRecord last = runner->record();
        m_runners.remove(last.id);
        runner->deleteLater();
        emit ended(last);
        emit changed(last.id);
    });
    return *runner;
}

InboxAddress BatchController::inbox(const BatchPlan &plan, const Profile &lastKnown,
                                    const QString &sendId) const
{
    const Profile profile = m_services.profile(plan.profileId).value_or(lastKnown);
    return m_services.inbox(profile, regionFromName(plan.region).value_or(profile.region), sendId);
}

/// As the profile says by now: an inbox that moves takes the rows to come with it. One that
/// cannot be reached any more leaves them where it was: nothing better is known.
QString BatchController::inboxUrl(const BatchPlan &plan, const Profile &lastKnown,
                                  const QString &sendId, QString &last) const
{
    constexpr auto mark = "{send}"_L1;
    if (const InboxAddress now = inbox(plan, lastKnown, sendId); canReceive(now))
        last = QString(now.url).replace(sendId, mark);
    return QString(last).replace(mark, sendId);
}

BatchRunner *BatchController::runner(qint64 batch) const
{
    return m_runners.value(batch);
}

bool BatchController::isRunning() const
{
    return std::any_of(m_runners.begin(), m_runners.end(), [](const BatchRunner *runner) {
        return runner->record().state == BatchState::Running || runner->inFlight() > 0;
    });
}

bool BatchController::isAnyInFlight() const
{
    return std::any_of(m_runners.begin(), m_runners.end(),
                       [](const BatchRunner *runner) { return runner->inFlight() > 0; });
}

void BatchController::pauseAll()
{
    for (BatchRunner *runner : std::as_const(m_runners))
        runner->pause();
}

} // namespace icebreaker
