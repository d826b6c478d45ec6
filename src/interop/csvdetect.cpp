#include "interop/csvdetect.h"

#include "core/recipient.h"
#include "interop/csvparser.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array Delimiters{',', ';', '\t', '|'};
constexpr qsizetype RowsToJudge = 200;

/// First bytes, as the `file` program's magic data base has them.
const QList<std::pair<QByteArrayView, QString>> &magicNumbers()
{
    static const QList<std::pair<QByteArrayView, QString>> numbers{
        {QByteArrayView("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8), u"xls"_s},
        {QByteArrayView("%PDF-"), u"pdf"_s},
        {QByteArrayView("\x1F\x8B", 2), u"gzip"_s},
        {QByteArrayView("7z\xBC\xAF\x27\x1C", 6), u"7z"_s},
        {QByteArrayView("Rar!\x1A\x07", 6), u"rar"_s},
        {QByteArrayView("{\\rtf"), u"rtf"_s},
        {QByteArrayView("SQLite format 3\0", 16), u"sqlite"_s},
        {QByteArrayView("\x89PNG"), u"png"_s},
        {QByteArrayView("\xFF\xD8\xFF"), u"jpeg"_s},
        {QByteArrayView("GIF8"), u"gif"_s},
        {QByteArrayView("PAR1"), u"parquet"_s},
        {QByteArrayView("\0\0\xFE\xFF", 4), u"utf-32"_s},
        {QByteArrayView("\xFF\xFE\0\0", 4), u"utf-32"_s},
    };
    return numbers;
}

/// Office files are archives; what is in them is named near their begin.
QString kindOfArchive(QByteArrayView head)
{
    if (head.contains(QByteArrayView("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")))
        return u"ods"_s;
    if (head.contains(QByteArrayView("Index/Document.iwa")))
        return u"numbers"_s;
    if (head.contains(QByteArrayView("[Content_Types].xml"))
        || head.contains(QByteArrayView("xl/")))
        return head.contains(QByteArrayView("word/")) ? u"docx"_s : u"xlsx"_s;
    return u"zip"_s;
}

/// Zero bytes at even and at odd places.
std::pair<qsizetype, qsizetype> zeroBytes(QByteArrayView bytes)
{
    std::pair<qsizetype, qsizetype> zeros;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes.at(i) == 0)
            ++(i % 2 == 0 ? zeros.first : zeros.second);
    }
    return zeros;
}

/// How well a delimiter fits: rows with the most frequent number of columns.
struct Fit {
    double share = 0; ///< Of all rows.
    qsizetype columns = 0;
};

Fit fitOf(const QList<QStringList> &rows)
{
    QHash<qsizetype, qsizetype> widths;
    for (const QStringList &row : rows)
        ++widths[row.size()];
    Fit fit;
    for (const auto &[columns, count] : widths.asKeyValueRange()) {
        const double share = static_cast<double>(count) / static_cast<double>(rows.size());
        if (columns > 1 && (share > fit.share || (share == fit.share && columns > fit.columns)))
            fit = {share, columns};
    }
    return fit;
}

/// 0 is "A", 26 is "AA".
QString columnLetter(qsizetype column)
{
    QString letters;
    for (qsizetype i = column; i >= 0; i = i / 26 - 1)
        letters.prepend(QChar(static_cast<char16_t>(u'A' + i % 26)));
    return letters;
}

} // namespace

QString foreignFormat(QByteArrayView head)
{
    if (head.startsWith(QByteArrayView("PK\x03\x04")))
        return kindOfArchive(head);
    const auto &numbers = magicNumbers();
    const auto found = std::find_if(numbers.begin(), numbers.end(), [head](const auto &entry) {
        return head.startsWith(entry.first);
    });
    return found == numbers.end() ? QString() : found->second;
}

DetectedEncoding detectEncoding(QByteArrayView head)
{
    if (head.startsWith(QByteArrayView("\xEF\xBB\xBF")))
        return {TextEncoding::Utf8, 3};
    if (head.startsWith(QByteArrayView("\xFF\xFE")))
        return {TextEncoding::Utf16Le, 2};
    if (head.startsWith(QByteArrayView("\xFE\xFF")))
        return {TextEncoding::Utf16Be, 2};
    // In UTF-16 every digit, delimiter and line end has a zero byte on one side; on the other
    // one there are but a few, of rare characters.
    const auto [even, odd] = zeroBytes(head);
    const qsizetype many = head.size() / 8;
    if (odd > many && odd > 4 * even)
        return {TextEncoding::Utf16Le, 0};
    if (even > many && even > 4 * odd)
        return {TextEncoding::Utf16Be, 0};
    return {};
}

QList<QStringList> firstCsvRows(QByteArrayView utf8Head, char delimiter, bool isAll, qsizetype most)
{
    QList<QStringList> rows;
    CsvParser parser(delimiter, [&](const CsvRow &row) {
        if (rows.size() >= most)
            return;
        QStringList cells;
        for (qsizetype i = 0; i < row.size(); ++i)
            cells.append(QString::fromUtf8(row.cell(i)));
        rows.append(cells);
    });
    if (!parser.parse(utf8Head) || (isAll && !parser.finish()))
        rows.append(QStringList()); // fits nothing
    return rows;
}

char detectDelimiter(QByteArrayView utf8Head, bool isAll)
{
    char best = ',';
    Fit bestFit;
    for (const char delimiter : Delimiters) {
        const Fit fit = fitOf(firstCsvRows(utf8Head, delimiter, isAll, RowsToJudge));
        if (fit.share > bestFit.share
            || (fit.share == bestFit.share && fit.columns > bestFit.columns)) {
            best = delimiter;
            bestFit = fit;
        }
    }
    return best;
}

bool looksLikeHeader(const QStringList &row)
{
    return std::none_of(row.begin(), row.end(), [](const QString &cell) {
        const Recipient recipient = readRecipient(cell);
        return !recipient.strangeCharacter && recipient.digits.size() >= RecipientMinDigits;
    });
}

QStringList columnNames(const QStringList &header, qsizetype count)
{
    QStringList names;
    QSet<QString> taken;
    for (qsizetype i = 0; i < count; ++i) {
        QString name = i < header.size() ? header.at(i) : QString();
        name = name.remove(u'{').remove(u'}').simplified();
        if (name.isEmpty())
            name = columnLetter(i);
        QString unique = name;
        for (int number = 2; taken.contains(unique); ++number)
            unique = name + u" (%1)"_s.arg(number);
        taken.insert(unique);
        names.append(unique);
    }
    return names;
}

} // namespace icebreaker
