#pragma once

#include "guide/manualpages.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QListWidget;
class QToolButton;

namespace icebreaker {

class ManualView;

/// The manual in a window of its own: contents and search at the left, the page at the right.
class ManualWindow : public QWidget
{
    Q_OBJECT

public:
    /// @param parent  a modal dialog, if there is one: other windows would be locked
    explicit ManualWindow(QWidget *parent = nullptr);

    /// @param place  "page" or "page#heading"; raises the window
    void open(const QString &place);
    [[nodiscard]] ManualView &view() { return *m_view; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeList();
    QWidget *makePage();
    QToolButton *addTool(const QString &text, const QString &id, const QString &toolTip);
    void bindTools();
    void listContents();
    void listHits(const QString &words);
    void follow(const QString &page);
    void openCurrent();
    void find(bool backward);

    ManualPages m_pages;
    ManualView *m_view;
    QLineEdit *m_search;
    QListWidget *m_list;
    QLineEdit *m_find;
    QLabel *m_note;
    QToolButton *m_back = nullptr;
    QToolButton *m_forward = nullptr;
    bool m_isFollowing = false; ///< The list follows the page, not the page the list.
};

} // namespace icebreaker
