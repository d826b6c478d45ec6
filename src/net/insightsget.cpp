#include "net/insightsget.h"

#include "core/ratelimitfields.h"
#include "net/networkfactory.h"
#include "net/transportproblem.h"

#include <QMetaEnum>
#include <QSslError>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Bytes of an answer that Qt may hold before we took them.
constexpr qint64 ReadBuffer = 262'144;

/// A shorter key may be a word that an answer uses anyway, like the sandbox's.
constexpr qsizetype ShortestSecret = 16;

constexpr int TooManyRequests = 429;
constexpr int ServiceUnavailable = 503;

} // namespace

InsightsGet::InsightsGet(QNetworkAccessManager &network, const QNetworkRequest &request,
                         const GetLimits &limits, QByteArray key, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_key(std::move(key))
{
    m_clock.start();
    m_reply = network.get(request);
    m_reply->setReadBufferSize(ReadBuffer);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_established = true; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &InsightsGet::readHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &InsightsGet::takeBody);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_tlsErrors.append(error.errorString());
    });
    connect(m_reply, &QNetworkReply::finished, this, &InsightsGet::conclude);
    connect(&m_total, &QTimer::timeout, this, [this] { endEarly(TransportProblem::TotalTimeout); });
    m_total.setSingleShot(true);
    m_total.start(m_limits.total);
}

InsightsGet::~InsightsGet()
{
    if (m_concluded)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void InsightsGet::readHeaders()
{
    if (m_concluded || m_headersComplete)
        return;
    m_headersComplete = true;
    m_answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_answer.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray();
    const auto pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        m_answer.headers.append({name, value});
    if (m_answer.status == TooManyRequests || m_answer.status == ServiceUnavailable)
        m_answer.retryAfter = retryAfter(m_answer.headers, QDateTime::currentDateTimeUtc());
}

void InsightsGet::takeBody()
{
    if (m_concluded || m_answer.bodyCapped || !m_reply->isOpen())
        return;
    m_answer.body += m_reply->read(m_limits.answerCap - m_answer.body.size());
    if (m_reply->bytesAvailable() == 0)
        return;
    m_answer.bodyCapped = true;
    endEarly(TransportProblem::None);
}

void InsightsGet::endEarly(TransportProblem why)
{
    if (m_concluded)
        return;
    m_endedBy = why;
    takeBody(); // abort() throws away what was not taken
    m_reply->abort();
    conclude();
}

void InsightsGet::conclude()
{
    if (m_concluded)
        return;
    takeBody();
    if (m_concluded)
        return;
    m_concluded = true;
    m_total.stop();
    m_answer.timing.total = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
    m_answer.problem = problem();
    if (m_answer.problem != TransportProblem::None)
        m_answer.problemDetail = problemWords();
    hideKey();
    m_reply->deleteLater();
    emit answered(m_answer);
}

TransportProblem InsightsGet::problem() const
{
    if (m_answer.bodyCapped)
        return TransportProblem::None;
    if (m_endedBy != TransportProblem::None)
        return m_endedBy;
    if (m_reply->error() == QNetworkReply::OperationCanceledError)
        return TransportProblem::InactivityTimeout; // nobody but Qt's own timer cancels then
    ConnectionState state;
    state.headersComplete = m_headersComplete;
    state.established = m_established;
    state.throughProxy = m_reply->error() == QNetworkReply::UnknownNetworkError
        && usesProxy(*m_reply->manager(), m_reply->url());
    return transportProblem(m_reply->error(), state);
}

// Qt's own sentences may quote the address, which has the customer's number in it.
QString InsightsGet::problemWords() const
{
    QStringList words{QString::fromLatin1(
        QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(m_reply->error()))};
    if (!m_reply->errorString().contains("://"_L1))
        words += m_reply->errorString();
    words += m_tlsErrors;
    words.removeDuplicates();
    return words.join(u"; "_s);
}

void InsightsGet::hideKey()
{
    if (m_key.size() < ShortestSecret)
        return;
    const QByteArray mask = "[key]";
    m_answer.reason.replace(m_key, mask);
    m_answer.body.replace(m_key, mask);
    for (HttpHeader &header : m_answer.headers)
        header.value.replace(m_key, mask);
    m_answer.problemDetail.replace(QString::fromLatin1(m_key), QString::fromLatin1(mask));
}

} // namespace icebreaker
