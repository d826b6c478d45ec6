#include "cli/batchcommand.h"

#include "cli/cliinbox.h"
#include "cli/interrupts.h"
#include "cli/testnumbers.h"
#include "core/whendone.h"
#include "words/batchwords.h"
#include "words/errorwords.h"
#include "words/inboxwords.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Of rows that cannot be sent, so many are listed without --check.
constexpr qsizetype ShownProblems = 20;

bool isSendable(Verdict verdict)
{
    return verdict == Verdict::Ready || verdict == Verdict::Warned;
}

qsizetype sendableCount(const SheetVerdicts &verdicts)
{
    return verdicts.count(Verdict::Ready) + verdicts.count(Verdict::Warned);
}

bool isResumable(const BatchRecord &record)
{
    return !record.elsewhere && record.state != BatchState::Finished;
}

} // namespace

BatchCommand::BatchCommand(const BatchSource &source, const QString &folder, bool json,
                           Console &console)
    : BatchCommand(source.options, folder, json, console, std::make_unique<BatchInput>(source))
{ }

BatchCommand::BatchCommand(const BatchOptions &options, const QString &folder, bool json,
                           Console &console)
    : BatchCommand(options, folder, json, console, nullptr)
{ }

BatchCommand::BatchCommand(BatchOptions options, const QString &folder, bool json, Console &console,
                           std::unique_ptr<BatchInput> input)
    : m_options(std::move(options))
    , m_folder(folder)
    , m_json(json)
    , m_console(console)
    , m_input(std::move(input))
    , m_station(folder, console)
    , m_batches(m_station.journal())
    , m_builder(m_batches)
    , m_results(m_station.journal(), m_batches)
    , m_progress(json, console)
{
    connect(&m_station, &SendStation::failed, this, &BatchCommand::giveUp);
    connect(&m_builder, &BatchBuilder::failed, this, &BatchCommand::giveUp);
    connect(&m_builder, &BatchBuilder::built, this, &BatchCommand::run);
    if (m_input) {
        connect(m_input.get(), &BatchInput::failed, this, &BatchCommand::refuse);
        connect(m_input.get(), &BatchInput::finished, this, &BatchCommand::takeInput);
    }
}

void BatchCommand::start()
{
    watchInterrupts(this, [this] { stop(); });
    if (!m_input) {
        prepareResume();
        return;
    }
    for (const QString &remark : m_input->source().target.remarks)
        m_console.complain(remark);
    m_input->read();
}

void BatchCommand::takeInput()
{
    const SheetVerdicts &verdicts = m_input->verdicts();
    reportChecks(m_options.checkOnly);
    const qsizetype ready = sendableCount(verdicts);
    if (ready == 0) {
        refuse(tr("None of the rows can be sent."));
    } else if (const auto allowed = checkNumbers(); !allowed) {
        refuse(allowed.error());
    } else if (m_options.checkOnly) {
        end(ready == m_input->sheet().rowCount() ? ExitStatus::Good : ExitStatus::Failed);
    } else {
        prepareNew();
    }
}

/// A batch that goes on later was agreed to when it began.
tl::expected<void, QString> BatchCommand::checkNumbers() const
{
    if (m_options.sending.anyNumber)
        return {};
    const Sheet &sheet = m_input->sheet();
    QStringList recipients;
    for (qsizetype row = 0; row < sheet.rowCount(); ++row) {
        if (isSendable(m_input->verdicts().verdict(row)))
            recipients.append(m_input->request().filled(sheet.cells(row)).text(Field::To));
    }
    return checkTestNumbers(m_input->source().target.target, recipients, m_folder);
}

void BatchCommand::reportChecks(bool all)
{
    const SheetVerdicts &verdicts = m_input->verdicts();
    const qsizetype rows = m_input->sheet().rowCount();
    qsizetype unsendable = 0;
    for (qsizetype row = 0; row < rows; ++row) {
        const Verdict verdict = verdicts.verdict(row);
        if (verdict == Verdict::Ready || (verdict == Verdict::Warned && !all))
            continue;
        if (all || unsendable < ShownProblems)
            reportRow(row);
        unsendable += isSendable(verdict) ? 0 : 1;
    }
    if (!all && unsendable > ShownProblems)
        m_console.complain(tr("… and %n more row(s) that cannot be sent; --check lists them all.",
                              nullptr, int(unsendable - ShownProblems)));
    const auto ready = sendableCount(verdicts);
    m_console.complain(
        tr("%1 of %2 rows can be sent, to %n person(s).", nullptr, int(verdicts.people()))
            .arg(ready)
            .arg(rows));
}

