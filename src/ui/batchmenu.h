#pragma once

#include <QObject>

class QAction;
class QMenu;

namespace icebreaker {

class BatchPage;

/// The menu's entries for what the Batch page does.
class BatchMenu : public QObject
{
    Q_OBJECT

public:
    BatchMenu(QMenu &menu, BatchPage &page);

signals:
    /// An entry was chosen that is about the page: it is to be seen.
    void pageWanted();

private:
    void follow();

    BatchPage &m_page;
    QAction *m_start = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_stop = nullptr;
    QAction *m_retry = nullptr;
    QAction *m_export = nullptr;
    QAction *m_summary = nullptr;
};

} // namespace icebreaker
