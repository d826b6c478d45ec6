#include "batch/sheetreading.h"

#include "interop/csvdetect.h"

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Enough to judge by, and to show at once.
constexpr qsizetype HeadBytes = qsizetype{256} * 1024;
constexpr qsizetype PartBytes = qsizetype{64} * 1024;
constexpr qsizetype FirstRows = 200;
constexpr qint64 ProgressEveryMs = 50;
constexpr qsizetype PreviewLines = 5;
constexpr qsizetype PreviewBytes = 200;

SheetError::Code codeOf(CsvParser::Problem problem)
{
    switch (problem) {
    case CsvParser::Problem::OpenQuote: return SheetError::Code::OpenQuote;
    case CsvParser::Problem::StrayQuote: return SheetError::Code::StrayQuote;
    case CsvParser::Problem::TooLongField: return SheetError::Code::TooLongField;
    case CsvParser::Problem::TooManyColumns: return SheetError::Code::TooManyColumns;
    case CsvParser::Problem::ControlByte:
    case CsvParser::Problem::None: break;
    }
    return SheetError::Code::NotText;
}

/// Reads until @p size bytes are there or the file ends.
QByteArray readFully(QIODevice &device, qsizetype size)
{
    QByteArray bytes;
    while (bytes.size() < size) {
        const QByteArray more = device.read(size - bytes.size());
        if (more.isEmpty())
            break;
        bytes += more;
    }
    return bytes;
}

} // namespace

SheetReading::SheetReading(QIODevice &device, QString name, const SheetShape &shape,
                           Reports reports)
    : m_device(device)
    , m_name(std::move(name))
    , m_shape(shape)
    , m_reports(std::move(reports))
    , m_encodingChosen(shape.encoding.has_value())
{ }

tl::expected<Sheet, SheetError> SheetReading::read()
{
    m_sinceProgress.start();
    for (const auto step : {&SheetReading::readHead, &SheetReading::findColumns,
                            &SheetReading::readRest, &SheetReading::finish}) {
        if (auto error = (this->*step)())
            return tl::unexpected(std::move(*error));
    }
    return m_builder->take();
}

std::optional<SheetError> SheetReading::readHead()
{
    const QByteArray head = readFully(m_device, HeadBytes);
    m_isHeadAll = m_device.atEnd();
    if (head.isEmpty() && !m_isHeadAll)
        return SheetError{SheetError::Code::CannotRead, 0, m_device.errorString(), {}};
    if (head.isEmpty())
        return SheetError{SheetError::Code::Empty, 0, {}, {}};
    return decideShape(head);
}

std::optional<SheetError> SheetReading::decideShape(QByteArrayView bytes)
{
    if (QString format = foreignFormat(bytes); !format.isEmpty())
        return SheetError{SheetError::Code::NotText, 0, std::move(format), {}};
    const DetectedEncoding detected = detectEncoding(bytes);
    if (!m_shape.encoding)
        m_shape.encoding = detected.encoding;
    m_decoder.emplace(*m_shape.encoding);
    // A mark is none in another encoding than its own.
    const qsizetype mark = detected.encoding == *m_shape.encoding ? detected.markBytes : 0;
    m_textIsGood = m_decoder->decode(bytes.sliced(mark), m_text);
    if (!m_shape.delimiter)
        m_shape.delimiter = detectDelimiter(m_text, m_isHeadAll);
    return std::nullopt;
}

std::optional<SheetError> SheetReading::findColumns()
{
    const auto rows = firstCsvRows(m_text, *m_shape.delimiter, m_isHeadAll, FirstRows);
    if (!m_shape.hasHeader)
        m_shape.hasHeader = !rows.isEmpty() && looksLikeHeader(rows.first());
    qsizetype width = 1;
    if (*m_shape.hasHeader && !rows.isEmpty())
        width = std::max(width, rows.first().size());
    for (const QStringList &row : rows) {
        if (!*m_shape.hasHeader)
            width = std::max(width, row.size());
    }
    const QStringList header = *m_shape.hasHeader && !rows.isEmpty() ? rows.first() : QStringList();
    m_builder.emplace(m_name, columnNames(header, width));
    m_parser =
        std::make_unique<CsvParser>(*m_shape.delimiter, [this](const CsvRow &row) { addRow(row); });
    if (auto error = take(m_text))
        return error;
    if (rows.isEmpty() && !m_isHeadAll) // no spreadsheet has such a row
        return SheetError{SheetError::Code::TooLongField, 1, {}, {}};
    return std::nullopt;
}