void BatchCommand::reportRow(qsizetype row)
{
    const QString reason = m_input->reason(row);
    const qint64 line = m_input->sheet().line(row);
    if (!m_json || !m_options.checkOnly) {
        m_console.complain(harmless(tr("row %1 (line %2): %3")
                                        .arg(row + 1)
                                        .arg(line)
                                        .arg(QString(reason).replace(u'\n', u"; "_s))));
        return;
    }
    JsonObject object;
    object.members = {{u"row"_s, JsonValue::number(row + 1)},
                      {u"line"_s, JsonValue::number(line)},
                      {u"sendable"_s, JsonValue(isSendable(m_input->verdicts().verdict(row)))},
                      {u"problem"_s, JsonValue(reason)}};
    m_console.print(object);
}

void BatchCommand::prepareNew()
{
    connect(&m_station, &SendStation::ready, this, &BatchCommand::build);
    const BatchSource &source = m_input->source();
    m_station.prepare(source.target.target, source.target.key, m_input->usesInbox());
}

void BatchCommand::build()
{
    if (m_stopped)
        return;
    m_builder.build(plan(), m_input->sheet(), m_input->verdicts(),
                    [this](qsizetype row) { return m_input->reason(row); });
}

BatchPlan BatchCommand::plan() const
{
    const OutboundRequest &request = m_input->request().request();
    const SendTarget &target = m_station.target();
    BatchPlan plan;
    plan.name = m_input->sheet().name();
    plan.request = request.toJson();
    plan.columns = m_input->sheet().columns();
    plan.profileId = target.profile ? target.profile->id : QString();
    plan.profile = target.profile ? target.profile->name : QString();
    plan.region = regionName(target.region);
    plan.base = target.base.toString(QUrl::FullyEncoded);
    plan.lane = target.lane(request.text(Field::AgentId));
    plan.limit = target.limit();
    plan.ignoreLimit = m_options.sending.ignorePace;
    plan.builtInInbox = m_input->usesInbox();
    return plan;
}

void BatchCommand::prepareResume()
{
    connect(
        &m_station, &SendStation::ready, this,
        [this] {
            whenDone(m_batches.list(), this,
                     [this](const Result<QList<BatchRecord>> &batches) { choose(batches); });
        },
        Qt::SingleShotConnection);
    m_station.openJournal();
}

void BatchCommand::choose(const Result<QList<BatchRecord>> &batches)
{
    if (!batches) {
        giveUp(batches.error());
        return;
    }
    const qint64 wanted = m_options.resume.toLongLong();
    const auto found =
        std::find_if(batches->begin(), batches->end(), [wanted](const BatchRecord &each) {
            return wanted > 0 ? each.id == wanted : isResumable(each);
        });
    if (found == batches->end())
        refuse(wanted > 0 ? tr("There is no batch %1.").arg(wanted)
                          : tr("There is no batch to go on with."));
    else if (found->elsewhere)
        refuse(tr("Batch %1 is running in another window or command.").arg(found->id));
    else if (found->state == BatchState::Finished)
        refuse(tr("Batch %1 is finished: no row waits.").arg(found->id));
    else
        take(found->id);
}

void BatchCommand::take(qint64 batch)
{
    whenDone(m_batches.take(batch), this, [this](const Result<BatchRecord> &record) {
        if (!record)
            giveUp(record.error());
        else
            prepareTarget(*record);
    });
}

void BatchCommand::prepareTarget(const BatchRecord &record)
{
    BatchRecord taken = record;
    auto target = readTarget(taken.plan, m_options.sending, m_folder);
    if (!target) {
        whenDone(m_batches.release(taken.id), this,
                 [this, why = target.error()](const Result<void> &) { refuse(why); });
        return;
    }
    // In the sandbox the command listens itself.
    const InboxAddress inbox = CliInbox(target->target, m_folder).addressFor(u"0"_s);
    if (taken.plan.builtInInbox && target->target.region != Region::Sandbox && !canReceive(inbox)) {
        whenDone(
            m_batches.release(taken.id), this,
            [this, why = inboxProblemText(inbox.problem)](const Result<void> &) { refuse(why); });
        return;
    }
    for (const QString &remark : std::as_const(target->remarks))
        m_console.complain(remark);
    if (m_options.limit)
        taken.plan.limit = *m_options.limit;
    taken.plan.ignoreLimit = taken.plan.ignoreLimit || m_options.sending.ignorePace;
    target->target.givenLimit = taken.plan.limit;
    connect(&m_station, &SendStation::ready, this, [this, taken] { run(taken); });
    m_station.prepare(target->target, target->key, taken.plan.builtInInbox);
}

