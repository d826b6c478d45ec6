#include "core/conversation.h"

#include "core/json.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using Names = QList<QLatin1StringView>;

constexpr char ByteOrderMark[] = "\xEF\xBB\xBF";

constexpr int MaxWrappers = 4; ///< {"data":{"hits":{"hits":[{"_source":…}]}}} has as many.

const JsonValue *member(const JsonObject *object, QLatin1StringView name)
{
    return object != nullptr ? object->find(QString(name)) : nullptr;
}

const JsonObject *objectAt(const JsonObject *object, QLatin1StringView name)
{
    const JsonValue *value = member(object, name);
    return value != nullptr ? value->object() : nullptr;
}

/// Everything has a text; null has an empty one.
QString textOf(const JsonValue &value)
{
    if (const QString *string = value.string())
        return *string;
    if (const JsonNumber *number = value.number())
        return QString::fromLatin1(number->text);
    if (value.isNull())
        return {};
    return QString::fromUtf8(toJson(value, JsonStyle::Compact));
}

/// The first of @p names that has a text.
QString textAt(const JsonObject *object, const Names &names)
{
    for (const QLatin1StringView name : names) {
        const JsonValue *value = member(object, name);
        if (value == nullptr)
            continue;
        if (QString text = textOf(*value); !text.isEmpty())
            return text;
    }
    return {};
}

QDateTime fromUnixTime(double number)
{
    constexpr double earliest = 1e8; // 1973: below it is something else
    constexpr double firstOfMilliseconds = 1e11; // seconds would mean the year 5138
    constexpr double latest = 1e14;
    if (!(number >= earliest && number < latest)) // also false for NaN
        return {};
    const double scale = number < firstOfMilliseconds ? 1000 : 1;
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::llround(number * scale)),
                                          Qt::UTC);
}

/// A moment in ISO 8601 or Unix time. Without a zone it is UTC, not the zone of whoever looks.
QDateTime momentOf(const QString &text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (isNumber)
        return fromUnixTime(number);
    constexpr qsizetype dateLength = 10;
    const bool zoned = text.endsWith(u'Z') || text.lastIndexOf(u'+') > dateLength
        || text.lastIndexOf(u'-') > dateLength;
    return QDateTime::fromString(zoned ? text : text + u'Z', Qt::ISODateWithMs).toUTC();
}

/// {"A": 1} or [{"name": "A", "value": 1}].
QList<NamedValue> namedValues(const JsonValue *value)
{
    QList<NamedValue> values;
    if (value == nullptr)
        return values;
    if (const JsonObject *object = value->object()) {
        for (const auto &[name, inner] : object->members)
            values.append({name, textOf(inner)});
    } else if (const JsonArray *array = value->array()) {
        for (const JsonValue &item : *array) {
            const QString name = textAt(item.object(), {"name"_L1, "key"_L1});
            if (!name.isEmpty())
                values.append({name, textAt(item.object(), {"value"_L1, "value_text"_L1})});
        }
    }
    return values;
}

Speaker speakerFromWord(const QString &word)
{
    const QString lower = word.toLower();
    static const Names agent{"agent"_L1,  "assistant"_L1,     "bot"_L1,
                             "system"_L1, "virtual_agent"_L1, "live_agent"_L1};
    static const Names customer{"user"_L1,   "client"_L1, "customer"_L1,
                                "caller"_L1, "human"_L1,  "end_user"_L1};
    const auto isLower = [&lower](QLatin1StringView known) { return lower == known; };
    if (std::any_of(agent.begin(), agent.end(), isLower))
        return Speaker::Agent;
    if (std::any_of(customer.begin(), customer.end(), isLower))
        return Speaker::Customer;
    return Speaker::Unknown;
}

/// Collects turns from a transcription of any form: its items' form is not documented.
class TurnReader
{
public:
    void readAll(const JsonValue &transcription)
    {
        if (const JsonArray *items = transcription.array()) {
            for (const JsonValue &item : *items)
                readItem(item);
        } else if (const JsonObject *sides = transcription.object()) {
            readSides(*sides);
        } else if (const QString *text = transcription.string()) {
            readText(*text);
        }
    }

    QList<Turn> turns;
    bool inOrder = true;

private:
    void add(Speaker speaker, const QString &text, const QDateTime &at)
    {
        if (!text.trimmed().isEmpty())
            turns.append({speaker, text, at});
    }

    void readItem(const JsonValue &item)
    {
        const JsonObject *object = item.object();
        if (object == nullptr) {
            add(Speaker::Unknown, textOf(item), {});
            return;
        }
        const QDateTime at =
            momentOf(textAt(object, {"timestamp"_L1, "time"_L1, "created_at"_L1, "date"_L1}));
        if (const QString said = saidIn(item); !said.isEmpty()) {
            const QString role =
                textAt(object, {"role"_L1, "speaker"_L1, "from"_L1, "sender"_L1, "type"_L1});
            add(speakerFromWord(role), said, at);
            return;
        }
        for (const auto &[name, value] : object->members) { // {"agent": "…"}, {"user": "…"}
            const Speaker speaker = speakerFromWord(name);
            if (speaker != Speaker::Unknown)
                add(speaker, saidIn(value), at);
        }
    }

