#pragma once

#include "core/error.h"
#include "ui/ratehistory.h"

#include <QObject>
#include <QTimer>

namespace icebreaker {

class Journal;

/// Follows how fast sends start in one lane, whoever starts them: this window, a batch,
/// the command line. It looks twice a second while there is something to see.
class RateWatch : public QObject
{
    Q_OBJECT

public:
    explicit RateWatch(Journal &journal, QObject *parent = nullptr);

    void setLane(const QString &lane, int limit);

    [[nodiscard]] const RateHistory &history() const { return m_history; }
    [[nodiscard]] int limit() const { return m_limit; }

signals:
    void changed();

private:
    void look();

    Journal &m_journal;
    QString m_lane;
    int m_limit = 0;
    RateHistory m_history;
    QTimer m_timer;
    bool m_isLooking = false;
};

} // namespace icebreaker
