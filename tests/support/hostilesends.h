#pragma once

#include "core/json.h"
#include "share/bundle.h"
#include "support/secretforms.h"

#include <QRandomGenerator>
#include <QUuid>

/// Sends as nobody would wish for, for tests of what leaves.
namespace icebreaker::test {

/// What must not be found in anything.
struct Planted {
    QByteArray key;
    QByteArray inboxSecret;
    QStringList numbers; ///< Digits.
    QStringList values; ///< Of parameters.
};

class HostileSends
{
public:
    explicit HostileSends(quint32 seed)
        : m_random(seed)
    {
        m_planted.key = token(16 + m_random.bounded(40));
        m_planted.inboxSecret = token(16);
        for (int i = 0; i < 4; ++i)
            m_planted.numbers.append(
                u"4479%1"_s.arg(m_random.bounded(100'000'000), 8, 10, QLatin1Char('0')));
        for (int i = 0; i < 3; ++i)
            m_planted.values.append(u"Zq%1 Vx%2"_s.arg(QString::fromLatin1(token(8)))
                                        .arg(m_random.bounded(1000), 3, 10, QLatin1Char('7')));
        m_forms = secretForms(m_planted.key) + secretForms(m_planted.inboxSecret);
    }

    [[nodiscard]] const Planted &planted() const { return m_planted; }

    [[nodiscard]] BundleInput bundle()
    {
        BundleInput input;
        input.madeAt = QDateTime(QDate(2026, 11, 23), QTime(8, 0), Qt::UTC);
        for (int i = 1 + m_random.bounded(3); i > 0; --i) {
            const SendRecord record = send();
            QList<KeptEvent> &events = input.events[record.claim.sendId];
            for (int j = m_random.bounded(3); j > 0; --j)
                events.append(event(record));
            input.sends.append(record);
        }
        if (m_random.bounded(2) == 0)
            input.diagnosis = text();
        input.settings = {{u"profile"_s, text()}};
        return input;
    }

private:
    /// Letters and digits, with at least one of each.
    [[nodiscard]] QByteArray token(int length)
    {
        static const QByteArray characters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
        QByteArray token;
        for (int i = 0; i < length; ++i)
            token += i % 4 == 3 ? static_cast<char>('0' + m_random.bounded(10))
                                : characters.at(m_random.bounded(characters.size()));
        return token;
    }

    [[nodiscard]] QString fragment()
    {
        static const QStringList fragments{u"<script>alert(1)</script>"_s,
                                           u"<img src=http://evil.example/x onerror=x()>"_s,
                                           u"]]>"_s,
                                           u"<!--"_s,
                                           u"&lt;&amp;&#0;&nosuch;"_s,
                                           u"=HYPERLINK(\"http://evil\")"_s,
                                           u"@SUM(1)|cmd"_s,
                                           u"```\n# heading\n| a | b |"_s,
                                           u"[l](javascript:x)"_s,
                                           QString(QChar(0)),
                                           QString(QChar(0xd800)),
                                           QString(QChar(0xffff)),
                                           u"\u202e\u2066"_s,
                                           u"\u001b[2J"_s,
                                           u"\r\n"_s,
                                           u"\\"_s,
                                           u"\""_s,
                                           u"%"_s,
                                           u"%1 %2 %3"_s,
                                           u"\\u00"_s,
                                           u"{{to}}"_s,
                                           u"\U0001F600"_s,
                                           u"שלום"_s,
                                           u"' OR 1=1 --"_s,
                                           u"../../etc/passwd"_s,
                                           u"</pre></body></html>"_s,
                                           u"<?xml version='1.0'?>"_s,
                                           u"<![CDATA["_s,
                                           u" "_s,
                                           u"x"_s.repeated(300),
                                           u"{\"a\":[1,{\"b\":null}]}"_s};
        return fragments.at(m_random.bounded(fragments.size()));
    }

    /// Secrets in any form with noise around them. A line break keeps them from the noise,
    /// which could make another text of them.
    [[nodiscard]] QString text()
    {
        QString text;
        for (int i = m_random.bounded(4); i > 0; --i)
            text += fragment();
        switch (m_random.bounded(4)) {
        case 0: text += u'\n' + m_forms.at(m_random.bounded(m_forms.size())).text + u'\n'; break;
        case 1: text += u'\n' + number() + u'\n'; break;
        case 2: text += u'\n' + m_planted.values.at(m_random.bounded(3)) + u'\n'; break;
        default: break;
        }
        for (int i = m_random.bounded(3); i > 0; --i)
            text += fragment();
        return text;
    }

