#include "interop/curloptions.h"

#include <algorithm>
#include <array>

namespace icebreaker {

namespace {

constexpr bool Alone = false;
constexpr bool Valued = true;

/// curl.se/docs/manpage.html, 2026-11. What is not here is refused as unknown.
constexpr std::array CurlOptions{
    CurlOption{0, "url", Valued, CurlUse::Url},
    CurlOption{'X', "request", Valued, CurlUse::Method},
    CurlOption{'H', "header", Valued, CurlUse::Header},
    CurlOption{'d', "data", Valued, CurlUse::Data},
    CurlOption{0, "data-ascii", Valued, CurlUse::Data},
    CurlOption{0, "data-raw", Valued, CurlUse::DataRaw},
    CurlOption{0, "data-binary", Valued, CurlUse::DataBinary},
    CurlOption{0, "json", Valued, CurlUse::Json},
    CurlOption{'A', "user-agent", Valued, CurlUse::UserAgent},
    CurlOption{'e', "referer", Valued, CurlUse::UserAgent},
    CurlOption{'L', "location", Alone, CurlUse::Redirects},
    CurlOption{'k', "insecure", Alone, CurlUse::Insecure},
    // Concern curl.
    CurlOption{'s', "silent", Alone, CurlUse::Ignore},
    CurlOption{'S', "show-error", Alone, CurlUse::Ignore},
    CurlOption{'v', "verbose", Alone, CurlUse::Ignore},
    CurlOption{'i', "include", Alone, CurlUse::Ignore},
    CurlOption{0, "show-headers", Alone, CurlUse::Ignore},
    CurlOption{'f', "fail", Alone, CurlUse::Ignore},
    CurlOption{0, "fail-with-body", Alone, CurlUse::Ignore},
    CurlOption{0, "fail-early", Alone, CurlUse::Ignore},
    CurlOption{'#', "progress-bar", Alone, CurlUse::Ignore},
    CurlOption{0, "no-progress-meter", Alone, CurlUse::Ignore},
    CurlOption{0, "no-progress-bar", Alone, CurlUse::Ignore},
    CurlOption{'N', "no-buffer", Alone, CurlUse::Ignore},
    CurlOption{'g', "globoff", Alone, CurlUse::Ignore},
    CurlOption{'q', "disable", Alone, CurlUse::Ignore},
    CurlOption{'w', "write-out", Valued, CurlUse::Ignore},
    CurlOption{'m', "max-time", Valued, CurlUse::Ignore},
    CurlOption{0, "connect-timeout", Valued, CurlUse::Ignore},
    CurlOption{0, "keepalive-time", Valued, CurlUse::Ignore},
    CurlOption{0, "no-keepalive", Alone, CurlUse::Ignore},
    CurlOption{0, "tcp-nodelay", Alone, CurlUse::Ignore},
    CurlOption{0, "compressed", Alone, CurlUse::Ignore},
    CurlOption{0, "styled-output", Alone, CurlUse::Ignore},
    CurlOption{0, "no-styled-output", Alone, CurlUse::Ignore},
    CurlOption{0, "path-as-is", Alone, CurlUse::Ignore},
    CurlOption{0, "ssl-no-revoke", Alone, CurlUse::Ignore},
    CurlOption{0, "trace-time", Alone, CurlUse::Ignore},
    CurlOption{'0', "http1.0", Alone, CurlUse::Ignore},
    CurlOption{0, "http1.1", Alone, CurlUse::Ignore},
    CurlOption{0, "http2", Alone, CurlUse::Ignore},
    CurlOption{0, "http2-prior-knowledge", Alone, CurlUse::Ignore},
    CurlOption{0, "http3", Alone, CurlUse::Ignore},
    CurlOption{0, "no-alpn", Alone, CurlUse::Ignore},
    CurlOption{'1', "tlsv1", Alone, CurlUse::Ignore},
    CurlOption{0, "tlsv1.2", Alone, CurlUse::Ignore},
    CurlOption{0, "tlsv1.3", Alone, CurlUse::Ignore},
    CurlOption{'4', "ipv4", Alone, CurlUse::Ignore},
    CurlOption{'6', "ipv6", Alone, CurlUse::Ignore},
    // Change what is sent, where to, how often, or write files.
    CurlOption{'u', "user", Valued, CurlUse::Refuse},
    CurlOption{'F', "form", Valued, CurlUse::Refuse},
    CurlOption{0, "form-string", Valued, CurlUse::Refuse},
    CurlOption{'G', "get", Alone, CurlUse::Refuse},
    CurlOption{'I', "head", Alone, CurlUse::Refuse},
    CurlOption{'T', "upload-file", Valued, CurlUse::Refuse},
    CurlOption{0, "data-urlencode", Valued, CurlUse::Refuse},
    CurlOption{0, "url-query", Valued, CurlUse::Refuse},
    CurlOption{'b', "cookie", Valued, CurlUse::Refuse},
    CurlOption{'c', "cookie-jar", Valued, CurlUse::Refuse},
    CurlOption{'x', "proxy", Valued, CurlUse::Refuse},
    CurlOption{0, "preproxy", Valued, CurlUse::Refuse},
    CurlOption{'U', "proxy-user", Valued, CurlUse::Refuse},
    CurlOption{0, "proxy-header", Valued, CurlUse::Refuse},
    CurlOption{0, "socks4", Valued, CurlUse::Refuse},
    CurlOption{0, "socks4a", Valued, CurlUse::Refuse},
    CurlOption{0, "socks5", Valued, CurlUse::Refuse},
    CurlOption{0, "socks5-hostname", Valued, CurlUse::Refuse},
    CurlOption{0, "connect-to", Valued, CurlUse::Refuse},
    CurlOption{0, "resolve", Valued, CurlUse::Refuse},
    CurlOption{0, "interface", Valued, CurlUse::Refuse},
    CurlOption{0, "unix-socket", Valued, CurlUse::Refuse},
    CurlOption{0, "request-target", Valued, CurlUse::Refuse},
    CurlOption{0, "location-trusted", Alone, CurlUse::Refuse},
    CurlOption{0, "oauth2-bearer", Valued, CurlUse::Refuse},
    CurlOption{0, "basic", Alone, CurlUse::Refuse},
    CurlOption{0, "digest", Alone, CurlUse::Refuse},
    CurlOption{0, "ntlm", Alone, CurlUse::Refuse},
    CurlOption{0, "negotiate", Alone, CurlUse::Refuse},
    CurlOption{0, "anyauth", Alone, CurlUse::Refuse},
    CurlOption{0, "aws-sigv4", Valued, CurlUse::Refuse},
    CurlOption{'n', "netrc", Alone, CurlUse::Refuse},
    CurlOption{0, "netrc-file", Valued, CurlUse::Refuse},
    CurlOption{0, "netrc-optional", Alone, CurlUse::Refuse},
    CurlOption{'E', "cert", Valued, CurlUse::Refuse},
    CurlOption{0, "key", Valued, CurlUse::Refuse},
    CurlOption{0, "cacert", Valued, CurlUse::Refuse},
    CurlOption{0, "capath", Valued, CurlUse::Refuse},
    CurlOption{0, "pinnedpubkey", Valued, CurlUse::Refuse},
    CurlOption{'K', "config", Valued, CurlUse::Refuse},
    CurlOption{':', "next", Alone, CurlUse::Refuse},
    CurlOption{'Z', "parallel", Alone, CurlUse::Refuse},
    CurlOption{0, "retry", Valued, CurlUse::Refuse},
    CurlOption{0, "retry-all-errors", Alone, CurlUse::Refuse},
    CurlOption{0, "retry-delay", Valued, CurlUse::Refuse},
    CurlOption{0, "retry-max-time", Valued, CurlUse::Refuse},
    CurlOption{0, "retry-connrefused", Alone, CurlUse::Refuse},
    CurlOption{'o', "output", Valued, CurlUse::Refuse},
    CurlOption{'O', "remote-name", Alone, CurlUse::Refuse},
    CurlOption{'J', "remote-header-name", Alone, CurlUse::Refuse},
    CurlOption{'D', "dump-header", Valued, CurlUse::Refuse},
    CurlOption{0, "output-dir", Valued, CurlUse::Refuse},
    CurlOption{0, "trace", Valued, CurlUse::Refuse},
    CurlOption{0, "trace-ascii", Valued, CurlUse::Refuse},
    CurlOption{0, "stderr", Valued, CurlUse::Refuse},
    CurlOption{'C', "continue-at", Valued, CurlUse::Refuse},
    CurlOption{'r', "range", Valued, CurlUse::Refuse},
    CurlOption{'z', "time-cond", Valued, CurlUse::Refuse},
    CurlOption{0, "post301", Alone, CurlUse::Refuse},
    CurlOption{0, "post302", Alone, CurlUse::Refuse},
    CurlOption{0, "post303", Alone, CurlUse::Refuse},
    CurlOption{0, "tr-encoding", Alone, CurlUse::Refuse},
    CurlOption{0, "expand-data", Valued, CurlUse::Refuse},
    CurlOption{0, "variable", Valued, CurlUse::Refuse},
    CurlOption{'h', "help", Alone, CurlUse::Refuse},
    CurlOption{'V', "version", Alone, CurlUse::Refuse},
};

} // namespace

const CurlOption *findCurlOption(QByteArrayView name)
{
    const auto *found =
        std::find_if(CurlOptions.begin(), CurlOptions.end(), [name](const CurlOption &option) {
            return name == QByteArrayView(option.name);
        });
    return found == CurlOptions.end() ? nullptr : found;
}

const CurlOption *findCurlOption(char letter)
{
    const auto *found =
        std::find_if(CurlOptions.begin(), CurlOptions.end(),
                     [letter](const CurlOption &option) { return option.letter == letter; });
    return letter == 0 || found == CurlOptions.end() ? nullptr : found;
}

} // namespace icebreaker