    /// {"client": ["…"], "agent": ["…"]}: what each side said, one side after the other.
    void readSides(const JsonObject &sides)
    {
        int speaking = 0;
        for (const auto &[name, value] : sides.members) {
            const auto before = turns.size();
            const JsonArray *items = value.array();
            if (items == nullptr)
                add(speakerFromWord(name), saidIn(value), {});
            for (const JsonValue &item : items != nullptr ? *items : JsonArray())
                add(speakerFromWord(name), saidIn(item), {});
            speaking += turns.size() > before ? 1 : 0;
        }
        inOrder = speaking < 2;
    }

    void readText(const QString &text)
    {
        const auto inner = parseJson(text.toUtf8());
        if (inner && inner->string() == nullptr) // JSON within a string
            readAll(*inner);
        if (turns.isEmpty() && !(inner && (inner->array() != nullptr || inner->isNull())))
            add(Speaker::Unknown, text, {});
    }

    static QString saidIn(const JsonValue &value)
    {
        const JsonObject *object = value.object();
        if (object == nullptr)
            return textOf(value);
        return textAt(object,
                      {"text"_L1, "message"_L1, "content"_L1, "utterance"_L1, "transcript"_L1});
    }
};

FlowStep flowStep(const JsonObject &object)
{
    FlowStep step;
    step.type = textAt(&object, {"type"_L1});
    step.nodeId = textAt(&object, {"node_id"_L1});
    step.requestId = textAt(&object, {"request_id"_L1});
    step.executionTime = textAt(&object, {"execution_time"_L1});
    const JsonValue *tags = member(&object, "tags"_L1);
    if (const JsonArray *list = tags != nullptr ? tags->array() : nullptr) {
        for (const JsonValue &tag : *list)
            step.tags.append(textOf(tag));
    } else if (tags != nullptr && !textOf(*tags).isEmpty()) {
        step.tags.append(textOf(*tags));
    }
    const JsonObject *request = objectAt(&object, "request"_L1);
    step.verb = textAt(request, {"verb"_L1, "method"_L1});
    step.url = textAt(request, {"url"_L1});
    step.requestPayload = textAt(request, {"payload"_L1});
    const JsonObject *response = objectAt(&object, "response"_L1);
    step.responseCode = textAt(response, {"code"_L1});
    step.responsePayload = textAt(response, {"payload"_L1});
    const JsonObject *context = objectAt(&object, "context"_L1);
    step.userInput = textAt(context, {"user_input"_L1});
    step.output = textAt(context, {"output"_L1});
    step.parameters = namedValues(member(context, "execution_parameters"_L1));
    const JsonObject *status = objectAt(context, "status"_L1);
    step.statusCode = textAt(status, {"code"_L1});
    step.statusMessage = textAt(status, {"message"_L1});
    return step;
}

QString sessionIdIn(const JsonObject &session)
{
    for (const QLatin1StringView name : {"session_id"_L1, "sessionId"_L1, "id"_L1, "_id"_L1}) {
        const JsonValue *value = member(&session, name);
        if (value != nullptr && (value->string() != nullptr || value->number() != nullptr))
            return textOf(*value);
    }
    return {};
}

QString agentIdIn(const JsonObject &session)
{
    const QString id = textAt(&session, {"agent_id"_L1});
    return id.isEmpty() ? textAt(objectAt(&session, "agent_information"_L1), {"id"_L1}) : id;
}

bool looksLikeSession(const JsonObject &object)
{
    static const Names signs{"transcription"_L1,      "flow_path"_L1,  "channel_data"_L1,
                             "session_start_time"_L1, "session_id"_L1, "parameters"_L1};
    return std::any_of(signs.begin(), signs.end(), [&object](QLatin1StringView sign) {
        return member(&object, sign) != nullptr;
    });
}

/// What usual wrappers hold; Elasticsearch's are among them.
const JsonValue *unwrapped(const JsonObject &object)
{
    for (const QLatin1StringView name :
         {"_source"_L1, "data"_L1, "session"_L1, "sessions"_L1, "conversation"_L1,
          "conversations"_L1, "result"_L1, "results"_L1, "items"_L1, "hits"_L1}) {
        const JsonValue *value = member(&object, name);
        if (value != nullptr && (value->object() != nullptr || value->array() != nullptr))
            return value;
    }
    return nullptr;
}

const JsonObject *sessionIn(const JsonValue *value)
{
    for (int depth = 0; value != nullptr && depth <= MaxWrappers; ++depth) {
        if (const JsonArray *array = value->array()) {
            value = array->size() == 1 ? &array->front() : nullptr;
            continue;
        }
        const JsonObject *object = value->object();
        if (object == nullptr || looksLikeSession(*object))
            return object;
        value = unwrapped(*object);
    }
    return nullptr;
}

/// The list of sessions in @p value, or nullptr.
const JsonArray *listIn(const JsonValue *value)
{
    for (int depth = 0; value != nullptr && depth <= MaxWrappers; ++depth) {
        if (const JsonArray *array = value->array())
            return array;
        const JsonObject *object = value->object();
        value = object != nullptr && !looksLikeSession(*object) ? unwrapped(*object) : nullptr;
    }
    return nullptr;
}

