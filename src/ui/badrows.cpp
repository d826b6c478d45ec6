#include "ui/badrows.h"

#include "interop/csvwriter.h"
#include "ui/batchdraft.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace icebreaker {

Result<void> writeBadRows(const BatchDraft &draft, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(ErrorKind::Storage, file.errorString());
    const Sheet &sheet = draft.sheet();
    file.write(CsvMark);
    file.write(csvLine(QStringList(sheet.columns())
                       << QCoreApplication::translate("BadRows", "Problem", "heading of a column")));
    const auto reason = draft.reasons();
    for (qsizetype row = 0; row < sheet.rowCount(); ++row) {
        const Verdict verdict = draft.verdicts().verdict(row);
        if (verdict != Verdict::Ready && verdict != Verdict::Warned)
            file.write(csvLine(sheet.cells(row) << reason(row)));
    }
    if (!file.commit())
        return failure(ErrorKind::Storage, file.errorString());
    return {};
}

} // namespace icebreaker
