#include "store/draft.h"

#include "core/jsonmembers.h"
#include "store/files.h"

#include <QUuid>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString draftFolderIn(const QString &folder)
{
    return folder + "/drafts"_L1;
}

/// Empty for anything but a UUID: the id becomes a file name.
QString draftPathIn(const QString &folder, const QString &profileId)
{
    const QUuid uuid = QUuid::fromString(profileId);
    if (uuid.isNull() || uuid.toString(QUuid::WithoutBraces) != profileId)
        return {};
    return draftFolderIn(folder) + u'/' + profileId + ".json"_L1;
}

std::optional<Draft> parseDraft(const JsonObject &object)
{
    const JsonValue *request = object.find(u"request");
    const JsonValue *inbox = object.find(u"built_in_inbox");
    const JsonValue *to = object.find(u"to");
    if (request == nullptr || request->string() == nullptr || inbox == nullptr
        || inbox->boolean() == nullptr || to == nullptr || to->string() == nullptr)
        return std::nullopt;
    return Draft{request->string()->toUtf8(), *inbox->boolean(), *to->string()};
}

std::optional<OpenTab> parseTab(const JsonValue &value)
{
    const JsonObject *object = value.object();
    const auto draft = object == nullptr ? std::nullopt : parseDraft(*object);
    if (!draft)
        return std::nullopt;
    const JsonValue *modified = object->find(u"modified");
    return OpenTab{memberString(*object, u"id"),
                   memberString(*object, u"title"),
                   memberString(*object, u"file"),
                   memberString(*object, u"file_hash").toLatin1(),
                   modified != nullptr && modified->boolean() != nullptr && *modified->boolean(),
                   *draft};
}

/// @return false if one of them makes no sense
bool parseTabs(const JsonObject &object, QStringView name, QList<OpenTab> &tabs)
{
    const JsonArray *array = memberArray(object, name);
    if (array == nullptr)
        return false;
    for (const JsonValue &each : *array) {
        const auto tab = parseTab(each);
        if (!tab)
            return false;
        tabs.append(*tab);
    }
    return true;
}

std::optional<TabSet> parseTabSet(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    const JsonObject *object = document ? document->object() : nullptr;
    if (object == nullptr)
        return std::nullopt;
    if (object->find(u"tabs") == nullptr) {
        const auto draft = parseDraft(*object);
        if (!draft)
            return std::nullopt;
        return TabSet{
            {{QUuid::createUuid().toString(QUuid::WithoutBraces), {}, {}, {}, true, *draft}},
            0,
            {}};
    }
    TabSet set;
    if (!parseTabs(*object, u"tabs", set.tabs) || !parseTabs(*object, u"closed", set.closed))
        return std::nullopt;
    set.current = memberString(*object, u"current").toLongLong();
    return set;
}

/// Nothing if the request is not UTF-8.
std::optional<JsonValue> tabToJson(const OpenTab &tab)
{
    // Kept as a string, not as JSON inside JSON: the form may be half finished, and its
    // bytes come back as they were.
    const QString request = QString::fromUtf8(tab.draft.request);
    if (request.toUtf8() != tab.draft.request)
        return std::nullopt;
    JsonObject object;
    object.set(u"id"_s, tab.id);
    object.set(u"title"_s, tab.title);
    object.set(u"file"_s, tab.file);
    object.set(u"file_hash"_s, QString::fromLatin1(tab.fileHash));
    object.set(u"modified"_s, tab.isModified);
    object.set(u"request"_s, request);
    object.set(u"built_in_inbox"_s, tab.draft.builtInInbox);
    object.set(u"to"_s, tab.draft.to);
    return JsonValue(object);
}

std::optional<JsonValue> tabsToJson(const QList<OpenTab> &tabs)
{
    JsonArray array;
    for (const OpenTab &tab : tabs) {
        auto json = tabToJson(tab);
        if (!json)
            return std::nullopt;
        array.push_back(std::move(*json));
    }
    return JsonValue(array);
}

} // namespace

std::optional<TabSet> loadTabs(const QString &folder, const QString &profileId)
{
    const QString path = draftPathIn(folder, profileId);
    if (path.isEmpty())
        return std::nullopt;
    const auto bytes = readFile(path);
    if (!bytes || !*bytes)
        return std::nullopt;
    auto tabs = parseTabSet(**bytes);
    if (!tabs)
        (void)setAside(path); // if that fails the next save fails too, and says so
    return tabs;
}

Result<void> saveTabs(const QString &folder, const QString &profileId, const TabSet &tabs)
{
    const QString path = draftPathIn(folder, profileId);
    if (path.isEmpty())
        return failure(ErrorKind::InvalidInput, u"profile id is not a UUID"_s);
    auto open = tabsToJson(tabs.tabs);
    auto closed = tabsToJson(tabs.closed);
    if (!open || !closed)
        return failure(ErrorKind::InvalidInput, u"request is not UTF-8"_s);
    for (const QString &made : {folder, draftFolderIn(folder)}) {
        if (auto done = ensurePrivateFolder(made); !done)
            return done;
    }
    JsonObject object;
    object.set(u"tabs"_s, std::move(*open));
    object.set(u"current"_s, JsonValue::number(tabs.current));
    object.set(u"closed"_s, std::move(*closed));
    return writePrivateFile(path, toJson(object, JsonStyle::Compact));
}

} // namespace icebreaker
