#pragma once

#include <QByteArrayView>
#include <QStringList>

#include <memory>
#include <vector>

namespace icebreaker {

/// Cells of many rows, packed into large blocks that never move: growing copies nothing,
/// and a row costs 8 bytes and one byte for each short cell more than its text.
class SheetRows
{
public:
    /// Texts of all rows together; bounds what a hostile file can make us keep.
    static constexpr qsizetype MaxBytes = qsizetype{512} * 1024 * 1024;

    /// Adds a row. @param bytes  all cells, one after the other @param ends  where each ends
    /// @return false if MaxBytes would be exceeded
    [[nodiscard]] bool append(qint64 line, QByteArrayView bytes,
                              const std::vector<qsizetype> &ends);

    /// A copy of the first rows, at most @p most.
    [[nodiscard]] SheetRows firstRows(qsizetype most) const;

    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_places.size()); }
    [[nodiscard]] qint64 line(qsizetype row) const;
    /// The cells that the row has, at most @p columns.
    [[nodiscard]] QStringList cells(qsizetype row, qsizetype columns) const;
    [[nodiscard]] QString cell(qsizetype row, qsizetype column) const;

private:
    struct Place {
        quint32 block = 0;
        quint32 offset = 0;
    };
    struct Block {
        std::unique_ptr<char[]> bytes;
        qsizetype size = 0;
        qsizetype used = 0;
    };
    [[nodiscard]] const char *at(qsizetype row) const;

    std::vector<Block> m_blocks;
    std::vector<Place> m_places;
    qsizetype m_bytes = 0;
};

} // namespace icebreaker
