#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>

namespace icebreaker {

/// The private key of a Vonage application in one line, as the Vault keeps it: its DER
/// (PKCS #8) in base64. From a PEM text as Vonage gives it to download, also if that lost
/// its line breaks on the way. Fails with InvalidInput if it is no private RSA key of 2048
/// bits or more, if it is encrypted, or if it is too long for the Vault; the error never
/// repeats the text.
[[nodiscard]] Result<QByteArray> packedPrivateKey(const QByteArray &pem);

/// What a token says about itself. Vonage's claims: developer.vonage.com, "JSON Web Tokens".
struct JwtClaims {
    QString applicationId;
    QDateTime issuedAt; ///< With its time zone.
    std::chrono::seconds lifetime{300}; ///< 1 s to 24 h; the token may be used until then.
    QString id; ///< Unique for every token.
};

/// A JSON Web Token signed with RS256 (RFC 7519, RFC 7518 section 3.3). @p packedKey is as
/// packedPrivateKey() gives it. Fails with InvalidInput if it is not, or the claims are not
/// valid; with Secrets if OpenSSL cannot sign. Blocks for about a millisecond.
[[nodiscard]] Result<QByteArray> signedJwt(const QByteArray &packedKey, const JwtClaims &claims);

} // namespace icebreaker
