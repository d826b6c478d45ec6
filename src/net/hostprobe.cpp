#include "net/hostprobe.h"

#include "core/answer.h"
#include "core/endpoint.h"
#include "core/ratelimitfields.h"
#include "core/whendone.h"
#include "net/networkfactory.h"
#include "net/socketprobe.h"
#include "net/tlsfacts.h"
#include "net/transportproblem.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QPromise>
#include <QSslCertificate>
#include <QThreadPool>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array ProbedKinds{CheckKind::Proxy, CheckKind::Name,   CheckKind::Tcp,
                                 CheckKind::Tls,   CheckKind::Answer, CheckKind::Clock};
constexpr int MostAddresses = 4;
constexpr qsizetype LongestServerName = 64;
constexpr quint16 HttpsPort = 443;
constexpr quint16 HttpPort = 80;
constexpr int ProxyLoginStatus = 407;
constexpr int NetworkLoginStatus = 511; // RFC 6585: a captive portal
constexpr int FirstServerError = 500;

bool isHttps(const QUrl &url)
{
    return url.scheme() == "https"_L1;
}

/// A server's word for itself: one line, no longer than needed.
QString shortLine(const QByteArray &text)
{
    return QString::fromLatin1(text.simplified()).left(LongestServerName);
}

Finding answerFinding(int status)
{
    if (status == ProxyLoginStatus || status == NetworkLoginStatus)
        return Finding::LoginDemanded;
    return status >= FirstServerError ? Finding::ServerError : Finding::Answered;
}

CheckState answerState(Finding finding)
{
    switch (finding) {
    case Finding::Answered: return CheckState::Good;
    case Finding::ServerError: return CheckState::Notice;
    default: return CheckState::Bad;
    }
}

} // namespace

ProbeMeans::Resolver ProbeMeans::systemResolver()
{
    return [](const QString &name, QObject *context,
              const std::function<void(const QHostInfo &)> &done) {
        QHostInfo::lookupHost(name, context, done);
    };
}

QStringList ProbeMeans::systemAuthorityFolders()
{
    return {u"/usr/local/share/ca-certificates"_s, u"/etc/pki/ca-trust/source/anchors"_s,
            u"/etc/ca-certificates/trust-source/anchors"_s, u"/etc/pki/trust/anchors"_s};
}

HostProbe::HostProbe(DiagnosedHost host, ProbeMeans means, QObject *parent)
    : QObject(parent)
    , m_host(std::move(host))
    , m_means(std::move(means))
{
    for (const CheckKind kind : ProbedKinds) {
        CheckLine line;
        line.kind = kind;
        m_host.lines.append(line);
    }
    m_patience.setSingleShot(true);
    m_patience.setInterval(m_means.patience);
    connect(&m_patience, &QTimer::timeout, this, &HostProbe::handleTimeout);
}

HostProbe::~HostProbe()
{
    if (m_reply != nullptr)
        m_reply->disconnect(this);
}

quint16 HostProbe::port() const
{
    return static_cast<quint16>(m_host.base.port(isHttps(m_host.base) ? HttpsPort : HttpPort));
}

QString HostProbe::proxyName() const
{
    const QNetworkProxy &proxy = m_around.proxy;
    const bool isSocks = proxy.type() == QNetworkProxy::Socks5Proxy;
    return u"%1://%2:%3"_s.arg(isSocks ? u"socks5"_s : u"http"_s, proxy.hostName())
        .arg(proxy.port());
}

CheckLine &HostProbe::line(CheckKind kind)
{
    return *std::find_if(m_host.lines.begin(), m_host.lines.end(),
                         [kind](const CheckLine &each) { return each.kind == kind; });
}

void HostProbe::begin(CheckKind kind)
{
    m_current = kind;
    line(kind).state = CheckState::Running;
    m_clock.start();
    m_patience.start();
    emit changed();
}

