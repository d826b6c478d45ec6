#include "guide/menuwalk.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QSet>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct MenuWalk {
    QList<MenuCommand> commands;
    QSet<const QAction *> met;

    void visit(QMenu &menu, const QString &path)
    {
        emit menu.aboutToShow();
        const QList<QAction *> actions = menu.actions();
        for (QAction *action : actions) {
            if (action->isSeparator() || met.contains(action))
                continue;
            met.insert(action);
            const QString text = withoutMnemonic(action->text());
            if (action->menu() != nullptr)
                visit(*action->menu(), path.isEmpty() ? text : path + u" › "_s + text);
            else if (!action->objectName().isEmpty() && action->isVisible())
                commands.append({action, action->objectName(), text, path});
        }
    }
};

} // namespace

QList<MenuCommand> menuCommands(const QMenuBar &bar)
{
    MenuWalk walk;
    const QList<QAction *> menus = bar.actions();
    for (const QAction *entry : menus) {
        if (entry->menu() != nullptr)
            walk.visit(*entry->menu(), withoutMnemonic(entry->text()));
    }
    return walk.commands;
}

QString withoutMnemonic(const QString &text)
{
    QString plain;
    plain.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == u'&' && i + 1 < text.size())
            ++i;
        plain += text.at(i);
    }
    if (plain.endsWith(u'…'))
        plain.chop(1);
    return plain;
}

} // namespace icebreaker
