#include "ui/band.h"

#include "ui/regionwords.h"

#include <QCoreApplication>

namespace icebreaker {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Band)
};

} // namespace

QString bandText(const Profile &profile, Region region, const QUrl &base)
{
    if (region == Region::Sandbox)
        return Words::tr("Sandbox: nothing leaves this computer. Choose a live profile to reach "
                         "real phones.");
    if (region == Region::Custom)
        return (profile.live
                    ? Words::tr("Live, custom endpoint %1: the messages go where it sends them.")
                    : Words::tr("Test, custom endpoint %1: the messages go where it sends them."))
            .arg(origin(base));
    const QString text = profile.live
        ? Words::tr("Live %1: messages reach real phones.")
        : Words::tr("Test profile on %1: messages reach real phones, too.");
    return text.arg(regionText(region));
}

} // namespace icebreaker
