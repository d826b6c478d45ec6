#include "guide/shortcutbook.h"

#include <QAction>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isTyped(const QKeySequence &keys)
{
    const QKeyCombination first = keys[0];
    if ((first.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        != Qt::NoModifier)
        return false;
    return first.key() < Qt::Key_F1 || first.key() > Qt::Key_F35;
}

bool isForEditing(const QKeySequence &keys)
{
    static constexpr std::array needed{QKeySequence::Copy,  QKeySequence::Cut,
                                       QKeySequence::Paste, QKeySequence::SelectAll,
                                       QKeySequence::Undo,  QKeySequence::Redo};
    return std::any_of(needed.begin(), needed.end(), [&keys](QKeySequence::StandardKey each) {
        return QKeySequence::keyBindings(each).contains(keys);
    });
}

/// What is not understood goes to @p left. Commands that this version lacks are kept.
QMap<QString, QKeySequence> understoodKeys(const QMap<QString, QString> &chosen, QStringList &left)
{
    QMap<QString, QKeySequence> understood;
    for (auto it = chosen.cbegin(); it != chosen.cend(); ++it) {
        const auto keys = QKeySequence::fromString(it.value(), QKeySequence::PortableText);
        const bool isKeys = it.value().isEmpty()
            || (!keys.isEmpty() && keys[0].key() != Qt::Key_unknown && !isTyped(keys)
                && !isForEditing(keys));
        if (isKeys)
            understood.insert(it.key(), keys);
        else
            left.append(it.key());
    }
    return understood;
}

bool clashesWithOthers(const QMap<QString, QKeySequence> &all, const QString &id)
{
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        if (it.key() != id && keysClash(it.value(), all.value(id)))
            return true;
    }
    return false;
}

/// A default may be more than one.
void giveTo(const ShortcutEntry &entry, const QKeySequence &keys)
{
    if (keys == entry.standard())
        entry.action->setShortcuts(entry.standards);
    else
        entry.action->setShortcut(keys);
}

} // namespace

QKeySequence ShortcutEntry::keys() const
{
    return action ? action->shortcut() : QKeySequence();
}

bool ShortcutEntry::clashesWith(const QKeySequence &other) const
{
    const QList<QKeySequence> own = action ? action->shortcuts() : QList<QKeySequence>();
    return std::any_of(own.begin(), own.end(),
                       [&other](const QKeySequence &each) { return keysClash(each, other); });
}

bool keysClash(const QKeySequence &a, const QKeySequence &b)
{
    return !a.isEmpty() && !b.isEmpty()
        && (a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch);
}

ShortcutBook::ShortcutBook(const QMenuBar &bar, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
{ }

void ShortcutBook::collect()
{
    QMap<QString, QList<QKeySequence>> standards;
    for (const ShortcutEntry &entry : std::as_const(m_entries)) {
        if (entry.action)
            standards.insert(entry.id, entry.standards);
    }
    m_entries.clear();
    const QList<MenuCommand> commands = menuCommands(m_bar);
    for (const MenuCommand &command : commands) {
        if (find(command.id) != nullptr)
            continue;
        m_entries.append({command.id, command.text, command.path,
                          standards.value(command.id, command.action->shortcuts()),
                          command.action});
    }
}

const ShortcutEntry *ShortcutBook::find(const QString &id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&id](const ShortcutEntry &entry) { return entry.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

QStringList ShortcutBook::apply(const QMap<QString, QString> &chosen)
{
    QStringList left;
    QMap<QString, QKeySequence> wanted;
    for (const ShortcutEntry &entry : std::as_const(m_entries))
        wanted.insert(entry.id, entry.standard());
    const QMap<QString, QKeySequence> mine = understoodKeys(chosen, left);
    for (auto it = mine.cbegin(); it != mine.cend(); ++it) {
        if (wanted.contains(it.key()))
            wanted[it.key()] = it.value();
    }
    for (auto it = mine.cbegin(); it != mine.cend(); ++it) {
        if (!wanted.contains(it.key()))
            continue;
        if (clashesWithOthers(wanted, it.key())) {
            left.append(it.key());
            wanted[it.key()] = find(it.key())->standard();
        }
    }
    for (const ShortcutEntry &entry : std::as_const(m_entries)) {
        if (entry.action && entry.action->shortcut() != wanted.value(entry.id))
            giveTo(entry, wanted.value(entry.id));
    }
    return left;
}

QMap<QString, QString> ShortcutBook::chosen() const
{
    QMap<QString, QString> chosen;
    for (const ShortcutEntry &entry : m_entries) {
        if (entry.action && entry.keys() != entry.standard())
            chosen.insert(entry.id, entry.keys().toString(QKeySequence::PortableText));
    }
    return chosen;
}

KeyProblem ShortcutBook::problem(const QString &id, const QKeySequence &keys, QString *owner) const
{
    const ShortcutEntry *own = find(id);
    if (keys.isEmpty() || (own != nullptr && keys == own->standard() && keys == own->keys()))
        return KeyProblem::None;
    if (isTyped(keys))
        return KeyProblem::Typed;
    for (const ShortcutEntry &entry : m_entries) {
        if (entry.id == id || !entry.clashesWith(keys))
            continue;
        if (owner != nullptr)
            *owner = entry.text;
        return KeyProblem::Taken;
    }
    return isForEditing(keys) ? KeyProblem::Edits : KeyProblem::None;
}

void ShortcutBook::set(const QString &id, const QKeySequence &keys)
{
    for (const ShortcutEntry &entry : std::as_const(m_entries)) {
        if (!entry.action)
            continue;
        if (entry.id == id)
            giveTo(entry, keys);
        else if (entry.clashesWith(keys))
            entry.action->setShortcut(QKeySequence());
    }
    emit changed();
}

void ShortcutBook::reset(const QString &id)
{
    if (const ShortcutEntry *entry = find(id))
        set(id, entry->standard());
}

void ShortcutBook::resetAll()
{
    for (const ShortcutEntry &entry : std::as_const(m_entries)) {
        if (entry.action)
            entry.action->setShortcuts(entry.standards);
    }
    emit changed();
}

} // namespace icebreaker
