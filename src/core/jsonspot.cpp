#include "core/jsonoutline.h"

#include <algorithm>
#include <optional>

namespace icebreaker {

namespace {

/// Follows an unfinished document up to its end without minding its mistakes.
class SpotReader
{
public:
    explicit SpotReader(QByteArrayView text)
        : m_text(text)
    { }

    JsonSpot read()
    {
        while (m_at < m_text.size() && !m_spot)
            step();
        return m_spot ? *m_spot : spotAt(wordBegin(), false);
    }

private:
    struct Level {
        bool isObject = false;
        bool hasName = false; ///< The member's name was read, its value was not.
        bool hasValue = false; ///< No comma since the last value.
        QString name;
        QStringList names;
    };

    void step()
    {
        const char c = m_text.at(m_at);
        switch (c) {
        case '{':
        case '[':
            m_levels.push_back({c == '{', false, false, {}, {}});
            ++m_at;
            break;
        case '}':
        case ']':
            if (!m_levels.empty())
                m_levels.pop_back();
            noteValue();
            ++m_at;
            break;
        case ',':
            if (!m_levels.empty())
                m_levels.back().hasName = m_levels.back().hasValue = false;
            ++m_at;
            break;
        case '"': readQuoted(); break;
        case ':':
        case ' ':
        case '\t':
        case '\n':
        case '\r': ++m_at; break;
        default: readBare();
        }
    }

    void noteValue()
    {
        if (!m_levels.empty())
            m_levels.back().hasValue = true;
    }

    void readQuoted()
    {
        const qsizetype begin = ++m_at;
        while (m_at < m_text.size() && m_text.at(m_at) != '"' && m_text.at(m_at) != '\n')
            m_at += m_text.at(m_at) == '\\' ? 2 : 1;
        if (m_at >= m_text.size()) {
            m_spot = spotAt(begin, true);
            return;
        }
        const QString text = QString::fromUtf8(m_text.sliced(begin, m_at - begin));
        ++m_at;
        if (m_levels.empty())
            return;
        Level &level = m_levels.back();
        if (level.isObject && !level.hasName) {
            level.hasName = true;
            level.name = text;
            level.names.append(text);
        } else {
            level.hasValue = true;
        }
    }

    void readBare()
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size()
               && QByteArrayView("{}[],:\" \t\r\n").indexOf(m_text.at(m_at)) < 0)
            ++m_at;
        if (m_at < m_text.size())
            noteValue();
        else
            m_spot = spotAt(begin, false);
    }

    [[nodiscard]] qsizetype wordBegin() const { return m_text.size(); }

    [[nodiscard]] JsonSpot spotAt(qsizetype begin, bool quoted) const
    {
        JsonSpot spot;
        spot.begin = begin;
        spot.quoted = quoted;
        if (m_levels.empty())
            return spot;
        for (std::size_t i = 0; i + 1 < m_levels.size(); ++i)
            spot.path.append(m_levels[i].isObject ? m_levels[i].name : QString());
        const Level &level = m_levels.back();
        if (level.hasValue)
            return spot;
        if (level.isObject && !level.hasName) {
            spot.place = JsonSpot::Place::Name;
            spot.siblings = level.names;
            return spot;
        }
        if (level.isObject && !colonBefore(quoted ? begin - 1 : begin))
            return spot; // behind a name
        spot.place = JsonSpot::Place::Value;
        spot.path.append(level.isObject ? level.name : QString());
        return spot;
    }

    [[nodiscard]] bool colonBefore(qsizetype at) const
    {
        while (at > 0 && QByteArrayView(" \t\r\n").indexOf(m_text.at(at - 1)) >= 0)
            --at;
        return at > 0 && m_text.at(at - 1) == ':';
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    std::vector<Level> m_levels;
    std::optional<JsonSpot> m_spot;
};

} // namespace

JsonSpot jsonSpot(QByteArrayView text)
{
    return SpotReader(text).read();
}

} // namespace icebreaker
