#pragma once

#include <QByteArray>
#include <QString>

namespace icebreaker {

/// An X-Vgai-Key and the only place that it may be sent to. It has no debug output
/// and no conversion to text on purpose.
struct ApiKey {
    QByteArray bytes;
    QString origin; ///< As origin() in core/endpoint.h gives it.
};

} // namespace icebreaker
