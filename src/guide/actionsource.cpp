#include "guide/actionsource.h"

#include "guide/menuwalk.h"

#include <QAction>
#include <QPointer>

namespace icebreaker {

using namespace Qt::StringLiterals;

ActionSource::ActionSource(const QMenuBar &bar, QObject *parent)
    : PaletteSource(parent)
    , m_bar(bar)
{ }

/// What the action says about itself, else what its tool tip asks for.
QString ActionSource::whyNot(const MenuCommand &command)
{
    if (QString why = command.action->property("whyNot").toString(); !why.isEmpty())
        return why;
    const QString tip = command.action->toolTip().remove(u'…'); // its text by default
    return tip.isEmpty() || tip == command.text
        ? tr("%1 · not available now").arg(command.path)
        : tr("%1 · not available now · %2", "menu · … · tool tip").arg(command.path, tip);
}

void ActionSource::collect()
{
    QList<PaletteEntry> entries;
    const QList<MenuCommand> commands = menuCommands(m_bar);
    for (const MenuCommand &command : commands) {
        PaletteEntry entry;
        entry.id = u"action:"_s + command.id;
        entry.text = command.action->isChecked() ? tr("%1 (on)").arg(command.text) : command.text;
        entry.detail = command.path;
        entry.shortcut = command.action->shortcut().toString(QKeySequence::NativeText);
        entry.icon = command.action->icon();
        if (!command.action->isEnabled())
            entry.whyNot = whyNot(command);
        entry.run = [action = QPointer<QAction>(command.action)] {
            if (action)
                action->trigger(); // does nothing if it is disabled by now
        };
        entries.append(entry);
    }
    emit collected(entries);
}

} // namespace icebreaker
