#pragma once

#include "cli/sendtarget.h"

#include <QStringList>

#include <tl/expected.hpp>

namespace icebreaker {

/// A live profile that is limited to its test numbers is limited here, too; nobody can be
/// asked for a number's last digits, so that everything else takes an option of its own.
/// @param recipients  of all that is about to be sent, as on the wire
/// @param folder      where the profiles' numbers are; those that cannot be read are none
/// @return or whom this would reach besides, for people
[[nodiscard]] tl::expected<void, QString>
checkTestNumbers(const SendTarget &target, const QStringList &recipients, const QString &folder);

} // namespace icebreaker
