#pragma once

#include "cli/clioptions.h"
#include "cli/sendtarget.h"
#include "core/batch.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <tl/expected.hpp>

namespace icebreaker {

/// Where to send to and the key for it, read and checked.
struct TargetInput {
    SendTarget target;
    std::optional<QByteArray> key; ///< Given on standard input or in a variable.
    QStringList remarks; ///< What does not stop it, for people.
};

/// Reads profile and key, in this order. Waits for standard input if that is asked for.
/// @return or what is wrong, for people
[[nodiscard]] tl::expected<TargetInput, QString> readTarget(const SendingOptions &options,
                                                            const QString &folder);

/// The target of a batch that was started earlier, and the key for it.
[[nodiscard]] tl::expected<TargetInput, QString>
readTarget(const BatchPlan &plan, const SendingOptions &options, const QString &folder);

} // namespace icebreaker