void BatchCommand::run(const BatchRecord &record)
{
    m_record = record;
    m_runner = std::make_unique<BatchRunner>(
        BatchRunner::Services{m_station.dispatcher(), m_batches,
                              [this](const QString &sendId) { return m_station.inboxUrl(sendId); }},
        record, m_station.target().base, m_station.key());
    followRunner();
    whenDone(m_batches.counts(record.id), this, [this](const Result<BatchCounts> &counts) {
        if (!counts) {
            giveUp(counts.error());
            return;
        }
        m_console.complain(tr("Batch %1: %2.").arg(m_record->id).arg(countsText(*counts)));
        m_progress.begin(*counts, m_record->plan);
        if (m_stopped)
            m_runner->stop();
        else
            m_runner->run();
    });
}

void BatchCommand::followRunner()
{
    connect(m_runner.get(), &BatchRunner::rowEnded, &m_progress, &BatchProgress::add);
    connect(m_runner.get(), &BatchRunner::ended, this, &BatchCommand::conclude);
    connect(m_runner.get(), &BatchRunner::failed, this,
            [this](const Error &error) { m_console.complain(errorText(error)); });
    connect(m_runner.get(), &BatchRunner::changed, this, [this] {
        // Nobody is there to press Resume: what is in flight reports, then it ends.
        if (m_runner->record().state == BatchState::Paused && m_runner->inFlight() == 0)
            conclude();
    });
}

void BatchCommand::conclude()
{
    if (std::exchange(m_ended, true))
        return;
    m_progress.end();
    if (const QString why = pauseText(m_runner->record().pause); !why.isEmpty())
        m_console.complain(why);
    whenDone(m_batches.release(m_record->id), this, [this](const Result<void> &) {
        whenDone(m_batches.counts(m_record->id), this, [this](const Result<BatchCounts> &counts) {
            if (counts)
                writeResults(*counts);
            else
                finishWith({});
        });
    });
}

void BatchCommand::writeResults(const BatchCounts &counts)
{
    if (m_options.results.isEmpty()) {
        finishWith(counts);
        return;
    }
    connect(&m_results, &BatchResults::written, this, [this, counts] { finishWith(counts); });
    connect(&m_results, &BatchResults::failed, this, [this, counts](const Error &error) {
        m_console.complain(tr("The results could not be written to %1 (%2). They are in the "
                              "journal: --resume %3 --results writes them.")
                               .arg(m_options.results, error.detail)
                               .arg(m_record->id));
        finishWith(counts);
    });
    m_results.write(m_runner->record(), m_options.results);
}

void BatchCommand::finishWith(const BatchCounts &counts)
{
    m_console.complain(batchSummary(m_runner->record(), counts));
    if (counts.waiting > 0)
        m_console.complain(tr("To go on: icebreaker-cli batch --resume %1").arg(m_record->id));
    if (counts.unknown + counts.inFlight > 0)
        emit finished(ExitStatus::SomeUnknown);
    else if (counts.total() > 0 && counts.accepted == counts.total())
        emit finished(ExitStatus::Good);
    else
        emit finished(ExitStatus::Failed);
}

void BatchCommand::stop()
{
    m_stopped = true;
    if (m_runner) {
        m_runner->stop();
    } else {
        if (m_input)
            m_input->cancel();
        m_builder.cancel();
        end(ExitStatus::Failed);
    }
}

void BatchCommand::giveUp(const Error &error)
{
    m_console.complain(errorText(error));
    end(ExitStatus::Failed);
}

void BatchCommand::refuse(const QString &why)
{
    m_console.complain(why);
    end(ExitStatus::BadUsage);
}

void BatchCommand::end(ExitStatus status)
{
    if (!std::exchange(m_ended, true))
        emit finished(status);
}

} // namespace icebreaker
