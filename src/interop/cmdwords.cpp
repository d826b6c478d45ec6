#include "interop/commandwords.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isCmdName(QByteArrayView name)
{
    const auto isPart = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '_';
    };
    return !name.isEmpty() && !(name.front() >= '0' && name.front() <= '9')
        && std::all_of(name.begin(), name.end(), isPart);
}

/// What cmd.exe does before the program gets its line.
class CmdSplitter
{
public:
    explicit CmdSplitter(QByteArrayView text)
        : m_text(text)
        , m_isBatch(text.trimmed()
                        .first(std::min(text.trimmed().size(), qsizetype(9)))
                        .toByteArray()
                        .toLower()
                    == "@echo off")
    { }

    QList<CommandLine> split()
    {
        while (m_at < m_text.size() && !m_current.problem)
            step(m_text[m_at]);
        if (m_inQuotes && !m_current.problem)
            fail(ImportRefusal::OpenQuote, m_quoteAt, u"\""_s);
        end();
        return std::move(m_commands);
    }

private:
    [[nodiscard]] bool atLineEnd(qsizetype at) const
    {
        return at < m_text.size()
            && (m_text[at] == '\n'
                || (m_text[at] == '\r' && at + 1 < m_text.size() && m_text[at + 1] == '\n'));
    }
    void skipLineEnd()
    {
        m_at += m_text[m_at] == '\r' ? 2 : 1;
        ++m_line;
    }
    void fail(ImportRefusal why, qsizetype place, const QString &subject)
    {
        const TextPlace where = placeIn(m_text, place);
        m_current.problem = CommandProblem{why, subject, where.line, where.column};
    }

    void end()
    {
        m_current.words = windowsArguments(m_plain);
        const bool isEmpty = m_current.words.isEmpty() && !m_current.problem;
        const bool isSetUp = !m_current.words.isEmpty()
            && (m_current.words.first().toLower() == "@echo"
                || m_current.words.first().toLower() == "chcp"
                || m_current.words.first().toLower() == "@chcp"
                || m_current.words.first().toLower() == "rem");
        if (!isEmpty && (!isSetUp || m_current.problem))
            m_commands.append(std::move(m_current));
        m_current = CommandLine();
        m_current.line = m_line;
        m_plain.clear();
        m_inQuotes = false;
        if (m_commands.size() == MostCommands)
            fail(ImportRefusal::TooMany, m_at, {});
    }

    void step(char c)
    {
        if (atLineEnd(m_at)) {
            if (m_inQuotes && m_isBatch) {
                fail(ImportRefusal::OpenQuote, m_quoteAt, u"\""_s);
                return;
            }
            stepLineEnd();
        } else if (c == '%') {
            readPercent();
        } else if (c == '^' && !m_inQuotes) {
            readCaret();
        } else if (!m_inQuotes && QByteArrayView("&|<>").contains(c)) {
            readCmdOperator(c);
        } else {
            if (c == '"') {
                m_inQuotes = !m_inQuotes;
                m_quoteAt = m_at;
            }
            m_plain += c;
            ++m_at;
        }
    }

    /// A prompt would take each line for a command; people paste quoted text of several
    /// lines nevertheless, and mean it.
    void stepLineEnd()
    {
        if (m_inQuotes) {
            m_plain += '\n';
            skipLineEnd();
            return;
        }
        skipLineEnd();
        end();
    }

    /// The next character loses its meaning; an end of line, and that of the one behind it.
    void readCaret()
    {
        ++m_at;
        if (m_at < m_text.size() && atLineEnd(m_at)) {
            skipLineEnd();
            if (m_at < m_text.size() && atLineEnd(m_at)) {
                m_plain += '\n';
                skipLineEnd();
                return;
            }
        }
        if (m_at < m_text.size() && m_text[m_at] != '%' && !atLineEnd(m_at))
            m_plain += m_text[m_at++];
    }

