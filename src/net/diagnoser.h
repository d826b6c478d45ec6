#pragma once

#include "core/diagnosis.h"
#include "net/hostprobe.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QObject>
#include <QSslCertificate>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace icebreaker {

/// "Is it me or them?": looks at the way to a profile's host, and to another one for
/// comparison, at the same time, beside whatever else it is given to check. No key is known
/// here, and nothing is ever posted.
///
/// Lives on one thread; runs once at a time.
class Diagnoser : public QObject
{
    Q_OBJECT

public:
    /// What a check that is not about a host found.
    struct ExtraResult {
        CheckLine line; ///< Its kind and time are filled in here.
        std::optional<ProbeReport> probe; ///< Of CheckKind::StatusUrl.
    };
    struct ExtraCheck {
        CheckKind kind = CheckKind::Journal;
        std::function<QFuture<ExtraResult>()> run; ///< Called once, from start().
    };

    struct Task {
        QString profile; ///< Its name.
        QString region; ///< See regionName().
        QUrl base;
        std::vector<ExtraCheck> extra;
    };

    static constexpr std::chrono::milliseconds DefaultTotal{45'000};

    explicit Diagnoser(QObject *parent = nullptr);
    ~Diagnoser() override;
    Q_DISABLE_COPY_MOVE(Diagnoser)

    /// For the runs that start from now on; see OutboundClient::setExtraCaCertificates().
    void setExtraCaCertificates(const QList<QSslCertificate> &certificates);
    void setMeans(const ProbeMeans &means) { m_means = means; }
    void setTotal(std::chrono::milliseconds total) { m_total.setInterval(total); }
    /// In place of the documented hosts. For tests.
    void setComparison(const std::optional<DiagnosedHost> &host);

    /// Stops a run that is under way.
    void start(const Task &task);
    /// Ends the run; what is not done is marked as Stopped.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// Of the run under way, or of the last one; no hosts before the first.
    [[nodiscard]] const DiagnosisReport &report() const { return m_report; }

signals:
    /// A line of report() is different.
    void changed();
    /// After the last change; also after stop().
    void finished();

private:
    void startExtra(const ExtraCheck &check);
    void handleExtra(CheckKind kind, const ExtraResult &result);
    void noteHost();
    void finishIfDone();
    void conclude();

    ProbeMeans m_means;
    std::optional<DiagnosedHost> m_comparison;
    bool m_isComparisonSet = false;
    QTimer m_total;
    QElapsedTimer m_clock;
    int m_run = 0; ///< Results of an earlier one come too late.
    bool m_isRunning = false;
    std::vector<std::unique_ptr<HostProbe>> m_probes;
    DiagnosisReport m_report;
};

} // namespace icebreaker
