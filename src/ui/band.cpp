#include "ui/band.h"

#include "ui/regionwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Band)
};

} // namespace

Band bandFor(const Profile &profile, Region region, const QUrl &base)
{
    if (region == Region::Sandbox)
        return {u"sandbox"_s,
                Words::tr("Sandbox: nothing leaves this computer. Choose a live profile to reach "
                          "real phones.")};
    const QString kind = profile.live ? u"live"_s : u"test"_s;
    if (region == Region::Custom)
        return {kind,
                Words::tr("Custom endpoint %1: the messages go where it sends them.")
                    .arg(origin(base))};
    const QString text = profile.live
        ? Words::tr("Live %1: messages reach real phones.")
        : Words::tr("Test profile on %1: messages reach real phones, too.");
    return {kind, text.arg(regionText(region))};
}

} // namespace icebreaker
