#pragma once

#include "core/endpoint.h"

#include <QString>
#include <QStringList>

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

/// Profile, agent, limit, how long it takes and what is left out: a line each.
[[nodiscard]] QStringList startDetails(const StartFacts &facts);

/// Asks whether to start on the sandbox, or a server of one's own. What reaches real phones
/// is LiveGuard's to ask about.
[[nodiscard]] bool confirmStart(QWidget *parent, const StartFacts &facts);

} // namespace icebreaker
