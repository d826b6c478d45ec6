#include "ui/collectionbook.h"

#include "core/jsonmembers.h"
#include "store/files.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString bookPath(const QString &folder)
{
    return folder + "/collections.json"_L1;
}

bool isWithin(const QString &path, const QString &root)
{
    return path == root || path.startsWith(root + u'/');
}

const CollectionEntry *findIn(const CollectionEntry &folder, const QString &path)
{
    for (const CollectionEntry &each : folder.children) {
        if (each.path == path)
            return &each;
        if (each.kind == CollectionEntry::Kind::Folder && isWithin(path, each.path))
            return findIn(each, path);
    }
    return nullptr;
}

} // namespace

CollectionBook::CollectionBook(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
    const QString own = QDir::cleanPath(folder + "/requests"_L1);
    QDir().mkpath(own);
    add(own);
    const auto bytes = readFile(bookPath(m_folder));
    const auto document = bytes && *bytes ? parseJson(**bytes) : tl::unexpected(JsonError());
    const JsonObject *object = document ? document->object() : nullptr;
    const JsonArray *folders = object == nullptr ? nullptr : memberArray(*object, u"folders");
    for (const JsonValue &each : folders == nullptr ? JsonArray() : *folders) {
        if (const QString *root = each.string(); root != nullptr && QFileInfo(*root).isDir())
            add(*root);
    }
}

CollectionBook::~CollectionBook() = default;

void CollectionBook::add(const QString &root)
{
    m_watches.push_back(std::make_unique<CollectionWatch>(root));
    connect(m_watches.back().get(), &CollectionWatch::wasRead, this,
            [this, watch = m_watches.back().get()] {
                const auto found =
                    std::find_if(m_watches.begin(), m_watches.end(),
                                 [watch](const auto &each) { return each.get() == watch; });
                emit changed(found - m_watches.begin());
            });
}

const QString &CollectionBook::root(qsizetype collection) const
{
    return m_watches.at(static_cast<std::size_t>(collection))->root();
}

const Collection &CollectionBook::at(qsizetype collection) const
{
    return m_watches.at(static_cast<std::size_t>(collection))->collection();
}

qsizetype CollectionBook::collectionOf(const QString &path) const
{
    qsizetype best = -1; // the innermost, if one is inside another
    for (qsizetype i = 0; i < count(); ++i) {
        if (isWithin(path, root(i)) && (best < 0 || root(i).size() > root(best).size()))
            best = i;
    }
    return best;
}

const CollectionEntry *CollectionBook::find(const QString &path) const
{
    const qsizetype collection = collectionOf(path);
    return collection < 0 ? nullptr : findIn(at(collection).top, path);
}

void CollectionBook::open(const QString &folder)
{
    const QString root = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    for (qsizetype i = 0; i < count(); ++i) {
        if (this->root(i) == root)
            return;
    }
    add(root);
    store();
    emit listChanged();
}

void CollectionBook::close(qsizetype collection)
{
    if (isOwn(collection) || collection < 0 || collection >= count())
        return;
    m_watches.erase(m_watches.begin() + collection);
    store();
    emit listChanged();
}

void CollectionBook::refresh()
{
    for (const auto &watch : m_watches)
        watch->refresh();
}

void CollectionBook::store()
{
    JsonArray folders;
    for (qsizetype i = 1; i < count(); ++i)
        folders.emplace_back(root(i));
    const JsonObject object{{{u"folders"_s, folders}}};
    if (const auto saved =
            writePrivateFile(bookPath(m_folder), toJson(object, JsonStyle::Indented));
        !saved)
        emit failed(saved.error());
}

} // namespace icebreaker
