#include "ui/conversationfetcher.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "net/insights.h"
#include "secrets/vault.h"
#include "store/deliveries.h"
#include "words/errorwords.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Less must not replace more: a fetch that was stopped early, or came too late.
bool isWorthKeeping(const KeptConversation &fresh, const std::optional<KeptConversation> &known)
{
    return !known || fresh.conversation.complete || !known->conversation.complete;
}

} // namespace

ConversationFetcher::ConversationFetcher(Services services, QObject *parent)
    : QObject(parent)
    , m_services(std::move(services))
{ }

bool ConversationFetcher::isFetchable(const SendRecord &record)
{
    return record.outcome
        && (*record.outcome == Outcome::Accepted || *record.outcome == Outcome::Unknown);
}

tl::expected<ConversationFetcher::Target, QString>
ConversationFetcher::targetOf(const SendRecord &record) const
{
    if (record.claim.region == regionName(Region::Sandbox))
        return tl::unexpected(tr("The sandbox has no agent and no customer, so nothing was said. "
                                 "Conversations are there for real sends."));
    const QList<Profile> profiles = m_services.profiles();
    const auto profile = std::find_if(profiles.begin(), profiles.end(), [&](const Profile &each) {
        return each.name == record.claim.profile;
    });
    if (profile == profiles.end())
        return tl::unexpected(tr("The profile “%1”, whose key this send had, is not there any "
                                 "more.")
                                  .arg(record.claim.profile));
    const QUrl base = baseOf(record.claim.url);
    // The same agreement that sending needs.
    if (record.claim.region == regionName(Region::Custom) && profile->approvedHost != origin(base))
        return tl::unexpected(tr("Your key would be sent to %1. Agree to that in the profile "
                                 "“%2” first.")
                                  .arg(origin(base), profile->name));
    return Target{base, *profile};
}

void ConversationFetcher::fetch(const SendRecord &record,
                                const std::optional<SessionSummary> &chosen)
{
    const qint64 row = record.row;
    if (m_states.value(row).isFetching || !isFetchable(record))
        return;
    const auto target = targetOf(record);
    if (!target) {
        refuse(row, target.error());
        return;
    }
    SessionQuery query = sessionQuery(record);
    if (chosen)
        query = withSession(query, *chosen);
    State state;
    state.isFetching = true;
    state.place = query.sessionId.isEmpty() ? FetchPlace::Search : FetchPlace::Session;
    m_states.insert(row, state);
    emit changed(row);
    whenDone(m_services.vault.read(target->profile.id, origin(target->base),
                                   target->profile.keyInKeychain),
             this,
             [this, row, query, base = target->base,
              number = ++m_numbers[row]](const Result<ApiKey> &key) {
                 if (!m_states.value(row).isFetching || number != m_numbers.value(row))
                     return; // stopped meanwhile, and perhaps asked for again
                 if (key)
                     ask(row, base, {key->bytes, origin(base)}, query);
                 else
                     refuse(row, errorText(key.error()));
             });
}

void ConversationFetcher::ask(qint64 row, const QUrl &base, const ApiKey &key,
                              const SessionQuery &query)
{
    InsightsFetch *fetch = m_services.insights.fetch(base, key, query);
    m_fetches.insert(row, fetch);
    connect(fetch, &InsightsFetch::asking, this, [this, row](FetchPlace place) {
        State &state = m_states[row];
        state.place = place;
        state.nextTryAt = {};
        emit changed(row);
    });
    connect(fetch, &InsightsFetch::waiting, this,
            [this, row](const QDateTime &nextTryAt, int triesLeft) {
                State &state = m_states[row];
                state.nextTryAt = nextTryAt;
                state.triesLeft = triesLeft;
                emit changed(row);
            });
    connect(fetch, &InsightsFetch::finished, this,
            [this, row](const FetchReport &report) { end(row, report); });
}

void ConversationFetcher::stop(qint64 row)
{
    if (const QPointer<InsightsFetch> fetch = m_fetches.value(row)) {
        fetch->cancel();
    } else if (m_states.value(row).isFetching) { // the key is being asked for
        FetchReport report;
        report.end = FetchEnd::Cancelled;
        end(row, report);
    }
}

void ConversationFetcher::end(qint64 row, const FetchReport &report)
{
    m_fetches.remove(row);
    State state;
    state.report = report;
    m_states.insert(row, state);
    if (report.kept)
        keep(row, report);
    emit changed(row);
}

void ConversationFetcher::keep(qint64 row, const FetchReport &report)
{
    whenDone(
        m_services.deliveries.conversation(row), this,
        [this, row, fresh = *report.kept](const Result<std::optional<KeptConversation>> &known) {
            if (!known) {
                emit failed(known.error());
                return;
            }
            if (!isWorthKeeping(fresh, *known))
                return;
            whenDone(m_services.deliveries.keepConversation(row, fresh), this,
                     [this, row](const Result<void> &done) {
                         if (done)
                             emit kept(row);
                         else
                             emit failed(done.error());
                     });
        });
}

void ConversationFetcher::refuse(qint64 row, const QString &why)
{
    State state;
    state.refusal = why;
    m_states.insert(row, state);
    emit changed(row);
}

} // namespace icebreaker
