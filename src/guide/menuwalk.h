#pragma once

#include <QList>
#include <QString>

class QAction;
class QMenuBar;

namespace icebreaker {

/// A command of the window and the menus that lead to it.
struct MenuCommand {
    QAction *action = nullptr;
    QString id; ///< QAction::objectName(); never empty.
    QString text; ///< Without the mnemonic and the dots.
    QString path; ///< E.g. "Log › Saved".
};

/// Every command in the menus of @p bar, in their order, submenus included. Menus are told
/// before that they are about to be shown, so what they fill in is there. What has no object
/// name, or was met before, is left out.
[[nodiscard]] QList<MenuCommand> menuCommands(const QMenuBar &bar);

/// A menu's or label's text without its mnemonic: "Save && &Quit" is "Save & Quit".
[[nodiscard]] QString withoutMnemonic(const QString &text);

} // namespace icebreaker
