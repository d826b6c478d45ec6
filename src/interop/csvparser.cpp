#include "interop/csvparser.h"

#include <csv.h>

#include <algorithm>
#include <utility>

namespace icebreaker {

namespace {

constexpr unsigned char Strict = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL;
constexpr unsigned char Lenient = CSV_REPALL_NL;
constexpr std::size_t GrowBy = 4096; // libcsv's own 128 bytes make many copies of a long cell

/// CR LF, LF and CR count as one each.
qint64 lineBreaks(QByteArrayView text)
{
    qint64 count = 0;
    char before = 0;
    for (const char c : text) {
        if (c == '\r' || (c == '\n' && before != '\r'))
            ++count;
        before = c;
    }
    return count;
}

bool hasLineBreak(QByteArrayView text)
{
    return text.contains('\n') || text.contains('\r');
}

} // namespace

CsvParser::CsvParser(char delimiter, TakeRow takeRow)
    : m_csv(std::make_unique<csv_parser>())
    , m_takeRow(std::move(takeRow))
{
    csv_init(m_csv.get(), Strict);
    csv_set_delim(m_csv.get(), static_cast<unsigned char>(delimiter));
    csv_set_blk_size(m_csv.get(), GrowBy);
}

CsvParser::~CsvParser()
{
    csv_free(m_csv.get());
}

bool CsvParser::parse(QByteArrayView utf8)
{
    if (m_problem != Problem::None)
        return false;
    const qsizetype nul = utf8.indexOf('\0');
    const QByteArrayView text = nul < 0 ? utf8 : utf8.first(nul);
    // In parts: what one cell can grow to has to be looked at now and then.
    for (qsizetype i = 0; i < text.size(); i += MaxFieldBytes) {
        if (!parseStrictly(text.sliced(i, std::min(MaxFieldBytes, text.size() - i))))
            return false;
    }
    return nul < 0 || fail(Problem::ControlByte, line());
}

bool CsvParser::parseStrictly(QByteArrayView utf8)
{
    while (!utf8.isEmpty()) {
        const auto done = static_cast<qsizetype>(csv_parse(m_csv.get(), utf8.data(),
                                                           static_cast<std::size_t>(utf8.size()),
                                                           takeCell, takeLineEnd, this));
        if (m_problem != Problem::None)
            return false;
        if (done == utf8.size())
            return checkUnfinished();
        if (!acceptQuoteInText(utf8.sliced(done, 1)))
            return false;
        utf8 = utf8.sliced(done + 1);
    }
    return true;
}

bool CsvParser::acceptQuoteInText(QByteArrayView quote)
{
    if (csv_error(m_csv.get()) != CSV_EPARSE)
        return fail(Problem::TooLongField, line()); // no memory for it
    if (m_csv->quoted != 0)
        return fail(Problem::StrayQuote, line());
    csv_set_opts(m_csv.get(), Lenient);
    const bool isAccepted =
        csv_parse(m_csv.get(), quote.data(), 1, takeCell, takeLineEnd, this) == 1;
    csv_set_opts(m_csv.get(), Strict);
    return isAccepted || fail(Problem::TooLongField, line());
}

bool CsvParser::checkUnfinished()
{
    const QByteArrayView text = unfinished();
    if (text.size() <= MaxFieldBytes)
        return true;
    // A quoted cell over many lines and longer than any spreadsheet's: its end is missing.
    const bool isOpen = m_csv->quoted != 0 && hasLineBreak(text);
    return fail(isOpen ? Problem::OpenQuote : Problem::TooLongField, m_line);
}

bool CsvParser::finish()
{
    if (m_problem != Problem::None)
        return false;
    if (csv_fini(m_csv.get(), takeCell, takeLineEnd, this) != 0)
        return fail(Problem::OpenQuote, m_line);
    return m_problem == Problem::None;
}

qint64 CsvParser::line() const
{
    return m_problem != Problem::None ? m_problemLine : m_line + lineBreaks(unfinished());
}

QByteArrayView CsvParser::unfinished() const
{
    if (m_csv->entry_buf == nullptr)
        return {};
    return {reinterpret_cast<const char *>(m_csv->entry_buf), // NOLINT: libcsv's bytes
            static_cast<qsizetype>(m_csv->entry_pos)};
}

void CsvParser::takeCell(void *text, size_t size, void *self)
{
    static_cast<CsvParser *>(self)->addCell(
        {static_cast<const char *>(text), static_cast<qsizetype>(size)});
}

void CsvParser::takeLineEnd(int character, void *self)
{
    static_cast<CsvParser *>(self)->endLine(character);
}

void CsvParser::addCell(QByteArrayView text)
{
    if (m_problem != Problem::None)
        return; // libcsv cannot be stopped from here
    if (m_ends.empty())
        m_rowLine = m_line;
    m_afterCr = false;
    if (text.size() > MaxFieldBytes) {
        fail(Problem::TooLongField, m_line);
    } else if (static_cast<qsizetype>(m_ends.size()) >= MaxColumns) {
        fail(Problem::TooManyColumns, m_rowLine);
    } else {
        m_bytes += text;
        m_ends.push_back(m_bytes.size());
        m_hasText = m_hasText || !text.isEmpty();
        m_line += lineBreaks(text);
    }
}

void CsvParser::endLine(int character)
{
    if (m_problem != Problem::None)
        return;
    if (character == '\n' && std::exchange(m_afterCr, false) && m_ends.empty())
        return; // second half of CR LF
    m_afterCr = character == '\r';
    if (m_hasText)
        m_takeRow({m_rowLine, m_bytes, m_ends});
    m_bytes.resize(0); // keeps its memory
    m_ends.clear();
    m_hasText = false;
    ++m_line;
}

bool CsvParser::fail(Problem problem, qint64 line)
{
    m_problemLine = line;
    m_problem = problem;
    return false;
}

} // namespace icebreaker
