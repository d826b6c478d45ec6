#pragma once

#include "core/error.h"
#include "core/profile.h"

#include <QObject>
#include <QTimer>

namespace icebreaker {

class Composer;

/// Keeps the unsent form of each profile on the disk while it is typed, so that a crash costs no
/// more than the last word.
class DraftKeeper : public QObject
{
    Q_OBJECT

public:
    /// @param composer  whose content it is; outlives this
    DraftKeeper(QString folder, Composer &composer, QObject *parent = nullptr);

    /// Fills the form with what was kept for @p profile, or with what its first send needs, and
    /// keeps what is typed for that profile from now on. store() what was typed before.
    void load(const Profile &profile);
    /// Now; does nothing before the first load().
    void store();
    /// In a moment: many edits, one write.
    void storeSoon() { m_timer.start(); }

signals:
    void failed(const icebreaker::Error &error);

private:
    const QString m_folder;
    Composer &m_composer;
    QString m_profileId;
    QTimer m_timer;
};

} // namespace icebreaker
