#pragma once

#include <QByteArray>
#include <QString>

namespace icebreaker {

/// Tells whether two looks at a path saw the same file: it changes when the file is
/// deleted or replaced by another one, even of the same content. Empty if there is none.
[[nodiscard]] QByteArray fileIdentity(const QString &path);

} // namespace icebreaker