void readTranscription(const JsonObject &session, Conversation &conversation)
{
    TurnReader reader;
    for (const QLatin1StringView name : {"transcription"_L1, "transcript"_L1}) {
        const JsonValue *value = member(&session, name);
        if (value != nullptr && reader.turns.isEmpty())
            reader.readAll(*value);
    }
    conversation.turns = reader.turns;
    conversation.turnsInOrder = reader.inOrder;
    conversation.complete = !reader.turns.isEmpty();
}

void readFlow(const JsonObject &session, Conversation &conversation)
{
    const JsonValue *path = member(&session, "flow_path"_L1);
    const JsonArray *steps = path != nullptr ? path->array() : nullptr;
    if (steps == nullptr)
        return;
    for (const JsonValue &step : *steps) {
        if (const JsonObject *object = step.object())
            conversation.steps.append(flowStep(*object));
    }
}

std::optional<SessionSummary> summary(const JsonObject *item)
{
    const JsonObject *source = objectAt(item, "_source"_L1);
    const JsonObject *object = source != nullptr ? source : item;
    if (object == nullptr)
        return std::nullopt;
    SessionSummary found;
    found.id = sessionIdIn(*object);
    if (found.id.isEmpty())
        found.id = sessionIdIn(*item);
    if (found.id.isEmpty())
        return std::nullopt;
    found.startedAt = momentOf(textAt(object, {"session_start_time"_L1}));
    found.source = textAt(object, {"source"_L1});
    found.destination = textAt(object, {"destination"_L1});
    found.agentId = agentIdIn(*object);
    found.channel = textAt(object, {"channel"_L1});
    found.document = toJson(JsonValue(*object), JsonStyle::Compact);
    return found;
}

constexpr std::array FoundByNames{
    std::pair{FoundBy::Answer, QLatin1StringView("answer")},
    std::pair{FoundBy::Search, QLatin1StringView("search")},
    std::pair{FoundBy::Choice, QLatin1StringView("choice")},
};

} // namespace

std::optional<Conversation> parseConversation(const QByteArray &raw)
{
    const auto root = parseJson(raw);
    const JsonObject *session = root ? sessionIn(&*root) : nullptr;
    if (session == nullptr)
        return std::nullopt;
    Conversation conversation;
    conversation.raw = raw.startsWith(ByteOrderMark) ? raw.sliced(sizeof ByteOrderMark - 1) : raw;
    conversation.sessionId = sessionIdIn(*session);
    conversation.startedAt = momentOf(textAt(session, {"session_start_time"_L1}));
    conversation.source = textAt(session, {"source"_L1});
    conversation.destination = textAt(session, {"destination"_L1});
    conversation.agentId = agentIdIn(*session);
    conversation.channel = textAt(session, {"channel"_L1});
    conversation.parameters = namedValues(member(session, "parameters"_L1));
    conversation.channelData = namedValues(member(session, "channel_data"_L1));
    readTranscription(*session, conversation);
    readFlow(*session, conversation);
    return conversation;
}

std::optional<QList<SessionSummary>> parseSessionList(const QByteArray &raw)
{
    const auto root = parseJson(raw);
    if (!root)
        return std::nullopt;
    QList<SessionSummary> sessions;
    if (const JsonArray *list = listIn(&*root)) {
        for (const JsonValue &item : *list) {
            if (const auto found = summary(item.object()))
                sessions.append(*found);
        }
        return sessions;
    }
    if (const auto only = summary(sessionIn(&*root)))
        return QList{*only};
    const bool empty =
        root->isNull() || (root->object() != nullptr && root->object()->members.empty());
    return empty ? std::optional(sessions) : std::nullopt;
}

QByteArray toJson(const KeptConversation &kept)
{
    const auto *name = std::find_if(FoundByNames.begin(), FoundByNames.end(),
                                    [&](const auto &entry) { return entry.first == kept.foundBy; });
    JsonObject object;
    object.set(u"fetched_at"_s, kept.fetchedAt.toUTC().toString(Qt::ISODateWithMs));
    object.set(u"found_by"_s, QString(name->second));
    object.set(u"raw"_s, QString::fromUtf8(kept.conversation.raw));
    return toJson(JsonValue(object), JsonStyle::Compact);
}

std::optional<KeptConversation> keptConversationFromJson(const QByteArray &json)
{
    const auto root = parseJson(json);
    const JsonObject *object = root ? root->object() : nullptr;
    const QString word = textAt(object, {"found_by"_L1});
    const auto *foundBy = std::find_if(FoundByNames.begin(), FoundByNames.end(),
                                       [&word](const auto &entry) { return word == entry.second; });
    const auto conversation = parseConversation(textAt(object, {"raw"_L1}).toUtf8());
    if (foundBy == FoundByNames.end() || !conversation)
        return std::nullopt;
    return KeptConversation{*conversation, momentOf(textAt(object, {"fetched_at"_L1})),
                            foundBy->first};
}

} // namespace icebreaker
