#include "batch/sheetcheck.h"

#include "batch/rowjudge.h"
#include "batch/sheetjudging.h"

#include <QThread>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr qsizetype ProgressEveryRows = 16'384; // some 10 times a second

} // namespace

QList<CheckEntry> checkRow(const RequestTemplate &request, const QStringList &cells,
                           const CheckContext &context)
{
    return RowJudge(request, context).entriesOf(cells);
}

SheetCheck::SheetCheck(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount()));
}

SheetCheck::~SheetCheck()
{
    cancel();
    m_pool.waitForDone();
}

void SheetCheck::start(const Sheet &sheet, const RequestTemplate &request,
                       const CheckContext &context, const DoNotMessageList &doNotMessage)
{
    cancel();
    // What an older check still reports is dropped: it is cancelled by then.
    const auto post = [this](const std::weak_ptr<SheetJudging> &judging, auto act) {
        QMetaObject::invokeMethod(
            this,
            [this, judging, act = std::move(act)] {
                if (m_judging && m_judging == judging.lock())
                    act();
            },
            Qt::QueuedConnection);
    };
    const auto own = std::make_shared<std::weak_ptr<SheetJudging>>();
    SheetJudging::Reports reports;
    reports.progressed = [this, post, own](qsizetype rows, qsizetype ofRows) {
        if (rows % ProgressEveryRows == 0)
            post(*own, [this, rows, ofRows] { emit progressed(rows, ofRows); });
    };
    reports.finished = [this, post, own](const SheetVerdicts &verdicts) {
        post(*own, [this, verdicts] {
            m_judging.reset();
            emit finished(verdicts);
        });
    };
    m_judging =
        std::make_shared<SheetJudging>(sheet, request, context, doNotMessage, std::move(reports));
    *own = m_judging;
    const int threads = m_pool.maxThreadCount();
    m_judging->setThreads(threads);
    for (int i = 0; i < threads; ++i)
        m_pool.start([judging = m_judging] { judging->work(); });
}

void SheetCheck::cancel()
{
    if (m_judging)
        m_judging->cancel();
    m_judging.reset();
}

} // namespace icebreaker
