#include "batch/sheetrows.h"

#include <algorithm>
#include <cstring>

namespace icebreaker {

namespace {

constexpr qsizetype BlockBytes = qsizetype{1024} * 1024;
constexpr qsizetype LongestNumber = 10; // of 7 bits each

/// Not zeroed: what is not used then costs no memory.
std::unique_ptr<char[]> newBytes(qsizetype size)
{
    return std::unique_ptr<char[]>(new char[static_cast<std::size_t>(size)]);
}

/// Seven bits a byte, the lowest ones first; the highest bit says that more follow.
char *writeNumber(char *to, quint64 number)
{
    while (number >= 0x80) {
        *to++ = static_cast<char>(number | 0x80);
        number >>= 7;
    }
    *to++ = static_cast<char>(number);
    return to;
}

quint64 readNumber(const char *&from)
{
    quint64 number = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(*from++);
        number |= quint64{byte & 0x7Fu} << shift;
        if (byte < 0x80)
            return number;
    }
}

} // namespace

bool SheetRows::append(qint64 line, QByteArrayView bytes, const std::vector<qsizetype> &ends)
{
    // Line, number of cells, and each cell's length before its text.
    const qsizetype most = bytes.size() + LongestNumber * (static_cast<qsizetype>(ends.size()) + 2);
    if (m_blocks.empty() || m_blocks.back().size - m_blocks.back().used < most) {
        if (m_bytes + std::max(most, BlockBytes) > MaxBytes)
            return false;
        const qsizetype size = std::max(most, BlockBytes);
        m_blocks.push_back({newBytes(size), size, 0});
        m_bytes += size;
    }
    Block &block = m_blocks.back();
    m_places.push_back(
        {static_cast<quint32>(m_blocks.size() - 1), static_cast<quint32>(block.used)});
    char *to = block.bytes.get() + block.used;
    to = writeNumber(to, static_cast<quint64>(line));
    to = writeNumber(to, ends.size());
    qsizetype begin = 0;
    for (const qsizetype end : ends) {
        to = writeNumber(to, static_cast<quint64>(end - begin));
        std::memcpy(to, bytes.data() + begin, static_cast<std::size_t>(end - begin));
        to += end - begin;
        begin = end;
    }
    block.used = to - block.bytes.get();
    return true;
}

SheetRows SheetRows::firstRows(qsizetype most) const
{
    SheetRows copy;
    std::vector<qsizetype> ends;
    for (qsizetype row = 0; row < std::min(most, size()); ++row) {
        QByteArray bytes;
        ends.clear();
        const char *from = at(row);
        const auto line = static_cast<qint64>(readNumber(from));
        for (quint64 left = readNumber(from); left > 0; --left) {
            const auto length = static_cast<qsizetype>(readNumber(from));
            bytes.append(from, length);
            ends.push_back(bytes.size());
            from += length;
        }
        (void)copy.append(line, bytes, ends); // fits, as it did here
    }
    return copy;
}

const char *SheetRows::at(qsizetype row) const
{
    const Place place = m_places.at(static_cast<std::size_t>(row));
    return m_blocks.at(place.block).bytes.get() + place.offset;
}

qint64 SheetRows::line(qsizetype row) const
{
    const char *from = at(row);
    return static_cast<qint64>(readNumber(from));
}

QStringList SheetRows::cells(qsizetype row, qsizetype columns) const
{
    const char *from = at(row);
    (void)readNumber(from); // the line
    const auto count = std::min(static_cast<qsizetype>(readNumber(from)), columns);
    QStringList cells;
    cells.reserve(columns);
    for (qsizetype i = 0; i < count; ++i) {
        const auto length = static_cast<qsizetype>(readNumber(from));
        cells.append(QString::fromUtf8(from, length));
        from += length;
    }
    return cells;
}

QString SheetRows::cell(qsizetype row, qsizetype column) const
{
    const char *from = at(row);
    (void)readNumber(from); // the line
    const auto count = static_cast<qsizetype>(readNumber(from));
    for (qsizetype i = 0; i < count; ++i) {
        const auto length = static_cast<qsizetype>(readNumber(from));
        if (i == column)
            return QString::fromUtf8(from, length);
        from += length;
    }
    return {};
}

} // namespace icebreaker
