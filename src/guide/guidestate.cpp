#include "guide/guidestate.h"

#include "core/json.h"
#include "store/files.h"

#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString guidePath(const QString &folder)
{
    return folder + "/guide.json"_L1;
}

bool readShortcuts(const JsonObject &root, GuideState &state)
{
    const JsonValue *member = root.find(u"shortcuts");
    if (member == nullptr)
        return true;
    if (member->object() == nullptr)
        return false;
    for (const auto &[id, keys] : member->object()->members) {
        if (keys.string() == nullptr)
            return false;
        state.shortcuts.insert(id, *keys.string());
    }
    return true;
}

bool readRecent(const JsonObject &root, GuideState &state)
{
    const JsonValue *member = root.find(u"recent");
    if (member == nullptr)
        return true;
    if (member->array() == nullptr)
        return false;
    for (const JsonValue &id : *member->array()) {
        if (id.string() == nullptr)
            return false;
        if (state.recent.size() < MostRecent && !state.recent.contains(*id.string()))
            state.recent.append(*id.string());
    }
    return true;
}

bool readTour(const JsonObject &root, GuideState &state)
{
    const JsonValue *member = root.find(u"tour_done");
    if (member == nullptr)
        return true;
    if (member->boolean() == nullptr)
        return false;
    state.isTourDone = *member->boolean();
    return true;
}

std::optional<GuideState> parseState(const QByteArray &bytes)
{
    const auto json = parseJson(bytes);
    if (!json || json->object() == nullptr)
        return std::nullopt;
    const JsonObject &root = *json->object();
    GuideState state;
    if (!readShortcuts(root, state) || !readRecent(root, state) || !readTour(root, state))
        return std::nullopt;
    return state;
}

} // namespace

Result<GuideState> loadGuideState(const QString &folder, QString *aside)
{
    const auto bytes = readFile(guidePath(folder));
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!*bytes)
        return GuideState();
    if (const auto state = parseState(**bytes))
        return *state;
    const auto moved = setAside(guidePath(folder));
    if (!moved)
        return tl::unexpected(moved.error());
    if (aside != nullptr)
        *aside = *moved;
    return GuideState();
}

Result<void> saveGuideState(const QString &folder, const GuideState &state)
{
    JsonObject shortcuts;
    for (auto it = state.shortcuts.cbegin(); it != state.shortcuts.cend(); ++it)
        shortcuts.set(it.key(), it.value());
    JsonArray recent;
    for (const QString &id : state.recent)
        recent.emplace_back(id);
    JsonObject root;
    root.set(u"version"_s, JsonValue::number(1));
    root.set(u"tour_done"_s, state.isTourDone);
    root.set(u"shortcuts"_s, shortcuts);
    root.set(u"recent"_s, recent);
    return ensurePrivateFolder(folder).and_then([&] {
        return writePrivateFile(guidePath(folder), toJson(root, JsonStyle::Indented) + '\n');
    });
}

QStringList withRecent(QStringList recent, const QString &id)
{
    recent.removeAll(id);
    recent.prepend(id);
    return recent.mid(0, MostRecent);
}

} // namespace icebreaker
