#include "core/json.h"
#include "secrets/cleankey.h"
#include "secrets/jwt.h"

#include <QTest>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Keys are made here and checked with OpenSSL's own verification.
class TestJwt : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void thePublicKeyVerifiesTheToken();
    void aChangedTokenIsNotVerified();
    void theTokenSaysWhatVonageWants();
    void everyFormOfAPemGivesTheSameKey_data();
    void everyFormOfAPemGivesTheSameKey();
    void whatIsNoPrivateKeyIsRefused_data();
    void whatIsNoPrivateKeyIsRefused();
    void theVaultTakesThePackedKey();
    void invalidClaimsAreRefused();

private:
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

    static Key makeKey(int bits)
    {
        return {EVP_RSA_gen(static_cast<unsigned>(bits)), &EVP_PKEY_free};
    }
    template <typename Write>
    static QByteArray written(Write write)
    {
        const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
        if (write(bio.get()) != 1)
            qFatal("OpenSSL cannot write");
        char *data = nullptr;
        const auto size = BIO_get_mem_data(bio.get(), &data);
        return {data, static_cast<qsizetype>(size)};
    }
    static QByteArray pkcs8(EVP_PKEY *key)
    {
        return written([key](BIO *bio) {
            return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
        });
    }
    static QByteArray traditional(EVP_PKEY *key)
    {
        return written([key](BIO *bio) {
            return PEM_write_bio_PrivateKey_traditional(bio, key, nullptr, nullptr, 0, nullptr,
                                                        nullptr);
        });
    }
    [[nodiscard]] bool verifies(const QByteArray &token) const
    {
        const auto dot = token.lastIndexOf('.');
        const QByteArray text = token.first(dot);
        const QByteArray sign =
            QByteArray::fromBase64(token.sliced(dot + 1), QByteArray::Base64UrlEncoding);
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              &EVP_MD_CTX_free);
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get());
        return EVP_DigestVerify(context.get(),
                                reinterpret_cast<const unsigned char *>(sign.constData()),
                                static_cast<std::size_t>(sign.size()),
                                reinterpret_cast<const unsigned char *>(text.constData()),
                                static_cast<std::size_t>(text.size()))
            == 1;
    }
    [[nodiscard]] static JwtClaims claims()
    {
        return {u"aaaaaaaa-bbbb-cccc-dddd-0123456789ab"_s,
                QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC), 300s, u"unique"_s};
    }
    static JsonObject decoded(const QByteArray &part)
    {
        return *parseJson(QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding))->object();
    }

    Key m_key{nullptr, &EVP_PKEY_free};
    QByteArray m_packed;
};

void TestJwt::initTestCase()
{
    m_key = makeKey(2048);
    const auto packed = packedPrivateKey(pkcs8(m_key.get()));
    QVERIFY(packed.has_value());
    m_packed = *packed;
}

void TestJwt::thePublicKeyVerifiesTheToken()
{
    const auto token = signedJwt(m_packed, claims());
    QVERIFY(token.has_value());
    QCOMPARE(token->count('.'), 2);
    QVERIFY(!token->contains('=') && !token->contains('+') && !token->contains('/'));
    QVERIFY(verifies(*token));
}

void TestJwt::aChangedTokenIsNotVerified()
{
    QByteArray token = signedJwt(m_packed, claims()).value();
    token[token.indexOf('.') + 3] = token.at(token.indexOf('.') + 3) == 'A' ? 'B' : 'A';
    QVERIFY(!verifies(token));
    const Key other = makeKey(2048);
    const auto foreign = signedJwt(packedPrivateKey(pkcs8(other.get())).value(), claims());
    QVERIFY(!verifies(foreign.value()));
}

