#pragma once

#include "core/sendrecord.h"
#include "store/journal.h"

#include <QFuture>
#include <QUuid>

/// Values with everything set, and waiting for futures, for tests of the store.
namespace icebreaker::test {

/// Blocks until @p future is finished. Tests only: the program never waits.
template <typename T>
T resultOf(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

inline QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

/// Emoji, right to left, a 4-byte ideograph, an embedded NUL.
inline QString nastyText()
{
    return QString::fromUtf8("\xF0\x9F\x98\x80 \xD7\xA9\xD7\x9C \xF0\xA0\xAE\xB7 a'\"%_")
        + QChar(u'\0') + QStringLiteral("end");
}

/// Every byte there is.
inline QByteArray nastyBytes()
{
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes.append(static_cast<char>(i));
    return bytes;
}

inline Claim sampleClaim(const QString &sendId = newId())
{
    Claim claim;
    claim.sendId = sendId;
    claim.claimedAt = QDateTime(QDate(2026, 11, 22), QTime(10, 0, 0, 123), Qt::UTC);
    claim.profile = QStringLiteral("My test");
    claim.region = QStringLiteral("eu");
    claim.url = QUrl(
        QStringLiteral("https://studio-api-eu.ai.vonage.com/messaging/conversation?a=%20b%C3%BC"));
    claim.lane = QStringLiteral("https://studio-api-eu.ai.vonage.com:443/agent");
    claim.body = R"({"to":"447900000001","text":"Grüße"})";
    claim.to = QStringLiteral("447900000001");
    claim.agentId = QStringLiteral("1a20bc");
    claim.templateName = QStringLiteral("order_confirmed");
    claim.locale = QStringLiteral("es");
    claim.channel = QStringLiteral("whatsapp");
    return claim;
}

inline SendReport sampleReport(Outcome outcome = Outcome::Accepted, int status = 200)
{
    using std::chrono::microseconds;
    SendReport report;
    report.outcome = outcome;
    Answer &answer = report.answer;
    answer.status = status;
    answer.reason = "OK";
    answer.headers = {{"Content-Type", "application/json"}, {"X-Twice", "1"}, {"x-twice", "2"}};
    answer.body = R"({"session_id":"abc"})";
    answer.timing = {microseconds(0),         microseconds(2'000),     std::nullopt,
                     microseconds(3'900'001), microseconds(3'900'002), true};
    return report;
}

inline StatusEvent sampleEvent(const QString &sendId, DeliveryStatus status)
{
    StatusEvent event;
    event.sendId = sendId;
    event.arrivedAt = QDateTime(QDate(2026, 11, 22), QTime(10, 0, 1, 5), Qt::UTC);
    event.raw = R"({"status":"x"})";
    event.status = status;
    event.statusText = QStringLiteral("word");
    return event;
}

inline Claim nastyClaim()
{
    Claim claim = sampleClaim();
    claim.profile = nastyText();
    claim.to = nastyText();
    claim.templateName = nastyText();
    claim.body = nastyBytes();
    return claim;
}

inline SendReport nastyReport()
{
    SendReport report = sampleReport(Outcome::Unknown, 599);
    report.answer.reason = nastyBytes();
    report.answer.headers.append(HttpHeader{nastyBytes(), nastyBytes()});
    report.answer.headers.append(HttpHeader{"", ""});
    report.answer.body = nastyBytes() + nastyText().toUtf8();
    report.answer.bodyCapped = true;
    report.answer.problem = TransportProblem::InactivityTimeout;
    report.answer.problemDetail = nastyText();
    report.answer.retryAfter = std::chrono::milliseconds(86'400'001);
    return report;
}

/// Claims and settles one send.
inline qint64 recordSend(Journal &journal, const Claim &claim, const SendReport &report)
{
    const auto row = resultOf(journal.claim(claim));
    if (!row || !resultOf(journal.settle(claim.sendId, report)))
        qFatal("cannot record");
    return *row;
}

} // namespace icebreaker::test
