#include "net/diagnoser.h"

#include "core/whendone.h"
#include "net/tlsfacts.h"

#include <QSet>
#include <QSslConfiguration>

#include <algorithm>

namespace icebreaker {

Diagnoser::Diagnoser(QObject *parent)
    : QObject(parent)
{
    m_total.setSingleShot(true);
    m_total.setInterval(DefaultTotal);
    connect(&m_total, &QTimer::timeout, this, &Diagnoser::stop);
}

Diagnoser::~Diagnoser()
{
    for (const auto &probe : m_probes)
        probe->disconnect(this);
}

void Diagnoser::setExtraCaCertificates(const QList<QSslCertificate> &certificates)
{
    m_means.tls.reset();
    m_means.added.clear();
    if (certificates.isEmpty())
        return;
    // As OutboundClient does: a list switches off loading the system's on demand.
    QSet<QSslCertificate> all(certificates.begin(), certificates.end());
    const auto system = QSslConfiguration::systemCaCertificates();
    all.unite({system.begin(), system.end()});
    m_means.tls = QSslConfiguration::defaultConfiguration();
    m_means.tls->setCaCertificates(all.values());
    for (const QSslCertificate &each : certificates)
        m_means.added.append(certificateFacts(each));
}

void Diagnoser::setComparison(const std::optional<DiagnosedHost> &host)
{
    m_comparison = host;
    m_isComparisonSet = true;
}

void Diagnoser::start(const Task &task)
{
    stop();
    ++m_run;
    m_probes.clear();
    m_report = {};
    m_report.startedAt = QDateTime::currentDateTimeUtc();
    m_report.profile = task.profile;
    m_isRunning = true;
    m_clock.start();
    m_total.start();

    DiagnosedHost main;
    main.region = task.region;
    main.base = task.base;
    QList<DiagnosedHost> hosts{main};
    if (const auto other = m_isComparisonSet ? m_comparison : comparedWith(task.region, task.base))
        hosts.append(*other);
    for (const DiagnosedHost &host : hosts) {
        HostProbe *probe = m_probes.emplace_back(std::make_unique<HostProbe>(host, m_means)).get();
        connect(probe, &HostProbe::changed, this, &Diagnoser::noteHost);
        connect(probe, &HostProbe::finished, this, &Diagnoser::finishIfDone);
        m_report.hosts.append(probe->host());
    }
    for (const ExtraCheck &check : task.extra)
        startExtra(check);
    for (const auto &probe : m_probes)
        probe->start();
    emit changed();
}

void Diagnoser::startExtra(const ExtraCheck &check)
{
    CheckLine line;
    line.kind = check.kind;
    line.state = CheckState::Running;
    m_report.computer.append(line);
    whenDone(check.run(), this, [this, kind = check.kind, run = m_run](const ExtraResult &result) {
        if (run == m_run && m_isRunning)
            handleExtra(kind, result);
    });
}

void Diagnoser::handleExtra(CheckKind kind, const ExtraResult &result)
{
    for (CheckLine &line : m_report.computer) {
        if (line.kind != kind)
            continue;
        line = result.line;
        line.kind = kind;
        line.took = std::chrono::milliseconds(m_clock.elapsed());
    }
    if (result.probe)
        m_report.probe = result.probe;
    emit changed();
    finishIfDone();
}

void Diagnoser::noteHost()
{
    for (std::size_t i = 0; i < m_probes.size(); ++i)
        m_report.hosts[static_cast<qsizetype>(i)] = m_probes[i]->host();
    emit changed();
}

void Diagnoser::finishIfDone()
{
    const auto isOpen = [](const CheckLine &line) {
        return line.state == CheckState::Waiting || line.state == CheckState::Running;
    };
    const auto &hosts = m_report.hosts;
    const bool isAnyOpen = std::any_of(m_report.computer.begin(), m_report.computer.end(), isOpen)
        || std::any_of(hosts.begin(), hosts.end(), [&isOpen](const DiagnosedHost &host) {
                               return std::any_of(host.lines.begin(), host.lines.end(), isOpen);
                           });
    if (m_isRunning && !isAnyOpen)
        conclude();
}

void Diagnoser::stop()
{
    if (!m_isRunning)
        return;
    for (CheckLine &line : m_report.computer) {
        if (line.state == CheckState::Running) {
            line.state = CheckState::NotChecked;
            line.finding = Finding::Stopped;
        }
    }
    for (const auto &probe : m_probes)
        probe->stop();
    if (m_isRunning)
        conclude();
}

void Diagnoser::conclude()
{
    m_isRunning = false;
    m_total.stop();
    m_report.isDone = true;
    m_report.took = std::chrono::milliseconds(m_clock.elapsed());
    emit changed();
    emit finished();
}

} // namespace icebreaker
