#include "interop/csvwriter.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// A sign, digits, and at most one point or comma between them.
bool isPlainNumber(QStringView text)
{
    if (text.startsWith(u'+') || text.startsWith(u'-'))
        text = text.sliced(1);
    if (text.isEmpty() || !isAsciiDigit(text.front()) || !isAsciiDigit(text.back()))
        return false;
    const auto others =
        std::count_if(text.begin(), text.end(), [](QChar c) { return !isAsciiDigit(c); });
    return others == 0 || (others == 1 && (text.contains(u'.') || text.contains(u',')));
}

QString quoted(QString cell)
{
    const bool needsQuotes = cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n')
        || cell.contains(u'\r') || cell.contains(u';') || cell.contains(u'\t')
        || cell.startsWith(u' ') || cell.endsWith(u' ');
    if (!needsQuotes)
        return cell;
    return u'"' + cell.replace(u'"', R"("")"_L1) + u'"';
}

} // namespace

QByteArray csvLine(const QStringList &cells)
{
    QStringList written;
    for (const QString &cell : cells)
        written.append(quoted(defusedCell(cell)));
    return written.join(u',').toUtf8() + "\r\n";
}

QString defusedCell(const QString &cell)
{
    constexpr QStringView starters = u"=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    if (cell.isEmpty() || !starters.contains(cell.front()) || isPlainNumber(cell))
        return cell;
    return u'\'' + cell;
}

} // namespace icebreaker
