#include "store/mappings.h"

#include "core/json.h"
#include "store/files.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto MappingsName = u"mappings";

QString mappingsPathIn(const QString &folder)
{
    return folder + "/mappings.json"_L1;
}

struct SavedMapping {
    QStringList columns;
    QList<FieldMapping> fields;
};

std::optional<QString> textOf(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr && value->string() != nullptr ? std::optional(*value->string())
                                                          : std::nullopt;
}

const JsonArray *listOf(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr ? value->array() : nullptr;
}

std::optional<SavedMapping> parseOne(const JsonValue &json)
{
    const JsonObject *object = json.object();
    const JsonArray *columns = object != nullptr ? listOf(*object, u"columns") : nullptr;
    const JsonArray *fields = object != nullptr ? listOf(*object, u"fields") : nullptr;
    if (columns == nullptr || fields == nullptr)
        return std::nullopt;
    SavedMapping saved;
    for (const JsonValue &column : *columns) {
        if (column.string() == nullptr)
            return std::nullopt;
        saved.columns.append(*column.string());
    }
    for (const JsonValue &field : *fields) {
        const auto target =
            field.object() != nullptr ? textOf(*field.object(), u"target") : std::nullopt;
        const auto text =
            field.object() != nullptr ? textOf(*field.object(), u"text") : std::nullopt;
        if (!target || !text)
            return std::nullopt;
        saved.fields.append({*target, *text});
    }
    return saved;
}

/// Newest first; nothing if any of it cannot be understood.
std::optional<QList<SavedMapping>> parsedMappings(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    const JsonArray *list = document && document->object() != nullptr
        ? listOf(*document->object(), MappingsName)
        : nullptr;
    if (list == nullptr)
        return std::nullopt;
    QList<SavedMapping> all;
    for (const JsonValue &json : *list) {
        auto saved = parseOne(json);
        if (!saved)
            return std::nullopt;
        all.append(std::move(*saved));
    }
    return all;
}

JsonObject jsonOf(const SavedMapping &saved)
{
    JsonArray columns;
    for (const QString &column : saved.columns)
        columns.emplace_back(column);
    JsonArray fields;
    for (const FieldMapping &field : saved.fields)
        fields.emplace_back(JsonObject{{{u"target"_s, field.target}, {u"text"_s, field.text}}});
    JsonObject object;
    object.set(u"columns"_s, std::move(columns));
    object.set(u"fields"_s, std::move(fields));
    return object;
}

} // namespace

std::optional<QList<FieldMapping>> loadMapping(const QString &folder, const QStringList &columns)
{
    const auto bytes = readFile(mappingsPathIn(folder));
    const auto all = bytes && *bytes ? parsedMappings(**bytes) : std::nullopt;
    if (!all)
        return std::nullopt;
    const auto found = std::find_if(all->cbegin(), all->cend(), [&columns](const auto &saved) {
        return saved.columns == columns;
    });
    return found != all->cend() ? std::optional(found->fields) : std::nullopt;
}

Result<void> saveMapping(const QString &folder, const QStringList &columns,
                         const QList<FieldMapping> &mapping)
{
    if (auto made = ensurePrivateFolder(folder); !made)
        return made;
    const auto bytes = readFile(mappingsPathIn(folder));
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto all = *bytes ? parsedMappings(**bytes) : QList<SavedMapping>();
    if (!all) {
        if (const auto aside = setAside(mappingsPathIn(folder)); !aside)
            return tl::unexpected(aside.error());
        all = QList<SavedMapping>();
    }
    all->removeIf([&columns](const SavedMapping &saved) { return saved.columns == columns; });
    all->prepend({columns, mapping});
    JsonArray list;
    for (const SavedMapping &saved : all->first(std::min(all->size(), MappingsKept)))
        list.emplace_back(jsonOf(saved));
    JsonObject document;
    document.set(QString::fromUtf16(MappingsName), std::move(list));
    return writePrivateFile(mappingsPathIn(folder), toJson(document, JsonStyle::Indented) + '\n');
}

} // namespace icebreaker
