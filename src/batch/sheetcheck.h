#pragma once

#include "batch/donotmessage.h"
#include "batch/sheet.h"
#include "batch/sheetverdicts.h"
#include "core/requestcheck.h"
#include "core/requesttemplate.h"

#include <QObject>
#include <QThreadPool>

#include <memory>

namespace icebreaker {

class SheetJudging;

/// What is wrong with one row, as the form would say it, errors first; numbers by
/// libphonenumber, too. Any thread.
[[nodiscard]] QList<CheckEntry> checkRow(const RequestTemplate &request, const QStringList &cells,
                                         const CheckContext &context);

/// Checks all rows on all cores. A row's verdict is what checkRow() finds in it, only
/// faster, plus the list and the repetitions.
class SheetCheck : public QObject
{
    Q_OBJECT

public:
    explicit SheetCheck(QObject *parent = nullptr);
    ~SheetCheck() override; ///< Cancels and waits, some 20 ms.
    Q_DISABLE_COPY_MOVE(SheetCheck)

    /// Replaces a check under way. @param request  with a Status URL, also if the built-in
    /// inbox will make another one for each send
    void start(const Sheet &sheet, const RequestTemplate &request, const CheckContext &context,
               const DoNotMessageList &doNotMessage);
    void cancel(); ///< No finished() comes any more.

signals:
    void progressed(qsizetype rows, qsizetype ofRows);
    void finished(const icebreaker::SheetVerdicts &verdicts);

private:
    QThreadPool m_pool;
    std::shared_ptr<SheetJudging> m_judging; ///< Under way, or nullptr.
};

} // namespace icebreaker
