#pragma once

#include "core/webhooksiteproblem.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>
#include <tl/expected.hpp>

namespace icebreaker {

/// An address at webhook.site that takes callbacks.
struct WebhookAddress {
    QString token; ///< UUID; whoever knows it can read everything that comes in.
    QUrl url; ///< `BASE/TOKEN`.
};

/// One request that came to such an address.
struct WebhookRequest {
    QString uuid; ///< The site's own, for "newer than this one".
    QByteArray method; ///< "POST" for a callback; a look with a browser is a "GET".
    QByteArray body; ///< As the site gives it: what was no UTF-8 is lost there.
    QString path; ///< Behind the token: "/s/SENDID" (see sendIdInPath()), or empty.
    QDateTime arrivedAt; ///< UTC, in seconds of the site's clock; invalid if it gave none.
};

/// One page of the list of requests.
struct WebhookPage {
    QList<WebhookRequest> requests; ///< In the site's order.
    bool last = true;
    int skipped = 0; ///< Entries that could not be understood.
};

template <typename T>
using WebhookSiteResult = tl::expected<T, WebhookSiteProblem>;

/// Asking again cannot help.
[[nodiscard]] bool isFinal(WebhookSiteProblem::Kind kind);

/// The `uuid` of a token object; empty if there is none that is a UUID.
[[nodiscard]] QString parseWebhookToken(const QByteArray &json);

/// A page of `GET /token/TOKEN/requests` (docs.webhook.site/api/requests.html, 2026-11);
/// nothing if it is none. Entries that are broken are counted, not given out.
/// @param perPage  that was asked for: decides about the last page if the answer does not
[[nodiscard]] std::optional<WebhookPage> parseWebhookPage(const QByteArray &json,
                                                          const QString &token, int perPage);

} // namespace icebreaker
