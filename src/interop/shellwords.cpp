#include "interop/commandwords.h"
#include "interop/shellescape.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isNamePart(char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9');
}

class ShellSplitter
{
public:
    explicit ShellSplitter(QByteArrayView text)
        : m_text(text)
    { }

    QList<CommandLine> split()
    {
        begin();
        while (m_at < m_text.size() && !m_current.problem)
            step();
        if (!m_pending.isEmpty())
            fail(ImportRefusal::OpenQuote, m_text.size(), QString::fromUtf8(m_pending.first().end));
        if (m_current.problem || m_commands.size() < MostCommands)
            end();
        return std::move(m_commands);
    }

private:
    struct HereDocument {
        QByteArray end;
        bool isLiteral;
        bool stripsTabs;
        qsizetype command; ///< That reads it.
    };

    [[nodiscard]] char at(qsizetype place) const
    {
        return place < m_text.size() ? m_text[place] : '\0';
    }
    [[nodiscard]] bool atText(QByteArrayView part) const
    {
        return m_text.sliced(m_at).startsWith(part);
    }

    void begin()
    {
        m_current = CommandLine();
        m_current.line = m_line;
    }
    void end()
    {
        if (!m_current.words.isEmpty() || m_current.problem)
            m_commands.append(std::move(m_current));
        begin();
        if (m_commands.size() == MostCommands)
            fail(ImportRefusal::TooMany, m_at);
    }
    void fail(ImportRefusal why, qsizetype place, const QString &subject = {})
    {
        const TextPlace where = placeIn(m_text, place);
        m_current.problem = CommandProblem{why, subject, where.line, where.column};
    }

    void step()
    {
        const char c = m_text[m_at];
        if (c == ' ' || c == '\t' || c == '\r') {
            ++m_at;
        } else if (c == '\n') {
            end();
            newLine();
            readHereDocuments();
            m_current.line = m_line;
        } else if (c == '\\' && (at(m_at + 1) == '\n' || atText("\\\r\n"))) {
            m_at += at(m_at + 1) == '\n' ? 1 : 2;
            newLine();
        } else if (c == '#') {
            while (m_at < m_text.size() && m_text[m_at] != '\n')
                ++m_at;
        } else if (QByteArrayView(";&|<>()").contains(c)) {
            readOperator(c);
        } else {
            readWord();
        }
    }

    void newLine()
    {
        ++m_at;
        ++m_line;
        if (m_current.words.isEmpty())
            m_current.line = m_line;
    }

    void readOperator(char c)
    {
        if (c == ';' || atText("&&") || atText("||")) {
            m_at += c == ';' ? 1 : 2;
            end();
        } else if (c == '&') {
            ++m_at;
            end();
        } else if (c == '|') {
            ++m_at;
            m_current.pipesOn = true;
            end();
        } else if (atText("<<") && !atText("<<<")) {
            openHereDocument();
        } else {
            fail(ImportRefusal::Operator, m_at, QString(QLatin1Char(c)));
        }
    }

    void openHereDocument()
    {
        m_at += 2;
        const bool strips = at(m_at) == '-';
        m_at += strips ? 1 : 0;
        while (at(m_at) == ' ' || at(m_at) == '\t')
            ++m_at;
        const qsizetype start = m_at;
        QByteArray word;
        if (!readWordText(word))
            return;
        const bool isLiteral = m_text.sliced(start, m_at - start) != QByteArrayView(word);
        m_pending.append({word, isLiteral, strips, m_commands.size()});
    }

    /// Behind the line on which they were opened.
    void readHereDocuments()
    {
        for (const HereDocument &document : std::exchange(m_pending, {})) {
            QByteArray content;
            const bool isWhole = readHereDocument(document, content);
            if (document.command < m_commands.size() && isWhole)
                m_commands[document.command].input = content;
            else if (!isWhole) // the problem is this command's
                m_commands.resize(std::min(m_commands.size(), document.command));
            if (!isWhole)
                return;
        }
    }

    bool readHereDocument(const HereDocument &document, QByteArray &content)
    {
        while (m_at < m_text.size()) {
            qsizetype lineEnd = m_text.indexOf('\n', m_at);
            const qsizetype next = lineEnd < 0 ? m_text.size() : lineEnd + 1;
            lineEnd = lineEnd < 0 ? m_text.size() : lineEnd;
            QByteArrayView line = m_text.sliced(m_at, lineEnd - m_at);
            if (line.endsWith('\r'))
                line.chop(1);
            while (document.stripsTabs && line.startsWith('\t'))
                line = line.sliced(1);
            const qsizetype start = m_at;
            m_at = next;
            ++m_line;
            if (line == QByteArrayView(document.end))
                return true;
            if (document.isLiteral)
                content += line;
            else if (!appendExpanded(line, start, content))
                return false;
            content += '\n';
        }
        fail(ImportRefusal::OpenQuote, m_text.size(), QString::fromUtf8(document.end));
        return false;
    }

    /// Of a here-document whose end is not quoted.
    bool appendExpanded(QByteArrayView line, qsizetype start, QByteArray &content)
    {
        ShellSplitter inner(line);
        while (inner.m_at < line.size()) {
            const char c = line[inner.m_at];
            if (c == '\\' && QByteArrayView("$`\\").contains(inner.at(inner.m_at + 1))) {
                content += inner.at(inner.m_at + 1);
                inner.m_at += 2;
            } else if (c == '$' || c == '`') {
                if (!inner.readExpansion(content)) {
                    fail(inner.m_current.problem->why, start + inner.m_at,
                         inner.m_current.problem->subject);
                    return false;
                }
            } else {
                content += c;
                ++inner.m_at;
            }
        }
        return true;
    }