CheckLine &HostProbe::end(CheckState state, Finding finding, const QString &subject)
{
    m_patience.stop();
    CheckLine &ended = line(*m_current);
    ended.state = state;
    ended.finding = finding;
    ended.subject = subject;
    ended.took = std::chrono::milliseconds(m_clock.elapsed());
    m_current.reset();
    return ended;
}

void HostProbe::fail(Finding finding, const QString &subject, const QString &technical)
{
    end(CheckState::Bad, finding, subject).technical = technical;
    finish(Finding::NeedsEarlier);
}

void HostProbe::finish(Finding whatIsLeft)
{
    m_patience.stop();
    dropSocket();
    dropReply();
    m_isFinished = true;
    for (CheckLine &each : m_host.lines) {
        if (each.state == CheckState::Waiting || each.state == CheckState::Running) {
            each.state = CheckState::NotChecked;
            each.finding = whatIsLeft;
        }
    }
    emit changed();
    emit finished();
}

void HostProbe::stop()
{
    if (!m_isFinished)
        finish(Finding::Stopped);
}

void HostProbe::handleTimeout()
{
    if (m_current == CheckKind::Name && m_host.throughProxy) {
        end(CheckState::NotChecked, Finding::NameLeftToProxy);
        connectThroughProxy();
    } else if (m_current == CheckKind::Tcp && m_host.throughProxy) {
        blameProxy(Finding::ProxyRefuses, u"no answer to CONNECT in time"_s);
    } else {
        if (m_current == CheckKind::Tcp)
            line(CheckKind::Tcp).details = m_socket->failedAddresses();
        fail(Finding::TimedOut,
             m_current == CheckKind::Proxy ? line(CheckKind::Proxy).subject : QString());
    }
}

HostProbe::Surroundings HostProbe::lookAround(const QUrl &url, const QStringList &authorityFolders)
{
    Surroundings around;
    if (routeFor(url) == Route::Internet) {
        const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
        if (!proxies.isEmpty())
            around.proxy = proxies.first();
    }
    for (const QString &folder : authorityFolders) {
        const auto found = QSslCertificate::fromPath(folder + "/*"_L1, QSsl::Pem,
                                                     QSslCertificate::PatternSyntax::Wildcard);
        for (const QSslCertificate &each : found)
            around.localAuthorities.append(certificateFacts(each));
    }
    return around;
}

void HostProbe::start()
{
    begin(CheckKind::Proxy);
    QPromise<Surroundings> promise;
    promise.start();
    whenDone(promise.future(), this, [this](const Surroundings &found) {
        if (!m_isFinished)
            handleSurroundings(found);
    });
    auto shared = std::make_shared<QPromise<Surroundings>>(std::move(promise));
    QThreadPool::globalInstance()->start(
        [shared, url = m_host.base, folders = m_means.authorityFolders] {
            shared->addResult(lookAround(url, folders));
            shared->finish();
        });
}

void HostProbe::handleSurroundings(const Surroundings &found)
{
    if (m_current != CheckKind::Proxy)
        return; // the system took too long
    m_around = found;
    m_host.throughProxy = found.proxy.type() != QNetworkProxy::NoProxy;
    if (m_host.throughProxy) {
        line(CheckKind::Proxy).subject = proxyName();
        reachProxy();
        return;
    }
    end(CheckState::Good, Finding::NoProxy);
    resolve();
}

void HostProbe::reachProxy()
{
    SocketProbe &socket = newSocket();
    connect(&socket, &SocketProbe::reached, this, [this] {
        end(CheckState::Good, Finding::ProxyAnswers, proxyName());
        resolve();
    });
    connect(&socket, &SocketProbe::notReached, this,
            [this](Finding finding, const QString &technical) {
                fail(finding == Finding::NameUnknown ? Finding::ProxyNameUnknown
                                                     : Finding::ProxyUnreachable,
                     proxyName(), technical);
            });
    socket.reachByName(m_around.proxy.hostName(), m_around.proxy.port());
}

