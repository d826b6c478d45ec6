#pragma once

#include "core/answer.h"
#include "core/templatecard.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QSet>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <tl/expected.hpp>

class QNetworkAccessManager;
class QNetworkReply;

namespace icebreaker {

/// The server of Vonage's WhatsApp template management API
/// (developer.vonage.com/en/api/whatsapp-template-management, 2026-11).
[[nodiscard]] QUrl defaultTemplateServer();

/// Whether a token may go there: https at a host of Vonage's, or http(s) on loopback.
[[nodiscard]] bool isTemplateServer(const QUrl &server);

/// Why templates could not be fetched. The words for people are in `words`.
struct TemplateFetchError {
    enum class Kind {
        BadServer, ///< Not one that isTemplateServer() allows, or no account ID: nothing was sent.
        Unreachable, ///< `transport` says why.
        TokenRefused, ///< 401: the key does not belong to the application, or the clock is wrong.
        NotAllowed, ///< 403: the application may not see this account.
        NoSuchAccount, ///< 404
        TooManyRequests, ///< 429; `retryAfter` if the server says.
        ServerFault, ///< 5xx
        Refused, ///< Any other status but 2xx; a redirect is never followed.
        NotTemplates, ///< 2xx with something else than a page of templates.
        Cancelled,
    };
    Kind kind = Kind::Unreachable;
    int status = 0;
    TransportProblem transport = TransportProblem::None;
    std::optional<std::chrono::milliseconds> retryAfter;
    QString detail; ///< What the server says about it, or Qt; English, without secrets.
};

struct FetchedTemplates {
    QList<TemplateCard> cards; ///< Languages of one template together.
    int templates = 0; ///< Each language counts.
    int pages = 0;
};

/// Fetches every template of a WhatsApp Business Account, page by page.
/// One fetch at a time; lives on one thread.
class TemplateFetcher : public QObject
{
    Q_OBJECT

public:
    using Fetched = tl::expected<FetchedTemplates, TemplateFetchError>;

    /// Documented: 40 requests per second; with a margin for what the way adds.
    static constexpr std::chrono::milliseconds Spacing{30};
    /// Templates on a page; documented: 1 to 500, 25 by default.
    static constexpr int PageSize = 100;

    struct Account {
        QUrl server; ///< Scheme, host and port.
        QString wabaId;
        QByteArray token; ///< A JWT that outlives the fetch.
    };

    explicit TemplateFetcher(QObject *parent = nullptr);
    ~TemplateFetcher() override;
    Q_DISABLE_COPY_MOVE(TemplateFetcher)

    /// The future always finishes; with Cancelled if another fetch() or cancel() comes.
    [[nodiscard]] QFuture<Fetched> fetch(const Account &account);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_promise != nullptr; }

signals:
    /// After every page: how many there are by now.
    void progressed(int templates);

private:
    void askForPage();
    void takePage();
    [[nodiscard]] std::optional<TemplateFetchError> problemOf(const QByteArray &body) const;
    void finish(const Fetched &result);
    void fail(TemplateFetchError::Kind kind, const QString &detail = {});

    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<QPromise<Fetched>> m_promise;
    QNetworkReply *m_reply = nullptr;
    Account m_account;
    FetchedTemplates m_fetched;
    QString m_after; ///< Cursor of the next page.
    QSet<QString> m_cursors; ///< All so far: one that comes again ends the fetch.
    QTimer m_spacing;
    QElapsedTimer m_sinceRequest;
};

} // namespace icebreaker
