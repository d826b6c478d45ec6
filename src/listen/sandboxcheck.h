#pragma once

#include "core/json.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace icebreaker {

/// What the sandbox reads from a request's body.
struct CheckedBody {
    /// 0 if the body is as documented, else 400 (no JSON object, or a mandatory field
    /// is missing or no text) or 422 (a value that cannot be used).
    int status = 0;
    QStringList problems; ///< One sentence of the server's for each; empty if status is 0.

    QString to;
    QString agentId;
    QString channel;
    QUrl statusUrl;
};

/// Checks a body as the service is documented to
/// (studio.docs.ai.vonage.com/whatsapp/get-started/triggering-an-outbound-whatsapp-virtual-agent
/// and .../sms/get-started/triggering-an-outbound-sms-virtual-agent, 2026-11). Members that
/// are not documented pass: the real one seems to ignore them.
[[nodiscard]] CheckedBody checkSandboxBody(const QByteArray &body);

} // namespace icebreaker
