#include "batch/sheetexport.h"

#include "interop/csvwriter.h"

#include <QSaveFile>
#include <QtConcurrentRun>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

Result<void> failed(const QSaveFile &file)
{
    const bool isFull =
        file.error() == QFileDevice::WriteError || file.error() == QFileDevice::ResourceError;
    return failure(isFull ? ErrorKind::StorageFull : ErrorKind::StorageReadOnly,
                   file.errorString());
}

} // namespace

QFuture<Result<void>> exportRows(const QString &path, const Sheet &sheet,
                                 const SheetVerdicts &verdicts, const QList<Verdict> &which,
                                 const QString &whyColumn,
                                 std::function<QString(qsizetype row)> why)
{
    return QtConcurrent::run([=, why = std::move(why)]() -> Result<void> {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return failed(file);
        file.write(CsvMark);
        file.write(csvLine(sheet.columns() + QStringList{whyColumn}));
        const qsizetype rows = std::min(sheet.rowCount(), verdicts.rowCount());
        for (qsizetype row = 0; row < rows; ++row) {
            if (!which.contains(verdicts.verdict(row)))
                continue;
            const QByteArray line = csvLine(sheet.cells(row) + QStringList{why(row)});
            if (file.write(line) != line.size())
                return failed(file);
        }
        if (!file.commit())
            return failed(file);
        return {};
    });
}

} // namespace icebreaker
