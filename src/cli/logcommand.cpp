#include "cli/logcommand.h"

#include "cli/recordline.h"
#include "core/whendone.h"
#include "store/journalfile.h"
#include "words/errorwords.h"
#include "words/filterwords.h"
#include "words/sendwords.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QStringList cells(const SendRecord &record)
{
    const Claim &claim = record.claim;
    return {claim.claimedAt.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s),
            resultText(record),
            claim.to,
            claim.templateName,
            claim.locale,
            durationText(record.answer.timing.total),
            deliveryText(record),
            claim.region,
            claim.profile};
}

/// Columns as wide as their widest cell, two spaces between them.
QStringList table(QList<QStringList> rows)
{
    QList<qsizetype> widths;
    for (QStringList &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i) {
            row[i] = harmless(row.at(i));
            widths[i] = std::max(widths.at(i), row.at(i).size());
        }
    }
    QStringList lines;
    for (const QStringList &row : std::as_const(rows)) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += row.at(i).leftJustified(widths.at(i) + 2);
        lines.append(line.trimmed());
    }
    return lines;
}

} // namespace

LogCommand::LogCommand(const QString &folder, LogFilter filter, int limit, bool json,
                       Console &console)
    : m_folder(folder)
    , m_filter(std::move(filter))
    , m_limit(limit)
    , m_json(json)
    , m_console(console)
    , m_journal(folder)
{ }

void LogCommand::start()
{
    // Opening would create it, in a folder whose name somebody may just have mistyped.
    if (!QFileInfo::exists(JournalFile(m_folder).path())) {
        m_console.complain(tr("Nothing was ever sent from %1.").arg(m_folder));
        emit finished(ExitStatus::Good);
        return;
    }
    whenDone(m_journal.open(), this, [this](const Result<OpenReport> &report) {
        if (!report) {
            giveUp(report.error());
            return;
        }
        whenDone(m_journal.rows(m_filter, 0, m_limit), this,
                 [this](const Result<QList<qint64>> &rows) {
                     if (!rows) {
                         giveUp(rows.error());
                         return;
                     }
                     whenDone(m_journal.records(*rows), this,
                              [this](const Result<QList<SendRecord>> &records) { print(records); });
                 });
    });
}

void LogCommand::print(const Result<QList<SendRecord>> &records)
{
    if (!records) {
        giveUp(records.error());
        return;
    }
    if (m_json) {
        for (const SendRecord &record : *records)
            m_console.print(logJson(record));
    } else if (records->isEmpty()) {
        m_console.complain(tr("No send matches."));
    } else {
        QList<QStringList> rows{{tr("Time"), tr("Result"), tr("To"), tr("Template"), tr("Locale"),
                                 tr("Took"), tr("Delivery"), tr("Region"), tr("Profile")}};
        for (const SendRecord &record : *records)
            rows.append(cells(record));
        const QStringList lines = table(std::move(rows));
        for (const QString &line : lines)
            m_console.print(line);
    }
    emit finished(ExitStatus::Good);
}

void LogCommand::giveUp(const Error &error)
{
    m_console.complain(errorText(error));
    emit finished(ExitStatus::Failed);
}

QString filterErrorText(const FilterError &error)
{
    switch (error.kind) {
    case FilterError::UnknownKey: return unknownFilterText(error.token, filterKeys());
    case FilterError::Contradiction: return contradictingFilterText(error.token, error.key);
    case FilterError::BadValue: break;
    }
    return badFilterValueText(error.token, error.key);
}

} // namespace icebreaker
