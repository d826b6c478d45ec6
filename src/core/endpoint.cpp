#include "core/endpoint.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array RegionNames{
    std::pair{Region::Eu, QLatin1StringView("eu")},
    std::pair{Region::Us, QLatin1StringView("us")},
    std::pair{Region::Sandbox, QLatin1StringView("sandbox")},
    std::pair{Region::Custom, QLatin1StringView("custom")},
};

constexpr int HttpPort = 80;
constexpr int HttpsPort = 443;

/// The four bytes of a dotted IPv4 address, nothing for any other host.
std::optional<std::array<int, 4>> ipv4(const QString &host)
{
    const QStringList parts = host.split(u'.');
    std::array<int, 4> bytes{};
    if (parts.size() != static_cast<qsizetype>(bytes.size()))
        return std::nullopt;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bool isNumber = false;
        bytes.at(i) = parts.at(static_cast<qsizetype>(i)).toInt(&isNumber);
        if (!isNumber || bytes.at(i) < 0 || bytes.at(i) > 255)
            return std::nullopt;
    }
    return bytes;
}

bool isPrivateIpv4(const std::array<int, 4> &ip)
{
    return ip[0] == 10 || ip[0] == 127 || ip[0] == 0 || (ip[0] == 192 && ip[1] == 168)
        || (ip[0] == 172 && ip[1] >= 16 && ip[1] <= 31) || (ip[0] == 169 && ip[1] == 254)
        || (ip[0] == 100 && ip[1] >= 64 && ip[1] <= 127); // RFC 6598, carrier NAT
}

} // namespace

QString regionName(Region region)
{
    const auto *found = std::find_if(RegionNames.begin(), RegionNames.end(),
                                     [region](const auto &entry) { return entry.first == region; });
    return found->second;
}

std::optional<Region> regionFromName(QStringView name)
{
    const auto *found = std::find_if(RegionNames.begin(), RegionNames.end(),
                                     [name](const auto &entry) { return name == entry.second; });
    return found == RegionNames.end() ? std::nullopt : std::optional(found->first);
}

QUrl documentedBase(Region region)
{
    switch (region) {
    case Region::Eu: return QUrl(u"https://studio-api-eu.ai.vonage.com"_s);
    case Region::Us: return QUrl(u"https://studio-api-us.ai.vonage.com"_s);
    case Region::Sandbox:
    case Region::Custom: break;
    }
    return {};
}

Result<QUrl> parseBase(const QString &text)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return failure(ErrorKind::InvalidInput, u"no host"_s);
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return failure(ErrorKind::InvalidInput, u"user name, query or fragment"_s);
    if (url.scheme() != "https"_L1 && !(url.scheme() == "http"_L1 && isLoopback(url)))
        return failure(ErrorKind::InvalidInput, u"not https"_s);
    while (url.path().endsWith(u'/'))
        url.setPath(url.path().chopped(1));
    return url;
}

QUrl conversationUrl(const QUrl &base)
{
    QUrl url = base;
    url.setPath(base.path() + "/messaging/conversation"_L1);
    return url;
}

QUrl baseOf(const QUrl &url)
{
    QUrl base = url;
    QString path = url.path();
    if (path.endsWith("/messaging/conversation"_L1))
        path.chop(QLatin1StringView("/messaging/conversation").size());
    base.setPath(path);
    base.setQuery(QString());
    return base;
}

QString origin(const QUrl &url)
{
    const int defaultPort = url.scheme() == "https"_L1 ? HttpsPort : HttpPort;
    return url.scheme() + "://"_L1 + url.host(QUrl::FullyEncoded) + u':'
        + QString::number(url.port(defaultPort));
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    const auto ip = ipv4(host);
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || host == "::1"_L1
        || (ip && ip->front() == 127);
}

bool isUnreachableFromOutside(const QUrl &url)
{
    const QString host = url.host();
    if (isLoopback(url))
        return true;
    if (const auto ip = ipv4(host))
        return isPrivateIpv4(*ip);
    if (host.contains(u':')) {
        static const QRegularExpression privateIpv6(u"^(f[cd]|fe[89ab]|::)"_s);
        return privateIpv6.match(host).hasMatch();
    }
    return !host.contains(u'.') || host.endsWith(".local"_L1) || host.endsWith(".internal"_L1);
}

QString laneId(Region region, const QUrl &base, const QString &agentId, const QString &sharedBy)
{
    const QString place = region == Region::Sandbox ? u"sandbox"_s : origin(base);
    return place + u'/' + (sharedBy.isEmpty() ? agentId : "key:"_L1 + sharedBy);
}

} // namespace icebreaker
