#include "cli/sendcommand.h"

#include "cli/interrupts.h"
#include "cli/recordline.h"
#include "core/whendone.h"
#include "send/sendsteps.h"
#include "store/settings.h"
#include "words/errorwords.h"
#include "words/sendwords.h"

#include <QUuid>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

ExitStatus statusFor(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Accepted: return ExitStatus::Good;
    case Outcome::Unknown: return ExitStatus::SomeUnknown;
    case Outcome::RateLimited:
    case Outcome::Refused:
    case Outcome::NotSent:
    case Outcome::Cancelled: break;
    }
    return ExitStatus::Failed;
}

} // namespace

SendCommand::SendCommand(SendInput input, Settings settings, Console &console)
    : m_input(std::move(input))
    , m_settings(std::move(settings))
    , m_console(console)
    , m_sendId(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_journal(m_settings.folder)
    , m_lanes(m_settings.folder)
    , m_inbox([this](const StatusEvent &event, const std::function<void(bool)> &done) {
        whenDone(m_journal.append(event), this,
                 [done](const Result<void> &kept) { done(kept.has_value()); });
    })
    , m_sandbox([this](const QUrl &url, const QByteArray &body) { (void)m_poster.post(url, body); })
    , m_dispatcher(stepsOver(m_journal, m_lanes, m_client, this))
{
    const auto kept = loadSettings(m_settings.folder);
    m_client.setLimits({std::chrono::seconds(kept.totalTimeoutSeconds),
                        std::chrono::seconds(kept.inactivityTimeoutSeconds)});
    connect(&m_vault, &Vault::slow, this, [this] {
        m_console.complain(
            tr("Still waiting for the keychain: its password prompt may be open behind another "
               "window."));
    });
    connect(&m_dispatcher, &Dispatcher::waiting, this,
            [this](const QString &, std::chrono::microseconds wait) {
                m_console.complain(
                    tr("Waiting %1 for the agent's next free slot.").arg(durationText(wait)));
            });
    connect(&m_dispatcher, &Dispatcher::started, this, [this] {
        m_started = true;
        if (m_stopped) // while the slot was being taken
            m_client.abortAll();
    });
    connect(&m_dispatcher, &Dispatcher::failed, this,
            [this](const QString &, const Error &error) { explainFailure(error); });
    connect(&m_dispatcher, &Dispatcher::finished, this,
            [this](const QString &, const SendReport &report) { conclude(report); });
}

void SendCommand::start()
{
    watchInterrupts(this, [this] { stop(); });
    for (const QString &remark : std::as_const(m_input.remarks))
        m_console.complain(remark);
    if (m_input.target.region == Region::Sandbox)
        startSandbox();
    else
        openJournal();
}

void SendCommand::startSandbox()
{
    m_sandbox.setLimit(m_input.target.limit());
    const auto base = m_sandbox.start();
    if (!base) {
        giveUp(base.error());
        return;
    }
    m_input.target.base = *base;
    if (m_input.usesInbox) {
        if (const auto inbox = m_inbox.start(); !inbox) {
            giveUp(inbox.error());
            return;
        }
        m_input.request.setText(Field::StatusUrl,
                                m_inbox.urlFor(m_sendId).toString(QUrl::FullyEncoded));
    }
    openJournal();
}

void SendCommand::openJournal()
{
    whenDone(m_journal.open(), this, [this](const Result<OpenReport> &report) {
        if (!report) {
            giveUp(report.error());
            return;
        }
        if (report->setAside)
            m_console.complain(tr("The journal was damaged. It is kept as %1, and a fresh one was "
                                  "started.")
                                   .arg(*report->setAside));
        fetchKey();
    });
}

void SendCommand::fetchKey()
{
    const bool sandbox = m_input.target.region == Region::Sandbox;
    const auto &profile = m_input.target.profile;
    if (m_input.key) {
        enqueue(*m_input.key);
        return;
    }
    if (sandbox && !(profile && profile->keyInKeychain)) {
        enqueue(SandboxKey.toByteArray());
        return;
    }
    whenDone(m_vault.read(profile->id, m_input.target.keyOrigin(), profile->keyInKeychain), this,
             [this, sandbox](const Result<ApiKey> &key) {
                 if (key)
                     enqueue(key->bytes);
                 else if (sandbox)
                     enqueue(SandboxKey.toByteArray());
                 else
                     giveUp(key.error());
             });
}

void SendCommand::enqueue(const QByteArray &key)
{
    if (m_stopped)
        return;
    m_enqueued = true;
    const Claim claim = makeClaim();
    m_dispatcher.enqueue(
        {claim, {key, origin(claim.url)}, m_input.target.limit(), m_settings.ignorePace});
}

void SendCommand::stop()
{
    m_stopped = true;
    if (!m_enqueued)
        conclude({Outcome::Cancelled, {}});
    else if (!m_dispatcher.cancel(m_sendId))
        m_client.abortAll();
}

void SendCommand::giveUp(const Error &error)
{
    explainFailure(error);
    conclude({Outcome::NotSent, {}});
}

void SendCommand::explainFailure(const Error &error)
{
    // The words for errors are about sends that were stopped by them.
    m_console.complain(m_started
                           ? tr("The send is over, but how it ended could not be recorded (%1). In "
                                "the log it will stand as unknown.")
                                 .arg(error.detail)
                           : errorText(error));
}

void SendCommand::conclude(const SendReport &report)
{
    if (std::exchange(m_concluded, true))
        return;
    SendRecord record;
    record.claim = makeClaim();
    record.outcome = report.outcome;
    record.answer = report.answer;
    if (m_settings.json)
        m_console.print(sendJson(record));
    else
        m_console.print(sendLine(record));
    emit finished(statusFor(report.outcome));
}

Claim SendCommand::makeClaim() const
{
    const OutboundRequest &request = m_input.request;
    const SendTarget &target = m_input.target;
    return icebreaker::makeClaim(request, target.destination(request.text(Field::AgentId)),
                                 m_sendId);
}

} // namespace icebreaker
