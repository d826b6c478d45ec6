#pragma once

#include "core/answer.h"

#include <QByteArray>
#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <tl/expected.hpp>

class QNetworkAccessManager;
class QNetworkReply;

namespace icebreaker {

/// What is behind the link of a template's header.
struct FetchedMedia {
    QString type; ///< "image/png", lower case, without parameters; empty if not said.
    qint64 size = -1; ///< Bytes, as announced or read; -1: not said.
    QByteArray bytes; ///< Everything, if it was asked for.
};

/// Why there is nothing to show.
struct MediaProblem {
    enum class Kind {
        NoLink, ///< Neither https nor http: nothing was sent.
        Unreachable, ///< `transport` says why.
        Refused, ///< Any status but 2xx.
        LeadsOn, ///< A redirect, which is not followed.
        TooLarge, ///< More than MediaFetcher::Most.
        Cancelled,
    };
    Kind kind = Kind::Unreachable;
    int status = 0;
    TransportProblem transport = TransportProblem::None;
};

/// Looks at what a header's link leads to, as WhatsApp will have to. Only for a link that
/// a person clicked on: the request tells its server that somebody has it. One at a time;
/// lives on one thread.
class MediaFetcher : public QObject
{
    Q_OBJECT

public:
    using Fetched = tl::expected<FetchedMedia, MediaProblem>;

    enum class Wanted {
        Facts, ///< Type and size: ends with the answer's headers.
        Everything,
    };
    /// Bytes. Pictures may have 5 MB in WhatsApp; this still shows those that are too large.
    static constexpr qint64 Most = 20'971'520;

    explicit MediaFetcher(QObject *parent = nullptr);
    ~MediaFetcher() override;
    Q_DISABLE_COPY_MOVE(MediaFetcher)

    /// The future always finishes; with Cancelled if another fetch() comes.
    [[nodiscard]] QFuture<Fetched> fetch(const QUrl &link, Wanted wanted);

private:
    void takeHeaders();
    void takeAll();
    /// What the status line says against it, if anything.
    [[nodiscard]] std::optional<MediaProblem> refusal() const;
    [[nodiscard]] FetchedMedia facts() const;
    void fail(const MediaProblem &problem);
    void finish(const Fetched &result);

    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<QPromise<Fetched>> m_promise;
    QNetworkReply *m_reply = nullptr;
    Wanted m_wanted = Wanted::Facts;
    QTimer m_deadline;
};

} // namespace icebreaker
