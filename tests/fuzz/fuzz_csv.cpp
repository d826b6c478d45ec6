#include "interop/csvdetect.h"
#include "interop/csvparser.h"

#include <cstdlib>

using namespace icebreaker;

namespace {

struct Parsed {
    QList<QByteArrayList> rows;
    CsvParser::Problem problem = CsvParser::Problem::None;

    bool operator==(const Parsed &) const = default;
};

Parsed parse(QByteArrayView text, char delimiter, qsizetype piece)
{
    Parsed parsed;
    CsvParser parser(delimiter, [&parsed](const CsvRow &row) {
        QByteArrayList cells;
        for (qsizetype i = 0; i < row.size(); ++i)
            cells.append(row.cell(i).toByteArray());
        parsed.rows.append(cells);
    });
    bool isGood = true;
    for (qsizetype at = 0; at < text.size() && isGood; at += piece)
        isGood = parser.parse(text.sliced(at, std::min(piece, text.size() - at)));
    if (isGood)
        isGood = parser.finish();
    parsed.problem = parser.problem();
    if (isGood != (parsed.problem == CsvParser::Problem::None))
        std::abort();
    return parsed;
}

} // namespace

/// The first byte is the delimiter. However a file comes in pieces, its rows are the same.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    constexpr QByteArrayView delimiters(",;\t|");
    const char delimiter = delimiters[data[0] % delimiters.size()];
    const QByteArrayView text(reinterpret_cast<const char *>(data) + 1,
                              static_cast<qsizetype>(size) - 1);
    const Parsed whole = parse(text, delimiter, std::max(text.size(), qsizetype(1)));
    for (const qsizetype piece : {1, 3}) {
        const Parsed pieces = parse(text, delimiter, piece);
        if (!(pieces == whole))
            std::abort();
    }
    return 0;
}
