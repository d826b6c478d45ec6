#pragma once

#include "core/outboundrequest.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// One thing of a request that a column can fill: a body field, a template parameter or
/// a session parameter.
struct FillTarget {
    Field field = Field::To; ///< Components and SessionParameters for the tables' rows.
    int row = -1; ///< Row of the parameter or session parameter table.
    QString name; ///< "to", "body 1", "button 0", or the session parameter's name.
    QString text; ///< What the request has there: a constant, or with {{column}}.
};

/// Everything in @p request that can be filled, in the order of the form.
[[nodiscard]] QList<FillTarget> fillTargets(const OutboundRequest &request);

/// The request with @p target set to @p text.
[[nodiscard]] OutboundRequest withTarget(const OutboundRequest &request, const FillTarget &target,
                                         const QString &text);

/// The column that probably fills @p target, by its name ("phone", "Telefon", "msisdn" for
/// the recipient; the session parameter's own name; "body 1", "1", "{{1}}" for a
/// parameter), or -1.
[[nodiscard]] int guessedColumn(const FillTarget &target, const QStringList &columns);

} // namespace icebreaker
