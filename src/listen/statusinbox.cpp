#include "listen/statusinbox.h"

#include <QDateTime>
#include <QPointer>
#include <QRandomGenerator>
#include <QUuid>

#include <array>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// 22 characters that a URL needs not escape, from the system's generator.
QString makeSecret()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), sizeof words);
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

StatusInbox::StatusInbox(Keep keep, QObject *parent)
    : QObject(parent)
    , m_keep(std::move(keep))
    , m_secret(makeSecret())
    , m_listener([this](const HttpRequest &request, const Responder &responder) {
        receive(request, responder);
    })
{ }

StatusInbox::~StatusInbox()
{
    stop(); // while everything that receive() uses is alive
}

Result<void> StatusInbox::start(quint16 port)
{
    return m_listener.start(port);
}

void StatusInbox::stop()
{
    m_listener.stop();
}

QUrl StatusInbox::base() const
{
    if (!m_listener.isRunning())
        return {};
    return QUrl(u"http://127.0.0.1:%1/%2"_s.arg(m_listener.port()).arg(m_secret));
}

QUrl StatusInbox::urlFor(const QString &sendId) const
{
    QUrl url = base();
    if (!url.isEmpty())
        url.setPath(url.path() + "/s/"_L1 + sendId);
    return url;
}

/// In the listener's thread.
void StatusInbox::receive(const HttpRequest &request, const Responder &responder)
{
    const QString prefix = u'/' + m_secret + "/s/"_L1;
    const QString path = QString::fromLatin1(request.path);
    const QString sendId = path.mid(prefix.size());
    if (!path.startsWith(prefix) || !isSendId(sendId)) {
        ++m_rejectedCount;
        responder.answer({404, {}, {}});
        return;
    }
    if (request.method != "POST") {
        ++m_rejectedCount;
        responder.answer({405, {{"Allow", "POST"}}, {}});
        return;
    }
    StatusEvent event = parseStatusEvent(request.body);
    event.sendId = sendId;
    event.arrivedAt = QDateTime::currentDateTimeUtc();
    QMetaObject::invokeMethod(
        this, [this, event, responder] { keep(event, responder); }, Qt::QueuedConnection);
}

void StatusInbox::keep(const StatusEvent &event, const Responder &responder)
{
    m_keep(event, [self = QPointer(this), event, responder](bool durable) {
        responder.answer({durable ? 200 : 503, {}, {}});
        if (durable && self)
            emit self->eventKept(event);
    });
}

} // namespace icebreaker
