#include "batch/sheetjudging.h"

#include "batch/rowjudge.h"
#include "phone/phonecheck.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace icebreaker {

namespace {

/// Some 10 ms of work: cancelling takes no longer, and the threads meet rarely.
constexpr qsizetype RowsPerStep = 1024;
constexpr quint32 NoRow = std::numeric_limits<quint32>::max();

bool canBeSent(Verdict verdict)
{
    return verdict == Verdict::Ready || verdict == Verdict::Warned;
}

Verdict verdictFor(const std::optional<Severity> &worst)
{
    if (!worst)
        return Verdict::Ready;
    return *worst == Severity::Error ? Verdict::Bad : Verdict::Warned;
}

/// Finds the first row with the same content. A table of row numbers with open
/// addressing: 8 bytes a row, where a QHash takes 30.
class FirstJudgedRows
{
public:
    explicit FirstJudgedRows(qsizetype rows)
    {
        std::size_t size = 16;
        while (size < 2 * static_cast<std::size_t>(rows))
            size *= 2;
        m_table.assign(size, NoRow);
    }

    /// @return the row before @p row that @p isSame says yes to; else @p row, which is then
    /// found by later ones
    template <typename IsSame>
    quint32 firstLike(quint32 row, std::size_t hash, IsSame isSame)
    {
        std::size_t place = hash & (m_table.size() - 1);
        while (m_table[place] != NoRow) {
            if (isSame(m_table[place]))
                return m_table[place];
            place = (place + 1) & (m_table.size() - 1);
        }
        m_table[place] = row;
        return row;
    }

private:
    std::vector<quint32> m_table;
};

} // namespace

SheetJudging::SheetJudging(Sheet sheet, RequestTemplate request, CheckContext context,
                           DoNotMessageList doNotMessage, Reports reports)
    : m_sheet(std::move(sheet))
    , m_request(std::move(request))
    , m_context(std::move(context))
    , m_doNotMessage(std::move(doNotMessage))
    , m_reports(std::move(reports))
{
    const auto rows = static_cast<std::size_t>(m_sheet.rowCount());
    m_verdicts.resize(rows, Verdict::Bad);
    m_hashes.resize(rows);
    m_recipients.resize(rows);
}

void SheetJudging::work()
{
    RowJudge judge(m_request, m_context);
    const qsizetype rows = m_sheet.rowCount();
    while (!m_isCancelled) {
        const qsizetype begin = m_nextRow.fetch_add(RowsPerStep);
        if (begin >= rows)
            break;
        const qsizetype end = std::min(begin + RowsPerStep, rows);
        judgeRows(judge, begin, end);
        const qsizetype done = m_rowsDone += end - begin;
        m_reports.progressed(done, rows);
    }
    if (m_threadsLeft.fetch_sub(1) == 1 && !m_isCancelled)
        finish();
}

void SheetJudging::judgeRows(RowJudge &judge, qsizetype begin, qsizetype end)
{
    QList<qsizetype> toAsk;
    QStringList digits;
    for (qsizetype row = begin; row < end; ++row) {
        const auto at = static_cast<std::size_t>(row);
        const RowJudge::Judged judged = judge.judge(m_sheet.cells(row));
        m_verdicts[at] = verdictFor(judged.worst);
        m_hashes[at] = judged.contentHash;
        m_recipients[at] = recipientNumber(judged.to).value_or(0);
        if (m_doNotMessage.contains(judged.to)) {
            m_verdicts[at] = Verdict::DoNotMessage;
        } else if (judged.toIsGood && m_verdicts[at] == Verdict::Ready) {
            toAsk.append(row); // it only ever warns, which changes nothing in the others
            digits.append(judged.to);
        }
    }
    askLibrary(toAsk, digits);
}

void SheetJudging::askLibrary(const QList<qsizetype> &rows, const QStringList &digits)
{
    const QList<bool> suspicious = areSuspicious(digits, m_context.sandbox);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (suspicious.at(i))
            m_verdicts[static_cast<std::size_t>(rows.at(i))] = Verdict::Warned;
    }
}

void SheetJudging::finish()
{
    SheetVerdicts::Data data;
    findRepeats(data);
    if (m_isCancelled)
        return;
    m_hashes = {};
    data.people = countPeople(std::move(m_recipients));
    for (const Verdict verdict : m_verdicts)
        ++data.counts.at(static_cast<std::size_t>(verdict));
    data.verdicts = std::move(m_verdicts);
    m_reports.finished(SheetVerdicts(std::move(data)));
}

/// In file order and by one thread: a repetition is always one of the first such row.
void SheetJudging::findRepeats(SheetVerdicts::Data &data)
{
    RowJudge judge(m_request, m_context);
    FirstJudgedRows firstRows(m_sheet.rowCount());
    for (std::size_t at = 0; at < m_verdicts.size() && !m_isCancelled; ++at) {
        if (!canBeSent(m_verdicts[at])) {
            m_recipients[at] = 0; // nobody is reached by it
            continue;
        }
        const auto row = static_cast<quint32>(at);
        const quint32 first =
            firstRows.firstLike(row, m_hashes[at], [this, &judge, at](quint32 other) {
                return m_hashes[other] == m_hashes[at] && m_recipients[other] == m_recipients[at]
                    && judge.contentOf(m_sheet.cells(other))
                    == judge.contentOf(m_sheet.cells(static_cast<qsizetype>(at)));
            });
        if (first != row) {
            m_verdicts[at] = Verdict::Duplicate;
            data.repeats.emplace_back(row, first);
        }
    }
}

qsizetype SheetJudging::countPeople(std::vector<quint64> recipients)
{
    std::sort(recipients.begin(), recipients.end());
    const auto end = std::unique(recipients.begin(), recipients.end());
    const auto distinct = end - recipients.begin();
    return !recipients.empty() && recipients.front() == 0 ? distinct - 1 : distinct;
}

} // namespace icebreaker
