#include "store/profiles.h"

#include "core/json.h"
#include "store/files.h"

#include <QSet>
#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ListName = u"profiles";

QString pathIn(const QString &folder)
{
    return folder + "/profiles.json"_L1;
}

/// Takes one member out of an object after another; the first one that is there but has
/// another type or an impossible value makes the whole profile unusable.
class MemberReader
{
public:
    explicit MemberReader(const JsonObject &object)
        : m_object(object)
    { }

    void read(QStringView name, QString &target)
    {
        if (const JsonValue *value = m_object.find(name))
            assign(value->string(), target);
    }
    void read(QStringView name, bool &target)
    {
        if (const JsonValue *value = m_object.find(name))
            assign(value->boolean(), target);
    }
    void read(QStringView name, int &target)
    {
        const JsonValue *value = m_object.find(name);
        if (value == nullptr)
            return;
        const JsonNumber *number = value->number();
        bool isInteger = false;
        const int parsed = number != nullptr ? number->text.toInt(&isInteger) : 0;
        assign(isInteger ? &parsed : nullptr, target);
    }
    void read(QStringView name, Region &target)
    {
        QString word = regionName(target);
        read(name, word);
        const auto region = regionFromName(word);
        assign(region ? &*region : nullptr, target);
    }
    void read(QStringView name, InboxSource &target)
    {
        QString word = inboxSourceName(target);
        read(name, word);
        const auto source = inboxSourceFromName(word);
        assign(source ? &*source : nullptr, target);
    }
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    template <typename T>
    void assign(const T *value, T &target)
    {
        if (value != nullptr)
            target = *value;
        else
            m_isGood = false;
    }

    const JsonObject &m_object;
    bool m_isGood = true;
};

std::optional<Profile> profileFrom(const JsonValue &value)
{
    const JsonObject *object = value.object();
    if (object == nullptr)
        return std::nullopt;
    Profile profile;
    MemberReader reader(*object);
    reader.read(u"id", profile.id);
    reader.read(u"name", profile.name);
    reader.read(u"region", profile.region);
    reader.read(u"custom_url", profile.customUrl);
    reader.read(u"approved_host", profile.approvedHost);
    reader.read(u"agent_id", profile.agentId);
    reader.read(u"namespace", profile.namespaceId);
    reader.read(u"status_url", profile.statusUrl);
    reader.read(u"inbox", profile.inboxSource);
    if (!profile.statusUrl.isEmpty()) // files of before there were sources name none
        profile.inboxSource = InboxSource::Elsewhere;
    reader.read(u"append_send_id", profile.appendSendId);
    reader.read(u"limit", profile.limit);
    reader.read(u"live", profile.live);
    reader.read(u"limit_shared_by_key", profile.limitSharedByKey);
    reader.read(u"key_in_keychain", profile.keyInKeychain);
    return reader.isGood() ? std::optional(profile) : std::nullopt;
}

/// Sets what we know in @p object and leaves the rest alone.
void store(const Profile &profile, JsonObject &object)
{
    object.set(u"id"_s, profile.id);
    object.set(u"name"_s, profile.name);
    object.set(u"region"_s, regionName(profile.region));
    object.set(u"custom_url"_s, profile.customUrl);
    object.set(u"approved_host"_s, profile.approvedHost);
    object.set(u"agent_id"_s, profile.agentId);
    object.set(u"namespace"_s, profile.namespaceId);
    object.set(u"status_url"_s, profile.statusUrl);
    object.set(u"inbox"_s, inboxSourceName(profile.inboxSource));
    object.set(u"append_send_id"_s, profile.appendSendId);
    object.set(u"limit"_s, JsonValue::number(qint64(profile.limit)));
    object.set(u"live"_s, profile.live);
    object.set(u"limit_shared_by_key"_s, profile.limitSharedByKey);
    object.set(u"key_in_keychain"_s, profile.keyInKeychain);
}

bool isUuid(const QString &id)
{
    const QUuid uuid = QUuid::fromString(id);
    return !uuid.isNull() && uuid.toString(QUuid::WithoutBraces) == id;
}

Result<void> check(const Profile &profile)
{
    const auto invalid = [](const QString &why) { return failure(ErrorKind::InvalidInput, why); };
    if (!isUuid(profile.id))
        return invalid(u"profile id is not a UUID"_s);
    if (profile.name.trimmed().isEmpty())
        return invalid(u"profile without a name"_s);
    if (profile.limit != 1 && profile.limit != 3 && profile.limit != 5)
        return invalid(u"limit is not 1, 3 or 5"_s);
    if (profile.region == Region::Custom && !parseBase(profile.customUrl))
        return invalid(u"custom region without an acceptable URL"_s);
    return {};
}

Result<void> check(const QList<Profile> &profiles)
{
    if (profiles.isEmpty())
        return failure(ErrorKind::InvalidInput, u"no profile"_s);
    QSet<QString> ids;
    for (const Profile &profile : profiles) {
        if (auto checked = check(profile); !checked)
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
    const JsonValue *list = document.find(ListName);
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
        const auto profile = profileFrom(entry);
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
    const auto bytes = readFile(pathIn(folder));
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!*bytes)
        return LoadedProfiles{{builtInProfile()}, std::nullopt};
    if (auto profiles = parseProfiles(**bytes))
        return LoadedProfiles{std::move(*profiles), std::nullopt};
    return setAside(pathIn(folder)).map([](const QString &aside) {
        return LoadedProfiles{{builtInProfile()}, aside};
    });
}

Result<void> saveProfiles(const QString &folder, const QList<Profile> &profiles)
{
    if (auto checked = check(profiles); !checked)
        return checked;
    if (auto made = ensurePrivateFolder(folder); !made)
        return made;
    const auto bytes = readFile(pathIn(folder));
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto document = *bytes ? parseObject(**bytes) : JsonObject();
    if (!document) {
        if (const auto aside = setAside(pathIn(folder)); !aside)
            return tl::unexpected(aside.error());
        document = JsonObject();
    }

    JsonArray list;
    for (const Profile &profile : profiles) {
        JsonObject entry = existingEntry(*document, profile.id);
        store(profile, entry);
        list.emplace_back(std::move(entry));
    }
    document->set(QString::fromUtf16(ListName), std::move(list));
    return writePrivateFile(pathIn(folder), toJson(*document, JsonStyle::Indented) + '\n');
}

} // namespace icebreaker
