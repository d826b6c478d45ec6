#pragma once

#include "core/error.h"
#include "store/logfilter.h"

#include <QString>

namespace icebreaker {

class SqliteConnection;

// What the search index holds of a send, and how it is asked. The index divides text into
// sequences of three characters (FTS5's trigram tokenizer), so that it finds what stands
// anywhere, also in the middle of a number. Measured at 1.3 kB of text per send: 0.55 kB
// per send, where whole words and the ends of numbers take 0.29 kB and find less.
//
// It only ever narrows down: what it finds is compared with the sends themselves.

/// What is indexed of a send: its text, see SearchedSends, and marks for what is not text.
/// Empty if there is no such send.
[[nodiscard]] Result<QString> searchDocument(const SqliteConnection &connection, qint64 row);

/// A full-text query that finds at least every send that matches @p filter; empty if the
/// index is no help, or another index is a better one.
[[nodiscard]] QString searchExpression(const LogFilter &filter);

} // namespace icebreaker
