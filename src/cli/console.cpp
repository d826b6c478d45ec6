#include "cli/console.h"

#include "cli/terminal.h"

#include <algorithm>

namespace icebreaker {

void Console::print(const QString &line)
{
    m_out << line << Qt::endl;
}

void Console::print(const JsonObject &object)
{
    m_out << QString::fromUtf8(toJson(object, JsonStyle::Compact)) << Qt::endl;
}

void Console::complain(const QString &line)
{
    clearStatus();
    m_err << line << Qt::endl;
}

void Console::showStatus(const QString &line)
{
    const int width = terminalWidth();
    if (width < 2)
        return;
    const QString shown = line.left(width - 1); // a full line would wrap
    const auto rest = std::max<qsizetype>(0, m_statusLength - shown.size());
    m_err << u'\r' << shown << QString(rest, u' ') << Qt::flush;
    m_statusLength = shown.size();
}

void Console::clearStatus()
{
    if (m_statusLength == 0)
        return;
    m_err << u'\r' << QString(m_statusLength, u' ') << u'\r' << Qt::flush;
    m_statusLength = 0;
}

QString harmless(QString text)
{
    std::replace_if(
        text.begin(), text.end(),
        [](QChar c) {
            return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
                || c.category() == QChar::Separator_Line
                || c.category() == QChar::Separator_Paragraph;
        },
        QChar(u' '));
    return text;
}

} // namespace icebreaker
