#include "interop/importjson.h"

namespace icebreaker {

QString textIn(const JsonObject *object, QStringView name)
{
    const JsonValue *value = object == nullptr ? nullptr : object->find(name);
    const QString *text = value == nullptr ? nullptr : value->string();
    return text == nullptr ? QString() : *text;
}

const JsonObject *objectIn(const JsonObject *object, QStringView name)
{
    const JsonValue *value = object == nullptr ? nullptr : object->find(name);
    return value == nullptr ? nullptr : value->object();
}

const JsonArray *listIn(const JsonObject *object, QStringView name)
{
    const JsonValue *value = object == nullptr ? nullptr : object->find(name);
    return value == nullptr ? nullptr : value->array();
}

bool isSetIn(const JsonObject *object, QStringView name)
{
    const JsonValue *value = object == nullptr ? nullptr : object->find(name);
    const bool *truth = value == nullptr ? nullptr : value->boolean();
    return truth != nullptr && *truth;
}

} // namespace icebreaker