std::optional<SheetError> SheetReading::readRest()
{
    while (!m_device.atEnd()) {
        if (m_reports.isCancelled())
            return SheetError{SheetError::Code::Cancelled, 0, {}, {}};
        const QByteArray bytes = m_device.read(PartBytes);
        if (bytes.isEmpty())
            return SheetError{
                SheetError::Code::CannotRead, m_parser->line(), m_device.errorString(), {}};
        m_text.resize(0); // keeps its memory
        m_textIsGood = m_decoder->decode(bytes, m_text);
        if (auto error = take(m_text))
            return error;
        reportProgress();
    }
    return std::nullopt;
}

std::optional<SheetError> SheetReading::take(QByteArrayView text)
{
    const bool isParsed = m_parser->parse(text);
    if (m_rowError) // it comes before what the parser met later
        return m_rowError;
    if (!isParsed)
        return parserError(*m_parser);
    if (!m_textIsGood)
        return encodingError();
    if (m_builder->rowCount() >= FirstRows)
        reportFirstRows();
    return std::nullopt;
}

std::optional<SheetError> SheetReading::finish()
{
    if (!m_decoder->isComplete())
        return encodingError();
    const bool isParsed = m_parser->finish();
    if (m_rowError)
        return m_rowError;
    if (!isParsed)
        return parserError(*m_parser);
    if (m_builder->rowCount() == 0)
        return SheetError{SheetError::Code::Empty, 0, {}, {}};
    reportFirstRows();
    return std::nullopt;
}

void SheetReading::addRow(const CsvRow &row)
{
    if (m_rowError)
        return;
    if (*m_shape.hasHeader && !std::exchange(m_headerTaken, true))
        return;
    switch (m_builder->add(row)) {
    case SheetBuilder::Added::Yes: break;
    case SheetBuilder::Added::TooManyColumns:
        m_rowError = {SheetError::Code::TooManyColumns, row.line, {}, {}};
        break;
    case SheetBuilder::Added::TooManyRows:
        m_rowError = {SheetError::Code::TooManyRows, row.line, {}, {}};
        break;
    }
}

void SheetReading::reportFirstRows()
{
    if (!std::exchange(m_firstRowsReported, true))
        m_reports.firstRows(m_builder->firstRows(FirstRows), m_shape);
}

void SheetReading::reportProgress()
{
    if (m_sinceProgress.elapsed() < ProgressEveryMs)
        return;
    m_reports.progressed(m_device.pos(), m_device.size(), m_builder->rowCount());
    m_sinceProgress.restart();
}

SheetError SheetReading::parserError(const CsvParser &parser) const
{
    return {codeOf(parser.problem()), parser.line(), {}, {}};
}

SheetError SheetReading::encodingError()
{
    if (m_encodingChosen || *m_shape.encoding != TextEncoding::Utf8)
        return {SheetError::Code::BadEncoding, m_parser->line(), {}, {}};
    return {SheetError::Code::EncodingUnclear, m_parser->line(), {}, preview()};
}

QStringList SheetReading::preview()
{
    QStringList lines;
    if (!m_device.seek(0))
        return lines;
    while (lines.size() < PreviewLines && !m_reports.isCancelled()) {
        const QByteArray line = m_device.readLine(PartBytes);
        if (line.isEmpty())
            break;
        TextDecoder decoder(TextEncoding::Utf8);
        QByteArray utf8;
        if (!decoder.decode(line, utf8) || !decoder.isComplete())
            lines.append(
                previewOfWindows1252(line.first(std::min(line.size(), PreviewBytes))).trimmed());
    }
    return lines;
}

} // namespace icebreaker
