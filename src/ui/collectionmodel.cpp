#include "ui/collectionmodel.h"

#include "ui/collectionbook.h"
#include "ui/plaintext.h"
#include "ui/theme.h"
#include "words/checkwords.h"

#include <QApplication>
#include <QFont>
#include <QIcon>
#include <QMimeData>
#include <QSet>
#include <QStyle>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QString EntryMimeType = u"application/x-icebreaker-saved-requests"_s;

using EntryKind = CollectionEntry::Kind;

} // namespace

QString brokenText(const BrokenFile &broken)
{
    switch (broken.why) {
    case BrokenRequest::Unreadable: return CollectionModel::tr("The file cannot be read.");
    case BrokenRequest::TooLarge: return CollectionModel::tr("The file is too large.");
    case BrokenRequest::NotJson:
        return CollectionModel::tr("The file is not valid JSON. %1")
            .arg(jsonErrorText(broken.json));
    case BrokenRequest::NotARequest: return CollectionModel::tr("The file is no saved request.");
    case BrokenRequest::TooNew: break;
    }
    return CollectionModel::tr("The file is of a newer Icebreaker.");
}

CollectionModel::CollectionModel(CollectionBook &book, QObject *parent)
    : QAbstractItemModel(parent)
    , m_book(book)
{
    connect(&m_book, &CollectionBook::listChanged, this, &CollectionModel::followList);
    connect(&m_book, &CollectionBook::changed, this, &CollectionModel::follow);
    followList();
}

CollectionModel::~CollectionModel() = default;

std::unique_ptr<CollectionModel::Node> CollectionModel::makeNode(const CollectionEntry &entry,
                                                                 Node *parent)
{
    auto node = std::make_unique<Node>();
    node->entry = entry;
    node->entry.children.clear();
    node->parent = parent;
    node->children.reserve(static_cast<std::size_t>(entry.children.size()));
    for (const CollectionEntry &each : entry.children)
        node->children.push_back(makeNode(each, node.get()));
    return node;
}

const CollectionModel::Node &CollectionModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<const Node *>(index.constInternalPointer()) : m_root;
}

int CollectionModel::rowOf(const Node &node)
{
    const auto &siblings = node.parent->children;
    const auto found = std::find_if(siblings.begin(), siblings.end(),
                                    [&node](const auto &each) { return each.get() == &node; });
    return static_cast<int>(found - siblings.begin());
}

QModelIndex CollectionModel::indexFor(const Node &node) const
{
    return &node == &m_root ? QModelIndex() : createIndex(rowOf(node), NameColumn, &node);
}

QModelIndex CollectionModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column,
                       nodeOf(parent).children.at(static_cast<std::size_t>(row)).get());
}

QModelIndex CollectionModel::parent(const QModelIndex &index) const
{
    const Node *parent = index.isValid() ? nodeOf(index).parent : nullptr;
    return parent == nullptr ? QModelIndex() : indexFor(*parent);
}

int CollectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent).children.size());
}

int CollectionModel::columnCount(const QModelIndex & /*parent*/) const
{
    return ColumnCount;
}

QVariant CollectionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CollectionEntry &entry = nodeOf(index).entry;
    switch (role) {
    case PathRole: return entry.path;
    case KindRole: return static_cast<int>(entry.kind);
    case SearchRole: return QString(entry.name + u'\n' + entry.summary);
    default: break;
    }
    if (index.column() == LocaleColumn)
        return localeData(entry, role);
    const bool isBroken = entry.kind == EntryKind::Broken;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return m_root.children.front()->entry.path == entry.path ? tr("Icebreaker's own")
                                                                 : entry.name;
    case Qt::ToolTipRole:
        return plainToolTip(isBroken ? u"%1\n%2"_s.arg(entry.path, brokenText(entry.problem))
                                     : entry.path);
    case Qt::ForegroundRole: return isBroken ? theme::muted() : QVariant();
    case Qt::DecorationRole:
        return entry.kind == EntryKind::Folder
            ? QApplication::style()->standardIcon(QStyle::SP_DirIcon)
            : QVariant();
    default: return {};
    }
}

QVariant CollectionModel::localeData(const CollectionEntry &entry, int role)
{
    const bool isBroken = entry.kind == EntryKind::Broken;
    switch (role) {
    case Qt::DisplayRole: return isBroken ? tr("broken") : entry.locale;
    case Qt::BackgroundRole:
        return entry.locale.isEmpty() && !isBroken ? QVariant() : theme::neutralChip().background;
    case Qt::ForegroundRole: return theme::neutralChip().text;
    default: return {};
    }
}

bool CollectionModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || name.isEmpty())
        return false;
    if (name != nodeOf(index).entry.name)
        emit renameRequested(nodeOf(index).entry.path, name);
    return false; // the disk tells of it
}

Qt::ItemFlags CollectionModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (!index.isValid())
        return flags;
    const Node &node = nodeOf(index);
    const bool isCollection = node.parent == &m_root;
    if (node.entry.kind == EntryKind::Folder)
        flags |= Qt::ItemIsDropEnabled;
    if (!isCollection && node.entry.kind != EntryKind::Broken) {
        flags |= Qt::ItemIsDragEnabled;
        if (index.column() == NameColumn)
            flags |= Qt::ItemIsEditable;
    }
    return flags;
}

