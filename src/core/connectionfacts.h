#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// One certificate as the server showed it. Names are those of whoever issued it: they say
/// who it claims to be, not that it is.
struct CertificateFacts {
    QString subject; ///< "CN=…, O=…, C=…", what is there of it.
    QString issuer; ///< The same of whoever signed it.
    QByteArray sha256; ///< Of the whole certificate, in lower-case hexadecimal digits.
    QDateTime validFrom; ///< UTC.
    QDateTime validUntil; ///< UTC.

    friend bool operator==(const CertificateFacts &, const CertificateFacts &) = default;
};

/// Why a certificate chain was trusted, or that it was not. The numbers are stored in the
/// journal: only add.
enum class TrustAnchor {
    Unknown = 0, ///< The connection ended before that was decided.
    System = 1, ///< It ends in a certificate authority that the system trusts.
    Added = 2, ///< It ends in one that was added to Icebreaker.
    NotTrusted = 3, ///< See `tlsErrors`; nothing was sent.
};

/// What a TLS connection showed of itself: what Qt 6.4 tells. It does not tell which address
/// answered, nor whether HTTP/1.1 or HTTP/1.0 was spoken. Holds no secret and nothing of the
/// request, so that a million sends over the same few servers share a few of these.
struct ConnectionFacts {
    QString tlsVersion; ///< "TLS 1.3"; empty if none was agreed on.
    QString cipher; ///< As OpenSSL calls it; empty if none was agreed on.
    QList<CertificateFacts>
        chain; ///< As the server sent it, its own first; mostly without the root.
    TrustAnchor anchor = TrustAnchor::Unknown;
    QStringList tlsErrors; ///< Technical, in English; what is wrong with the chain.
    bool http2 = false; ///< Else HTTP/1.

    friend bool operator==(const ConnectionFacts &, const ConnectionFacts &) = default;
};

/// "Amazon" of "CN=Amazon RSA 2048 M01, O=Amazon, C=US": who signed a certificate, for
/// people. The common name if there is no organisation; the whole text if there is neither.
[[nodiscard]] QString signerName(const QString &issuer);
/// "studio-api-eu.ai.vonage.com" of a subject; the whole text if it has no common name.
[[nodiscard]] QString commonName(const QString &subject);

} // namespace icebreaker
