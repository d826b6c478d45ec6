#include "store/savedfilters.h"

#include "core/json.h"
#include "store/files.h"

#include <algorithm>
#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString filtersPath(const QString &folder)
{
    return folder + "/filters.json"_L1;
}

QString memberOf(const JsonValue &json, QStringView name)
{
    const JsonValue *value = json.object() != nullptr ? json.object()->find(name) : nullptr;
    return value != nullptr && value->string() != nullptr ? *value->string() : QString();
}

std::optional<QList<SavedFilter>> parseFilters(const QByteArray &bytes)
{
    const auto json = parseJson(bytes);
    const JsonValue *list =
        json && json->object() != nullptr ? json->object()->find(u"filters") : nullptr;
    if (list == nullptr || list->array() == nullptr)
        return std::nullopt;
    QList<SavedFilter> filters;
    for (const JsonValue &each : *list->array())
        filters = withFilter(filters, {memberOf(each, u"name"), memberOf(each, u"text")});
    return filters;
}

} // namespace

Result<QList<SavedFilter>> loadSavedFilters(const QString &folder, QString *aside)
{
    const auto bytes = readFile(filtersPath(folder));
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!*bytes)
        return QList<SavedFilter>();
    if (const auto filters = parseFilters(**bytes))
        return *filters;
    const auto moved = setAside(filtersPath(folder));
    if (!moved)
        return tl::unexpected(moved.error());
    if (aside != nullptr)
        *aside = *moved;
    return QList<SavedFilter>();
}

Result<void> saveSavedFilters(const QString &folder, const QList<SavedFilter> &filters)
{
    JsonArray list;
    for (const SavedFilter &filter : filters) {
        JsonObject object;
        object.set(u"name"_s, filter.name);
        object.set(u"text"_s, filter.text);
        list.emplace_back(object);
    }
    JsonObject root;
    root.set(u"version"_s, JsonValue::number(1));
    root.set(u"filters"_s, list);
    return ensurePrivateFolder(folder).and_then([&] {
        return writePrivateFile(filtersPath(folder), toJson(root, JsonStyle::Indented) + '\n');
    });
}

QList<SavedFilter> withFilter(QList<SavedFilter> filters, SavedFilter filter)
{
    filter.name = filter.name.simplified();
    filter.text = filter.text.trimmed();
    if (filter.name.isEmpty() || filter.text.isEmpty())
        return filters;
    QList<SavedFilter> others = withoutFilter(filters, filter.name);
    if (others.size() >= MostSavedFilters)
        return filters;
    const auto place = std::upper_bound(others.begin(), others.end(), filter,
                                        [](const SavedFilter &a, const SavedFilter &b) {
                                            return a.name.localeAwareCompare(b.name) < 0;
                                        });
    others.insert(place, filter);
    return others;
}

QList<SavedFilter> withoutFilter(QList<SavedFilter> filters, const QString &name)
{
    filters.removeIf([&name](const SavedFilter &each) {
        return each.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return filters;
}

} // namespace icebreaker
