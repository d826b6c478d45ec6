#include "ui/draftkeeper.h"

#include "store/draft.h"
#include "ui/composer.h"
#include "ui/samplerequest.h"

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

constexpr auto DraftDelay = 150ms;

} // namespace

DraftKeeper::DraftKeeper(QString folder, Composer &composer, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_composer(composer)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(DraftDelay);
    connect(&composer, &Composer::edited, this, &DraftKeeper::storeSoon);
    connect(&m_timer, &QTimer::timeout, this, &DraftKeeper::store);
}

void DraftKeeper::load(const Profile &profile)
{
    m_profileId = profile.id;
    if (const auto draft = loadDraft(m_folder, profile.id)) {
        m_composer.load(*draft);
        return;
    }
    if (profile.region == Region::Sandbox) {
        m_composer.load(sampleDraft());
        return;
    }
    OutboundRequest request;
    request.setText(Field::AgentId, profile.agentId);
    request.setText(Field::Namespace, profile.namespaceId);
    // Without an inbox that the endpoint can reach, the field waits for a URL.
    m_composer.load({request.toJson(), canReceive(m_composer.inbox(m_composer.sendId())), {}});
}

void DraftKeeper::store()
{
    m_timer.stop();
    if (m_profileId.isEmpty())
        return;
    const auto saved = saveDraft(m_folder, m_profileId, m_composer.draft());
    if (!saved)
        emit failed(saved.error());
}

} // namespace icebreaker
