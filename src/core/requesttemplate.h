#pragma once

#include "core/outboundrequest.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// A request in whose texts `{{column}}` stands for a row's value: what a batch sends.
///
/// Every text value of the body may hold placeholders, also several and with text around
/// them; names and numbers are left alone. `{{ first name }}` is the column "first name":
/// blanks at the ends do not count, case does. Values are put in as text, never as JSON.
class RequestTemplate
{
public:
    RequestTemplate() = default;
    /// @param columns  unique names of the cells that filled() is given
    RequestTemplate(OutboundRequest request, const QStringList &columns);

    [[nodiscard]] const OutboundRequest &request() const { return m_request; }
    [[nodiscard]] const QStringList &columns() const { return m_columns; }
    /// Placeholders that name no column, each once: an error before anything is sent.
    [[nodiscard]] QStringList unknownNames() const { return m_unknown; }
    /// Columns that are used at least once, by index.
    [[nodiscard]] QList<int> usedColumns() const;

    /// The request of one row as it goes out: placeholders filled in, the recipient in
    /// its digits, no template for SMS. @param cells  missing ones count as empty
    [[nodiscard]] OutboundRequest filled(const QStringList &cells) const;
    // private part is the implementer's
};

} // namespace icebreaker
