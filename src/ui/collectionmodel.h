#pragma once

#include "store/collection.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace icebreaker {

class CollectionBook;

/// The open collections as a tree. Follows what changes on disk without a reset, so that views
/// keep selection and open folders.
class CollectionModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, LocaleColumn, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole,
        KindRole, ///< CollectionEntry::Kind as int.
        SearchRole, ///< What a search looks at.
    };

    explicit CollectionModel(CollectionBook &book, QObject *parent = nullptr);
    ~CollectionModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

    /// Invalid if it is not there (yet).
    [[nodiscard]] QModelIndex indexOf(const QString &path) const;

signals:
    void renameRequested(const QString &path, const QString &name);
    void moveRequested(const QStringList &paths, const QString &folder);

private:
    struct Node {
        CollectionEntry entry; ///< Without its children.
        Node *parent = nullptr;
        std::vector<std::unique_ptr<Node>> children;
    };

    [[nodiscard]] static std::unique_ptr<Node> makeNode(const CollectionEntry &entry, Node *parent);
    [[nodiscard]] const Node &nodeOf(const QModelIndex &index) const;
    [[nodiscard]] static QVariant localeData(const CollectionEntry &entry, int role);
    [[nodiscard]] QModelIndex indexFor(const Node &node) const;
    [[nodiscard]] static int rowOf(const Node &node);
    void followList();
    void follow(qsizetype collection);
    void sync(Node &node, const CollectionEntry &entry);
    void removeGone(Node &node, const QList<CollectionEntry> &entries);
    void insertRun(Node &node, std::size_t at, const QList<CollectionEntry> &entries,
                   qsizetype first, qsizetype count);

    CollectionBook &m_book;
    Node m_root; ///< Of the collections.
};

/// What is wrong with a file that is no saved request, in words.
[[nodiscard]] QString brokenText(const BrokenFile &broken);

} // namespace icebreaker
