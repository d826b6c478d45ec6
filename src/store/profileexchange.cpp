#include "store/profileexchange.h"

#include "store/profilejson.h"

#include <QUuid>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Version = u"icebreaker_profile"; // also tells the file from any other JSON
constexpr qsizetype LongestText = 200;
constexpr qsizetype LongestUrl = 2000;

/// What belongs to the person and not to the profile.
constexpr std::array Personal{u"id", u"approved_host", u"key_in_keychain", u"quiet",
                              u"limit_request"};

bool isPlainLine(const QString &text, qsizetype longest)
{
    // Direction marks could make one name or host look like another one.
    return text.size() <= longest && text.isValidUtf16()
        && std::none_of(text.begin(), text.end(), [](QChar c) {
               return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
                   || c.category() == QChar::Separator_Line
                   || c.category() == QChar::Separator_Paragraph;
           });
}

bool isStatusUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

bool isHarmless(const Profile &profile)
{
    return isPlainLine(profile.name, LongestText) && isPlainLine(profile.agentId, LongestText)
        && isPlainLine(profile.namespaceId, LongestText)
        && isPlainLine(profile.customUrl, LongestUrl) && isPlainLine(profile.statusUrl, LongestUrl)
        && (profile.statusUrl.isEmpty() || isStatusUrl(profile.statusUrl))
        && (profile.region == Region::Custom || profile.customUrl.isEmpty())
        && std::all_of(profile.variables.begin(), profile.variables.end(),
                       [](const Variable &each) { return isPlainLine(each.name, LongestText); });
}

} // namespace

QByteArray exportProfile(const Profile &profile)
{
    JsonObject object;
    object.set(QString::fromUtf16(Version), JsonValue::number(1));
    Profile handed = profile;
    if (handed.region != Region::Custom)
        handed.customUrl.clear(); // left over from an earlier choice
    storeInJson(handed, object);
    for (const auto *name : Personal)
        object.remove(name);
    return toJson(object, JsonStyle::Indented) + '\n';
}

Result<Profile> importProfile(const QByteArray &json)
{
    const auto invalid = [](const QString &why) { return failure(ErrorKind::InvalidInput, why); };
    if (json.size() > LargestProfileFile)
        return invalid(u"too large for a profile"_s);
    const auto document = parseJson(json);
    if (!document || document->object() == nullptr)
        return invalid(u"not a JSON object"_s);
    JsonObject object = *document->object();
    const JsonValue *version = object.find(Version);
    if (version == nullptr || version->number() == nullptr || version->number()->text != "1")
        return invalid(u"not an exported profile, or of a newer version"_s);
    for (const auto *name : Personal)
        object.remove(name);
    auto profile = profileFromJson(object);
    if (!profile)
        return invalid(u"a member has a wrong type or value"_s);
    profile->id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    profile->name = profile->name.trimmed();
    if (profile->region == Region::Sandbox)
        profile->live = false;
    if (auto checked = checkProfile(*profile); !checked)
        return tl::unexpected(checked.error());
    if (!isHarmless(*profile))
        return invalid(u"a text is too long or has control characters, or a URL is none"_s);
    return *profile;
}

} // namespace icebreaker
