#include "store/inboxfile.h"

#include "core/json.h"
#include "store/files.h"

#include <limits>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString inboxPathIn(const QString &folder)
{
    return folder + "/inbox.json"_L1;
}

const JsonObject *objectIn(const JsonObject &parent, QStringView name)
{
    const JsonValue *value = parent.find(name);
    return value != nullptr ? value->object() : nullptr;
}

QString textIn(const JsonObject &object, QStringView name, const QString &otherwise = {})
{
    const JsonValue *value = object.find(name);
    return value != nullptr && value->string() != nullptr ? *value->string() : otherwise;
}

QStringList textsIn(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    QStringList texts;
    if (value == nullptr || value->array() == nullptr)
        return texts;
    for (const JsonValue &each : *value->array()) {
        if (each.string() != nullptr)
            texts.append(*each.string());
    }
    return texts;
}

quint16 portIn(const JsonObject &object)
{
    const JsonValue *value = object.find(u"port");
    const JsonNumber *number = value != nullptr ? value->number() : nullptr;
    const uint port = number != nullptr ? number->text.toUInt() : 0;
    return port <= std::numeric_limits<quint16>::max() ? static_cast<quint16>(port) : quint16(0);
}

bool flagIn(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

ListenerSettings listenerFrom(const JsonObject &object)
{
    ListenerSettings settings;
    settings.address = textIn(object, u"address", settings.address);
    settings.port = portIn(object);
    settings.secret = textIn(object, u"secret");
    settings.publicBase = textIn(object, u"public_address");
    return settings;
}

std::optional<InboxFile> parsedInbox(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    const JsonObject *root = document ? document->object() : nullptr;
    if (root == nullptr)
        return std::nullopt;
    InboxFile file;
    if (const JsonObject *listener = objectIn(*root, u"listener"))
        file.listener = listenerFrom(*listener);
    if (const JsonObject *places = objectIn(*root, u"webhook_site")) {
        for (const auto &[profile, value] : places->members) {
            if (const JsonObject *place = value.object())
                file.places.insert(profile,
                                   {textIn(*place, u"base"), textIn(*place, u"token"),
                                    textIn(*place, u"since"), textsIn(*place, u"seen"),
                                    flagIn(*place, u"key_in_keychain")});
        }
    }
    file.agreed = textsIn(*root, u"agreed");
    return file;
}

JsonArray listOf(const QStringList &texts)
{
    JsonArray list;
    for (const QString &text : texts)
        list.emplace_back(text);
    return list;
}

JsonObject jsonOf(const InboxFile &file)
{
    JsonObject listener;
    listener.set(u"address"_s, file.listener.address);
    listener.set(u"port"_s, JsonValue::number(file.listener.port));
    listener.set(u"secret"_s, file.listener.secret);
    listener.set(u"public_address"_s, file.listener.publicBase);
    JsonObject places;
    for (auto it = file.places.cbegin(); it != file.places.cend(); ++it) {
        JsonObject place;
        place.set(u"base"_s, it->base);
        place.set(u"token"_s, it->token);
        place.set(u"since"_s, it->since);
        place.set(u"seen"_s, listOf(it->seen));
        place.set(u"key_in_keychain"_s, it->keyInKeychain);
        places.set(it.key(), std::move(place));
    }
    JsonObject root;
    root.set(u"listener"_s, std::move(listener));
    root.set(u"webhook_site"_s, std::move(places));
    root.set(u"agreed"_s, listOf(file.agreed));
    return root;
}

} // namespace

Result<LoadedInbox> loadInbox(const QString &folder)
{
    const auto bytes = readFile(inboxPathIn(folder));
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!*bytes)
        return LoadedInbox{};
    if (auto file = parsedInbox(**bytes))
        return LoadedInbox{std::move(*file), std::nullopt};
    return setAside(inboxPathIn(folder)).map([](const QString &path) {
        return LoadedInbox{{}, path};
    });
}

InboxFile peekInbox(const QString &folder)
{
    const auto bytes = readFile(inboxPathIn(folder));
    const auto file = bytes && *bytes ? parsedInbox(**bytes) : std::nullopt;
    return file.value_or(InboxFile());
}

Result<void> saveInbox(const QString &folder, const InboxFile &file)
{
    if (auto made = ensurePrivateFolder(folder); !made)
        return made;
    return writePrivateFile(inboxPathIn(folder), toJson(jsonOf(file), JsonStyle::Indented) + '\n');
}

} // namespace icebreaker
