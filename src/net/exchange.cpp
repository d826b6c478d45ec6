#include "net/exchange.h"

#include "core/answerform.h"
#include "core/ratelimitfields.h"
#include "net/networkfactory.h"
#include "net/tlsfacts.h"
#include "net/transportproblem.h"

#include <QMetaEnum>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>
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

Exchange::Exchange(QNetworkAccessManager &network, const QNetworkRequest &request,
                   const QByteArray &body, const SendLimits &limits, QByteArray key,
                   QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_key(std::move(key))
    , m_body(new OneShotBody(body))
{
    m_clock.start();
    m_reply = network.post(request, m_body);
    m_body->setParent(m_reply);
    m_reply->setReadBufferSize(ReadBuffer);
    watch();
    m_total.setSingleShot(true);
    m_total.start(m_limits.total);
}

void Exchange::watch()
{
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this,
            [this] { mark(m_answer.timing.connecting); });
    connect(m_reply, &QNetworkReply::encrypted, this, [this] {
        m_established = true;
        mark(m_answer.timing.encrypted);
        noteConnection(TrustAnchor::System);
    });
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        m_established = true;
        m_answer.timing.reusedConnection = !m_answer.timing.connecting;
        markSent();
    });
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64 total) {
        if (total > 0 && sent == total)
            markSent();
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::readHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::takeBody);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_tlsErrors.append(error.errorString());
        noteConnection(TrustAnchor::NotTrusted);
    });
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::conclude);
    connect(&m_total, &QTimer::timeout, this, [this] { endEarly(TransportProblem::TotalTimeout); });
}

void Exchange::mark(Timing::Moment &moment) const
{
    if (!moment)
        moment = elapsed();
}

// Qt says requestSent after the first 16 KiB already; the later of the two signals is right.
void Exchange::markSent()
{
    if (m_concluded || !m_body->wasReadToEnd())
        return;
    m_answer.timing.requestSent = elapsed();
    emit left();
}

std::chrono::microseconds Exchange::elapsed() const
{
    return std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
}

void Exchange::readHeaders()
{
    if (m_concluded || m_headersComplete)
        return;
    m_headersComplete = true;
    mark(m_answer.timing.headers);
    noteConnection(TrustAnchor::System); // of an earlier request, if it is reused
    m_answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_answer.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray();
    const auto pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        m_answer.headers.append({name, value});
    if (m_answer.status == TooManyRequests || m_answer.status == ServiceUnavailable)
        m_answer.retryAfter = retryAfter(m_answer.headers, QDateTime::currentDateTimeUtc());
}

/// @param anchor  NotTrusted, or System for any that was trusted
void Exchange::noteConnection(TrustAnchor anchor)
{
    if (m_concluded || m_answer.connection)
        return;
    ConnectionFacts facts = connectionFacts(m_reply->sslConfiguration());
    if (facts.chain.isEmpty() && facts.cipher.isEmpty())
        return;
    facts.anchor = anchor == TrustAnchor::System ? anchorOf(facts.chain, m_added) : anchor;
    facts.tlsErrors = m_tlsErrors;
    facts.tlsErrors.removeDuplicates();
    facts.http2 = m_reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool();
    m_answer.connection = facts;
}

void Exchange::takeBody()
{
    if (m_concluded || m_answer.bodyCapped || !m_reply->isOpen())
        return;
    m_answer.body += m_reply->read(m_limits.answerCap - m_answer.body.size());
    if (m_reply->bytesAvailable() == 0)
        return;
    m_answer.bodyCapped = true;
    endEarly(TransportProblem::None); // the outcome stands; the rest is not worth its way
}

void Exchange::abort()
{
    endEarly(TransportProblem::Aborted);
}

void Exchange::endEarly(TransportProblem why)
{
    if (m_concluded)
        return;
    m_endedBy = why;
    m_body->seal();
    takeBody(); // abort() throws away what was not taken
    m_reply->abort();
    conclude();
}

void Exchange::conclude()
{
    if (m_concluded)
        return;
    // From here on nothing more may leave, or the verdict would be about the past.
    m_body->seal();
    takeBody();
    if (m_concluded)
        return;
    m_concluded = true;
    m_total.stop();
    m_answer.timing.total = elapsed();
    m_answer.timing.reusedConnection = m_answer.timing.requestSent && !m_answer.timing.connecting;
    m_answer.problem = problem();
    describeProblem();
    const Outcome judged = outcome();
    hideKey();
    m_reply->deleteLater();
    emit reported({judged, m_answer});
}

Outcome Exchange::outcome() const
{
    WireFacts facts;
    facts.lastByteHanded = m_body->wasReadToEnd(); // every byte on the wire came from there
    facts.headersComplete = m_headersComplete;
    facts.status = m_answer.status;
    facts.html = isHtml(m_answer);
    return classify(facts);
}

TransportProblem Exchange::problem() const
{
    if (m_answer.bodyCapped)
        return TransportProblem::None;
    if (m_endedBy != TransportProblem::None)
        return m_endedBy;
    // Nobody but Qt's own timer cancels then.
    if (m_reply->error() == QNetworkReply::OperationCanceledError)
        return TransportProblem::InactivityTimeout;
    ConnectionState state;
    state.headersComplete = m_headersComplete;
    state.established = m_established;
    state.throughProxy = m_reply->error() == QNetworkReply::UnknownNetworkError
        && usesProxy(*m_reply->manager(), m_reply->url());
    return transportProblem(m_reply->error(), state);
}

void Exchange::describeProblem()
{
    if (m_answer.problem == TransportProblem::None)
        return;
    const char *name =
        QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(m_reply->error());
    QStringList words{QString::fromLatin1(name)};
    if (m_reply->error() == QNetworkReply::ContentReSendError)
        words += u"the connection ended, or carried no HTTP, before a complete status line"_s;
    else
        words += m_reply->errorString();
    words += m_tlsErrors;
    words.removeDuplicates();
    m_answer.problemDetail = words.join(u"; "_s);
}

// Some servers and test services send back what they were sent; the report is kept.
void Exchange::hideKey()
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
