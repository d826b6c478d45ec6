#pragma once

#include "core/outboundrequest.h"
#include "core/variable.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// Where a variable's value comes from, in the order in which they are asked. A column of a
/// batch comes before all of them, see core/requesttemplate.h.
enum class VariableOrigin {
    Collection,
    Profile,
    BuiltIn,
};

/// What the names in a request stand for.
class Variables
{
public:
    struct Known {
        QString name;
        QString value;
        VariableOrigin origin = VariableOrigin::BuiltIn;
    };

    /// A name that is known already keeps its value: add what comes first, first.
    void add(VariableOrigin origin, const QList<Variable> &variables);
    /// nullptr if nothing is called so. Case counts.
    [[nodiscard]] const Known *find(const QString &name) const;
    [[nodiscard]] const QList<Known> &all() const { return m_known; }

private:
    QList<Known> m_known;
};

/// A `{{name}}` that nothing is called.
struct UnknownVariable {
    Field field = Field::Body;
    int row = -1; ///< Of the parameter or session parameter table, as in CheckEntry.
    QString name;

    friend bool operator==(const UnknownVariable &, const UnknownVariable &) = default;
};

struct ResolvedRequest {
    OutboundRequest request;
    QList<UnknownVariable> unknown; ///< They stand in the request as they are.
};

/// Every text value of @p request with its variables filled in. Values are texts, never JSON,
/// and a `{{name}}` inside a value is not a variable. Names of members are left alone.
[[nodiscard]] ResolvedRequest resolved(OutboundRequest request, const Variables &variables);
[[nodiscard]] QString resolved(const QString &text, const Variables &variables);

/// As resolved(), for a request that is filled with rows afterwards: what names one of
/// @p columns stays. A text in which a value would look like another placeholder stays as it is,
/// which a batch reports as unknown: better than a wrong message.
[[nodiscard]] OutboundRequest resolvedForRows(OutboundRequest request, const Variables &variables,
                                              const QStringList &columns);

} // namespace icebreaker
