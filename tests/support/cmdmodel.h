#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QHash>

/// What cmd.exe and Microsoft's C runtime make of a line, written from their documented rules
/// and from nothing of the program:
/// - learn.microsoft.com/windows-server/administration/windows-commands/cmd ("Remarks") and
///   ss64.com/nt/syntax-esc.html: percent signs first, then carets, quotes and line ends;
/// - learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments.
namespace icebreaker::test {

struct CmdModel {
    bool isBatchFile = false;
    QHash<QByteArray, QByteArray> environment; ///< Names in upper case.

    /// Percent signs. At the prompt what is no variable stays as it is; in a file it is
    /// nothing, and two signs are one.
    [[nodiscard]] QByteArray percents(const QByteArray &text) const
    {
        QByteArray out;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text.at(i) != '%') {
                out += text.at(i);
                continue;
            }
            if (isBatchFile && i + 1 < text.size() && text.at(i + 1) == '%') {
                out += '%';
                ++i;
                continue;
            }
            const qsizetype line = text.indexOf('\n', i);
            const qsizetype close = text.indexOf('%', i + 1);
            const bool closes = close > i + 1 && (line < 0 || close < line);
            // NAME:old=new is the same variable.
            const QByteArray name =
                closes ? text.mid(i + 1, close - i - 1).split(':').first().toUpper() : QByteArray();
            if (closes && environment.contains(name)) {
                out += environment.value(name);
                i = close;
            } else if (isBatchFile) {
                i = closes ? close : i;
            } else {
                out += '%';
            }
        }
        return out;
    }

    /// The first command's line as the program gets it; empty if something else than one
    /// command would have been run.
    [[nodiscard]] QByteArray line(const QByteArray &text) const
    {
        const QByteArray source = percents(QByteArray(text).replace("\r\n", "\n"));
        QByteArray out;
        bool inQuotes = false;
        for (qsizetype i = 0; i < source.size(); ++i) {
            const char c = source.at(i);
            if (c == '\n') // ends the command, also within quotes
                return source.mid(i).trimmed().isEmpty() ? out : QByteArray();
            if (c == '"')
                inQuotes = !inQuotes;
            if (inQuotes || c == '"') {
                out += c;
            } else if (c == '^') {
                ++i;
                if (i < source.size() && source.at(i) == '\n')
                    ++i; // the line goes on, and its first character is escaped
                if (i < source.size())
                    out += source.at(i);
            } else if (QByteArray("&|<>").contains(c)) {
                return {};
            } else {
                out += c;
            }
        }
        return out;
    }
};

/// 2n backslashes and a quote: n and a quote that opens or closes; 2n+1: n and a quote
/// that is text; otherwise backslashes are themselves. Two quotes within quotes are one.
inline QByteArrayList runtimeArguments(const QByteArray &line)
{
    QByteArrayList arguments;
    QByteArray current;
    bool open = false;
    bool any = false;
    for (qsizetype i = 0; i < line.size();) {
        if (!open && (line.at(i) == ' ' || line.at(i) == '\t')) {
            if (any)
                arguments.append(current);
            current.clear();
            any = false;
            ++i;
            continue;
        }
        any = true;
        qsizetype slashes = 0;
        while (i + slashes < line.size() && line.at(i + slashes) == '\\')
            ++slashes;
        i += slashes;
        const bool quote = i < line.size() && line.at(i) == '"';
        current += QByteArray(quote ? slashes / 2 : slashes, '\\');
        if (quote && slashes % 2 == 1) {
            current += '"';
            ++i;
        } else if (quote && open && i + 1 < line.size() && line.at(i + 1) == '"') {
            current += '"';
            i += 2;
        } else if (quote) {
            open = !open;
            ++i;
        } else if (slashes == 0) {
            current += line.at(i++);
        }
    }
    if (any)
        arguments.append(current);
    return arguments;
}

} // namespace icebreaker::test
