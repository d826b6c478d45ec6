#pragma once

#include "core/json.h"

#include <QStringList>

namespace icebreaker {

class Redactor;

/// Redacts a JSON document value by value: what a member holds is told by its name where
/// a text alone does not tell.
class JsonRedaction
{
public:
    /// @param values  of parameters, hidden wherever they occur
    JsonRedaction(Redactor &redactor, const QStringList &values)
        : m_redactor(redactor)
        , m_values(values)
    { }

    [[nodiscard]] JsonValue redact(const JsonValue &value);

private:
    /// Where in a document a value stands.
    enum class Within {
        Anything,
        Components, ///< A template's parameters.
        SessionParameters,
    };
    [[nodiscard]] JsonValue within(const JsonValue &value, Within where);
    [[nodiscard]] JsonValue object(const JsonObject &object, Within where);
    [[nodiscard]] JsonValue member(const QString &name, const JsonValue &value, Within where);
    [[nodiscard]] JsonValue freeMember(const QString &plain, const JsonValue &value);
    [[nodiscard]] JsonValue leaf(const JsonValue &value, bool mayBeTimes);
    [[nodiscard]] JsonValue hidden(const JsonValue &value);

    Redactor &m_redactor;
    const QStringList &m_values;
};

/// Every text and number in the parameters of a request's body, however they are nested.
[[nodiscard]] QStringList parameterValues(const JsonValue &body);

} // namespace icebreaker
