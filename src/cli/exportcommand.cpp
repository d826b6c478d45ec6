#include "cli/exportcommand.h"

#include "core/whendone.h"
#include "store/journalfile.h"
#include "store/profiles.h"
#include "words/errorwords.h"
#include "words/exportwords.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace icebreaker {

using namespace Qt::StringLiterals;

ExportCommand::ExportCommand(const QString &folder, LogFilter filter, LogOptions options, bool json,
                             Console &console)
    : m_folder(folder)
    , m_filter(std::move(filter))
    , m_options(std::move(options))
    , m_json(json)
    , m_console(console)
    , m_journal(folder)
    , m_export(m_journal)
{
    connect(&m_export, &SendExport::finished, this, &ExportCommand::finish);
    connect(&m_export, &SendExport::progressed, this, [this](qint64 sends, qint64 ofSends) {
        m_console.showStatus(tr("%1 of %2").arg(sends).arg(ofSends));
    });
}

void ExportCommand::start()
{
    // Opening would create it, in a folder whose name somebody may just have mistyped.
    if (!QFileInfo::exists(JournalFile(m_folder).path())) {
        m_console.complain(tr("Nothing was ever sent from %1.").arg(m_folder));
        emit finished(ExitStatus::Good);
        return;
    }
    whenDone(m_journal.open(), this, [this](const Result<OpenReport> &report) {
        if (report) {
            collectSecrets();
            return;
        }
        m_console.complain(errorText(report.error()));
        emit finished(ExitStatus::Failed);
    });
}

void ExportCommand::collectSecrets()
{
    const auto loaded = loadProfiles(m_folder);
    whenDone(exportSecrets(m_vault, loaded ? loaded->profiles : QList<Profile>(), m_folder), this,
             [this](const ExportSecrets &secrets) { write(secrets); });
}

void ExportCommand::write(const ExportSecrets &secrets)
{
    if (const QString warning = unreadKeysText(secrets.unread); !warning.isEmpty())
        m_console.complain(warning);
    ExportJob job;
    job.filter = m_filter;
    job.most = m_options.most.value_or(0);
    job.format = *m_options.format;
    job.choices = m_options.choices;
    job.secrets = secrets.secrets;
    job.path = m_options.out.isEmpty() ? m_waiting.filePath(u"export"_s) : m_options.out;
    m_export.start(std::move(job));
}

void ExportCommand::finish(const ExportReport &report)
{
    m_console.clearStatus();
    const bool isWritten = report.end == ExportEnd::Written;
    const bool toFile = !m_options.out.isEmpty();
    if (isWritten && !toFile && !printFile()) {
        m_console.complain(tr("Standard output could not be written."));
    } else if (isWritten && toFile && m_json) {
        m_console.print(JsonObject{{{u"sends"_s, JsonValue::number(report.sends)},
                                    {u"bytes"_s, JsonValue::number(report.bytes)},
                                    {u"file"_s, m_options.out}}});
    } else if (!isWritten || toFile) {
        m_console.complain(exportReportText(report, m_options.out));
    }
    emit Command::finished(isWritten ? ExitStatus::Good : ExitStatus::Failed);
}

bool ExportCommand::printFile()
{
    constexpr qint64 chunk = 1'048'576;
    QFile file(m_waiting.filePath(u"export"_s));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    while (!file.atEnd()) {
        const QByteArray bytes = file.read(chunk);
        const auto size = static_cast<std::size_t>(bytes.size());
        if (bytes.isEmpty() || std::fwrite(bytes.constData(), 1, size, stdout) != size)
            return false;
    }
    return std::fflush(stdout) == 0;
}

} // namespace icebreaker
