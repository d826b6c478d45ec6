#pragma once

#include "ui/requesttabs.h"

#include <QObject>

class QAction;
class QMenu;
class QTabBar;
class QVBoxLayout;

namespace icebreaker {

/// Everything in the window that opens, closes and arranges the requests, and takes edits back:
/// the tabs above the pages, and the menus' actions.
class RequestDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts are.
    struct Place {
        QWidget &window;
        QVBoxLayout &area; ///< Of the pages; the tabs go above them.
        QWidget &form; ///< Its fields have no undo of their own.
        QMenu &editMenu;
        QAction &newRequest;
        QAction &close;
        QAction &reopen;
    };

    /// @param tabs  outlives this
    RequestDesk(Place place, RequestTabs &tabs, QObject *parent = nullptr);
    ~RequestDesk() override;

    /// A row between the tabs and the pages.
    void addBar(QWidget *bar);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeBar();
    void addActions();
    void show();
    void showTab(qsizetype tab);
    void step(int by);
    [[nodiscard]] bool isFormField(const QObject *widget) const;

    Place m_place;
    RequestTabs &m_tabs;
    QTabBar *m_bar;
    bool m_isShowing = false;
};

} // namespace icebreaker
