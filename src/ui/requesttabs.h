#pragma once

#include "core/error.h"
#include "core/profile.h"
#include "store/draft.h"
#include "ui/composer.h"

#include <QObject>
#include <QTimer>
#include <QUndoGroup>
#include <QUndoStack>

#include <memory>
#include <optional>
#include <vector>

namespace icebreaker {

/// The requests that are open, each with its own history of edits. One of them is in the
/// Composer. Knows no widget.
///
/// All of them are kept on the disk for each profile while they are typed, so that a crash costs
/// no more than the last word. What is closed can be brought back: nothing typed is thrown away.
class RequestTabs : public QObject
{
    Q_OBJECT

public:
    /// The file that a request is saved in.
    struct File {
        QString path; ///< Absolute; empty: none.
        QByteArray hash; ///< See contentHash(): as it was last read or written.
    };

    /// @param composer  outlives this
    RequestTabs(QString folder, Composer &composer, QObject *parent = nullptr);
    ~RequestTabs() override;

    /// Opens what was open for @p profile, or what its first send needs, and keeps what is typed
    /// for that profile from now on. store() what was typed before.
    void load(const Profile &profile);
    /// Now; does nothing before the first load().
    void store();
    /// In a moment: many edits, one write.
    void storeSoon() { m_timer.start(); }

    [[nodiscard]] qsizetype count() const { return std::ssize(m_tabs); }
    [[nodiscard]] qsizetype current() const { return m_current; }
    /// See Composer::document().
    [[nodiscard]] const QString &idOf(qsizetype tab) const { return at(tab).id; }
    /// -1 if it was closed.
    [[nodiscard]] qsizetype indexOf(const QString &id) const;
    [[nodiscard]] QString title(qsizetype tab) const;
    [[nodiscard]] const File &file(qsizetype tab) const { return at(tab).file; }
    /// Other than its file; one without a file: edited at all.
    [[nodiscard]] bool isModified(qsizetype tab) const;
    /// As in the tab, also if another one is in the Composer.
    [[nodiscard]] const Composer::State &state(qsizetype tab) const { return at(tab).state; }
    /// As in its file; nothing if that is not known.
    [[nodiscard]] const std::optional<Composer::State> &savedState(qsizetype tab) const
    {
        return at(tab).saved;
    }
    /// -1 if none has that file.
    [[nodiscard]] qsizetype tabOf(const QString &path) const;

    void select(qsizetype tab);
    /// A new request in a tab of its own, which is selected.
    void openNew(const QString &title, const Composer::State &state);
    /// As a new request of the profile begins.
    void openEmpty();
    /// The request that @p file holds; selects its tab if it is open already.
    void openFile(const File &file, const Composer::State &state);
    void close(qsizetype tab);
    void move(qsizetype from, qsizetype to);
    [[nodiscard]] bool canReopen() const { return !m_closed.isEmpty(); }
    void reopenClosed();

    /// @p file holds @p state now, which the tab's request was when it was saved.
    void noteSaved(qsizetype tab, const File &file, const Composer::State &state);
    /// The file is at another place, with the same content.
    void noteMoved(qsizetype tab, const QString &path);
    /// The file changed, and the tab's request stays as it is. @param sameRequest  what changed
    /// is not the request
    void noteChanged(qsizetype tab, const QByteArray &hash, bool sameRequest);
    /// The file is gone: the request stays, in no file.
    void noteGone(qsizetype tab);
    /// The file's new content takes the place of the tab's request, as an edit.
    void takeFile(qsizetype tab, const File &file, const Composer::State &after);

    /// What undoes and redoes the edits of the selected request.
    [[nodiscard]] QUndoGroup &undo() { return m_undo; }
    /// What is typed next is a step of its own.
    void endRun() { ++m_run; }

signals:
    /// Tabs came, went or moved, or another one is selected.
    void tabsChanged();
    /// title() or isModified() of a tab may be another one.
    void tabChanged(qsizetype tab);
    /// file() of a tab is another one; follows tabsChanged() and tabChanged().
    void filesChanged();
    void failed(const icebreaker::Error &error);

private:
    struct Tab {
        QString id;
        QString title;
        Composer::State state;
        File file;
        /// As in the file, or as a new request began; nothing if it is known only that the
        /// request is another one.
        std::optional<Composer::State> saved;
        std::unique_ptr<QUndoStack> undo;
    };

    [[nodiscard]] const Tab &at(qsizetype tab) const;
    [[nodiscard]] Tab &at(qsizetype tab);
    [[nodiscard]] Tab makeTab(const OpenTab &open);
    [[nodiscard]] static OpenTab kept(const Tab &tab, bool modified);
    void append(const OpenTab &open);
    void show(qsizetype tab);
    void noteEdit();
    void followComposer();
    [[nodiscard]] Draft emptyDraft() const;

    const QString m_folder;
    Composer &m_composer;
    Profile m_profile;
    std::vector<Tab> m_tabs;
    QList<OpenTab> m_closed;
    qsizetype m_current = -1;
    QUndoGroup m_undo;
    int m_run = 0;
    bool m_isApplying = false; ///< The edit is an undo or redo itself.
    QTimer m_timer;
    QTimer m_clock; ///< For Composer::refreshMoment().
};

} // namespace icebreaker
