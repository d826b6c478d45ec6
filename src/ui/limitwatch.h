#pragma once

#include <QObject>
#include <QTimer>

namespace icebreaker {

class ProfileBook;
struct Profile;

/// Sets a profile's limit five minutes after its agents were published again, also if the
/// program was closed meanwhile. See LimitRequest.
class LimitWatch : public QObject
{
    Q_OBJECT

public:
    /// @param profiles  outlives the watch
    explicit LimitWatch(ProfileBook &profiles, QObject *parent = nullptr);

    /// Looks now, and again when the next one is due.
    void look();

signals:
    void raised(const icebreaker::Profile &profile);

private:
    ProfileBook &m_profiles;
    QTimer m_timer;
};

} // namespace icebreaker
