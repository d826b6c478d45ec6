#pragma once

#include "store/batches.h"
#include "store/deliveries.h"
#include "support/storesamples.h"

#include <QTemporaryDir>

/// A journal with what is heard of its sends, for tests of deliveries.
namespace icebreaker::test {

/// The moment at which sampleClaim() was claimed.
inline QDateTime claimedAt()
{
    return sampleClaim().claimedAt;
}

/// A callback as it comes. @param path  send ID, or empty
inline StatusEvent callback(const QString &path, const QString &status, const QString &uuid,
                            int seconds, const QByteArray &more = {})
{
    const QDateTime at = claimedAt().addSecs(seconds);
    StatusEvent event = parseStatusEvent(
        "{\"status\":\"" + status.toUtf8() + "\",\"message_uuid\":\"" + uuid.toUtf8()
        + "\",\"timestamp\":\"" + at.toString(Qt::ISODate).toUtf8() + '"' + more + '}');
    event.sendId = path;
    event.arrivedAt = at.addMSecs(500);
    return event;
}

inline QByteArray toNumber(const QByteArray &number)
{
    return ",\"to\":\"" + number + '"';
}

struct DeliveryStore {
    explicit DeliveryStore(const QTemporaryDir &dir)
        : journal(dir.path())
    {
        if (!resultOf(journal.open()))
            qFatal("cannot open");
    }
    Journal journal;
    Deliveries deliveries{journal};
    Batches batches{journal};

    /// @return its send ID
    QString send(Outcome outcome = Outcome::Accepted, const QString &to = sampleClaim().to,
                 int seconds = 0)
    {
        Claim claim = sampleClaim();
        claim.to = to;
        claim.claimedAt = claim.claimedAt.addSecs(seconds);
        recordSend(journal, claim, sampleReport(outcome));
        return claim.sendId;
    }
    EventMatch take(const StatusEvent &event, EventSource source = EventSource::Listener)
    {
        const auto match = resultOf(deliveries.take(event, source));
        if (!match)
            qFatal("%s", qPrintable(match.error().detail));
        return *match;
    }
    SendRecord record(const QString &sendId)
    {
        const QList<qint64> rows = resultOf(journal.rows({}, 0, 100'000)).value();
        const QList<SendRecord> records = resultOf(journal.records(rows)).value();
        for (const SendRecord &record : records) {
            if (record.claim.sendId == sendId)
                return record;
        }
        qFatal("no such send");
    }
    QList<KeptEvent> unmatched() { return resultOf(deliveries.unmatched(0, 100'000)).value(); }
    QList<KeptEvent> events(const QString &sendId)
    {
        return resultOf(journal.events(sendId)).value();
    }
};

} // namespace icebreaker::test
