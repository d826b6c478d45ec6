#pragma once

#include "store/collection.h"

#include <QSet>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTextBrowser;
class QTreeView;

namespace icebreaker {

class CollectionBook;
class CollectionModel;

/// The saved requests: a search, the tree, and the description of the selected one. It only asks
/// for what changes files.
class SavedPanel : public QWidget
{
    Q_OBJECT

public:
    explicit SavedPanel(CollectionBook &book, QWidget *parent = nullptr);
    ~SavedPanel() override;

    /// Empty: nothing is selected.
    [[nodiscard]] QString selectedPath() const;
    /// The folder in which something new belongs.
    [[nodiscard]] QString selectedFolder() const;
    void select(const QString &path);
    [[nodiscard]] CollectionModel &model() { return *m_model; }

signals:
    void openRequested(const QString &path);
    void newFolderRequested(const QString &folder);
    void duplicateRequested(const QString &path);
    void trashRequested(const QString &path);
    void variablesRequested(qsizetype collection);
    void openFolderRequested();
    void describeRequested(const QString &path, const QString &description);
    void exampleRequested(const QString &path);

private:
    void makeTree();
    void makeMenu();
    void makeDescription();
    void follow();
    void showDescription();
    [[nodiscard]] QString hintText() const;
    void leaveEditor();
    [[nodiscard]] static QString markdownOf(const CollectionEntry &entry);
    void search(const QString &text);
    [[nodiscard]] const CollectionEntry *selectedEntry() const;
    [[nodiscard]] qsizetype selectedCollection() const;

    CollectionBook &m_book;
    CollectionModel *m_model;
    QSortFilterProxyModel *m_shown;
    QLineEdit *m_search;
    QTreeView *m_tree;
    QLabel *m_hint;
    QTextBrowser *m_view;
    QPlainTextEdit *m_edit;
    QStackedWidget *m_description;
    QPushButton *m_editButton;
    QSet<QString> m_seen; ///< Collections that were shown with something in them.
    QString m_described; ///< The request whose description is shown.
    QList<QAction *> m_ofRequest;
    QAction *m_rename = nullptr;
    QAction *m_trash = nullptr;
    QAction *m_close = nullptr;
};

} // namespace icebreaker
