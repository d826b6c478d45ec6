#pragma once

#include "batch/sheet.h"
#include "core/requestcheck.h"
#include "core/requesttemplate.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace icebreaker {

enum class Verdict : quint8 {
    Ready,
    Warned, ///< Can be sent; something looks wrong.
    Bad, ///< Has errors: the API would refuse it.
    Duplicate, ///< Same recipient and same content as an earlier row.
    DoNotMessage, ///< The recipient is on the list.
};

/// Numbers that must not be messaged, one a line in a text file; `#` starts a comment.
class DoNotMessageList
{
public:
    /// Reads numbers in any usual notation. @param unreadable  line numbers that hold none
    [[nodiscard]] static DoNotMessageList fromText(const QString &text,
                                                   QList<int> *unreadable = nullptr);
    [[nodiscard]] bool contains(const QString &digits) const;
    [[nodiscard]] qsizetype size() const;
};

/// What the checks found, for every row. Copies share their data.
class SheetVerdicts
{
public:
    [[nodiscard]] Verdict verdict(qsizetype row) const;
    [[nodiscard]] qsizetype count(Verdict verdict) const;
    [[nodiscard]] qsizetype firstOf(qsizetype duplicate) const; ///< The row that it repeats.
    [[nodiscard]] qsizetype people() const; ///< Distinct recipients of what can be sent.
};

/// What is wrong with one row, as the form would say it; numbers by libphonenumber, too.
[[nodiscard]] QList<CheckEntry> checkRow(const RequestTemplate &request, const QStringList &cells,
                                         const CheckContext &context);

/// Checks all rows on all cores.
class SheetCheck : public QObject
{
    Q_OBJECT

public:
    explicit SheetCheck(QObject *parent = nullptr);
    ~SheetCheck() override; ///< Cancels and waits.

    /// Replaces a check under way.
    void start(const Sheet &sheet, const RequestTemplate &request, const CheckContext &context,
               const DoNotMessageList &doNotMessage);
    void cancel();

signals:
    void progressed(qsizetype rows, qsizetype ofRows);
    void finished(const icebreaker::SheetVerdicts &verdicts);
};

} // namespace icebreaker
