#include "words/filterwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Filters)
};

} // namespace

QString unknownFilterText(const QString &token)
{
    return Words::tr(
               "“%1” is not a filter. There are: to: agent: template: locale: profile: batch: "
               "region: status: outcome: delivery: unread: and free text.")
        .arg(token);
}

QString badFilterValueText(const QString &token, const QString &key)
{
    if (key == "delivery"_L1)
        return Words::tr(
                   "“%1”: after delivery: stands submitted, delivered, read, failed, rejected, "
                   "undeliverable, other, none or guessed, or several with commas.")
            .arg(token);
    if (key == "unread"_L1)
        return Words::tr("“%1”: after unread: stands how long ago it was delivered, up to a year: "
                         "30m, 4h or 2d.")
            .arg(token);
    return Words::tr("“%1” has no value that makes sense there.").arg(token);
}

} // namespace icebreaker