    [[nodiscard]] QString number()
    {
        const QString digits = m_planted.numbers.at(m_random.bounded(4));
        const QString spaced = u"+44 "_s + digits.mid(2, 4) + u' ' + digits.mid(6);
        switch (m_random.bounded(5)) {
        case 0: return u'+' + digits;
        case 1: return spaced;
        case 2: return u"00"_s + digits;
        case 3: return u"%2B"_s + digits;
        default: return digits;
        }
    }

    [[nodiscard]] QByteArray bytes()
    {
        QByteArray bytes = text().toUtf8();
        if (m_random.bounded(4) == 0)
            bytes += "\xff\xfe\x80\xc0";
        return bytes;
    }

    [[nodiscard]] QByteArray body()
    {
        JsonArray parameters;
        JsonArray session;
        for (const QString &value : m_planted.values) {
            parameters.emplace_back(JsonObject{{{u"type"_s, u"text"_s}, {u"text"_s, value}}});
            session.emplace_back(JsonObject{{{u"name"_s, text()}, {u"value"_s, value}}});
        }
        const JsonObject component{{{u"type"_s, u"body"_s}, {u"parameters"_s, parameters}}};
        const JsonObject request{{{u"to"_s, number()},
                                  {u"template"_s, text()},
                                  {u"components"_s, JsonArray{component}},
                                  {u"session_parameters"_s, session},
                                  {u"status_url"_s,
                                   u"https://in.example/%1/s/%2"_s.arg(
                                       QString::fromLatin1(m_planted.inboxSecret), newUuid())},
                                  {text(), JsonArray{text(), JsonObject{{{text(), text()}}}}}}};
        return toJson(request, JsonStyle::Compact);
    }

    [[nodiscard]] QString newUuid()
    {
        QByteArray bytes;
        for (int i = 0; i < 16; ++i)
            bytes += static_cast<char>(m_random.bounded(256));
        return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
    }

    [[nodiscard]] SendRecord send()
    {
        SendRecord record;
        Claim &claim = record.claim;
        claim.sendId = newUuid();
        claim.claimedAt = QDateTime::fromMSecsSinceEpoch(
            1'790'000'000'000 + m_random.bounded(100'000'000), Qt::UTC);
        claim.profile = text();
        claim.region = u"eu"_s;
        claim.url = QUrl(u"https://h.example/messaging/conversation?k="_s + text());
        claim.lane = text();
        claim.body = body();
        // A send goes to a number: that is what makes it known.
        claim.to = m_planted.numbers.at(m_random.bounded(4));
        claim.agentId = text();
        claim.templateName = text();
        claim.locale = text();
        claim.channel = u"whatsapp"_s;
        record.outcome = static_cast<Outcome>(1 + m_random.bounded(6));
        record.answer.status = m_random.bounded(600);
        record.answer.reason = bytes();
        record.answer.headers = {{"Content-Type", bytes()},
                                 {bytes(), bytes()},
                                 {"X-Echo", "X-Vgai-Key: " + m_planted.key}};
        record.answer.body =
            m_random.bounded(2) == 0 ? body().chopped(m_random.bounded(2)) : bytes();
        record.answer.problemDetail = text();
        record.note = text();
        record.deliveryError = text();
        return record;
    }

    [[nodiscard]] KeptEvent event(const SendRecord &of)
    {
        KeptEvent event;
        const JsonObject raw{
            {{u"to"_s, of.claim.to},
             {u"status"_s, m_random.bounded(2) == 0 ? u"delivered"_s : text()},
             {u"message_uuid"_s, text()},
             {u"error"_s, JsonObject{{{u"title"_s, text()}, {u"detail"_s, text()}}}}}};
        event.event = parseStatusEvent(toJson(raw, JsonStyle::Compact));
        event.event.raw = m_random.bounded(8) == 0 ? bytes() : toJson(raw, JsonStyle::Compact);
        event.event.sendId = of.claim.sendId;
        event.event.arrivedAt = of.claim.claimedAt.addSecs(2);
        event.match = EventMatch::Path;
        return event;
    }

    QRandomGenerator m_random;
    Planted m_planted;
    QList<SecretForm> m_forms;
};

} // namespace icebreaker::test
