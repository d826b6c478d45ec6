#pragma once

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QUrl>

#include <memory>

namespace icebreaker {

/// How requests leave.
enum class Route {
    Internet, ///< Through the proxy that the system is set to use, if any.
    Loopback, ///< Never through a proxy: the request stays on this computer.
};

/// @p url's route: Loopback where isLoopback(url), else Internet.
[[nodiscard]] Route routeFor(const QUrl &url);

/// The one place that makes a QNetworkAccessManager. It follows no redirect, keeps
/// neither cookies nor a cache nor HSTS rules, and answers no password prompt: a proxy
/// that asks for one makes the request fail. It belongs to the calling thread.
[[nodiscard]] std::unique_ptr<QNetworkAccessManager> makeNetwork(Route route);

/// Whether requests of @p network to @p url go through a proxy. Asks the system, which
/// may take its time: for explaining failures.
[[nodiscard]] bool usesProxy(const QNetworkAccessManager &network, const QUrl &url);

/// A request for JSON that tells nothing about the user: own User-Agent, English, no
/// cookies, no stored credentials; HTTP/1.1 (2 costs 43 ms per POST with Qt 6.4), no
/// redirects, and no compression, so that an answer is kept as it came.
[[nodiscard]] QNetworkRequest makeRequest(const QUrl &url);

} // namespace icebreaker
