#pragma once

#include "core/error.h"

#include <QString>

namespace icebreaker {

/// How an export, or the making of a bundle, ended.
enum class ExportEnd {
    Written,
    Stopped, ///< By the user: there is no new file.
    SecretFound, ///< The check found a secret in what would have been saved: it was not.
    NumberFound, ///< Likewise a whole phone number.
    TooMuch, ///< More than a bundle holds.
    FileFailed, ///< The file could not be written; see `error`.
    JournalFailed, ///< The journal could not be read; see `error`.
};

struct ExportReport {
    ExportEnd end = ExportEnd::Written;
    qint64 sends = 0; ///< That were written.
    qint64 bytes = 0;
    Error error;
};

} // namespace icebreaker
