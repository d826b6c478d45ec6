#pragma once

#include "core/exportreport.h"
#include "core/leakcheck.h"
#include "core/redactor.h"
#include "core/sendrecord.h"
#include "interop/sendformats.h"

#include <QSaveFile>

namespace icebreaker {

/// One file that sends are written into, redacted. Nothing of it can be seen until the check
/// of all of its bytes found no secret; then it replaces an old one in one step.
///
/// Every function may run on another thread, one at a time.
class ExportFile
{
public:
    /// @param redactor  makes of a send what is written
    /// @param secrets  what must not be in it, whatever the redactor does
    ExportFile(const QString &path, ExportFormat format, Redactor redactor,
               const QByteArrayList &secrets);

    void add(const QList<SendRecord> &records);
    /// Ends the file, and puts it into place if nothing speaks against that.
    [[nodiscard]] ExportReport finish();

    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

private:
    void put(const QByteArray &bytes);
    [[nodiscard]] ExportReport report(ExportEnd end) const;

    QSaveFile m_file;
    ExportFormat m_format;
    Redactor m_redactor;
    LeakCheck m_check;
    qint64 m_sends = 0;
    qint64 m_bytes = 0;
    bool m_hasFailed = false;
};

/// What a file would begin with.
[[nodiscard]] QByteArray exportPreview(const QList<SendRecord> &records, ExportFormat format,
                                       Redactor redactor);

/// What a check found, as the end of an export; Written if nothing.
[[nodiscard]] ExportEnd endFor(LeakCheck::Found found);

} // namespace icebreaker
