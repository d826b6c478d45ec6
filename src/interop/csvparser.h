#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <memory>
#include <vector>

struct csv_parser; // of libcsv

namespace icebreaker {

/// One row as the parser found it; good during the call that it is given to.
struct CsvRow {
    qint64 line = 0; ///< Where it begins in the file, from 1.
    QByteArrayView bytes; ///< All cells one after the other, UTF-8.
    const std::vector<qsizetype> &ends; ///< Where each cell ends in `bytes`.

    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(ends.size()); }
    [[nodiscard]] QByteArrayView cell(qsizetype i) const
    {
        const qsizetype begin = i == 0 ? 0 : ends.at(static_cast<std::size_t>(i - 1));
        return bytes.sliced(begin, ends.at(static_cast<std::size_t>(i)) - begin);
    }
};

/// CSV by RFC 4180, on libcsv, part by part.
///
/// Line ends are CR LF, LF or CR. Blanks around a cell are left out unless they are in
/// quotes; rows without any text are left out. A quote inside an unquoted cell is text;
/// text behind a closing quote is an error, because nobody can know where the cell ends.
class CsvParser
{
public:
    enum class Problem {
        None,
        OpenQuote, ///< Never closed, or closed implausibly far behind.
        StrayQuote, ///< Text behind a closing quote.
        TooLongField, ///< Longer than MaxFieldBytes.
        TooManyColumns, ///< More than MaxColumns.
        ControlByte, ///< A NUL: this is no text.
    };
    /// A cell of a spreadsheet holds 32,767 characters at most ("Excel specifications and
    /// limits", support.microsoft.com), which are up to four bytes each here.
    static constexpr qsizetype MaxFieldBytes = qsizetype{4} * 32'767;
    /// Ours: nobody maps more by hand, and it bounds what a hostile file can make of a row.
    static constexpr qsizetype MaxColumns = 1000;

    using TakeRow = std::function<void(const CsvRow &row)>;

    CsvParser(char delimiter, TakeRow takeRow);
    ~CsvParser();
    Q_DISABLE_COPY_MOVE(CsvParser)

    /// @return false at the first problem: nothing more is given out, see problem() and line()
    [[nodiscard]] bool parse(QByteArrayView utf8);
    /// The end of the file. @return false if it ends within quotes
    [[nodiscard]] bool finish();

    [[nodiscard]] Problem problem() const { return m_problem; }
    /// The line reached, or the one with the problem.
    [[nodiscard]] qint64 line() const;

private:
    static void takeCell(void *text, size_t size, void *self);
    static void takeLineEnd(int character, void *self);
    void addCell(QByteArrayView text);
    void endLine(int character);
    bool fail(Problem problem, qint64 line);
    [[nodiscard]] bool parseStrictly(QByteArrayView utf8);
    [[nodiscard]] bool acceptQuoteInText(QByteArrayView quote);
    [[nodiscard]] bool checkUnfinished();
    [[nodiscard]] QByteArrayView unfinished() const;

    std::unique_ptr<csv_parser> m_csv;
    TakeRow m_takeRow;
    QByteArray m_bytes;
    std::vector<qsizetype> m_ends;
    qint64 m_line = 1; ///< Line of what was taken last.
    qint64 m_rowLine = 1;
    bool m_afterCr = false; ///< A LF that follows belongs to it.
    bool m_hasText = false;
    Problem m_problem = Problem::None;
    qint64 m_problemLine = 0;
};

} // namespace icebreaker
