#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace icebreaker {

/// The request as a cURL command for a POSIX shell. The key is never in it: it is taken
/// from the environment variable VGAI_KEY.
///
/// Every byte of @p body arrives as it is, whatever quotes, dollars, backslashes or line
/// breaks it holds; the command neither follows redirects nor tries again.
/// @param body  valid UTF-8
[[nodiscard]] QString toCurl(const QUrl &url, const QByteArray &body);

} // namespace icebreaker