    void readWord()
    {
        QByteArray word;
        const qsizetype start = m_at;
        const int line = m_line;
        if (!readWordText(word))
            return;
        if (m_current.words.isEmpty())
            m_current.line = line;
        // A prompt that was copied along.
        const bool isPrompt = m_current.words.isEmpty() && m_at - start == 1 && word == "$";
        if (!isPrompt)
            m_current.words.append(word);
    }

    bool readWordText(QByteArray &word)
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (QByteArrayView(" \t\r\n;&|<>()").contains(c))
                break;
            if (!readPiece(c, word))
                return false;
        }
        return true;
    }

    bool readPiece(char c, QByteArray &word)
    {
        if (c == '\'')
            return readSingleQuoted(word);
        if (c == '"')
            return readDoubleQuoted(word);
        if (c == '$' && at(m_at + 1) == '\'')
            return readDollarQuoted(word);
        if (c == '$' && at(m_at + 1) == '"') { // the locale's translation: there is none
            ++m_at;
            return readDoubleQuoted(word);
        }
        if (c == '$' || c == '`')
            return readExpansion(word);
        if (c == '\\')
            return readEscaped(word);
        word += c;
        ++m_at;
        return true;
    }

    bool readEscaped(QByteArray &word)
    {
        const char escaped = at(m_at + 1);
        if (escaped == '\n' || atText("\\\r\n")) {
            m_at += escaped == '\n' ? 2 : 3;
            ++m_line;
            return true;
        }
        if (m_at + 1 >= m_text.size()) {
            ++m_at;
            return true;
        }
        word += escaped;
        m_at += 2;
        return true;
    }

    bool readSingleQuoted(QByteArray &word)
    {
        const qsizetype close = m_text.indexOf('\'', m_at + 1);
        if (close < 0) {
            fail(ImportRefusal::OpenQuote, m_at, u"'"_s);
            return false;
        }
        const QByteArrayView content = m_text.sliced(m_at + 1, close - m_at - 1);
        word += content;
        m_line += static_cast<int>(std::count(content.begin(), content.end(), '\n'));
        m_at = close + 1;
        return true;
    }

    /// @return whether it is understood
    bool readQuotedCharacter(char c, QByteArray &word)
    {
        if (c == '$' || c == '`')
            return readExpansion(word);
        if (c == '\\' && at(m_at + 1) == '\n') {
            m_at += 2;
            ++m_line;
            return true;
        }
        const bool isEscape = c == '\\' && QByteArrayView("$`\"\\").contains(at(m_at + 1));
        m_at += isEscape ? 1 : 0;
        word += m_text[m_at++];
        return true;
    }

    bool readDoubleQuoted(QByteArray &word)
    {
        const qsizetype open = m_at++;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            m_line += c == '\n' ? 1 : 0;
            if (!readQuotedCharacter(c, word))
                return false;
        }
        fail(ImportRefusal::OpenQuote, open, u"\""_s);
        return false;
    }

    bool readDollarQuoted(QByteArray &word)
    {
        const qsizetype open = m_at;
        const auto quoted = readDollarQuote(m_text.sliced(m_at + 2));
        if (!quoted) {
            fail(ImportRefusal::OpenQuote, open, u"$'"_s);
            return false;
        }
        const QByteArrayView source = m_text.sliced(m_at, quoted->length + 2);
        m_line += static_cast<int>(std::count(source.begin(), source.end(), '\n'));
        word += quoted->text;
        m_at += quoted->length + 2;
        return true;
    }

    /// `$NAME` and `${NAME}` become {{NAME}}; all else only a shell can work out.
    bool readExpansion(QByteArray &word)
    {
        const bool isCommand = m_text[m_at] == '`' || at(m_at + 1) == '(';
        if (isCommand) {
            fail(ImportRefusal::Substitution, m_at);
            return false;
        }
        const bool braced = at(m_at + 1) == '{';
        const qsizetype start = m_at + (braced ? 2 : 1);
        qsizetype stop = start;
        while (isNamePart(at(stop)))
            ++stop;
        const QByteArray name =
            m_text.sliced(std::min(start, m_text.size()), stop - start).toByteArray();
        const bool isName = !name.isEmpty() && isNameStart(name.front());
        if (isName && (!braced || at(stop) == '}')) {
            word += "{{" + name + "}}";
            m_current.variables.append(QString::fromLatin1(name));
            m_at = stop + (braced ? 1 : 0);
            return true;
        }
        if (braced || stop > start || isSpecialParameter(start)) {
            fail(ImportRefusal::Expansion, m_at);
            return false;
        }
        word += '$';
        ++m_at;
        return true;
    }
    /// `$@`, `$?` and the like.
    [[nodiscard]] bool isSpecialParameter(qsizetype place) const
    {
        return place < m_text.size() && QByteArrayView("@*#?!$-").contains(m_text[place]);
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    QList<HereDocument> m_pending;
    CommandLine m_current;
    QList<CommandLine> m_commands;
};

} // namespace

TextPlace placeIn(QByteArrayView text, qsizetype at)
{
    const QByteArrayView head = text.first(std::clamp(at, qsizetype(0), text.size()));
    const qsizetype lineStart = head.lastIndexOf('\n') + 1;
    return {static_cast<int>(std::count(head.begin(), head.end(), '\n')) + 1,
            static_cast<int>(head.size() - lineStart) + 1};
}

int LineCounter::lineOf(qsizetype at)
{
    const qsizetype end = std::clamp(at, m_at, m_text.size());
    const QByteArrayView part = m_text.sliced(m_at, end - m_at);
    m_line += static_cast<int>(std::count(part.begin(), part.end(), '\n'));
    m_at = end;
    return m_line;
}

QList<CommandLine> splitShellCommands(QByteArrayView text)
{
    return ShellSplitter(text).split();
}

} // namespace icebreaker
