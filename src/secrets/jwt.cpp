#include "secrets/jwt.h"

#include "core/json.h"
#include "secrets/cleankey.h"
#include "secrets/sessionkeys.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// RFC 7518 section 3.3: smaller keys must not be used.
constexpr int SmallestKeyBits = 2048;
constexpr auto LongestLife = 24h;

template <typename T, void (*Free)(T *)>
struct Freed {
    void operator()(T *object) const { Free(object); }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;
using KeyInfo =
    std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freed<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>>;

/// Wipes a secret's bytes when the scope ends.
class Wiped
{
public:
    explicit Wiped(QByteArray &secret)
        : m_secret(secret)
    { }
    ~Wiped() { wipe(m_secret); }
    Q_DISABLE_COPY_MOVE(Wiped)

private:
    QByteArray &m_secret;
};

/// What stands between the lines of dashes, without white space.
QByteArray pemBody(const QByteArray &pem)
{
    const auto begin = pem.indexOf("-----BEGIN ");
    const auto bodyStart = begin < 0 ? -1 : pem.indexOf("-----", begin + 11);
    const auto end = bodyStart < 0 ? -1 : pem.indexOf("-----END ", bodyStart + 5);
    if (end < 0)
        return {};
    QByteArray body;
    body.reserve(end - bodyStart);
    for (auto i = bodyStart + 5; i < end; ++i) {
        const char c = pem.at(i);
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\\')
            body += c;
        else if (c == '\\' && i + 1 < end && pem.at(i + 1) == 'n')
            ++i; // a line break as JSON writes it
    }
    return body;
}

PrivateKey keyFromDer(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData()); // NOLINT: C API
    PrivateKey key(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der.size())));
    if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA
        || EVP_PKEY_get_bits(key.get()) < SmallestKeyBits)
        return nullptr;
    return key;
}

/// The base64 of RFC 7515: without padding, and with letters that URLs like.
QByteArray encoded(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray payload(const JwtClaims &claims)
{
    const qint64 issued = claims.issuedAt.toSecsSinceEpoch();
    JsonObject json;
    json.set(u"application_id"_s, claims.applicationId);
    json.set(u"iat"_s, JsonValue::number(issued));
    json.set(u"exp"_s, JsonValue::number(issued + claims.lifetime.count()));
    json.set(u"jti"_s, claims.id);
    return toJson(json, JsonStyle::Compact);
}

Result<QByteArray> signature(EVP_PKEY *key, const QByteArray &text)
{
    const DigestContext context(EVP_MD_CTX_new());
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.constData()); // NOLINT: C API
    const auto size = static_cast<std::size_t>(text.size());
    std::size_t length = 0;
    if (context == nullptr
        || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1
        || EVP_DigestSign(context.get(), nullptr, &length, bytes, size) != 1)
        return failure(ErrorKind::Secrets, u"OpenSSL cannot sign"_s);
    QByteArray result(static_cast<qsizetype>(length), '\0');
    auto *out = reinterpret_cast<unsigned char *>(result.data()); // NOLINT: C API
    if (EVP_DigestSign(context.get(), out, &length, bytes, size) != 1)
        return failure(ErrorKind::Secrets, u"OpenSSL cannot sign"_s);
    result.truncate(static_cast<qsizetype>(length));
    return result;
}

} // namespace

Result<QByteArray> packedPrivateKey(const QByteArray &pem)
{
    if (pem.contains("ENCRYPTED"))
        return failure(ErrorKind::InvalidInput, u"the private key is encrypted"_s);
    QByteArray body = pemBody(pem);
    const Wiped wipedBody(body);
    QByteArray der = QByteArray::fromBase64(body);
    const Wiped wipedDer(der);
    const PrivateKey key = keyFromDer(der);
    if (key == nullptr)
        return failure(ErrorKind::InvalidInput,
                       u"not a private RSA key of 2048 bits or more in PEM form"_s);
    const KeyInfo info(EVP_PKEY2PKCS8(key.get()));
    const int size = info == nullptr ? 0 : i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr);
    if (size <= 0)
        return failure(ErrorKind::Secrets, u"OpenSSL cannot write the key"_s);
    QByteArray plain(size, '\0');
    const Wiped wipedPlain(plain);
    auto *out = reinterpret_cast<unsigned char *>(plain.data()); // NOLINT: C API
    i2d_PKCS8_PRIV_KEY_INFO(info.get(), &out);
    QByteArray packed = plain.toBase64();
    if (packed.size() > MaxKeyLength)
        return failure(ErrorKind::InvalidInput, u"the private key is too long"_s);
    return packed;
}

Result<QByteArray> signedJwt(const QByteArray &packedKey, const JwtClaims &claims)
{
    if (claims.applicationId.isEmpty() || claims.id.isEmpty() || !claims.issuedAt.isValid()
        || claims.lifetime < 1s || claims.lifetime > LongestLife)
        return failure(ErrorKind::InvalidInput, u"the claims are not valid"_s);
    QByteArray der = QByteArray::fromBase64(packedKey);
    const Wiped wipedDer(der);
    const PrivateKey key = keyFromDer(der);
    if (key == nullptr)
        return failure(ErrorKind::InvalidInput, u"not a packed private key"_s);
    const QByteArray head = R"({"typ":"JWT","alg":"RS256"})";
    const QByteArray text = encoded(head) + '.' + encoded(payload(claims));
    const auto sign = signature(key.get(), text);
    if (!sign)
        return tl::unexpected(sign.error());
    return text + '.' + encoded(*sign);
}

} // namespace icebreaker
