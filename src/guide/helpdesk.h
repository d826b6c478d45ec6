#pragma once

#include <QObject>
#include <QPointer>
#include <QUrl>

#include <functional>

class QAction;
class QContextMenuEvent;
class QKeyEvent;
class QMenu;
class QWidget;

namespace icebreaker {

class ManualWindow;
struct FieldHelp;

/// The manual and "What's this?", wherever one is: in the window and in its dialogs. Watches
/// the application's events for that; fields need not know of it.
class HelpDesk : public QObject
{
    Q_OBJECT

public:
    /// Both outlive this.
    HelpDesk(QWidget &window, QMenu &helpMenu);
    ~HelpDesk() override;
    Q_DISABLE_COPY_MOVE(HelpDesk)

    /// Opens the manual. @param place  "page#heading"; empty: the one of the focus
    void openManual(const QString &place = {});
    /// Opens an address outside; another function in tests.
    void setOpener(std::function<void(const QUrl &)> opener);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] ManualWindow *manualFor(QWidget *owner);
    void explainFocus();
    void follow(const QString &link);
    bool takeKey(const QWidget &widget, const QKeyEvent &press);
    bool showMenu(QWidget &widget, const QContextMenuEvent &event);
    static void showHelp(QWidget &widget, const FieldHelp &help);

    QWidget &m_window;
    QAction *m_manualAction;
    QAction *m_whatsThisAction;
    std::function<void(const QUrl &)> m_opener;
    QPointer<ManualWindow> m_manual; ///< The window's.
    QPointer<ManualWindow> m_dialogManual; ///< Of a modal dialog, which locks other windows.
};

} // namespace icebreaker
