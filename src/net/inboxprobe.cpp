#include "net/inboxprobe.h"

#include "net/exchange.h"
#include "net/networkfactory.h"

#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QPromise>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;
using Verdict = ProbeReport::Verdict;

namespace {

constexpr int HttpOk = 200;
constexpr int MultipleChoices = 300;

Verdict verdictOf(TransportProblem problem)
{
    switch (problem) {
    case TransportProblem::NameNotResolved: return Verdict::NameNotResolved;
    case TransportProblem::ConnectionRefused: return Verdict::ConnectionRefused;
    case TransportProblem::ProxyFailed: return Verdict::ProxyFailed;
    case TransportProblem::TlsFailed: return Verdict::TlsFailed;
    case TransportProblem::TotalTimeout:
    case TransportProblem::InactivityTimeout: return Verdict::TimedOut;
    case TransportProblem::Aborted: return Verdict::Cancelled;
    default: return Verdict::NoAnswer;
    }
}

} // namespace

struct InboxProbe::Run {
    QString token;
    QElapsedTimer clock;
    QTimer *waiting = nullptr; ///< For an arrival, after the answer. Child of the probe.
    std::unique_ptr<QNetworkAccessManager> network;
    Exchange *exchange = nullptr; ///< Child of the probe.
    QPromise<ProbeReport> promise;
    ProbeReport report;
    bool answered = false;
};

InboxProbe::InboxProbe(QObject *parent)
    : QObject(parent)
{ }

InboxProbe::~InboxProbe()
{
    const auto runs = std::move(m_runs);
    for (const auto &run : runs) {
        run->exchange->disconnect(this);
        run->exchange->abort();
        finish(*run, Verdict::Cancelled);
    }
}

QString InboxProbe::makeToken()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), sizeof words);
    return QString::fromLatin1(bytes.toHex());
}

QFuture<ProbeReport> InboxProbe::run(const QUrl &url, const QString &token,
                                     std::chrono::milliseconds patience)
{
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)) {
        ProbeReport bad;
        bad.verdict = Verdict::BadUrl;
        return QtFuture::makeReadyFuture(bad);
    }
    Run &run = *m_runs.emplace_back(std::make_unique<Run>());
    run.token = token;
    run.clock.start();
    run.promise.start();
    run.waiting = new QTimer(this);
    run.waiting->setSingleShot(true);
    run.waiting->setInterval(patience);
    connect(run.waiting, &QTimer::timeout, this,
            [this, &run] { conclude(run, Verdict::OtherMachine); });

    QNetworkRequest request = makeRequest(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_L1);
    SendLimits limits;
    limits.total = patience;
    limits.inactivity = patience;
    run.network = makeNetwork(routeFor(url));
    run.exchange =
        new Exchange(*run.network, request, R"({"icebreaker":"probe"})", limits, {}, this);
    connect(run.exchange, &Exchange::reported, this,
            [this, &run](const SendReport &sent) { noteAnswer(run, sent.answer); });
    return run.promise.future();
}

void InboxProbe::noteArrival(const QString &token)
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(),
                                    [&token](const auto &run) { return run->token == token; });
    if (found == m_runs.end())
        return;
    Run &run = **found;
    run.report.arrived = true;
    if (run.answered) // by a relay that forwards later
        conclude(run, run.report.status == HttpOk ? Verdict::Works : Verdict::AnswerLost);
}

void InboxProbe::noteAnswer(Run &run, const Answer &answer)
{
    run.answered = true;
    run.report.status = answer.status;
    run.report.problem = answer.problem;
    run.report.detail = QString(answer.problemDetail).replace(run.token, u"[token]"_s);
    const bool success = answer.status >= HttpOk && answer.status < MultipleChoices;
    if (run.report.arrived)
        conclude(run, answer.status == HttpOk ? Verdict::Works : Verdict::AnswerLost);
    else if (success)
        run.waiting->start();
    else
        conclude(run, answer.status > 0 ? Verdict::WrongStatus : verdictOf(answer.problem));
}

void InboxProbe::conclude(Run &run, Verdict verdict)
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(),
                                    [&run](const auto &each) { return each.get() == &run; });
    const std::unique_ptr<Run> done = std::move(*found);
    m_runs.erase(found);
    // We may be inside a signal of theirs.
    done->exchange->deleteLater();
    done->waiting->deleteLater();
    done->waiting->stop();
    done->network.release()->deleteLater();
    finish(*done, verdict);
}

void InboxProbe::finish(Run &run, Verdict verdict)
{
    run.report.verdict = verdict;
    run.report.took = std::chrono::milliseconds(run.clock.elapsed());
    run.promise.addResult(run.report);
    run.promise.finish();
}

} // namespace icebreaker
