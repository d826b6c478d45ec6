#pragma once

#include "core/error.h"

#include <QObject>
#include <QPointer>

class QMenu;

namespace icebreaker {

class GroupsDialog;
class History;
class LogPanel;
class SavedFilterMenu;

/// What helps to find sends in the log: what a filter's values may be, filters that were
/// saved, and groups of sends.
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
    void showGroups();
    void choose(const QString &token);

    Place m_place;
    History &m_history;
    SavedFilterMenu *m_saved = nullptr;
    QPointer<GroupsDialog> m_groups;
    QString m_groupedText; ///< Filter of what the groups are of.
    bool m_isChoosing = false;
    bool m_isReading = false;
};

} // namespace icebreaker
