#include "share/exportfile.h"

namespace icebreaker {

ExportEnd endFor(LeakCheck::Found found)
{
    switch (found) {
    case LeakCheck::Found::Nothing: break;
    case LeakCheck::Found::Secret: return ExportEnd::SecretFound;
    case LeakCheck::Found::Number: return ExportEnd::NumberFound;
    }
    return ExportEnd::Written;
}

QByteArray exportPreview(const QList<SendRecord> &records, ExportFormat format, Redactor redactor)
{
    for (const SendRecord &record : records)
        redactor.learn(record);
    QByteArray bytes = exportBegin(format);
    for (qsizetype i = 0; i < records.size(); ++i)
        bytes += exportEntry(format, redactor.record(records.at(i)), i == 0);
    return bytes + exportEnd(format);
}

ExportFile::ExportFile(const QString &path, ExportFormat format, Redactor redactor,
                       const QByteArrayList &secrets)
    : m_file(path)
    , m_format(format)
    , m_redactor(std::move(redactor))
    , m_check(secrets, m_redactor.choices().tagNumbers ? &m_redactor.numbers() : nullptr)
{
    m_hasFailed = !m_file.open(QIODevice::WriteOnly);
    put(exportBegin(m_format));
}

void ExportFile::add(const QList<SendRecord> &records)
{
    for (const SendRecord &record : records)
        m_redactor.learn(record);
    for (const SendRecord &record : records) {
        if (m_hasFailed)
            return;
        put(exportEntry(m_format, m_redactor.record(record), m_sends == 0));
        ++m_sends;
    }
}

ExportReport ExportFile::finish()
{
    put(exportEnd(m_format));
    const LeakCheck::Found found = m_check.finish();
    if (m_hasFailed || found != LeakCheck::Found::Nothing) {
        ExportReport failed = report(m_hasFailed ? ExportEnd::FileFailed : endFor(found));
        m_file.cancelWriting();
        return failed;
    }
    return report(m_file.commit() ? ExportEnd::Written : ExportEnd::FileFailed);
}

void ExportFile::put(const QByteArray &bytes)
{
    if (m_hasFailed)
        return;
    m_check.look(bytes);
    m_hasFailed = m_file.write(bytes) != bytes.size();
    m_bytes += bytes.size();
}

ExportReport ExportFile::report(ExportEnd end) const
{
    ExportReport report;
    report.end = end;
    report.sends = m_sends;
    report.bytes = m_bytes;
    if (end == ExportEnd::FileFailed)
        report.error = {ErrorKind::Storage, m_file.errorString()};
    return report;
}

} // namespace icebreaker
