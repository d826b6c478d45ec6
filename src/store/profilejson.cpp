#include "store/profilejson.h"

#include "store/variablejson.h"

#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto QuietName = u"quiet";
constexpr auto LimitRequestName = u"limit_request";

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
    /// ISO 8601; empty: none.
    void read(QStringView name, QDateTime &target)
    {
        QString text;
        read(name, text);
        if (text.isEmpty())
            return;
        const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
        assign(time.isValid() ? &time : nullptr, target);
    }
    void read(QStringView name, QuietQuestions &target)
    {
        readObject(name, [&target](MemberReader &reader) {
            reader.read(u"repeated", target.repeated);
            reader.read(u"first_live_today", target.firstLiveToday);
            reader.read(u"whole_batch", target.wholeBatch);
        });
    }
    void read(QStringView name, std::optional<LimitRequest> &target)
    {
        readObject(name, [&target](MemberReader &reader) {
            LimitRequest request;
            reader.read(u"limit", request.limit);
            reader.read(u"asked_at", request.askedAt);
            reader.read(u"confirmed_at", request.confirmedAt);
            reader.read(u"published_at", request.publishedAt);
            const bool known = std::find(HigherLimits.begin(), HigherLimits.end(), request.limit)
                != HigherLimits.end();
            const std::optional<LimitRequest> found(request);
            reader.assign(known ? &found : nullptr, target);
        });
    }
    /// An object of texts; a name once.
    void read(QStringView name, QList<Variable> &target)
    {
        const JsonValue *value = m_object.find(name);
        if (value == nullptr)
            return;
        const auto variables = variablesFromJson(*value);
        assign(variables ? &*variables : nullptr, target);
    }
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    template <typename Read>
    void readObject(QStringView name, Read read)
    {
        const JsonValue *value = m_object.find(name);
        if (value == nullptr)
            return;
        if (value->object() == nullptr) {
            m_isGood = false;
            return;
        }
        MemberReader inner(*value->object());
        read(inner);
        m_isGood = m_isGood && inner.isGood();
    }

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

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

/// The object called @p name, with what it already holds.
JsonObject existing(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr && value->object() != nullptr ? *value->object() : JsonObject();
}

void storeQuiet(const QuietQuestions &quiet, JsonObject &object)
{
    JsonObject inner = existing(object, QuietName);
    inner.set(u"repeated"_s, quiet.repeated);
    inner.set(u"first_live_today"_s, quiet.firstLiveToday);
    inner.set(u"whole_batch"_s, quiet.wholeBatch);
    object.set(QString::fromUtf16(QuietName), std::move(inner));
}

void storeLimitRequest(const LimitRequest &request, JsonObject &object)
{
    JsonObject inner = existing(object, LimitRequestName);
    inner.set(u"limit"_s, JsonValue::number(qint64(request.limit)));
    inner.set(u"asked_at"_s, timeText(request.askedAt));
    inner.set(u"confirmed_at"_s, timeText(request.confirmedAt));
    inner.set(u"published_at"_s, timeText(request.publishedAt));
    object.set(QString::fromUtf16(LimitRequestName), std::move(inner));
}

bool isUuid(const QString &id)
{
    const QUuid uuid = QUuid::fromString(id);
    return !uuid.isNull() && uuid.toString(QUuid::WithoutBraces) == id;
}

} // namespace

std::optional<Profile> profileFromJson(const JsonValue &value)
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
    reader.read(u"only_test_numbers", profile.onlyTestNumbers);
    reader.read(QuietName, profile.quiet);
    reader.read(LimitRequestName, profile.limitRequest);
    reader.read(u"limit_shared_by_key", profile.limitSharedByKey);
    reader.read(u"variables", profile.variables);
    reader.read(u"key_in_keychain", profile.keyInKeychain);
    return reader.isGood() ? std::optional(profile) : std::nullopt;
}

void storeInJson(const Profile &profile, JsonObject &object)
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
    object.set(u"only_test_numbers"_s, profile.onlyTestNumbers);
    storeQuiet(profile.quiet, object);
    if (profile.limitRequest)
        storeLimitRequest(*profile.limitRequest, object);
    else
        object.remove(LimitRequestName);
    object.set(u"limit_shared_by_key"_s, profile.limitSharedByKey);
    if (profile.variables.isEmpty())
        object.remove(u"variables");
    else
        object.set(u"variables"_s, toJson(profile.variables));
    object.set(u"key_in_keychain"_s, profile.keyInKeychain);
}

Result<void> checkProfile(const Profile &profile)
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

} // namespace icebreaker
