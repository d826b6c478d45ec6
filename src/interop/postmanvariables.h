#pragma once

#include "core/json.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// The variables of a Postman collection and of an environment, which goes first
/// (learning.postman.com, "Variable scopes").
class PostmanVariables
{
public:
    /// Entries that are not enabled, or empty, are none: Postman leaves the values that a
    /// person did not want to share empty.
    void add(const JsonArray *entries);

    /// @p text with {{name}} replaced where that is known, also within values.
    /// @param unknown  gets the names of the others, which stay as they are
    [[nodiscard]] QByteArray resolved(const QString &text, QStringList &unknown);

private:
    QString resolvedTo(const QString &text, int depth, QStringList &unknown);
    std::optional<QString> valueOf(const QString &name, int depth, QStringList &unknown);

    QHash<QString, QString> m_values;
    qsizetype m_expanded = 0; ///< Characters so far: values can be made to double.
};

} // namespace icebreaker
