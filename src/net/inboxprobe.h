#pragma once

#include "core/answer.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>
#include <vector>

namespace icebreaker {

/// What a probe through the public address found.
struct ProbeReport {
    enum class Verdict {
        Works, ///< It came back here, and whoever sent it saw 200.
        BadUrl, ///< Neither http nor https, or no host; nothing was sent.
        NameNotResolved,
        ConnectionRefused, ///< Also: unreachable.
        ProxyFailed, ///< The system's own proxy, on the way out.
        TlsFailed, ///< `detail` says what about the certificate or handshake.
        TimedOut, ///< No whole answer in time.
        NoAnswer, ///< Closed, or not HTTP.
        WrongStatus, ///< `status` instead of 200; 404 is another program or a wrong path.
        OtherMachine, ///< Answered 2xx, but it never came here.
        /// It came here, but our 200 did not get back (see `status` and `problem`):
        /// statuses would arrive again and again.
        AnswerLost,
        Cancelled, ///< The InboxProbe went away.
    };
    Verdict verdict = Verdict::Cancelled;
    bool arrived = false;
    int status = 0; ///< HTTP status that was seen; 0 if none.
    TransportProblem problem = TransportProblem::None;
    QString detail; ///< Technical, English, without the address's secret.
    std::chrono::milliseconds took{0}; ///< Until the verdict.
};

/// Asks "can the world reach this computer's status inbox?" by posting to its public
/// address, once, and watching whether that comes in. It leaves through the system's
/// proxy like any request to the internet; some home routers do not lead their own public
/// address back inside, so a time-out from here may still work from outside.
///
/// The inbox tells of arrivals by noteArrival(): connect StatusInbox::probeArrived to it.
/// Lives on one thread.
class InboxProbe : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds DefaultPatience{10'000};

    explicit InboxProbe(QObject *parent = nullptr);
    /// Ends probes as Cancelled.
    ~InboxProbe() override;
    Q_DISABLE_COPY_MOVE(InboxProbe)

    /// 128 random bits, fit for StatusInbox::probeUrlFor().
    [[nodiscard]] static QString makeToken();

    /// Posts once to @p url and always finishes, within @p patience and the time of one
    /// answer. A relay that answers first and forwards later has as long.
    /// @param token  that @p url names, of no other probe
    [[nodiscard]] QFuture<ProbeReport> run(const QUrl &url, const QString &token,
                                           std::chrono::milliseconds patience = DefaultPatience);

public slots:
    /// Tokens of no probe are ignored: they are somebody else's, or too late.
    void noteArrival(const QString &token);

private:
    struct Run;

    void noteAnswer(Run &run, const Answer &answer);
    void conclude(Run &run, ProbeReport::Verdict verdict);
    static void finish(Run &run, ProbeReport::Verdict verdict);

    std::vector<std::unique_ptr<Run>> m_runs;
};

} // namespace icebreaker
