#pragma once

#include <QString>

namespace icebreaker {

/// What `{{name}}` in a request stands for, as a profile or a collection keeps it.
struct Variable {
    QString name; ///< Without braces, and without blanks at its ends.
    QString value;

    friend bool operator==(const Variable &, const Variable &) = default;
};

} // namespace icebreaker
