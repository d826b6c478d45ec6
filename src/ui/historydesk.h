#pragma once

#include "core/error.h"
#include "store/history.h"
#include "store/historyeraser.h"

#include <QObject>
#include <QTimer>

class QMenu;

namespace icebreaker {

class LogPanel;

/// How long history is kept, and deleting what the log shows.
class HistoryDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        QWidget &window;
        LogPanel &log;
        QMenu &logMenu;
    };
    HistoryDesk(Place place, Journal &journal, QObject *parent = nullptr);

    [[nodiscard]] History &history() { return m_history; }
    /// Deletes what is older, now and once a day; 0: nothing.
    void setKeepDays(int days);

signals:
    /// So many sends were older than they are kept.
    void aged(qint64 removed);
    void failed(const icebreaker::Error &error);

private:
    void removeAged();
    void removeShown();

    Place m_place;
    History m_history;
    HistoryEraser m_eraser;
    QTimer m_daily;
    int m_keepDays = 0;
    int m_removingDays = 0; ///< That the deletion under way is for.
};

} // namespace icebreaker
