#pragma once

#include "batch/sheetbuilder.h"
#include "batch/sheetreader.h"
#include "interop/csvparser.h"
#include "interop/textdecoder.h"

#include <QElapsedTimer>
#include <QIODevice>

#include <optional>
#include <tl/expected.hpp>

namespace icebreaker {

/// One file or text being read, in the thread that calls read(). The machinery behind
/// SheetReader.
class SheetReading
{
public:
    /// All are called in the reading thread.
    struct Reports {
        std::function<void(const Sheet &rows, const SheetShape &shape)> firstRows;
        std::function<void(qint64 bytes, qint64 ofBytes, qint64 rows)> progressed;
        std::function<bool()> isCancelled;
    };

    /// @param device  opened and not sequential; must outlive this
    SheetReading(QIODevice &device, QString name, const SheetShape &shape, Reports reports);

    [[nodiscard]] tl::expected<Sheet, SheetError> read();
    [[nodiscard]] const SheetShape &shape() const { return m_shape; } ///< Complete after read().

private:
    [[nodiscard]] std::optional<SheetError> readHead();
    [[nodiscard]] std::optional<SheetError> decideShape(QByteArrayView bytes);
    [[nodiscard]] std::optional<SheetError> findColumns();
    [[nodiscard]] std::optional<SheetError> readRest();
    [[nodiscard]] std::optional<SheetError> take(QByteArrayView text);
    [[nodiscard]] std::optional<SheetError> finish();
    void addRow(const CsvRow &row);
    void reportFirstRows();
    void reportProgress();
    [[nodiscard]] SheetError encodingError();
    [[nodiscard]] SheetError parserError(const CsvParser &parser) const;
    [[nodiscard]] QStringList preview();

    QIODevice &m_device;
    QString m_name;
    SheetShape m_shape;
    Reports m_reports;
    bool m_encodingChosen = false;

    QByteArray m_text; ///< Of the part read last.
    bool m_textIsGood = true; ///< Up to its end, and not only up to a wrong byte.
    bool m_isHeadAll = false;
    bool m_headerTaken = false;
    bool m_firstRowsReported = false;
    std::optional<TextDecoder> m_decoder;
    std::unique_ptr<CsvParser> m_parser;
    std::optional<SheetBuilder> m_builder;
    std::optional<SheetError> m_rowError;
    QElapsedTimer m_sinceProgress;
};

} // namespace icebreaker
