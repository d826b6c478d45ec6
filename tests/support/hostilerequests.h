#pragma once

#include "core/outboundrequest.h"

#include <QRandomGenerator>

/// Requests as nobody would wish for, the same for the same seed.
namespace icebreaker::test {

using namespace Qt::StringLiterals;

class HostileRequests
{
public:
    explicit HostileRequests(quint32 seed)
        : m_random(seed)
    { }

    [[nodiscard]] OutboundRequest request()
    {
        OutboundRequest request;
        for (const Field field : {Field::Namespace, Field::Template, Field::Locale, Field::To,
                                  Field::AgentId, Field::StatusUrl})
            request.setText(field, one(3) ? text() : u"plain"_s);
        for (int i = m_random.bounded(4); i > 0; --i)
            request.addParameter({part(), 1, ParameterType::Text, text()});
        for (int i = m_random.bounded(3); i > 0; --i)
            request.addSessionParameter({text(), text()});
        JsonObject root = request.root();
        for (int i = m_random.bounded(4); i > 0; --i)
            root.members.insert(root.members.begin()
                                    + m_random.bounded(static_cast<int>(root.members.size())),
                                {one(4) ? u"to"_s : text(), value(0)}); // also duplicates
        return *OutboundRequest::fromJson(toJson(root, JsonStyle::Compact));
    }

    [[nodiscard]] QString text()
    {
        static const QStringList pieces{u"'"_s,          u"\""_s,
                                        u"\\"_s,         u"\n"_s,
                                        u"\r\n"_s,       u"$(id)"_s,
                                        u"`id`"_s,       u"$HOME"_s,
                                        u"${PATH}"_s,    u"%PATH%"_s,
                                        u"%"_s,          u"100%"_s,
                                        u"^"_s,          u"&"_s,
                                        u"|"_s,          u"<"_s,
                                        u">"_s,          u"!"_s,
                                        u"!!"_s,         u"'@"_s,
                                        u"@'"_s,         u"@/etc/passwd"_s,
                                        u"-X"_s,         u"--next"_s,
                                        u"\U0001F600"_s, u"שלום"_s,
                                        u"𠮷"_s,         u"\u2019"_s,
                                        u"\u201C"_s,     u"\u2028"_s,
                                        u"\t"_s,         u"\x01"_s,
                                        u"\x1b[0m"_s,    u"\x7f"_s,
                                        u"\uFEFF"_s,     u"\\\""_s,
                                        u"\\\\"_s,       u"\\n"_s,
                                        u"'''"_s,        u"\"\"\""_s,
                                        u"${x}"_s,       u"#"_s,
                                        u"###"_s,        u"; rm -rf x"_s,
                                        u"\n###\n"_s,    u"EOF"_s,
                                        u"*"_s,          u"~"_s,
                                        u"(a)"_s,        u"%^PATH%"_s,
                                        u"%%"_s,         u"word"_s,
                                        u"a b"_s,        u" "_s,
                                        u"{x}"_s,        u"</script>"_s,
                                        u"\u00E9"_s,     u"{"_s,
                                        u"=1+1"_s,       u"$env:PATH"_s};
        QString made;
        for (int i = 1 + m_random.bounded(4); i > 0; --i)
            made += pieces.at(m_random.bounded(pieces.size()));
        return made;
    }

private:
    [[nodiscard]] bool one(int of) { return m_random.bounded(of) == 0; }
    [[nodiscard]] Part part() { return one(3) ? Part::Header : one(2) ? Part::Button : Part::Body; }
    [[nodiscard]] JsonValue value(int depth)
    {
        static const QByteArrayList numbers{
            "1.0", "0", "-1", "1e5", "1E+2", "12345678901234567890123", "0.10", "-0.0"};
        switch (m_random.bounded(depth > 3 ? 4 : 6)) {
        case 0: return {};
        case 1: return one(2);
        case 2: return JsonNumber{numbers.at(m_random.bounded(numbers.size()))};
        case 3: return text();
        case 4: {
            JsonArray list;
            for (int i = m_random.bounded(4); i > 0; --i)
                list.push_back(value(depth + 1));
            return list;
        }
        default: break;
        }
        JsonObject object;
        for (int i = m_random.bounded(4); i > 0; --i)
            object.members.emplace_back(text(), value(depth + 1));
        return object;
    }

    QRandomGenerator m_random;
};

} // namespace icebreaker::test
