#pragma once

#include "core/answer.h"
#include "core/probereport.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>
#include <vector>

namespace icebreaker {

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
