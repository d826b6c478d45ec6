#include "ui/limitwatch.h"

#include "ui/profilebook.h"

#include <algorithm>

namespace icebreaker {

using namespace std::chrono_literals;

LimitWatch::LimitWatch(ProfileBook &profiles, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LimitWatch::look);
    connect(&m_profiles, &ProfileBook::listChanged, this, &LimitWatch::look);
}

void LimitWatch::look()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::chrono::seconds next = WaitAfterPublishing;
    bool isCounting = false;
    const QList<Profile> profiles = m_profiles.profiles(); // update() changes the list
    for (Profile profile : profiles) {
        if (!profile.limitRequest)
            continue;
        const LimitStage stage = limitStage(*profile.limitRequest, now);
        if (stage == LimitStage::Counting) {
            isCounting = true;
            next = std::min(next, limitWait(*profile.limitRequest, now));
        } else if (stage == LimitStage::InForce) {
            profile.limit = profile.limitRequest->limit;
            profile.limitRequest.reset();
            m_profiles.update(profile); // looks again
            emit raised(profile);
            return;
        }
    }
    if (isCounting)
        m_timer.start(next);
    else
        m_timer.stop();
}

} // namespace icebreaker
