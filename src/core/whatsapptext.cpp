#include "core/whatsapptext.h"

#include <QRegularExpression>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// How one code unit is shown.
struct Look {
    bool hidden = false; ///< A sign that formats.
    bool bold = false;
    bool italic = false;
    bool strike = false;
    bool mono = false;
    QString link;
};

class Formatter
{
public:
    explicit Formatter(const QString &text)
        : m_text(text)
        , m_looks(text.size())
    { }

    QList<Look> run()
    {
        // Inside fixed width nothing else counts, so it goes first.
        markMono(u"```"_s, true);
        markMono(u"`"_s, false);
        markLinks();
        markPairs(u'*', &Look::bold);
        markPairs(u'_', &Look::italic);
        markPairs(u'~', &Look::strike);
        return m_looks;
    }

private:
    void markMono(const QString &fence, bool acrossLines)
    {
        const qsizetype width = fence.size();
        qsizetype open = m_text.indexOf(fence);
        while (open >= 0) {
            const qsizetype close = m_text.indexOf(fence, open + width);
            if (close < 0)
                return;
            const QStringView inside =
                QStringView(m_text).sliced(open + width, close - open - width);
            const bool free = !m_looks.at(open).mono && !m_looks.at(open).hidden;
            if (!free || inside.trimmed().isEmpty() || (!acrossLines && inside.contains(u'\n'))) {
                open = m_text.indexOf(fence, open + 1);
                continue;
            }
            for (qsizetype i = open; i < close + width; ++i) {
                m_looks[i].hidden = i < open + width || i >= close;
                m_looks[i].mono = true;
            }
            open = m_text.indexOf(fence, close + width);
        }
    }

    void markLinks()
    {
        static const QRegularExpression pattern(
            u"\\b(?:https?://|www\\.)[^\\s<>\"]*[^\\s<>\"*_~.,;:!?'()\\[\\]]"_s,
            QRegularExpression::CaseInsensitiveOption);
        auto matches = pattern.globalMatch(m_text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            QString link = match.captured();
            if (!link.contains(u"://"_s))
                link.prepend(u"https://"_s);
            for (qsizetype i = match.capturedStart(); i < match.capturedEnd(); ++i) {
                if (!m_looks.at(i).mono)
                    m_looks[i].link = link;
            }
        }
    }

    void markPairs(QChar sign, bool Look::*member)
    {
        qsizetype open = 0;
        while ((open = m_text.indexOf(sign, open)) >= 0) {
            const qsizetype close = opens(open) ? closing(sign, open) : -1;
            if (close < 0) {
                ++open;
                continue;
            }
            m_looks[open].hidden = true;
            m_looks[close].hidden = true;
            for (qsizetype i = open + 1; i < close; ++i)
                m_looks[i].*member = true;
            open = close + 1;
        }
    }

    [[nodiscard]] qsizetype closing(QChar sign, qsizetype open) const
    {
        for (qsizetype i = open + 1; i < m_text.size() && m_text.at(i) != u'\n'; ++i) {
            if (m_text.at(i) == sign && i > open + 1 && closes(i))
                return i;
        }
        return -1;
    }

    [[nodiscard]] bool isWord(qsizetype i) const
    {
        return i >= 0 && i < m_text.size() && m_text.at(i).isLetterOrNumber();
    }
    [[nodiscard]] bool isSpace(qsizetype i) const
    {
        return i < 0 || i >= m_text.size() || m_text.at(i).isSpace();
    }
    [[nodiscard]] bool isUsed(qsizetype i) const
    {
        return m_looks.at(i).mono || m_looks.at(i).hidden || !m_looks.at(i).link.isEmpty();
    }
    [[nodiscard]] bool opens(qsizetype i) const
    {
        return !isUsed(i) && !isWord(i - 1) && !isSpace(i + 1);
    }
    [[nodiscard]] bool closes(qsizetype i) const
    {
        return !isUsed(i) && !isSpace(i - 1) && !isWord(i + 1);
    }

    const QString &m_text;
    QList<Look> m_looks;
};

} // namespace

QList<TextSpan> formatted(const HydratedText &text)
{
    const QList<Look> looks = Formatter(text.text).run();
    QList<TextSpan> spans;
    for (qsizetype i = 0; i < text.text.size(); ++i) {
        const Look &look = looks.at(i);
        if (look.hidden)
            continue;
        TextSpan span{{},        look.bold,        look.italic, look.strike,
                      look.mono, text.marks.at(i), look.link};
        if (!spans.isEmpty()) {
            span.text = spans.last().text;
            if (span == spans.last()) {
                spans.last().text += text.text.at(i);
                continue;
            }
        }
        span.text = text.text.at(i);
        spans.append(span);
    }
    return spans;
}

} // namespace icebreaker
