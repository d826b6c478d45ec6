#include "editor/jsontreemodel.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t FetchedAtOnce = 1000;
constexpr qsizetype ShownCharacters = 300; // of one value

std::size_t childCount(const JsonValue &value)
{
    if (const JsonObject *object = value.object())
        return object->members.size();
    if (const JsonArray *array = value.array())
        return array->size();
    return 0;
}

const JsonValue &childAt(const JsonValue &value, std::size_t row)
{
    if (const JsonObject *object = value.object())
        return object->members[row].second;
    return (*value.array())[row];
}

bool isPlainName(const QString &name)
{
    const auto fits = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_' || c.isDigit();
    };
    return !name.isEmpty() && !name.at(0).isDigit() && std::all_of(name.begin(), name.end(), fits);
}

QString valueText(const JsonValue &value)
{
    if (const QString *text = value.string())
        return *text;
    return QString::fromUtf8(toJson(value, JsonStyle::Indented));
}

} // namespace

struct JsonTreeModel::Node {
    const JsonValue *value = nullptr;
    Node *parent = nullptr;
    std::size_t row = 0;
    std::vector<std::unique_ptr<Node>> children; ///< Those that were looked at.
};

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{ }

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setRoot(std::shared_ptr<const JsonValue> root)
{
    beginResetModel();
    m_root = std::move(root);
    m_top.reset();
    if (m_root) {
        m_top = std::make_unique<Node>();
        m_top->value = m_root.get();
    }
    endResetModel();
}

JsonTreeModel::Node *JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_top.get();
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (node == nullptr || row < 0 || static_cast<std::size_t>(row) >= node->children.size()
        || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    Node *parent = nodeOf(child)->parent;
    return parent == m_top.get() ? QModelIndex()
                                 : createIndex(static_cast<int>(parent->row), 0, parent);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return node == nullptr || parent.column() > 0 ? 0 : static_cast<int>(node->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return node != nullptr && parent.column() <= 0 && childCount(*node->value) > 0;
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return node != nullptr && parent.column() <= 0
        && node->children.size() < childCount(*node->value);
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    if (node == nullptr)
        return;
    const std::size_t from = node->children.size();
    const std::size_t to = std::min(from + FetchedAtOnce, childCount(*node->value));
    if (to <= from)
        return;
    beginInsertRows(parent, static_cast<int>(from), static_cast<int>(to) - 1);
    for (std::size_t row = from; row < to; ++row) {
        auto child = std::make_unique<Node>();
        child->value = &childAt(*node->value, row);
        child->parent = node;
        child->row = row;
        node->children.push_back(std::move(child));
    }
    endInsertRows();
}

QString JsonTreeModel::pathOf(const Node &node)
{
    QStringList steps;
    for (const Node *each = &node; each->parent != nullptr; each = each->parent) {
        const JsonObject *object = each->parent->value->object();
        if (object == nullptr) {
            steps.prepend(u"[%1]"_s.arg(each->row));
            continue;
        }
        const QString &name = object->members[each->row].first;
        steps.prepend(isPlainName(name) ? u'.' + name
                                        : u"[%1]"_s.arg(QString::fromUtf8(
                                            toJson(JsonValue(name), JsonStyle::Compact))));
    }
    return u'$' + steps.join(QString());
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    if (role == PathRole)
        return pathOf(node);
    if (role == FullValueRole)
        return valueText(*node.value);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (index.column() == NameColumn) {
        const JsonObject *object = node.parent->value->object();
        return object == nullptr ? u"[%1]"_s.arg(node.row) : object->members[node.row].first;
    }
    if (node.value->object() != nullptr)
        return tr("{ %n member(s) }", nullptr, static_cast<int>(childCount(*node.value)));
    if (node.value->array() != nullptr)
        return tr("[ %n item(s) ]", nullptr, static_cast<int>(childCount(*node.value)));
    if (const QString *text = node.value->string()) {
        const QString shown = text->left(ShownCharacters).replace(u'\n', u'\u21b5');
        return text->size() > ShownCharacters ? QString(u'"' + shown + u'\u2026')
                                              : QString(u'"' + shown + u'"');
    }
    return QString::fromUtf8(toJson(*node.value, JsonStyle::Compact)).left(ShownCharacters);
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Name") : tr("Value");
}

} // namespace icebreaker