void HostProbe::resolve()
{
    begin(CheckKind::Name);
    const QHostAddress numeric(m_host.base.host());
    if (!numeric.isNull()) {
        end(CheckState::Good, Finding::NumericAddress);
        if (m_host.throughProxy)
            connectThroughProxy();
        else
            connectDirectly({numeric});
        return;
    }
    m_means.resolve(m_host.base.host(), this, [this](const QHostInfo &names) {
        if (m_current == CheckKind::Name)
            handleNames(names);
    });
}

void HostProbe::handleNames(const QHostInfo &names)
{
    const auto addresses = names.addresses();
    const bool isKnown = names.error() == QHostInfo::NoError && !addresses.isEmpty();
    if (isKnown) {
        CheckLine &ended = end(CheckState::Good, Finding::Resolved);
        for (const QHostAddress &each : addresses)
            ended.details.append(each.toString());
    } else if (m_host.throughProxy) {
        end(CheckState::NotChecked, Finding::NameLeftToProxy).technical = names.errorString();
    } else {
        fail(names.error() == QHostInfo::HostNotFound ? Finding::NameUnknown
                                                      : Finding::ResolverFailed,
             {}, names.errorString());
        return;
    }
    if (m_host.throughProxy)
        connectThroughProxy();
    else
        connectDirectly(addresses);
}

void HostProbe::connectDirectly(const QList<QHostAddress> &addresses)
{
    begin(CheckKind::Tcp);
    const auto tried = addresses.first(std::min<qsizetype>(addresses.size(), MostAddresses));
    SocketProbe &socket = newSocket();
    connect(&socket, &SocketProbe::reached, this, [this](const QString &address) {
        end(CheckState::Good, Finding::Connected, address).details = m_socket->failedAddresses();
        shakeHands();
    });
    connect(&socket, &SocketProbe::notReached, this,
            [this](Finding finding, const QString &technical) {
                line(CheckKind::Tcp).details = m_socket->failedAddresses();
                fail(finding, {}, technical);
            });
    socket.reach(tried, port(), m_means.patience / std::max<qsizetype>(1, tried.size()));
}

void HostProbe::connectThroughProxy()
{
    begin(CheckKind::Tcp);
    SocketProbe &socket = newSocket();
    connect(&socket, &SocketProbe::reached, this, [this] {
        end(CheckState::Good, Finding::Tunnelled, proxyName());
        shakeHands();
    });
    connect(&socket, &SocketProbe::notReached, this, &HostProbe::blameProxy);
    socket.reachThrough(m_around.proxy, m_host.base.host(), port());
}

/// It was reached, but did not lead on.
void HostProbe::blameProxy(Finding finding, const QString &technical)
{
    end(CheckState::NotChecked, Finding::NeedsEarlier);
    CheckLine &proxy = line(CheckKind::Proxy);
    proxy.state = CheckState::Bad;
    proxy.finding = finding;
    proxy.technical = technical;
    finish(Finding::NeedsEarlier);
}

void HostProbe::shakeHands()
{
    begin(CheckKind::Tls);
    if (!isHttps(m_host.base)) {
        end(CheckState::NotChecked, Finding::PlainHttp);
        ask();
        return;
    }
    connect(m_socket.get(), &SocketProbe::shaken, this, &HostProbe::handleShaken);
    connect(m_socket.get(), &SocketProbe::notShaken, this,
            [this](Finding finding, const QString &technical) {
                m_host.connection = m_socket->connection();
                const bool hasChain = m_host.connection && !m_host.connection->chain.isEmpty();
                fail(finding, hasChain ? m_host.connection->chain.first().issuer : QString(),
                     technical);
            });
    m_socket->shakeHands(m_host.base.host());
}

