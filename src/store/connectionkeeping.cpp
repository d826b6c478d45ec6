#include "store/connectionkeeping.h"

#include "core/json.h"
#include "core/jsonmembers.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

JsonValue chainJson(const QList<CertificateFacts> &chain)
{
    JsonArray list;
    for (const CertificateFacts &each : chain) {
        JsonObject one;
        one.set(u"subject"_s, each.subject);
        one.set(u"issuer"_s, each.issuer);
        one.set(u"sha256"_s, QString::fromLatin1(each.sha256));
        one.set(u"from"_s, each.validFrom.toString(Qt::ISODate));
        one.set(u"until"_s, each.validUntil.toString(Qt::ISODate));
        list.emplace_back(one);
    }
    return list;
}

CertificateFacts certificateFrom(const JsonObject &one)
{
    const auto moment = [&one](QStringView name) {
        return QDateTime::fromString(memberString(one, name), Qt::ISODate).toUTC();
    };
    return {memberString(one, u"subject"), memberString(one, u"issuer"),
            memberString(one, u"sha256").toLatin1(), moment(u"from"), moment(u"until")};
}

TrustAnchor anchorFrom(const QString &number)
{
    const int value = number.toInt();
    const bool isKnown = value >= static_cast<int>(TrustAnchor::Unknown)
        && value <= static_cast<int>(TrustAnchor::NotTrusted);
    return isKnown ? static_cast<TrustAnchor>(value) : TrustAnchor::Unknown;
}

} // namespace

QByteArray toBytes(const ConnectionFacts &facts)
{
    JsonObject kept;
    kept.set(u"tls"_s, facts.tlsVersion);
    kept.set(u"cipher"_s, facts.cipher);
    kept.set(u"http2"_s, facts.http2);
    kept.set(u"anchor"_s, JsonValue::number(static_cast<int>(facts.anchor)));
    JsonArray errors;
    for (const QString &error : facts.tlsErrors)
        errors.emplace_back(error);
    kept.set(u"errors"_s, errors);
    kept.set(u"chain"_s, chainJson(facts.chain));
    return toJson(kept, JsonStyle::Compact);
}

std::optional<ConnectionFacts> connectionFromBytes(const QByteArray &bytes)
{
    const auto value = parseJson(bytes);
    const JsonObject *kept = value ? value->object() : nullptr;
    if (kept == nullptr)
        return std::nullopt;
    ConnectionFacts facts;
    facts.tlsVersion = memberString(*kept, u"tls");
    facts.cipher = memberString(*kept, u"cipher");
    facts.anchor = anchorFrom(memberString(*kept, u"anchor"));
    const JsonValue *http2 = kept->find(u"http2");
    facts.http2 = http2 != nullptr && http2->boolean() != nullptr && *http2->boolean();
    if (const JsonArray *errors = memberArray(*kept, u"errors")) {
        for (const JsonValue &error : *errors) {
            if (const QString *text = error.string())
                facts.tlsErrors.append(*text);
        }
    }
    if (const JsonArray *chain = memberArray(*kept, u"chain")) {
        for (const JsonValue &each : *chain) {
            if (const JsonObject *one = each.object())
                facts.chain.append(certificateFrom(*one));
        }
    }
    return facts;
}

Result<void> keepConnection(const SqliteConnection &connection, const QString &sendId,
                            const std::optional<ConnectionFacts> &facts)
{
    if (!facts)
        return {};
    const QByteArray bytes = toBytes(*facts);
    return connection
        .execute(u"INSERT OR IGNORE INTO connection_facts (kept) VALUES (?)"_s, {bytes})
        .and_then([&] {
            return connection.execute(
                u"INSERT OR REPLACE INTO connection (id, kept)"
                " SELECT s.id, CAST('{\"facts\":' || f.id || '}' AS BLOB)"
                " FROM send s, connection_facts f WHERE s.send_id = ? AND f.kept = ?"_s,
                {sendId, bytes});
        });
}

Result<std::optional<ConnectionFacts>> readConnection(const SqliteConnection &connection,
                                                      qint64 row)
{
    return connection
        .value(u"SELECT f.kept FROM connection c JOIN connection_facts f"
               " ON f.id = json_extract(CAST(c.kept AS TEXT), '$.facts') WHERE c.id = ?"_s,
               {row})
        .map([](const QVariant &kept) { return connectionFromBytes(kept.toByteArray()); });
}

} // namespace icebreaker
