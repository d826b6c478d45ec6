#include "ui/explaindesk.h"

#include "core/whendone.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "ui/comparedialog.h"
#include "ui/conversationpane.h"
#include "ui/detailpane.h"
#include "ui/explainpane.h"
#include "ui/logpanel.h"

#include <QAction>
#include <QMenu>

#include <algorithm>
#include <functional>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// What this desk does by itself, and what its signals promise.
constexpr NextAction Taken[] = {NextAction::SendAgain,         NextAction::EnterKey,
                                NextAction::OpenInbox,         NextAction::AskHigherLimit,
                                NextAction::FetchConversation, NextAction::EditProfile,
                                NextAction::OpenForm,          NextAction::ShowAlike,
                                NextAction::CompareLastGood,   NextAction::CopyForSupport};

/// What the log's filter has to say to show sends that ended like this one. Keys that the
/// filter does not know are left out.
QString alikeFilter(const SendRecord &record)
{
    QStringList parts;
    const bool hasCode = !record.deliveryError.isEmpty() || !record.deliveryMeta.isEmpty();
    const QString code = record.deliveryMeta.isEmpty() ? record.deliveryError : record.deliveryMeta;
    if (hasCode && parseLogFilter("code:"_L1 + code))
        parts.append("code:"_L1 + code);
    if (isFailure(record.delivery))
        parts.append(u"delivery:failed"_s);
    else if (record.answer.status > 0)
        parts.append("status:"_L1 + QString::number(record.answer.status));
    if (!record.outcome)
        parts.append(u"outcome:in_flight"_s);
    else if (!isFailure(record.delivery))
        parts.append("outcome:"_L1 + QString(outcomeName(*record.outcome)));
    return parts.join(u' ');
}

/// Gathers both sides of a comparison, which arrive one after the other.
class SideReader : public QObject
{
public:
    using Done = std::function<void(const ComparedSend &, const ComparedSend &)>;
    using Failed = std::function<void(const Error &)>;

    SideReader(Journal &journal, Done done, Failed failed, QObject *parent)
        : QObject(parent)
        , m_journal(journal)
        , m_done(std::move(done))
        , m_failed(std::move(failed))
    { }

    void read(qint64 left, qint64 right)
    {
        readSide(left, m_left);
        readSide(right, m_right);
    }

private:
    void readSide(qint64 row, ComparedSend &side)
    {
        whenDone(m_journal.record(row), this,
                 [this, &side](const Result<std::optional<SendRecord>> &record) {
                     if (!record)
                         return end(record.error());
                     if (!*record) // deleted meanwhile: nothing to compare
                         return deleteLater();
                     side.record = **record;
                     readEvents(side);
                 });
    }

    void readEvents(ComparedSend &side)
    {
        whenDone(m_journal.events(side.record.claim.sendId), this,
                 [this, &side](const Result<QList<KeptEvent>> &events) {
                     if (!events)
                         return end(events.error());
                     side.events = *events;
                     if (++m_ready < 2)
                         return;
                     m_done(m_left, m_right);
                     deleteLater();
                 });
    }

    void end(const Error &error)
    {
        m_failed(error);
        deleteLater();
    }

    Journal &m_journal;
    Done m_done;
    Failed m_failed;
    ComparedSend m_left;
    ComparedSend m_right;
    int m_ready = 0;
};

} // namespace

ExplainDesk::ExplainDesk(Place place, Journal &journal, Deliveries &deliveries,
                         const QString &folder, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_journal(journal)
    , m_deliveries(deliveries)
    , m_pane(new ExplainPane(place.detail.selected(), folder))
{
    m_place.detail.insertTab(0, m_pane, tr("Explain"));
    for (const NextAction action : Taken)
        m_pane->offer(action);
    connect(m_pane, &ExplainPane::actionRequested, this, &ExplainDesk::take);
    connect(m_pane, &ExplainPane::failed, this, &ExplainDesk::failed);
    connect(m_pane, &ExplainPane::warned, this, &ExplainDesk::warned);
    addActions();
}

ExplainDesk::~ExplainDesk()
{
    m_question.cancel();
}

void ExplainDesk::start()
{
    m_pane->loadNotes();
}

void ExplainDesk::offer(NextAction action)
{
    m_pane->offer(action);
}

void ExplainDesk::addActions()
{
    auto *lastGood = new QAction(tr("Compare &with the Last Good One"), this);
    lastGood->setObjectName(u"compareLastGoodAction"_s);
    lastGood->setToolTip(tr("The newest earlier send to the same template that was delivered"));
    connect(lastGood, &QAction::triggered, this, [this] {
        if (const auto rows = m_place.log.selectedRows(); !rows.isEmpty())
            compareWithLastGood(rows.first());
    });
    m_compareAction = new QAction(tr("Compare Bot&h"), this);
    m_compareAction->setObjectName(u"compareAction"_s);
    m_compareAction->setToolTip(tr("Select two sends to see how they differ"));
    connect(m_compareAction, &QAction::triggered, this, &ExplainDesk::compareSelected);
    const auto enable = [this, lastGood] {
        const auto count = m_place.log.selectedRows().size();
        m_compareAction->setEnabled(count == 2);
        lastGood->setEnabled(count == 1);
    };
    connect(&m_place.log, &LogPanel::selectionChanged, this, enable);
    enable();
    for (QAction *action : {m_compareAction, lastGood}) {
        m_place.log.addRowAction(action);
        m_place.logMenu.addAction(action);
    }
}

void ExplainDesk::take(NextAction action)
{
    const auto &record = m_pane->record();
    if (!record)
        return;
    switch (action) {
    case NextAction::SendAgain: emit sendAgainRequested(*record); return;
    case NextAction::Diagnose: emit diagnosisRequested(*record); return;
    case NextAction::FetchConversation: showConversation(); return;
    case NextAction::ShowAlike: showAlike(); return;
    case NextAction::CompareLastGood: compareWithLastGood(record->row); return;
    default: emit actionRequested(action, record->claim.profile);
    }
}

void ExplainDesk::showConversation()
{
    if (auto *pane = m_place.detail.findChild<ConversationPane *>())
        m_place.detail.showTab(pane);
}

void ExplainDesk::showAlike()
{
    m_place.log.setFilterText(alikeFilter(*m_pane->record()));
}

void ExplainDesk::compareSelected()
{
    if (const auto rows = m_place.log.selectedRows(); rows.size() == 2)
        compareRows(rows.first(), rows.last());
}

void ExplainDesk::compareRows(qint64 one, qint64 other)
{
    auto *reader = new SideReader(
        m_journal,
        [this](const ComparedSend &left, const ComparedSend &right) {
            auto *dialog = new CompareDialog(left, right, &m_place.window);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->show();
        },
        [this](const Error &error) { emit failed(error); }, this);
    reader->read(std::max(one, other), std::min(one, other));
}

void ExplainDesk::compareWithLastGood(qint64 row)
{
    m_question.cancel(); // of an earlier click
    m_question = m_deliveries.lastGood(row);
    whenDone(m_question, this, [this, row](const Result<std::optional<qint64>> &good) {
        if (!good)
            emit failed(good.error());
        else if (*good)
            compareRows(row, **good);
        else
            emit reported(tr("No earlier send to the same template was accepted, so there is "
                             "nothing to compare it with."));
    });
}

} // namespace icebreaker
