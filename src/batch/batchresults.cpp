#include "batch/batchresults.h"

#include "core/deliverystate.h"
#include "core/json.h"
#include "core/whendone.h"
#include "interop/csvwriter.h"
#include "store/batches.h"
#include "store/journal.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype RowsPerPage = 500;

QString outcomeWord(const BatchRow &row, const std::optional<SendRecord> &record)
{
    switch (row.state) {
    case RowState::Excluded: return u"excluded"_s;
    case RowState::Waiting: return u"waiting"_s;
    case RowState::InFlight: return u"in_flight"_s;
    case RowState::Accepted:
    case RowState::Refused:
    case RowState::Unknown: break;
    }
    return record && record->outcome ? QString(outcomeName(*record->outcome)) : QString();
}

/// The text of a member, also if it is a list of texts as in the API's own errors.
QString memberText(const JsonValue &document, QStringView name)
{
    const JsonObject *object = document.object();
    const JsonValue *member = object == nullptr ? nullptr : object->find(name);
    if (member == nullptr)
        return {};
    if (const QString *text = member->string())
        return *text;
    if (const JsonNumber *number = member->number())
        return QString::fromUtf8(number->text);
    QStringList texts;
    if (const JsonArray *list = member->array()) {
        for (const JsonValue &each : *list) {
            if (const QString *text = each.string())
                texts << *text;
        }
    }
    return texts.join(u"; "_s);
}

Error storageError(const QFileDevice &file)
{
    const bool full =
        file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError;
    return {full ? ErrorKind::StorageFull : ErrorKind::StorageReadOnly, file.errorString()};
}

} // namespace

QStringList resultColumns(const QStringList &columns)
{
    QStringList names{u"row"_s,  u"outcome"_s,  u"http_status"_s, u"session_id"_s,    u"message"_s,
                      u"time"_s, u"attempts"_s, u"delivery"_s,    u"delivery_error"_s};
    for (QString &name : names) {
        while (columns.contains(name))
            name.prepend(u"result_"_s);
    }
    return names;
}

QStringList resultCells(const BatchRow &row, const std::optional<SendRecord> &record)
{
    QString status;
    QString sessionId;
    QString message = row.input.reason;
    QString time;
    if (record) {
        const Answer &answer = record->answer;
        if (answer.status > 0)
            status = QString::number(answer.status);
        if (const auto document = parseJson(answer.body)) {
            sessionId = memberText(*document, u"session_id");
            message = memberText(*document, u"message");
        }
        if (message.isEmpty())
            message = answer.problemDetail.isEmpty() ? record->note : answer.problemDetail;
        time = record->claim.claimedAt.toUTC().toString(Qt::ISODateWithMs);
    }
    return {QString::number(row.input.row),
            outcomeWord(row, record),
            status,
            sessionId,
            message,
            time,
            QString::number(row.attempts),
            record && !isGuess(*record) ? deliveryStatusName(record->delivery) : QString(),
            record ? record->deliveryError : QString()};
}

BatchResults::BatchResults(Journal &journal, Batches &batches, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_batches(batches)
{ }

BatchResults::~BatchResults() = default;

void BatchResults::write(const BatchRecord &batch, const QString &path)
{
    m_batch = batch.id;
    m_file = std::make_unique<QSaveFile>(path);
    if (!m_file->open(QIODevice::WriteOnly)) {
        fail(storageError(*m_file));
        return;
    }
    put(CsvMark);
    put(csvLine(batch.plan.columns + resultColumns(batch.plan.columns)));
    whenDone(m_batches.rowNumbers(m_batch, {}), this, [this](const Result<QList<qint64>> &rows) {
        if (!rows) {
            fail(rows.error());
            return;
        }
        m_rows = *rows;
        nextPage();
    });
}

void BatchResults::nextPage()
{
    if (m_done == m_rows.size()) {
        finish();
        return;
    }
    const QList<qint64> page = m_rows.mid(m_done, RowsPerPage);
    m_done += page.size();
    whenDone(m_batches.rows(m_batch, page), this, [this](const Result<QList<BatchRow>> &rows) {
        if (!rows) {
            fail(rows.error());
            return;
        }
        m_page = *rows;
        writePage();
    });
}

void BatchResults::writePage()
{
    while (!m_page.isEmpty() && !m_page.first().last)
        writeRow(m_page.takeFirst(), std::nullopt);
    if (m_page.isEmpty()) {
        emit progressed(m_done, m_rows.size());
        nextPage();
        return;
    }
    // The answer's body is not in the page.
    whenDone(m_journal.record(m_page.first().last->row), this,
             [this](const Result<std::optional<SendRecord>> &record) {
                 if (!record) {
                     fail(record.error());
                     return;
                 }
                 writeRow(m_page.takeFirst(), *record);
                 writePage();
             });
}

void BatchResults::writeRow(const BatchRow &row, const std::optional<SendRecord> &record)
{
    put(csvLine(row.input.cells + resultCells(row, record)));
}

void BatchResults::put(const QByteArray &line)
{
    if (m_file)
        m_file->write(line); // commit() reports what went wrong
}

void BatchResults::finish()
{
    if (!m_file->commit()) {
        fail(storageError(*m_file));
        return;
    }
    m_file.reset();
    emit written();
}

void BatchResults::fail(const Error &error)
{
    m_file.reset();
    emit failed(error);
}

} // namespace icebreaker
