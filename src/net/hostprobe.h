#pragma once

#include "core/diagnosis.h"

#include <QElapsedTimer>
#include <QHostInfo>
#include <QNetworkProxy>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;

namespace icebreaker {

class SocketProbe;

/// What the checks of a host work with.
struct ProbeMeans {
    /// Looks a name up and calls back from the event loop; not after @p context is gone.
    using Resolver = std::function<void(const QString &name, QObject *context,
                                        const std::function<void(const QHostInfo &)> &done)>;

    /// The system's resolver.
    static Resolver systemResolver();
    /// Where administrators put certificate authorities of their own on Debian, Fedora, Arch
    /// and SUSE. That others are not recognized as local is said to nobody.
    static QStringList systemAuthorityFolders();

    Resolver resolve = systemResolver();
    QStringList authorityFolders = systemAuthorityFolders();
    std::optional<QSslConfiguration> tls; ///< Qt's default if absent.
    QList<CertificateFacts> added; ///< The authorities that `tls` has beside the system's.
    std::chrono::milliseconds patience{8'000}; ///< For each check; > 0.
};

/// Looks at the way to one host, step by step, without a key and without a request that
/// could start anything: the proxy, the name, TCP, TLS, then `GET /`. What the sockets of the
/// first steps send is a TLS handshake at most.
///
/// Begins once; lives on one thread.
class HostProbe : public QObject
{
    Q_OBJECT

public:
    /// @param host  its region and base; the rest is filled in here
    HostProbe(DiagnosedHost host, ProbeMeans means, QObject *parent = nullptr);
    ~HostProbe() override;
    Q_DISABLE_COPY_MOVE(HostProbe)

    void start();
    /// Marks what is not done as Stopped; finished() comes before this returns.
    void stop();
    [[nodiscard]] const DiagnosedHost &host() const { return m_host; }

signals:
    void changed();
    /// Once.
    void finished();

private:
    struct Surroundings {
        QNetworkProxy proxy{QNetworkProxy::NoProxy};
        QList<CertificateFacts> localAuthorities;
    };

    /// May take its time: reads files and asks the system.
    static Surroundings lookAround(const QUrl &url, const QStringList &authorityFolders);

    void begin(CheckKind kind);
    /// Ends the current check.
    CheckLine &end(CheckState state, Finding finding, const QString &subject = {});
    /// Ends the current check as Bad, and with it the probe.
    void fail(Finding finding, const QString &subject = {}, const QString &technical = {});
    void finish(Finding whatIsLeft);
    void handleTimeout();
    [[nodiscard]] CheckLine &line(CheckKind kind);

    void handleSurroundings(const Surroundings &found);
    void reachProxy();
    void resolve();
    void handleNames(const QHostInfo &names);
    void connectDirectly(const QList<QHostAddress> &addresses);
    void connectThroughProxy();
    void blameProxy(Finding finding, const QString &technical);
    void shakeHands();
    void handleShaken();
    void ask();
    void handleHeaders();
    void handleReplyEnd();
    void readClock(const QByteArray &date);

    SocketProbe &newSocket();
    void dropSocket();
    void dropReply();
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString proxyName() const;

    DiagnosedHost m_host;
    const ProbeMeans m_means;
    Surroundings m_around;
    std::optional<CheckKind> m_current;
    QElapsedTimer m_clock; ///< Of the current check.
    QTimer m_patience;
    std::unique_ptr<SocketProbe> m_socket;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QNetworkReply *m_reply = nullptr; ///< Child of m_network.
    bool m_isFinished = false;
};

} // namespace icebreaker
