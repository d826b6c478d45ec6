#include "listen/statusinbox.h"

#include <QDateTime>
#include <QPointer>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <array>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Enough that 200 clients which are slow on purpose leave room for honest ones.
constexpr unsigned int Connections = 256;

/// For one commit to the journal, with another program holding it for a while.
constexpr std::chrono::milliseconds TimeToKeep{30'000};

ListenLimits inboxLimits()
{
    ListenLimits limits;
    limits.connections = Connections;
    limits.answer = TimeToKeep;
    return limits;
}

bool isSecret(const QString &text)
{
    static const QRegularExpression form(u"\\A[A-Za-z0-9_-]{16,128}\\z"_s);
    return form.match(text).hasMatch();
}

bool isProbeToken(const QString &text)
{
    static const QRegularExpression form(u"\\A[A-Za-z0-9_-]{16,64}\\z"_s);
    return form.match(text).hasMatch();
}

/// What follows `/SECRET/`, with the doubled slashes that proxies make gone; empty if the
/// secret is not there.
QString pathBehind(const QString &secret, const QByteArray &received)
{
    QString path = QString::fromLatin1(QByteArray::fromPercentEncoding(received));
    static const QRegularExpression slashes(u"//+"_s);
    path.replace(slashes, u"/"_s);
    const QString prefix = u'/' + secret + u'/';
    const qsizetype at = path.indexOf(prefix);
    return at < 0 ? QString() : path.mid(at + prefix.size());
}

/// The part behind @p word and a slash, or an empty one.
QString behind(QLatin1StringView word, const QString &path)
{
    return path.startsWith(word) ? path.mid(word.size()) : QString();
}

QString inUrl(const QString &address)
{
    if (address == ListenPlace::AllInterfaces)
        return u"127.0.0.1"_s;
    if (!address.contains(u':'))
        return address;
    return u'[' + QString(address).replace(u'%', u"%25"_s) + u']'; // RFC 6874
}

} // namespace

Result<QUrl> parsePublicBase(const QString &text)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return failure(ErrorKind::InvalidInput, u"no host"_s);
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return failure(ErrorKind::InvalidInput, u"neither https nor http"_s);
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return failure(ErrorKind::InvalidInput, u"user name, query or fragment"_s);
    while (url.path().endsWith(u'/'))
        url.setPath(url.path().chopped(1));
    return url;
}

StatusInbox::StatusInbox(Keep keep, QObject *parent)
    : QObject(parent)
    , m_keep(std::move(keep))
    , m_listener([this](const HttpRequest &request,
                        const Responder &responder) { receive(request, responder); },
                 inboxLimits())
{
    m_options.secret = makeSecret();
}

StatusInbox::~StatusInbox()
{
    stop(); // while everything that receive() uses is alive
}

Result<void> StatusInbox::start(const InboxOptions &options)
{
    InboxOptions next = options;
    if (next.secret.isEmpty())
        next.secret = makeSecret();
    if (!isSecret(next.secret))
        return failure(ErrorKind::InvalidInput, u"the secret is too short or has other letters"_s);
    if (!next.publicBase.isEmpty()) {
        const auto base = parsePublicBase(next.publicBase.toString());
        if (!base)
            return tl::unexpected(base.error());
        next.publicBase = *base;
    }
    stop();
    m_options = next;
    return m_listener.start(m_options.place);
}

Result<void> StatusInbox::start(quint16 port)
{
    if (isRunning())
        return {};
    m_options.place.port = port;
    return m_listener.start(m_options.place);
}

void StatusInbox::stop()
{
    m_listener.stop();
}

QString StatusInbox::makeSecret()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), sizeof words);
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QUrl StatusInbox::base() const
{
    if (!isRunning() || m_options.publicBase.isEmpty())
        return localBase();
    QUrl url = m_options.publicBase;
    url.setPath(url.path() + u'/' + m_options.secret);
    return url;
}

QUrl StatusInbox::localBase() const
{
    if (!isRunning())
        return {};
    return QUrl(u"http://%1:%2/%3"_s.arg(inUrl(m_options.place.address))
                    .arg(m_listener.port())
                    .arg(m_options.secret));
}

QUrl StatusInbox::urlFor(const QString &sendId) const
{
    return under("/s/"_L1 + sendId);
}

QUrl StatusInbox::probeUrlFor(const QString &token) const
{
    return under("/probe/"_L1 + token);
}

QUrl StatusInbox::under(const QString &path) const
{
    QUrl url = base();
    if (!url.isEmpty())
        url.setPath(url.path() + path);
    return url;
}

InboxCounts StatusInbox::counts() const
{
    return {m_kept, m_notKept, m_wrongPath, m_wrongMethod, m_glances, m_probes};
}

/// In the listener's thread.
void StatusInbox::receive(const HttpRequest &request, const Responder &responder)
{
    const QString path = pathBehind(m_options.secret, request.path);
    const QString sendId = behind("s/"_L1, path);
    const QString token = behind("probe/"_L1, path);
    const bool isEvent = isSendId(sendId);
    if (!isEvent && !isProbeToken(token)) {
        const bool glance = request.method == "GET" || request.method == "HEAD";
        ++(glance ? m_glances : m_wrongPath);
        responder.answer({404, {}, {}});
    } else if (request.method != "POST") {
        ++m_wrongMethod;
        responder.answer({405, {{"Allow", "POST"}}, {}});
    } else if (isEvent) {
        receiveEvent(sendId, request.body, responder);
    } else {
        receiveProbe(token, responder);
    }
}

/// In the listener's thread.
void StatusInbox::receiveEvent(const QString &sendId, const QByteArray &body,
                               const Responder &responder)
{
    StatusEvent event = parseStatusEvent(body);
    event.sendId = sendId;
    event.arrivedAt = QDateTime::currentDateTimeUtc();
    QMetaObject::invokeMethod(
        this, [this, event, responder] { keep(event, responder); }, Qt::QueuedConnection);
}

/// In the listener's thread.
void StatusInbox::receiveProbe(const QString &token, const Responder &responder)
{
    ++m_probes;
    QMetaObject::invokeMethod(
        this,
        [this, token, responder] {
            emit probeArrived(token);
            responder.answer({200, {}, {}});
        },
        Qt::QueuedConnection);
}

void StatusInbox::keep(const StatusEvent &event, const Responder &responder)
{
    m_keep(event, [self = QPointer(this), event, responder](bool durable) {
        if (self)
            ++(durable ? self->m_kept : self->m_notKept);
        responder.answer({durable ? 200 : 503, {}, {}});
        if (durable && self)
            emit self->eventKept(event);
    });
}

} // namespace icebreaker
