#pragma once

#include "core/funnel.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// The figures of a funnel that are shown, in this order.
enum class FunnelPart {
    Sends,
    Accepted,
    Submitted,
    Delivered,
    Read,
    Failed,
    Silent, ///< Accepted, and nothing heard.
    UnknownReached, ///< Unknown, but something was heard after all.
};
[[nodiscard]] const QList<FunnelPart> &funnelParts();

[[nodiscard]] qint64 funnelCount(const Funnel &funnel, FunnelPart part);
/// What the part's percentage is of: sends for most, the unknown ones for UnknownReached.
[[nodiscard]] qint64 funnelWhole(const Funnel &funnel, FunnelPart part);

/// "Delivered"
[[nodiscard]] QString funnelPartText(FunnelPart part);
/// "1,204 · 98 %"; without a percentage where there is nothing to compare with.
[[nodiscard]] QString funnelCountText(const Funnel &funnel, FunnelPart part);
/// "half in 2 s", "95 % in 12 s": median and 95th percentile in whole seconds, which is
/// what senders tell; empty for parts without times.
[[nodiscard]] QStringList funnelTimes(const Funnel &funnel, FunnelPart part);
/// All of it as one sentence, for screen readers and tooltips, with what the part means.
[[nodiscard]] QString funnelSentence(const Funnel &funnel, FunnelPart part);

/// What stands in the log's filter for this part; empty for all sends.
[[nodiscard]] QString funnelFilter(FunnelPart part);

} // namespace icebreaker
