#pragma once

#include "core/apikey.h"
#include "core/endpoint.h"
#include "net/outboundclient.h"
#include "support/scriptedserver.h"

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

namespace icebreaker::test {

inline const QByteArray Key = "f00d-0123456789-feed";

/// Key, bound to where @p url leads.
inline ApiKey keyFor(const QUrl &url)
{
    return {Key, origin(url)};
}

/// The report of @p future, or one that no test expects if there is none within 20 s.
inline SendReport reportOf(const QFuture<SendReport> &future)
{
    QFutureWatcher<SendReport> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    SendReport report;
    report.outcome = Outcome::Cancelled;
    if ((future.isFinished() || finished.wait(20'000)) && future.resultCount() == 1)
        report = future.result();
    return report;
}

inline SendReport sendAndWait(OutboundClient &client, const QUrl &url,
                              const QByteArray &body = R"({"to":"1"})")
{
    return reportOf(client.send(url, keyFor(url), body));
}

} // namespace icebreaker::test
