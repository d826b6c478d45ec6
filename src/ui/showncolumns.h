#pragma once

#include "core/requesttemplate.h"

#include <QList>

namespace icebreaker {

/// Which of a sheet's columns a table of rows shows beside the recipient.
struct ShownColumns {
    int recipient = -1; ///< The column that alone makes up "to"; -1 if there is none.
    QList<int> others; ///< The other columns that the request uses.

    friend bool operator==(const ShownColumns &, const ShownColumns &) = default;
};

[[nodiscard]] inline ShownColumns shownColumns(const RequestTemplate &request)
{
    ShownColumns result{-1, request.usedColumns()};
    const QString to = request.request().text(Field::To);
    for (const int column : request.usedColumns()) {
        if (to == QStringLiteral("{{") + request.columns().at(column) + QStringLiteral("}}"))
            result.recipient = column;
    }
    result.others.removeAll(result.recipient);
    return result;
}

} // namespace icebreaker
