#pragma once

#include "core/endpoint.h"

#include <QCoreApplication>
#include <QString>

namespace icebreaker {

[[nodiscard]] inline QString regionText(Region region)
{
    switch (region) {
    case Region::Eu: return QCoreApplication::translate("Regions", "EU");
    case Region::Us: return QCoreApplication::translate("Regions", "US");
    case Region::Sandbox: return QCoreApplication::translate("Regions", "Sandbox");
    case Region::Custom: break;
    }
    return QCoreApplication::translate("Regions", "Custom");
}

} // namespace icebreaker