QStringList CollectionModel::mimeTypes() const
{
    return {EntryMimeType};
}

QMimeData *CollectionModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList paths;
    for (const QModelIndex &index : indexes) {
        if (const QString path = nodeOf(index).entry.path; !paths.contains(path))
            paths.append(path);
    }
    auto *data = new QMimeData;
    data->setData(EntryMimeType, paths.join(QChar(u'\0')).toUtf8());
    return data;
}

bool CollectionModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int /*row*/,
                                      int /*column*/, const QModelIndex &parent) const
{
    return action == Qt::MoveAction && data->hasFormat(EntryMimeType) && parent.isValid();
}

bool CollectionModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row,
                                   int column, const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const CollectionEntry &on = nodeOf(parent).entry;
    const QString folder =
        on.kind == EntryKind::Folder ? on.path : nodeOf(parent.parent()).entry.path;
    emit moveRequested(QString::fromUtf8(data->data(EntryMimeType)).split(QChar(u'\0')), folder);
    return false; // the disk tells of it
}

QModelIndex CollectionModel::indexOf(const QString &path) const
{
    const Node *node = &m_root;
    while (true) {
        const auto found =
            std::find_if(node->children.begin(), node->children.end(), [&path](const auto &each) {
                return each->entry.path == path || path.startsWith(each->entry.path + u'/');
            });
        if (found == node->children.end())
            return {};
        node = found->get();
        if (node->entry.path == path)
            return indexFor(*node);
    }
}

void CollectionModel::followList()
{
    QList<CollectionEntry> tops;
    for (qsizetype i = 0; i < m_book.count(); ++i) {
        CollectionEntry top;
        top.path = m_book.root(i);
        top.name = top.path.section(u'/', -1);
        // Only which they are: what is in them is followed one by one.
        const auto known =
            std::find_if(m_root.children.begin(), m_root.children.end(),
                         [&top](const auto &each) { return each->entry.path == top.path; });
        if (known == m_root.children.end())
            top.children = m_book.at(i).top.children;
        tops.append(top);
    }
    removeGone(m_root, tops);
    for (qsizetype i = 0; i < tops.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (at >= m_root.children.size() || m_root.children[at]->entry.path != tops.at(i).path)
            insertRun(m_root, at, tops, i, 1);
    }
}

void CollectionModel::follow(qsizetype collection)
{
    if (collection < std::ssize(m_root.children))
        sync(*m_root.children.at(static_cast<std::size_t>(collection)), m_book.at(collection).top);
}

void CollectionModel::removeGone(Node &node, const QList<CollectionEntry> &entries)
{
    QSet<QString> there;
    for (const CollectionEntry &each : entries)
        there.insert(each.path);
    for (auto row = static_cast<int>(node.children.size()) - 1; row >= 0; --row) {
        if (there.contains(node.children.at(static_cast<std::size_t>(row))->entry.path))
            continue;
        beginRemoveRows(indexFor(node), row, row);
        node.children.erase(node.children.begin() + row);
        endRemoveRows();
    }
}

void CollectionModel::insertRun(Node &node, std::size_t at, const QList<CollectionEntry> &entries,
                                qsizetype first, qsizetype count)
{
    const auto row = static_cast<int>(at);
    beginInsertRows(indexFor(node), row, row + static_cast<int>(count) - 1);
    std::vector<std::unique_ptr<Node>> made;
    for (qsizetype i = first; i < first + count; ++i)
        made.push_back(makeNode(entries.at(i), &node));
    node.children.insert(node.children.begin() + row, std::make_move_iterator(made.begin()),
                         std::make_move_iterator(made.end()));
    endInsertRows();
}

void CollectionModel::sync(Node &node, const CollectionEntry &entry)
{
    removeGone(node, entry.children);
    const auto known = [&node](std::size_t from, const QString &path) {
        return std::find_if(node.children.begin() + static_cast<std::ptrdiff_t>(from),
                            node.children.end(),
                            [&path](const auto &each) { return each->entry.path == path; });
    };
    for (qsizetype i = 0; i < entry.children.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const QString &path = entry.children.at(i).path;
        if (at < node.children.size() && node.children[at]->entry.path != path) {
            if (const auto there = known(at, path); there != node.children.end()) {
                const auto row = static_cast<int>(there - node.children.begin());
                beginRemoveRows(indexFor(node), row, row); // another name has another place
                node.children.erase(there);
                endRemoveRows();
            }
        }
        if (at >= node.children.size()) {
            insertRun(node, at, entry.children, i, entry.children.size() - i);
            break;
        }
        if (node.children[at]->entry.path != path) {
            insertRun(node, at, entry.children, i, 1);
            continue;
        }
        Node &child = *node.children[at];
        if (!child.entry.looksLike(entry.children.at(i))) {
            child.entry = entry.children.at(i);
            child.entry.children.clear();
            const QModelIndex index = indexFor(child);
            emit dataChanged(index, index.siblingAtColumn(ColumnCount - 1));
        }
        sync(child, entry.children.at(i));
    }
}

} // namespace icebreaker
