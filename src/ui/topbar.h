#pragma once

#include "core/endpoint.h"
#include "core/profile.h"

#include <QList>
#include <QObject>

class QComboBox;
class QLabel;
class QPushButton;
class QToolBar;
class QAction;

namespace icebreaker {

class RateChart;
class RateHistory;

/// The toolbar's contents: profile, region, key, limit, Send.
class TopBar : public QObject
{
    Q_OBJECT

public:
    explicit TopBar(QToolBar &toolBar);

    void showProfiles(const QList<Profile> &profiles, qsizetype current);
    /// @param region  where sends go at the moment; may differ from the profile's
    void showRegion(const Profile &profile, Region region);
    /// The Send button's look.
    void showKind(ProfileKind kind);
    void showKey(const QString &text);
    /// How fast the lane in use was in the last minute. @param limit  per second
    void showRate(const RateHistory &history, int limit);
    /// @param enabled  false while the same request is on its way
    void showSend(const QString &text, bool enabled, const QString &toolTip);

signals:
    void profileChosen(int index);
    void profilesRequested();
    void regionChosen(icebreaker::Region region);
    void keyRequested();
    void sendRequested();

private:
    QComboBox *m_profileCombo;
    QComboBox *m_regionCombo;
    QPushButton *m_keyButton;
    QLabel *m_limitLabel = nullptr;
    RateChart *m_rateChart = nullptr;
    QAction *m_rateAction = nullptr; ///< Shows and hides the chart.
    QPushButton *m_sendButton = nullptr;
};

} // namespace icebreaker
