#pragma once

#include "batch/sheet.h"
#include "batch/sheetcheck.h"
#include "batch/sheetreader.h"
#include "cli/clioptions.h"
#include "cli/targetinput.h"
#include "core/requesttemplate.h"

#include <QObject>

#include <optional>

namespace icebreaker {

/// What `batch` reads before it touches the CSV file.
struct BatchSource {
    BatchOptions options;
    TargetInput target;
    OutboundRequest request;
    DoNotMessageList doNotMessage;
    /// The request has no Status URL and gets the inbox's: one of them, for the checks.
    std::optional<QString> inboxStandIn;
};

/// Reads profile, key, request and the do-not-message list.
/// @return or everything that is wrong, one thing a line, for people
[[nodiscard]] tl::expected<BatchSource, QString> readBatchSource(const BatchOptions &options,
                                                                 const QString &folder);

/// Reads the CSV file, maps its columns to the request and checks every row.
class BatchInput : public QObject
{
    Q_OBJECT

public:
    explicit BatchInput(BatchSource source, QObject *parent = nullptr);

    void read();
    void cancel();

    // After finished():
    [[nodiscard]] const BatchSource &source() const { return m_source; }
    [[nodiscard]] const Sheet &sheet() const { return m_sheet; }
    [[nodiscard]] const RequestTemplate &request() const { return m_request; }
    [[nodiscard]] const SheetVerdicts &verdicts() const { return m_verdicts; }
    [[nodiscard]] const CheckContext &context() const { return m_context; }
    /// The Status URLs are the inbox's: see CliInbox.
    [[nodiscard]] bool usesInbox() const { return m_source.inboxStandIn.has_value(); }
    /// Why a row is not sent, for people: one thing a line.
    [[nodiscard]] QString reason(qsizetype row) const;

signals:
    void finished();
    /// @param why  for people
    void failed(const QString &why);

private:
    void map(const Sheet &sheet);
    [[nodiscard]] tl::expected<OutboundRequest, QString> mapped(const Sheet &sheet) const;

    BatchSource m_source;
    SheetReader m_reader;
    SheetCheck m_check;
    Sheet m_sheet;
    RequestTemplate m_request;
    SheetVerdicts m_verdicts;
    CheckContext m_context;
};

} // namespace icebreaker
