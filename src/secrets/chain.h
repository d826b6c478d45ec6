#pragma once

#include "core/error.h"

#include <QFuture>

#include <type_traits>
#include <utility>

namespace icebreaker {

/// Starts @p next with the value of @p first once that is there, or passes its error
/// on. @p next returns a QFuture<Result<...>> and runs in the thread that finishes
/// @p first. It has no context object, so that the outer future always finishes: it
/// must not touch anything that may be gone by then.
template <typename T, typename Next>
[[nodiscard]] auto andThen(QFuture<Result<T>> first, Next next)
{
    return first
        .then([next = std::move(next)](const Result<T> &result) {
            const auto go = [&] {
                if constexpr (std::is_void_v<T>)
                    return next();
                else
                    return next(*result);
            };
            using Last = decltype(go().result());
            if (!result)
                return QtFuture::makeReadyFuture(Last(tl::unexpected(result.error())));
            return go();
        })
        .unwrap();
}

} // namespace icebreaker
