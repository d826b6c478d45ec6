#include "core/jsonredaction.h"

#include "core/redactor.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// @p name in lower case, without what words are joined with.
QString plainName(const QString &name)
{
    QString plain = name.toLower();
    return plain.remove(u'-').remove(u'_').remove(u' ');
}

bool isSecretName(const QString &plain)
{
    static const QStringList names{u"xvgaikey"_s,     u"authorization"_s, u"proxyauthorization"_s,
                                   u"cookie"_s,       u"setcookie"_s,     u"apikey"_s,
                                   u"xapikey"_s,      u"apisecret"_s,     u"secret"_s,
                                   u"clientsecret"_s, u"password"_s,      u"token"_s,
                                   u"jwt"_s,          u"accesstoken"_s,   u"refreshtoken"_s,
                                   u"sessiontoken"_s, u"privatekey"_s,    u"signature"_s};
    return names.contains(plain);
}

bool isNumberName(const QString &plain)
{
    static const QStringList names{u"to"_s,          u"from"_s,   u"number"_s,      u"phone"_s,
                                   u"phonenumber"_s, u"msisdn"_s, u"waid"_s,        u"recipient"_s,
                                   u"recipientid"_s, u"source"_s, u"mobile"_s,      u"telephone"_s,
                                   u"destination"_s, u"sender"_s, u"messagefrom"_s, u"userid"_s};
    return names.contains(plain);
}

bool isTimeName(const QString &plain)
{
    return plain.contains("time"_L1) || plain.endsWith("at"_L1) || plain.contains("date"_L1)
        || plain.contains("expir"_L1);
}

/// What says how a template is built, and nothing about anybody.
bool isStructure(const QString &plain)
{
    return plain == "type"_L1 || plain == "subtype"_L1 || plain == "index"_L1
        || plain == "parametername"_L1;
}

QString writtenText(const JsonValue &value)
{
    if (const QString *text = value.string())
        return *text;
    if (const JsonNumber *number = value.number())
        return QString::fromLatin1(number->text);
    return {};
}

/// "X-Vgai-Key" of {"name": "X-Vgai-Key", "value": …}, as a HAR writes headers.
bool isSecretPair(const JsonObject &object)
{
    const JsonValue *name = object.find(u"name");
    return name != nullptr && name->string() != nullptr && isSecretName(plainName(*name->string()));
}

void collect(const JsonValue &value, bool inParameters, QStringList &found)
{
    if (const JsonArray *array = value.array()) {
        for (const JsonValue &each : *array)
            collect(each, inParameters, found);
    } else if (const JsonObject *object = value.object()) {
        for (const auto &[name, each] : object->members) {
            const QString plain = plainName(name);
            if (inParameters && (isStructure(plain) || plain == "name"_L1))
                continue;
            collect(each,
                    inParameters || plain == "components"_L1 || plain == "sessionparameters"_L1,
                    found);
        }
    } else if (inParameters) {
        found.append(writtenText(value));
    }
}

} // namespace

JsonValue JsonRedaction::redact(const JsonValue &value)
{
    return within(value, Within::Anything);
}

JsonValue JsonRedaction::within(const JsonValue &value, Within where)
{
    if (const JsonArray *array = value.array()) {
        JsonArray items;
        for (const JsonValue &item : *array)
            items.push_back(within(item, where));
        return items;
    }
    if (const JsonObject *members = value.object())
        return object(*members, where);
    return where == Within::Anything ? leaf(value, false) : hidden(value);
}

JsonValue JsonRedaction::object(const JsonObject &object, Within where)
{
    JsonObject result;
    const bool secretPair = isSecretPair(object);
    for (const auto &[name, value] : object.members) {
        if (secretPair && name == "value"_L1)
            result.members.emplace_back(name, QString(SecretHidden));
        else
            result.members.emplace_back(m_redactor.redacted(name, m_values),
                                        member(name, value, where));
    }
    return result;
}

JsonValue JsonRedaction::member(const QString &name, const JsonValue &value, Within where)
{
    const QString plain = plainName(name);
    const bool isLeaf = value.array() == nullptr && value.object() == nullptr;
    if (isSecretName(plain) && isLeaf && !value.isNull())
        return QString(SecretHidden);
    if (where == Within::Components && isStructure(plain))
        return leaf(value, false);
    if (where == Within::SessionParameters && plain == "name"_L1 && isLeaf)
        return m_redactor.choices().hideNames ? JsonValue(hiddenValue(writtenText(value)))
                                              : leaf(value, false);
    return where == Within::Anything ? freeMember(plain, value) : within(value, where);
}

/// Outside what a request is made of.
JsonValue JsonRedaction::freeMember(const QString &plain, const JsonValue &value)
{
    const bool isLeaf = value.array() == nullptr && value.object() == nullptr;
    if (plain == "components"_L1)
        return within(value, Within::Components);
    if (plain == "sessionparameters"_L1)
        return within(value, Within::SessionParameters);
    if (plain == "statusurl"_L1 && value.string() != nullptr)
        return m_redactor.statusUrl(*value.string());
    if (isNumberName(plain) && isLeaf && !writtenText(value).isEmpty()) {
        const QString number = m_redactor.number(writtenText(value));
        return number == writtenText(value) ? value : JsonValue(number);
    }
    return isLeaf ? leaf(value, isTimeName(plain)) : within(value, Within::Anything);
}

JsonValue JsonRedaction::leaf(const JsonValue &value, bool mayBeTimes)
{
    const QString text = writtenText(value);
    if (text.isEmpty())
        return value;
    // Whatever is no text and needs nothing hidden stays a number.
    const QString redacted = m_redactor.redacted(text, m_values, mayBeTimes);
    return redacted == text ? value : JsonValue(redacted);
}

JsonValue JsonRedaction::hidden(const JsonValue &value)
{
    const QString text = writtenText(value);
    if (text.isEmpty() || !m_redactor.choices().hideValues)
        return leaf(value, false);
    return hiddenValue(text);
}

QStringList parameterValues(const JsonValue &body)
{
    QStringList found;
    collect(body, false, found);
    return found;
}

} // namespace icebreaker