void HostProbe::handleShaken()
{
    ConnectionFacts facts = *m_socket->connection();
    facts.anchor = anchorOf(facts.chain, m_means.added);
    Finding finding = Finding::TrustedBySystem;
    if (facts.anchor == TrustAnchor::Added)
        finding = Finding::TrustedAdded;
    else if (endsInOneOf(facts.chain, m_around.localAuthorities))
        finding = Finding::TrustedLocally;
    const QString issuer = facts.chain.isEmpty() ? QString() : facts.chain.first().issuer;
    m_host.connection = facts;
    const bool isPublic = finding == Finding::TrustedBySystem && !namesInspection(issuer);
    end(isPublic ? CheckState::Good : CheckState::Notice, finding, issuer);
    ask();
}

void HostProbe::ask()
{
    // The same address again, or the same proxy: not what the system says by then.
    const QHostAddress peer = m_socket->peer();
    dropSocket();
    begin(CheckKind::Answer);
    QUrl root = m_host.base.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment
                                     | QUrl::RemoveUserInfo);
    root.setPath(u"/"_s);
    QNetworkRequest request = makeRequest(root);
    if (m_means.tls)
        request.setSslConfiguration(*m_means.tls);
    m_network = makeNetwork(Route::Loopback);
    if (m_host.throughProxy) {
        m_network->setProxy(m_around.proxy);
    } else if (QHostAddress(root.host()).isNull()) {
        request.setRawHeader("Host", root.authority(QUrl::FullyEncoded).toLatin1());
        request.setPeerVerifyName(root.host(QUrl::FullyEncoded));
        root.setHost(peer.toString());
        request.setUrl(root);
    }
    m_reply = m_network->get(request);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HostProbe::handleHeaders);
    connect(m_reply, &QNetworkReply::finished, this, &HostProbe::handleReplyEnd);
}

void HostProbe::handleHeaders()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0 || m_current != CheckKind::Answer)
        return;
    const QByteArray date = m_reply->rawHeader("Date");
    const QString server = shortLine(m_reply->rawHeader("Server"));
    const Finding finding = answerFinding(status);
    end(answerState(finding), finding, server).status = status;
    dropReply(); // its body is not worth its way
    if (finding == Finding::LoginDemanded)
        finish(Finding::NeedsEarlier);
    else
        readClock(date);
}

void HostProbe::handleReplyEnd()
{
    if (m_current != CheckKind::Answer)
        return;
    const auto problem = transportProblem(m_reply->error(), {});
    fail(problem == TransportProblem::NotHttp ? Finding::NotHttp : Finding::NoAnswer, {},
         m_reply->errorString());
}

void HostProbe::readClock(const QByteArray &date)
{
    begin(CheckKind::Clock);
    // The answer was made somewhere between the request and now; Date has whole seconds.
    const auto underWay = line(CheckKind::Answer).took / 2;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime theirs = httpDate(date.trimmed(), now);
    if (!theirs.isValid()) {
        end(CheckState::NotChecked, Finding::NoDate);
    } else {
        const std::chrono::milliseconds skew(theirs.msecsTo(now) - underWay.count());
        const bool isRight = std::chrono::abs(skew) <= ToleratedSkew;
        end(isRight ? CheckState::Good : CheckState::Notice,
            isRight ? Finding::ClockRight : Finding::ClockOff)
            .skew = std::chrono::round<std::chrono::seconds>(skew);
    }
    finish(Finding::None);
}

SocketProbe &HostProbe::newSocket()
{
    dropSocket();
    m_socket = std::make_unique<SocketProbe>(m_means.tls);
    return *m_socket;
}

void HostProbe::dropSocket()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket.release()->deleteLater(); // we may be inside a signal of its
}

void HostProbe::dropReply()
{
    if (m_reply == nullptr)
        return;
    // Not abort(): we may be inside a signal of its, and Qt would report a second end.
    m_reply->disconnect(this);
    m_reply = nullptr;
    m_network.release()->deleteLater();
}

} // namespace icebreaker
