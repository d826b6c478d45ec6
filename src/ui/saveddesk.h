#pragma once

#include "core/error.h"
#include "core/profile.h"
#include "store/savedrequest.h"
#include "ui/collectionbook.h"
#include "ui/requesttabs.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

class QAction;
class QMainWindow;
class QMenu;

namespace icebreaker {

class RequestBar;
class RequestDesk;
class SavedPanel;
class Vault;

/// Everything in the window about saved requests: the panel, opening and saving, and what happens
/// when a file changes on disk while its request is open. Nobody's work is overwritten: not what
/// is on disk without asking, and not what is in the tab without a way back.
class SavedDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        QMainWindow &window;
        RequestDesk &requests; ///< Gets the bar that tells of a conflict.
        QMenu &menuBarMenu; ///< Of the entry that shows and hides the panel.
        QAction &save;
        QAction &saveAs;
    };
    struct Parts {
        RequestTabs &tabs;
        Composer &composer;
        Vault &vault;
        QString folder; ///< Everything that Icebreaker keeps.
        std::function<QList<Profile>()> profiles; ///< Whose keys must not be in a file.
    };

    SavedDesk(Place place, Parts parts, QObject *parent = nullptr);
    ~SavedDesk() override;

    [[nodiscard]] CollectionBook &book() { return m_book; }
    [[nodiscard]] SavedPanel &panel() { return *m_panel; }
    /// Something to say about a request that is open, until it is taken notice of.
    void setNotice(const QString &document, const QString &text);
    /// The file of the request that is shown; empty if it is in none.
    [[nodiscard]] QString currentFile() const;

signals:
    void reported(const QString &text);
    void failed(const icebreaker::Error &error);

private:
    /// A file that is not what the tab read, while the tab has edits of its own.
    struct Conflict {
        QByteArray hash; ///< Of the file as it is now.
        std::optional<Composer::State> theirs; ///< Nothing if it is no saved request any more.
    };

    void addPanel();
    void bindPanel();
    void open(const QString &path);
    void save();
    void saveAs();
    void write(const QString &document, const QString &path, const SavedRequest &saved,
               const QByteArray &hash);
    void whenHarmless(const QByteArray &bytes, std::function<void()> act);
    void describe(const QString &path, const QString &description);
    void editVariables(qsizetype collection);
    void openFolder();
    void rename(const QString &path, const QString &name);
    void move(const QStringList &paths, const QString &folder);
    void trash(const QString &path);
    void followPath(const QString &before, const QString &after);
    void followDisk(qsizetype collection);
    void followFile(qsizetype tab, const CollectionEntry *entry);
    void addConflict(qsizetype tab, const Conflict &conflict);
    void followTabs();
    void showBar();
    void showConflict(const QString &document, const Conflict &conflict);
    void keepMine(const QString &document);
    void takeTheirs(const QString &document);
    void compare(const QString &document);
    void followVariables();
    void tell(const Error &error);

    Place m_place;
    Parts m_parts;
    CollectionBook m_book;
    SavedPanel *m_panel;
    RequestBar *m_bar;
    QHash<QString, Conflict> m_conflicts; ///< By document.
    QHash<QString, QString> m_notices; ///< By document.
};

} // namespace icebreaker
