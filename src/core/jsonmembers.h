#pragma once

#include "core/json.h"

#include <QByteArray>

namespace icebreaker {

// An object's member, if it is there and of the type; nothing otherwise.

/// Also a number's digits. Empty for anything else.
[[nodiscard]] inline QString memberString(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    if (value == nullptr)
        return {};
    if (const QString *string = value->string())
        return *string;
    if (const JsonNumber *number = value->number())
        return QString::fromLatin1(number->text);
    return {};
}

[[nodiscard]] inline const JsonArray *memberArray(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value == nullptr ? nullptr : value->array();
}

[[nodiscard]] inline JsonArray *memberArray(JsonObject &object, QStringView name)
{
    JsonValue *value = object.find(name);
    return value == nullptr ? nullptr : value->array();
}

[[nodiscard]] inline const JsonObject *memberObject(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value == nullptr ? nullptr : value->object();
}

[[nodiscard]] inline JsonObject *memberObject(JsonObject &object, QStringView name)
{
    JsonValue *value = object.find(name);
    return value == nullptr ? nullptr : value->object();
}

/// The list in @p object, made if there is none; whatever else was there is replaced.
[[nodiscard]] inline JsonArray &needArray(JsonObject &object, const QString &name)
{
    if (memberArray(object, name) == nullptr)
        object.set(name, JsonArray{});
    return *memberArray(object, name);
}

[[nodiscard]] inline JsonObject &needObject(JsonObject &object, const QString &name)
{
    if (memberObject(object, name) == nullptr)
        object.set(name, JsonObject{});
    return *memberObject(object, name);
}

} // namespace icebreaker
