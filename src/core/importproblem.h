#pragma once

namespace icebreaker {

/// A part of a text with status callbacks that gave no callback.
struct ImportProblem {
    enum class Kind {
        NotJson, ///< Text outside of any object or list.
        Broken, ///< JSON that does not end, or has an error.
        NoCallback, ///< JSON, but no status callback, nor anything that holds one.
        TooLarge, ///< More than 2 MiB in one object.
        TooMany, ///< The rest was not read: there are too many callbacks.
    };
    Kind kind = Kind::NotJson;
    int line = 1; ///< Where the problem is, from 1.
};

} // namespace icebreaker
