#pragma once

#include "batch/donotmessage.h"
#include "batch/sheet.h"
#include "batch/sheetverdicts.h"
#include "core/requestcheck.h"
#include "core/requesttemplate.h"

#include <QList>

#include <atomic>
#include <functional>
#include <vector>

namespace icebreaker {

class RowJudge;

/// One check of a whole sheet, shared by the threads that work on it. The machinery
/// behind SheetCheck.
class SheetJudging
{
public:
    struct Reports { ///< Called in one of the working threads.
        std::function<void(qsizetype rows, qsizetype ofRows)> progressed;
        std::function<void(const SheetVerdicts &verdicts)> finished;
    };

    SheetJudging(Sheet sheet, RequestTemplate request, CheckContext context,
                 DoNotMessageList doNotMessage, Reports reports);

    /// Takes part until all rows are done; to be called by each thread. The last one to
    /// return reports the verdicts.
    void work();
    void cancel() { m_isCancelled = true; }
    [[nodiscard]] bool isCancelled() const { return m_isCancelled; }
    /// Before the first of them starts to work.
    void setThreads(int threads) { m_threadsLeft = threads; }

private:
    void judgeRows(RowJudge &judge, qsizetype begin, qsizetype end);
    void askLibrary(const QList<qsizetype> &rows, const QStringList &digits);
    void finish();
    void findRepeats(SheetVerdicts::Data &data);
    [[nodiscard]] static qsizetype countPeople(std::vector<quint64> recipients);

    const Sheet m_sheet;
    const RequestTemplate m_request;
    const CheckContext m_context;
    const DoNotMessageList m_doNotMessage;
    const Reports m_reports;

    // Each thread writes to its own rows only.
    std::vector<Verdict> m_verdicts;
    std::vector<std::size_t> m_hashes; ///< Of what would be sent.
    std::vector<quint64> m_recipients; ///< 0 if it is none.

    std::atomic<qsizetype> m_nextRow = 0;
    std::atomic<qsizetype> m_rowsDone = 0;
    std::atomic<int> m_threadsLeft = 1;
    std::atomic_bool m_isCancelled = false;
};

} // namespace icebreaker
