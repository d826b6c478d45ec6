#pragma once

#include "core/answer.h"

#include <QByteArray>
#include <QHash>

#include <optional>
#include <variant>
#include <vector>

namespace icebreaker {

/// One member of a structured field that is a list (RFC 9651, 3.1), as far as rate
/// limits need it: the item itself is checked and then dropped, the parameters stay.
struct StructuredItem {
    /// Integers as such; every other type is only known to be there.
    using Value = std::variant<std::monostate, qint64>;
    QHash<QByteArray, Value> parameters; ///< The last one of a name, as the RFC says.

    [[nodiscard]] bool has(const QByteArray &name) const { return parameters.contains(name); }
    /// The parameter @p name if it is there and an integer.
    [[nodiscard]] std::optional<qint64> integer(const QByteArray &name) const;
};

/// All values of the field called @p name in order, as one line (RFC 9110, 5.2).
[[nodiscard]] QByteArray fieldValue(const HttpHeaders &headers, QByteArrayView name);

/// Nothing if any part of @p text is malformed; an empty text is an empty list. Inner
/// lists count as malformed: no field that is read here has them.
[[nodiscard]] std::optional<std::vector<StructuredItem>>
parseStructuredList(const QByteArray &text);

} // namespace icebreaker
