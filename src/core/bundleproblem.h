#pragma once

namespace icebreaker {

/// Why a file cannot be opened as a bundle.
enum class BundleProblem {
    Unreadable, ///< The file itself cannot be read.
    NotABundle, ///< Neither a zip with an `about.json` of ours, nor a HAR.
    Damaged, ///< The zip is cut, or its checksums are wrong.
    Encrypted,
    TooBig, ///< The file, or what it unpacks to.
    TooManyFiles,
    SuspiciousName, ///< Of a file inside: a path that leads elsewhere.
    DuplicateName, ///< Two files inside have one name: programs would disagree on which counts.
    TooNew, ///< Written by a newer Icebreaker.
    Empty, ///< There is no send in it.
};

} // namespace icebreaker
