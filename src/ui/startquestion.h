#pragma once

#include "core/endpoint.h"

#include <QString>

class QWidget;

namespace icebreaker {

/// What a start would do, for the question before it.
struct StartFacts {
    QString name;
    qint64 sends = 0;
    qint64 people = 0;
    qint64 leftOut = 0;
    QString profile;
    Region region = Region::Sandbox;
    QString host; ///< Of a custom endpoint.
    QString agentId;
    int limit = 1;
    int profileLimit = 1;
};

/// Asks whether to start. Reaching real phones takes more than pressing Return.
[[nodiscard]] bool confirmStart(QWidget *parent, const StartFacts &facts);

} // namespace icebreaker
