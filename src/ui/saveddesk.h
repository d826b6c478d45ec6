#pragma once

#include "core/error.h"
#include "core/profile.h"
#include "store/savedrequest.h"
#include "ui/collectionbook.h"
#include "ui/requesttabs.h"

#include <QObject>

#include <functional>

class QAction;
class QMainWindow;
class QMenu;

namespace icebreaker {

class DiskFollower;
class RequestBar;
class RequestDesk;
class SavedPanel;
class Vault;

/// Everything in the window about saved requests: the panel, opening, saving, and what is done
/// with their files. What changes on disk meanwhile is DiskFollower's.
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
    [[nodiscard]] DiskFollower &disk() { return *m_disk; }
    /// The file of the request that is shown; empty if it is in none.
    [[nodiscard]] QString currentFile() const;

signals:
    void reported(const QString &text);
    void failed(const icebreaker::Error &error);

private:
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
    void followTabs();
    void followVariables();
    void tell(const Error &error);

    Place m_place;
    Parts m_parts;
    CollectionBook m_book;
    SavedPanel *m_panel;
    RequestBar *m_bar;
    DiskFollower *m_disk;
};

} // namespace icebreaker
