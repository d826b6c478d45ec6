#include "store/profiles.h"

#include "core/json.h"
#include "store/files.h"
#include "store/profilejson.h"

#include <QSet>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ProfilesName = u"profiles";

QString profilesPathIn(const QString &folder)
{
    return folder + "/profiles.json"_L1;
}

Result<void> check(const QList<Profile> &profiles)
{
    if (profiles.isEmpty())
        return failure(ErrorKind::InvalidInput, u"no profile"_s);
    QSet<QString> ids;
    for (const Profile &profile : profiles) {
        if (auto checked = checkProfile(profile); !checked)
            return checked;
        if (ids.contains(profile.id))
            return failure(ErrorKind::InvalidInput, u"two profiles with one id"_s);
        ids.insert(profile.id);
    }
    return {};
}

/// The document's top level, or nothing if it is not a JSON object.
std::optional<JsonObject> parseObject(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    if (!document || document->object() == nullptr)
        return std::nullopt;
    return *document->object();
}

const JsonArray *profileList(const JsonObject &document)
{
    const JsonValue *list = document.find(ProfilesName);
    return list != nullptr ? list->array() : nullptr;
}

/// Every profile of the file, or nothing if any of them cannot be used.
std::optional<QList<Profile>> parseProfiles(const QByteArray &bytes)
{
    const auto document = parseObject(bytes);
    const JsonArray *list = document ? profileList(*document) : nullptr;
    if (list == nullptr)
        return std::nullopt;
    QList<Profile> profiles;
    for (const JsonValue &entry : *list) {
        const auto profile = profileFromJson(entry);
        if (!profile)
            return std::nullopt;
        profiles.append(*profile);
    }
    return check(profiles) ? std::optional(profiles) : std::nullopt;
}

/// What the file already says about the profile called @p id.
JsonObject existingEntry(const JsonObject &document, const QString &id)
{
    const JsonArray *list = profileList(document);
    if (list == nullptr)
        return {};
    for (const JsonValue &entry : *list) {
        const JsonValue *entryId =
            entry.object() != nullptr ? entry.object()->find(u"id") : nullptr;
        if (entryId != nullptr && entryId->string() != nullptr && *entryId->string() == id)
            return *entry.object();
    }
    return {};
}

} // namespace

Profile builtInProfile()
{
    Profile profile;
    profile.id = u"6c6f6f70-6261-4b00-8000-000000000001"_s; // any constant UUID
    profile.name = u"Sandbox (built in)"_s;
    return profile;
}

Result<LoadedProfiles> loadProfiles(const QString &folder)
{
    const auto bytes = readFile(profilesPathIn(folder));
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!*bytes)
        return LoadedProfiles{{builtInProfile()}, std::nullopt};
    if (auto profiles = parseProfiles(**bytes))
        return LoadedProfiles{std::move(*profiles), std::nullopt};
    return setAside(profilesPathIn(folder)).map([](const QString &aside) {
        return LoadedProfiles{{builtInProfile()}, aside};
    });
}

Result<void> saveProfiles(const QString &folder, const QList<Profile> &profiles)
{
    if (auto checked = check(profiles); !checked)
        return checked;
    if (auto made = ensurePrivateFolder(folder); !made)
        return made;
    const auto bytes = readFile(profilesPathIn(folder));
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto document = *bytes ? parseObject(**bytes) : JsonObject();
    if (!document) {
        if (const auto aside = setAside(profilesPathIn(folder)); !aside)
            return tl::unexpected(aside.error());
        document = JsonObject();
    }

    JsonArray list;
    for (const Profile &profile : profiles) {
        JsonObject entry = existingEntry(*document, profile.id);
        storeInJson(profile, entry);
        list.emplace_back(std::move(entry));
    }
    document->set(QString::fromUtf16(ProfilesName), std::move(list));
    return writePrivateFile(profilesPathIn(folder), toJson(*document, JsonStyle::Indented) + '\n');
}

} // namespace icebreaker
