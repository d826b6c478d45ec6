#pragma once

#include "core/error.h"
#include "store/logfilter.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QMenu;

namespace icebreaker {

class GroupsDialog;
class History;
class LogPanel;
class OverviewDialog;
class SavedFilterMenu;

/// What helps to find sends in the log: what a filter's values may be, filters that were
/// saved, groups of sends, and a set of sends at a glance.
class FindDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        QWidget &window;
        LogPanel &log;
        QMenu &logMenu;
    };
    FindDesk(Place place, History &history, const QString &folder, QObject *parent = nullptr);

signals:
    void failed(const icebreaker::Error &error);

private:
    void addSavedFilters(const QString &folder);
    void addGroups();
    void readValues();
    void followFilter();
    void addOverview();
    void takeWhole(bool isNew);
    void showGroups();
    void showOverview();
    void choose(const QString &token);

    Place m_place;
    History &m_history;
    SavedFilterMenu *m_saved = nullptr;
    QPointer<GroupsDialog> m_groups;
    QPointer<OverviewDialog> m_overview;
    std::optional<LogFilter> m_whole; ///< The set that the groups and the overview are of.
    QString m_wholeText; ///< As in the filter box.
    bool m_isChoosing = false;
    bool m_isReading = false;
};

} // namespace icebreaker
