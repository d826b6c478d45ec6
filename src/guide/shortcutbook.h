#pragma once

#include "guide/menuwalk.h"

#include <QKeySequence>
#include <QMap>
#include <QObject>
#include <QPointer>

class QAction;
class QMenuBar;

namespace icebreaker {

/// A command with its keys.
struct ShortcutEntry {
    QString id;
    QString text; ///< Without mnemonic.
    QString path; ///< The menus that lead to it.
    QList<QKeySequence> standards; ///< What it has by default; menus show the first.
    QPointer<QAction> action;

    [[nodiscard]] QKeySequence keys() const;
    [[nodiscard]] QKeySequence standard() const { return standards.value(0); }
    /// Whether pressing @p other may mean it, by any of its own.
    [[nodiscard]] bool clashesWith(const QKeySequence &other) const;
};

/// Why keys cannot be a command's.
enum class KeyProblem {
    None,
    Taken, ///< Another command has them, or they are the begin of its keys.
    Typed, ///< One types with them: a letter without Ctrl, Alt or Meta.
    Edits, ///< Text fields need them, e.g. Ctrl+C.
};

/// The keys of all commands in a window's menus: the defaults that they came with, and what
/// the user chose instead. The actions themselves hold what is in force, so menus show it.
class ShortcutBook : public QObject
{
    Q_OBJECT

public:
    /// @param bar  outlives this
    explicit ShortcutBook(const QMenuBar &bar, QObject *parent = nullptr);

    /// Takes in commands that have come since; those that went are forgotten.
    void collect();
    [[nodiscard]] const QList<ShortcutEntry> &entries() const { return m_entries; }

    /// What the user chose, by ID as PortableText; other commands get their defaults. What is
    /// not understood or would have two meanings is left out. @return the IDs of these
    QStringList apply(const QMap<QString, QString> &chosen);
    /// The same of what is in force.
    [[nodiscard]] QMap<QString, QString> chosen() const;

    /// Whether @p keys may be those of @p id. @param owner  the text of the one that has them
    [[nodiscard]] KeyProblem problem(const QString &id, const QKeySequence &keys,
                                     QString *owner = nullptr) const;
    /// Gives them to @p id, and takes them from whoever has them. Empty: none.
    void set(const QString &id, const QKeySequence &keys);
    void reset(const QString &id);
    void resetAll();

signals:
    /// chosen() is another one.
    void changed();

private:
    [[nodiscard]] const ShortcutEntry *find(const QString &id) const;

    const QMenuBar &m_bar;
    QList<ShortcutEntry> m_entries;
};

/// Whether pressing one of them may mean the other: they are the same, or one begins the other.
[[nodiscard]] bool keysClash(const QKeySequence &a, const QKeySequence &b);

} // namespace icebreaker
