#include "cli/sendcommand.h"

#include "cli/interrupts.h"
#include "cli/recordline.h"
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
    , m_station(m_settings.folder, console)
{
    connect(&m_station, &SendStation::ready, this, &SendCommand::enqueue);
    connect(&m_station, &SendStation::failed, this, &SendCommand::giveUp);
    Dispatcher &dispatcher = m_station.dispatcher();
    connect(&dispatcher, &Dispatcher::waiting, this,
            [this](const QString &, std::chrono::microseconds wait) {
                m_console.complain(
                    tr("Waiting %1 for the agent's next free slot.").arg(durationText(wait)));
            });
    connect(&dispatcher, &Dispatcher::started, this, [this] {
        m_started = true;
        if (m_stopped) // while the slot was being taken
            m_station.abortAll();
    });
    connect(&dispatcher, &Dispatcher::failed, this,
            [this](const QString &, const Error &error) { explainFailure(error); });
    connect(&dispatcher, &Dispatcher::finished, this,
            [this](const QString &, const SendReport &report) { conclude(report); });
}

void SendCommand::start()
{
    watchInterrupts(this, [this] { stop(); });
    for (const QString &remark : std::as_const(m_input.remarks))
        m_console.complain(remark);
    m_station.prepare(m_input.target, m_input.key, m_input.usesInbox);
}

void SendCommand::enqueue()
{
    if (m_stopped)
        return;
    if (m_input.usesInbox)
        m_input.request.setText(Field::StatusUrl, m_station.inboxUrl(m_sendId));
    m_input.target = m_station.target();
    m_enqueued = true;
    m_station.dispatcher().enqueue(
        {claim(), m_station.key(), m_input.target.limit(), m_settings.ignorePace});
}

void SendCommand::stop()
{
    m_stopped = true;
    if (!m_enqueued)
        conclude({Outcome::Cancelled, {}});
    else if (!m_station.dispatcher().cancel(m_sendId))
        m_station.abortAll();
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
    record.claim = claim();
    record.outcome = report.outcome;
    record.answer = report.answer;
    if (m_settings.json)
        m_console.print(sendJson(record));
    else
        m_console.print(sendLine(record));
    emit finished(statusFor(report.outcome));
}

Claim SendCommand::claim() const
{
    const OutboundRequest &request = m_input.request;
    return makeClaim(request, m_input.target.destination(request.text(Field::AgentId)), m_sendId);
}

} // namespace icebreaker
