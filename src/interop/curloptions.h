#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace icebreaker {

/// What an option of curl means to somebody who wants its request.
enum class CurlUse {
    Url,
    Method,
    Header,
    Data, ///< A file's line ends are dropped.
    DataRaw, ///< `@` means nothing.
    DataBinary,
    Json,
    Ignore, ///< Concerns curl and what it prints.
    Redirects, ///< Not followed here.
    Insecure, ///< Certificates are checked here.
    UserAgent, ///< A header of which Icebreaker sends its own.
    Refuse,
};

struct CurlOption {
    char letter; ///< 0 if it has none.
    const char *name; ///< Without "--".
    bool takesValue;
    CurlUse use;
};

/// nullptr if curl has no such option, or none that is known here.
[[nodiscard]] const CurlOption *findCurlOption(QByteArrayView name);
[[nodiscard]] const CurlOption *findCurlOption(char letter);

} // namespace icebreaker
