#include "store/templates.h"

#include "core/jsonmembers.h"
#include "core/templatereader.h"
#include "store/files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Longer names than a file system takes are cut; the number behind keeps them apart.
constexpr int FileNameMax = 80;

QString templatesFolderIn(const QString &folder)
{
    return folder + "/templates"_L1;
}

QString sourcePath(const QString &folder)
{
    return folder + "/templatesource.json"_L1;
}

bool isPlainName(const QString &file)
{
    return !file.isEmpty() && file == QFileInfo(file).fileName() && file != "."_L1
        && file != ".."_L1 && file.endsWith(".json"_L1);
}

/// A name that no file has.
QString freshName(const QString &folder, const QString &templateName)
{
    static const QRegularExpression others(u"[^A-Za-z0-9_-]+"_s);
    QString stem = QString(templateName).replace(others, u"_"_s).left(FileNameMax);
    if (stem.isEmpty())
        stem = u"template"_s;
    QString name = stem + ".json"_L1;
    for (int i = 2; QFileInfo::exists(folder + u'/' + name); ++i)
        name = stem + u'-' + QString::number(i) + ".json"_L1;
    return name;
}

/// Our own form first: it has members that only it knows.
QList<TemplateCard> parseCards(const QByteArray &bytes)
{
    const auto json = parseJson(bytes);
    if (!json)
        return {};
    if (json->object() != nullptr) {
        if (auto card = TemplateCard::fromJson(*json->object()))
            return {*card};
    }
    auto cards = readTemplates(bytes);
    if (!cards)
        return {};
    cards->removeIf([](const TemplateCard &card) { return card.name.isEmpty(); });
    return *cards;
}

} // namespace

LoadedTemplates loadTemplates(const QString &folder)
{
    LoadedTemplates loaded;
    const QDir dir(templatesFolderIn(folder));
    const QStringList files = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString &file : files) {
        const auto bytes = readFile(dir.filePath(file));
        const auto cards = bytes && *bytes ? parseCards(**bytes) : QList<TemplateCard>();
        if (cards.isEmpty())
            loaded.broken.append(dir.filePath(file));
        // Only one card can be saved back to a file; the others get files of their own.
        for (qsizetype i = 0; i < cards.size(); ++i)
            loaded.cards.append({cards.size() == 1 ? file : QString(), cards.at(i)});
    }
    // One that was changed here since has a file of its own, and that counts.
    loaded.cards.removeIf([all = loaded.cards](const StoredCard &each) {
        return each.file.isEmpty() && std::any_of(all.begin(), all.end(), [&](const auto &other) {
                   return !other.file.isEmpty() && other.card.name == each.card.name
                       && other.card.namespaceId == each.card.namespaceId;
               });
    });
    std::stable_sort(loaded.cards.begin(), loaded.cards.end(),
                     [](const auto &a, const auto &b) { return a.card.name < b.card.name; });
    return loaded;
}

Result<QString> saveTemplate(const QString &folder, const StoredCard &stored)
{
    if (stored.card.name.isEmpty() || stored.card.versions.isEmpty())
        return failure(ErrorKind::InvalidInput, u"a card needs a name and a language"_s);
    if (!stored.file.isEmpty() && !isPlainName(stored.file))
        return failure(ErrorKind::InvalidInput, u"not a plain file name"_s);
    for (const QString &made : {folder, templatesFolderIn(folder)}) {
        if (auto done = ensurePrivateFolder(made); !done)
            return tl::unexpected(done.error());
    }
    const QString file = stored.file.isEmpty()
        ? freshName(templatesFolderIn(folder), stored.card.name)
        : stored.file;
    const QByteArray bytes = toJson(stored.card.toJson(), JsonStyle::Indented);
    if (auto done = writePrivateFile(templatesFolderIn(folder) + u'/' + file, bytes); !done)
        return tl::unexpected(done.error());
    return file;
}

Result<void> removeTemplate(const QString &folder, const QString &file)
{
    if (!isPlainName(file))
        return failure(ErrorKind::InvalidInput, u"not a plain file name"_s);
    QFile stored(templatesFolderIn(folder) + u'/' + file);
    if (stored.exists() && !stored.remove())
        return failure(ErrorKind::StorageReadOnly, stored.errorString());
    return {};
}

TemplateSource loadTemplateSource(const QString &folder)
{
    const auto bytes = readFile(sourcePath(folder));
    const auto json = bytes && *bytes ? parseJson(**bytes) : parseJson("{}");
    const JsonObject *object = json ? json->object() : nullptr;
    if (object == nullptr)
        return {};
    const JsonValue *stored = object->find(u"key_in_keychain");
    return {memberString(*object, u"server"), memberString(*object, u"waba_id"),
            memberString(*object, u"application_id"),
            stored != nullptr && stored->boolean() != nullptr && *stored->boolean()};
}

Result<void> saveTemplateSource(const QString &folder, const TemplateSource &source)
{
    if (auto done = ensurePrivateFolder(folder); !done)
        return done;
    JsonObject json;
    json.set(u"server"_s, source.server);
    json.set(u"waba_id"_s, source.wabaId);
    json.set(u"application_id"_s, source.applicationId);
    json.set(u"key_in_keychain"_s, source.keyInKeychain);
    return writePrivateFile(sourcePath(folder), toJson(json, JsonStyle::Indented));
}

} // namespace icebreaker
