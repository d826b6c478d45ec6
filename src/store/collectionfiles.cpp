#include "store/collectionfiles.h"

#include "store/collection.h"
#include "store/requestnames.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QString RequestSuffix = u".json"_s;

Result<void> renamePath(const QString &from, const QString &to)
{
    QFile file(from);
    if (!file.rename(to)) // refuses to overwrite
        return failure(QFileInfo::exists(to) ? ErrorKind::InvalidInput : ErrorKind::StorageReadOnly,
                       file.errorString());
    return {};
}

/// The request, and then its examples: a crash in between leaves them behind, not lost.
Result<void> renameWithExamples(const QString &from, const QString &to)
{
    if (auto renamed = renamePath(from, to); !renamed)
        return renamed;
    if (const QString answers = answersFolder(from); QFileInfo(answers).isDir())
        return renamePath(answers, answersFolder(to));
    return {};
}

Error errorOf(const SaveFailure &saving)
{
    const auto *error = std::get_if<Error>(&saving);
    return error != nullptr ? *error : Error{ErrorKind::InvalidInput, u"changed on disk"_s};
}

Result<void> rewrite(const QString &path, const SavedRequest &saved, const QByteArray &expected)
{
    const auto written = writeUnlessChanged(
        path, savedRequestBytes(saved, QFileInfo(path).completeBaseName()), expected);
    if (!written)
        return tl::unexpected(errorOf(written.error()));
    return {};
}

Result<void> copyExamples(const QString &from, const QString &to)
{
    const QDir source(answersFolder(from));
    const QStringList names = source.entryList(QDir::Files);
    if (names.isEmpty())
        return {};
    const QString target = answersFolder(to);
    if (!QDir().mkpath(target))
        return failure(ErrorKind::StorageReadOnly, u"folder cannot be made"_s);
    for (const QString &name : names) {
        if (!QFile::copy(source.filePath(name), target + u'/' + name))
            return failure(ErrorKind::StorageReadOnly, u"example cannot be copied"_s);
    }
    return {};
}

/// The stem of a name, and one that is free there; the name itself goes into the file if the
/// stem is another one.
QString freeStem(const QString &folder, const QString &name)
{
    return freeName(folder, fileNameFor(name), RequestSuffix);
}

} // namespace

Result<QString> addRequest(const QString &folder, const SavedRequest &saved)
{
    if (!QDir().mkpath(folder))
        return failure(ErrorKind::StorageReadOnly, u"folder cannot be made"_s);
    const QString stem = freeStem(folder, saved.name);
    QString path = folder + u'/' + stem + RequestSuffix;
    SavedRequest named = saved;
    if (fileNameFor(saved.name) == saved.name)
        named.name = stem; // with the number that tells it from another one
    if (auto written = rewrite(path, named, {}); !written)
        return tl::unexpected(written.error());
    return path;
}

Result<QString> addFolder(const QString &parent, const QString &name)
{
    QString path = parent + u'/' + freeName(parent, fileNameFor(name), {});
    if (!QDir().mkpath(path))
        return failure(ErrorKind::StorageReadOnly, u"folder cannot be made"_s);
    return path;
}

Result<QString> renameEntry(const QString &path, const QString &name)
{
    const QFileInfo info(path);
    const QString stem = fileNameFor(name);
    if (info.isDir()) {
        QString target = info.path() + u'/' + stem;
        if (target == path)
            return path;
        if (auto renamed = renamePath(path, target); !renamed)
            return tl::unexpected(renamed.error());
        return target;
    }
    auto read = readSavedRequest(path);
    if (!read)
        return failure(ErrorKind::InvalidInput, u"not a saved request"_s);
    QString target = info.path() + u'/' + stem + RequestSuffix;
    if (target != path) {
        if (auto renamed = renameWithExamples(path, target); !renamed)
            return tl::unexpected(renamed.error());
    }
    const bool namedInside = read->saved.rest.find(u"name") != nullptr;
    if (namedInside || stem != name) {
        read->saved.name = name;
        if (auto written = rewrite(target, read->saved, read->hash); !written)
            return tl::unexpected(written.error());
    }
    return target;
}

Result<QString> duplicateRequest(const QString &path, const QString &name)
{
    const auto read = readSavedRequest(path);
    if (!read)
        return failure(ErrorKind::InvalidInput, u"not a saved request"_s);
    SavedRequest copy = read->saved;
    copy.name = name;
    auto added = addRequest(QFileInfo(path).path(), copy);
    if (added) {
        if (auto copied = copyExamples(path, *added); !copied)
            return tl::unexpected(copied.error());
    }
    return added;
}

Result<QString> moveEntry(const QString &path, const QString &folder)
{
    const QFileInfo info(path);
    QString target = folder + u'/' + info.fileName();
    if (target == path || !QFileInfo(folder).isDir())
        return failure(ErrorKind::InvalidInput, u"it is there already, or there is no folder"_s);
    if (info.isDir()) {
        const QString from = info.canonicalFilePath() + u'/';
        if ((QFileInfo(folder).canonicalFilePath() + u'/').startsWith(from))
            return failure(ErrorKind::InvalidInput, u"a folder cannot go into itself"_s);
        if (auto moved = renamePath(path, target); !moved)
            return tl::unexpected(moved.error());
        return target;
    }
    if (auto moved = renameWithExamples(path, target); !moved)
        return tl::unexpected(moved.error());
    return target;
}

Result<void> trashEntry(const QString &path)
{
    const QString answers = answersFolder(path);
    const bool hasAnswers = !QFileInfo(path).isDir() && QFileInfo(answers).isDir();
    if (!QFile::moveToTrash(path) || (hasAnswers && !QFile::moveToTrash(answers)))
        return failure(ErrorKind::StorageReadOnly, u"it cannot be moved to the trash"_s);
    return {};
}

Result<QString> addExample(const QString &requestPath, const QString &name,
                           const JsonObject &example)
{
    const QString folder = answersFolder(requestPath);
    if (!QDir().mkpath(folder))
        return failure(ErrorKind::StorageReadOnly, u"folder cannot be made"_s);
    QString path = folder + u'/' + freeStem(folder, name) + RequestSuffix;
    const auto written = writeUnlessChanged(path, toJson(example, JsonStyle::Indented) + '\n', {});
    if (!written)
        return tl::unexpected(errorOf(written.error()));
    return path;
}

} // namespace icebreaker
