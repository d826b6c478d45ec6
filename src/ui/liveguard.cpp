#include "ui/liveguard.h"

#include "core/whendone.h"
#include "phone/phonecheck.h"
#include "store/addressbook.h"
#include "store/journal.h"
#include "store/journalwalk.h"
#include "ui/guarddialog.h"
#include "ui/numberbook.h"
#include "ui/regionwords.h"

#include <QLocale>

#include <chrono>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// More than can be sent within RepeatWindow at any limit there is.
constexpr qsizetype MostRecentSends = 5000;

} // namespace

struct LiveGuard::Inquiry {
    Target target;
    OutboundRequest request; ///< Of a single send.
    BatchSummary batch;
    GuardFacts facts;
    AddressBook numbers;
    Answer answer;
};

LiveGuard::LiveGuard(Journal &journal, QString folder, QWidget &window)
    : QObject(&window)
    , m_journal(journal)
    , m_folder(std::move(folder))
    , m_window(window)
{ }

void LiveGuard::askSend(const Target &target, const OutboundRequest &request, const Answer &answer)
{
    if (!reachesPhones(target.profile, target.region, target.base)) {
        answer(true);
        return;
    }
    auto inquiry = std::make_shared<Inquiry>();
    inquiry->target = target;
    inquiry->request = request;
    inquiry->answer = answer;
    inquiry->facts = {target.region,
                      target.base,
                      {request.text(Field::To)},
                      false,
                      {},
                      {},
                      {},
                      QDateTime::currentDateTime()};
    readTestNumbers(inquiry);
    readLastLive(inquiry);
}

void LiveGuard::askBatch(const Target &target, const BatchSummary &batch, const Answer &answer)
{
    if (!reachesPhones(target.profile, target.region, target.base)) {
        answer(true);
        return;
    }
    auto inquiry = std::make_shared<Inquiry>();
    inquiry->target = target;
    inquiry->batch = batch;
    inquiry->answer = answer;
    inquiry->facts = {target.region,
                      target.base,
                      batch.recipients,
                      true,
                      {},
                      {},
                      {},
                      QDateTime::currentDateTime()};
    readTestNumbers(inquiry);
    readLastLive(inquiry);
}

void LiveGuard::readTestNumbers(const InquiryPtr &inquiry)
{
    if (auto book = loadAddressBook(m_folder, inquiry->target.profile.id)) {
        inquiry->numbers = *book;
        inquiry->facts.testNumbers = book->testNumbers();
    } else {
        emit failed(book.error());
    }
}

void LiveGuard::readLastLive(const InquiryPtr &inquiry)
{
    LogFilter filter;
    filter.profile = inquiry->target.profile.name;
    filter.region = regionName(inquiry->target.region);
    const QDateTime midnight = inquiry->facts.now.date().startOfDay();
    whenDone(newestSends(m_journal, filter, midnight, 1), this,
             [this, inquiry](const Result<QList<SendRecord>> &sends) {
                 if (!sends) {
                     giveUp(inquiry, sends.error());
                     return;
                 }
                 if (!sends->isEmpty())
                     inquiry->facts.lastLive = sends->first().claim.claimedAt;
                 if (inquiry->facts.isBatch)
                     decide(inquiry);
                 else
                     readRecent(inquiry);
             });
}

void LiveGuard::readRecent(const InquiryPtr &inquiry)
{
    const QDateTime since = inquiry->facts.now.addSecs(-std::chrono::seconds(RepeatWindow).count());
    whenDone(newestSends(m_journal, {}, since, MostRecentSends), this,
             [this, inquiry](const Result<QList<SendRecord>> &sends) {
                 if (!sends) {
                     giveUp(inquiry, sends.error());
                     return;
                 }
                 QList<qint64> candidates;
                 for (const SendRecord &send : *sends) {
                     const bool sandbox = send.claim.region == regionName(Region::Sandbox);
                     if (!sandbox && send.claim.to == inquiry->facts.recipients.first()
                         && mayHaveReached(send))
                         candidates.append(send.row);
                 }
                 readBodies(inquiry, candidates);
             });
}

void LiveGuard::readBodies(const InquiryPtr &inquiry, const QList<qint64> &rows)
{
    if (rows.isEmpty()) {
        decide(inquiry);
        return;
    }
    whenDone(
        m_journal.record(rows.first()), this,
        [this, inquiry, rest = rows.sliced(1)](const Result<std::optional<SendRecord>> &record) {
            if (!record) {
                giveUp(inquiry, record.error());
            } else if (*record
                       && messageOf((*record)->claim.body)
                           == messageOf(inquiry->request.toJson())) {
                inquiry->facts.lastSame = (*record)->claim.claimedAt;
                decide(inquiry);
            } else {
                readBodies(inquiry, rest);
            }
        });
}

void LiveGuard::decide(const InquiryPtr &inquiry)
{
    const auto reasons = reasonsToAsk(inquiry->target.profile, inquiry->facts);
    if (reasons.isEmpty())
        inquiry->answer(true);
    else
        ask(inquiry, reasons);
}

void LiveGuard::ask(const InquiryPtr &inquiry, const QList<GuardReason> &reasons)
{
    const Target &target = inquiry->target;
    GuardDialog::Matter matter;
    matter.kind = profileKind(target.profile, target.region);
    matter.profile = target.profile.name;
    matter.place =
        target.region == Region::Custom ? origin(target.base) : regionText(target.region);
    matter.reasons = reasons;
    matter.isBatch = inquiry->facts.isBatch;
    matter.batchName = inquiry->batch.name;
    matter.details = inquiry->batch.details;
    const QStringList others = otherNumbers(inquiry->facts);
    matter.others = others.size();
    const QString shown = others.isEmpty() ? inquiry->facts.recipients.value(0) : others.first();
    matter.proofOf = shown;
    matter.to = NumberBook::label(
        inquiry->numbers.find(shown).value_or(AddressEntry{shown, {}, false, {}}));
    matter.templateName = inquiry->request.text(Field::Template);
    matter.agentId = inquiry->request.text(Field::AgentId);
    if (inquiry->facts.lastSame.isValid())
        matter.sinceSame = std::chrono::seconds(
            std::max<qint64>(0, inquiry->facts.lastSame.secsTo(inquiry->facts.now)));

    auto *dialog = new GuardDialog(matter, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, inquiry](int result) {
        const bool may = result == QDialog::Accepted;
        if (may && !dialog->quietReasons().isEmpty())
            emit quieted(inquiry->target.profile.id, dialog->quietReasons());
        inquiry->answer(may);
    });
    dialog->open();
}

void LiveGuard::giveUp(const InquiryPtr &inquiry, const Error &error)
{
    emit failed(error);
    inquiry->answer(false);
}

} // namespace icebreaker
