#include "listen/sandboxcheck.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int BadRequest = 400;
constexpr int Unprocessable = 422;

/// The member's text; nothing, and a problem noted, if it is missing, empty or no text.
QString mandatory(const JsonObject &body, QLatin1StringView name, QStringList &problems)
{
    const JsonValue *value = body.find(QString(name));
    const QString *text = value != nullptr ? value->string() : nullptr;
    if (text == nullptr)
        problems += u"%1 must be a string"_s.arg(name);
    else if (text->isEmpty())
        problems += u"%1 should not be empty"_s.arg(name);
    return text != nullptr ? *text : QString();
}

bool isPhoneNumber(const QString &to)
{
    constexpr qsizetype shortest = 7;
    constexpr qsizetype longest = 15; // ITU-T E.164
    return to.size() >= shortest && to.size() <= longest
        && std::all_of(to.begin(), to.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isText(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr && value->string() != nullptr;
}

/// {"type": text, "parameters": [{"type": text, ...}, ...], ...}
bool isComponent(const JsonValue &value)
{
    const JsonObject *component = value.object();
    if (component == nullptr || !isText(*component, u"type"))
        return false;
    const JsonValue *parameters = component->find(u"parameters");
    if (parameters == nullptr)
        return true;
    const JsonArray *list = parameters->array();
    return list != nullptr && std::all_of(list->begin(), list->end(), [](const JsonValue &entry) {
               return entry.object() != nullptr && isText(*entry.object(), u"type");
           });
}

/// {"name": text, "value": text}
bool isSessionParameter(const JsonValue &value)
{
    const JsonObject *parameter = value.object();
    return parameter != nullptr && isText(*parameter, u"name") && isText(*parameter, u"value");
}

/// An absent list is fine; one with an entry that does not fit is a problem.
void checkList(const JsonObject &body, QLatin1StringView name, bool (*fits)(const JsonValue &),
               QStringList &problems)
{
    const JsonValue *value = body.find(QString(name));
    if (value == nullptr)
        return;
    const JsonArray *list = value->array();
    if (list == nullptr) {
        problems += u"%1 must be an array"_s.arg(name);
        return;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (!fits(list->at(i)))
            problems += u"%1.%2 has not the documented form"_s.arg(name).arg(i);
    }
}

void checkMandatory(const JsonObject &body, CheckedBody &checked)
{
    checked.channel = mandatory(body, "channel"_L1, checked.problems);
    checked.to = mandatory(body, "to"_L1, checked.problems);
    checked.agentId = mandatory(body, "agent_id"_L1, checked.problems);
    checked.statusUrl = QUrl(mandatory(body, "status_url"_L1, checked.problems), QUrl::StrictMode);
    if (checked.channel == "sms"_L1)
        return;
    for (const QLatin1StringView name : {"namespace"_L1, "template"_L1, "locale"_L1})
        mandatory(body, name, checked.problems);
}

void checkValues(const JsonObject &body, CheckedBody &checked)
{
    if (checked.channel != "whatsapp"_L1 && checked.channel != "sms"_L1)
        checked.problems += u"channel must be one of whatsapp, sms"_s;
    if (!isPhoneNumber(checked.to))
        checked.problems += u"to must be 7 to 15 digits with the country code"_s;
    const QString scheme = checked.statusUrl.scheme();
    if (!checked.statusUrl.isValid() || checked.statusUrl.host().isEmpty()
        || (scheme != "http"_L1 && scheme != "https"_L1))
        checked.problems += u"status_url must be a URL address"_s;
    checkList(body, "components"_L1, &isComponent, checked.problems);
    checkList(body, "session_parameters"_L1, &isSessionParameter, checked.problems);
}

} // namespace

CheckedBody checkSandboxBody(const QByteArray &body)
{
    CheckedBody checked;
    const auto parsed = parseJson(body);
    const JsonObject *object = parsed ? parsed->object() : nullptr;
    if (object == nullptr) {
        checked.status = BadRequest;
        checked.problems += parsed
            ? u"the body must be a JSON object"_s
            : u"the body is not JSON: line %1, column %2"_s.arg(parsed.error().line)
                  .arg(parsed.error().column);
        return checked;
    }
    checkMandatory(*object, checked);
    if (!checked.problems.isEmpty()) {
        checked.status = BadRequest;
        return checked;
    }
    checkValues(*object, checked);
    if (!checked.problems.isEmpty())
        checked.status = Unprocessable;
    return checked;
}

} // namespace icebreaker
