#pragma once

#include "core/json.h"

#include <QString>
#include <QTextStream>

namespace icebreaker {

/// Standard output for results, standard error for everything about them. Every line
/// is out when the function returns. UTF-8.
class Console
{
public:
    void print(const QString &line);
    void print(const JsonObject &object);
    void complain(const QString &line);

    /// A line on the terminal of standard error that the next one replaces; cut to the
    /// terminal's width. Does nothing if standard error is no terminal.
    void showStatus(const QString &line);
    void clearStatus();

private:
    QTextStream m_out{stdout};
    QTextStream m_err{stderr};
    qsizetype m_statusLength = 0;
};

/// @p text with every control character as a space: what somebody wrote into a request
/// must not steer a terminal.
[[nodiscard]] QString harmless(QString text);

} // namespace icebreaker