    /// %NAME% is looked up before anything else; `%^NAME%` is what programs write to avoid it.
    void readPercent()
    {
        if (m_isBatch && m_at + 1 < m_text.size() && m_text[m_at + 1] == '%') {
            m_plain += '%';
            m_at += 2;
            return;
        }
        constexpr qsizetype longestName = 255;
        const qsizetype close = m_text.sliced(m_at + 1)
                                    .first(std::min(longestName, m_text.size() - m_at - 1))
                                    .indexOf('%');
        const QByteArrayView name = close < 0 ? QByteArrayView() : m_text.sliced(m_at + 1, close);
        if (isCmdName(name)) {
            m_plain += "{{" + name.toByteArray() + "}}";
            m_current.variables.append(QString::fromLatin1(name));
            m_at += name.size() + 2;
            return;
        }
        m_plain += '%';
        ++m_at;
    }

    void readCmdOperator(char c)
    {
        const bool isDouble = m_at + 1 < m_text.size() && m_text[m_at + 1] == c;
        if (c == '&' || (c == '|' && isDouble)) {
            m_at += isDouble ? 2 : 1;
            end();
        } else if (c == '|') {
            ++m_at;
            m_current.pipesOn = true;
            end();
        } else if (m_plain.toLower().contains("chcp")) { // > nul
            while (m_at < m_text.size() && !atLineEnd(m_at))
                ++m_at;
        } else {
            fail(ImportRefusal::Operator, m_at, QString(QLatin1Char(c)));
        }
    }

    QByteArrayView m_text;
    bool m_isBatch;
    qsizetype m_at = 0;
    int m_line = 1;
    bool m_inQuotes = false;
    qsizetype m_quoteAt = 0;
    QByteArray m_plain;
    CommandLine m_current;
    QList<CommandLine> m_commands;
};

/// One argument's worth of the C runtime's rules.
class ArgumentReader
{
public:
    explicit ArgumentReader(QByteArrayView line)
        : m_line(line)
    { }

    QList<QByteArray> read()
    {
        while (m_at < m_line.size()) {
            const char c = m_line[m_at];
            if (!m_quoted && (c == ' ' || c == '\t')) {
                finish();
                ++m_at;
            } else if (c == '\\') {
                readBackslashes();
            } else if (c == '"') {
                readQuote();
            } else {
                m_word += c;
                m_hasWord = true;
                ++m_at;
            }
        }
        finish();
        return m_words;
    }

private:
    void finish()
    {
        if (m_hasWord)
            m_words.append(m_word);
        m_word.clear();
        m_hasWord = false;
    }

    /// 2n before a quote are n and the quote; 2n+1 are n and a quote that is text.
    void readBackslashes()
    {
        qsizetype count = 0;
        while (m_at < m_line.size() && m_line[m_at] == '\\') {
            ++count;
            ++m_at;
        }
        m_hasWord = true;
        const bool beforeQuote = m_at < m_line.size() && m_line[m_at] == '"';
        m_word += QByteArray(beforeQuote ? count / 2 : count, '\\');
        if (beforeQuote && count % 2 == 1) {
            m_word += '"';
            ++m_at;
        }
    }

    void readQuote()
    {
        m_hasWord = true;
        const bool isDoubled = m_quoted && m_at + 1 < m_line.size() && m_line[m_at + 1] == '"';
        if (isDoubled) {
            m_word += '"';
            m_at += 2;
            return;
        }
        m_quoted = !m_quoted;
        ++m_at;
    }

    QByteArrayView m_line;
    qsizetype m_at = 0;
    bool m_quoted = false;
    bool m_hasWord = false;
    QByteArray m_word;
    QList<QByteArray> m_words;
};

} // namespace

QList<QByteArray> windowsArguments(QByteArrayView line)
{
    return ArgumentReader(line).read();
}

QList<CommandLine> splitCmdCommands(QByteArrayView text)
{
    return CmdSplitter(text).split();
}

} // namespace icebreaker
