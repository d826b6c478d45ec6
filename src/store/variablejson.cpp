#include "store/variablejson.h"

#include <algorithm>

namespace icebreaker {

std::optional<QList<Variable>> variablesFromJson(const JsonValue &value)
{
    const JsonObject *object = value.object();
    if (object == nullptr || std::ssize(object->members) > MostVariables)
        return std::nullopt;
    QList<Variable> variables;
    for (const auto &[name, each] : object->members) {
        if (each.string() == nullptr)
            return std::nullopt;
        variables.append({name, *each.string()});
    }
    return tidied(variables) == variables ? std::optional(variables) : std::nullopt;
}

JsonObject toJson(const QList<Variable> &variables)
{
    JsonObject object;
    for (const Variable &variable : variables)
        object.set(variable.name, variable.value);
    return object;
}

QList<Variable> tidied(const QList<Variable> &variables)
{
    QList<Variable> result;
    for (const Variable &variable : variables) {
        const QString name = variable.name.trimmed();
        const bool isKnown =
            std::any_of(result.begin(), result.end(),
                        [&name](const Variable &each) { return each.name == name; });
        if (!name.isEmpty() && !isKnown)
            result.append({name, variable.value});
    }
    return result;
}

} // namespace icebreaker