void TestJwt::theTokenSaysWhatVonageWants()
{
    const QByteArrayList parts = signedJwt(m_packed, claims()).value().split('.');
    const JsonObject head = decoded(parts.at(0));
    QCOMPARE(*head.find(u"alg")->string(), u"RS256"_s);
    QCOMPARE(*head.find(u"typ")->string(), u"JWT"_s);
    const JsonObject body = decoded(parts.at(1));
    QCOMPARE(*body.find(u"application_id")->string(), claims().applicationId);
    QCOMPARE(body.find(u"iat")->number()->text, QByteArray("1700000000"));
    QCOMPARE(body.find(u"exp")->number()->text, QByteArray("1700000300"));
    QCOMPARE(*body.find(u"jti")->string(), u"unique"_s);
}

void TestJwt::everyFormOfAPemGivesTheSameKey_data()
{
    QTest::addColumn<QByteArray>("pem");
    const QByteArray pem = pkcs8(m_key.get());
    QTest::newRow("PKCS #8") << pem;
    QTest::newRow("PKCS #1") << traditional(m_key.get());
    QTest::newRow("Windows lines") << QByteArray(pem).replace("\n", "\r\n");
    QTest::newRow("one line") << QByteArray(pem).replace("\n", " ");
    QTest::newRow("as in JSON") << QByteArray(pem).replace("\n", "\\n");
    QTest::newRow("words around it") << "private key:\n" + pem + "\nkeep it safe";
}

void TestJwt::everyFormOfAPemGivesTheSameKey()
{
    QFETCH(const QByteArray, pem);
    const auto packed = packedPrivateKey(pem);
    QVERIFY(packed.has_value());
    QCOMPARE(*packed, m_packed);
}

void TestJwt::whatIsNoPrivateKeyIsRefused_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("hello");
    QTest::newRow("public") << written(
        [this](BIO *bio) { return PEM_write_bio_PUBKEY(bio, m_key.get()); });
    QTest::newRow("encrypted") << written([this](BIO *bio) {
        return PEM_write_bio_PrivateKey(bio, m_key.get(), EVP_aes_128_cbc(), nullptr, 0, nullptr,
                                        const_cast<char *>("secret"));
    });
    QTest::newRow("too small") << pkcs8(makeKey(1024).get());
    const Key curve(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    QTest::newRow("of another kind") << pkcs8(curve.get());
    QTest::newRow("cut") << pkcs8(m_key.get()).first(700) + "\n-----END PRIVATE KEY-----\n";
    QTest::newRow("no end") << pkcs8(m_key.get()).first(700);
}

void TestJwt::whatIsNoPrivateKeyIsRefused()
{
    QFETCH(const QByteArray, pem);
    const auto packed = packedPrivateKey(pem);
    QVERIFY(!packed.has_value());
    QCOMPARE(packed.error().kind, ErrorKind::InvalidInput);
    QVERIFY(pem.size() < 20
            || !packed.error().detail.contains(QString::fromLatin1(pem.mid(40, 20))));
}

void TestJwt::theVaultTakesThePackedKey()
{
    QCOMPARE(cleanKey(m_packed).value(), m_packed);
    const Key large = makeKey(4096);
    const auto packed = packedPrivateKey(pkcs8(large.get()));
    QVERIFY(packed.has_value());
    QCOMPARE(cleanKey(*packed).value(), *packed);
}

void TestJwt::invalidClaimsAreRefused()
{
    const auto refused = [this](JwtClaims changed) {
        const auto token = signedJwt(m_packed, changed);
        return !token && token.error().kind == ErrorKind::InvalidInput;
    };
    JwtClaims changed = claims();
    changed.applicationId.clear();
    QVERIFY(refused(changed));
    changed = claims();
    changed.id.clear();
    QVERIFY(refused(changed));
    changed = claims();
    changed.issuedAt = {};
    QVERIFY(refused(changed));
    for (const auto lifetime : {0s, -1s, std::chrono::seconds(24h + 1s)}) {
        changed = claims();
        changed.lifetime = lifetime;
        QVERIFY(refused(changed));
    }
    QCOMPARE(signedJwt("nonsense", claims()).error().kind, ErrorKind::InvalidInput);
}

QTEST_APPLESS_MAIN(TestJwt)
#include "tst_jwt.moc"
