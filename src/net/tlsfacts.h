#pragma once

#include "core/connectionfacts.h"

#include <QList>
#include <QSslCertificate>

class QSslConfiguration;

namespace icebreaker {

/// What a connection with @p used as its configuration showed. Its trust is not decided here.
[[nodiscard]] ConnectionFacts connectionFacts(const QSslConfiguration &used);

[[nodiscard]] CertificateFacts certificateFacts(const QSslCertificate &certificate);

/// What made the system, and so Qt, trust @p chain: one of @p added, or else the system.
/// Only for a chain that was trusted.
[[nodiscard]] TrustAnchor anchorOf(const QList<CertificateFacts> &chain,
                                   const QList<CertificateFacts> &added);

/// The same certificates, if the chain has or ends in one of @p authorities.
[[nodiscard]] bool endsInOneOf(const QList<CertificateFacts> &chain,
                               const QList<CertificateFacts> &authorities);

} // namespace icebreaker
