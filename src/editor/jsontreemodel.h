#pragma once

#include "core/json.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace icebreaker {

/// A JSON value as a tree of names and values. Rows come as they are looked at, a thousand at
/// a time, so that a list of a million items opens at once.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole, ///< JSONPath: $.a[0]["odd name"]
        FullValueRole, ///< A text as it is, anything else as JSON.
    };

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    /// @param root  null for none
    void setRoot(std::shared_ptr<const JsonValue> root);

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Node;
    [[nodiscard]] Node *nodeOf(const QModelIndex &index) const;
    [[nodiscard]] static QString pathOf(const Node &node);

    std::shared_ptr<const JsonValue> m_root;
    std::unique_ptr<Node> m_top;
};

} // namespace icebreaker
