#include "cli/console.h"

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
    m_err << line << Qt::endl;
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
