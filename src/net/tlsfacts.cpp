#include "net/tlsfacts.h"

#include <QSslCipher>
#include <QSslConfiguration>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString versionName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2: return u"TLS 1.2"_s;
    case QSsl::TlsV1_3: return u"TLS 1.3"_s;
    default: break; // Qt 6 agrees on nothing older, see QSsl::SecureProtocols
    }
    return {};
}

QString nameOf(const QSslCertificate &certificate, bool issuer)
{
    QStringList parts;
    for (const char *key : std::array{"CN", "O", "OU", "C"}) {
        const QByteArray attribute(key);
        const QStringList values =
            issuer ? certificate.issuerInfo(attribute) : certificate.subjectInfo(attribute);
        for (QString value : values)
            parts.append(QString::fromLatin1(attribute) + u'=' + value.replace(u',', "\\,"_L1));
    }
    return parts.join(", "_L1);
}

} // namespace

CertificateFacts certificateFacts(const QSslCertificate &certificate)
{
    return {nameOf(certificate, false), nameOf(certificate, true),
            certificate.digest(QCryptographicHash::Sha256).toHex(),
            certificate.effectiveDate().toUTC(), certificate.expiryDate().toUTC()};
}

ConnectionFacts connectionFacts(const QSslConfiguration &used)
{
    ConnectionFacts facts;
    const auto chain = used.peerCertificateChain();
    for (const QSslCertificate &certificate : chain)
        facts.chain.append(certificateFacts(certificate));
    if (!used.sessionCipher().isNull()) {
        facts.cipher = used.sessionCipher().name();
        facts.tlsVersion = versionName(used.sessionProtocol());
    }
    return facts;
}

bool endsInOneOf(const QList<CertificateFacts> &chain, const QList<CertificateFacts> &authorities)
{
    return std::any_of(authorities.begin(), authorities.end(), [&chain](const auto &authority) {
        return std::any_of(chain.begin(), chain.end(), [&authority](const auto &each) {
            return each.sha256 == authority.sha256 || each.issuer == authority.subject;
        });
    });
}

TrustAnchor anchorOf(const QList<CertificateFacts> &chain, const QList<CertificateFacts> &added)
{
    return endsInOneOf(chain, added) ? TrustAnchor::Added : TrustAnchor::System;
}

} // namespace icebreaker
