#pragma once

#include "cli/command.h"
#include "core/codeformat.h"
#include "core/endpoint.h"
#include "core/redactor.h"
#include "core/requestimport.h"
#include "core/sheetshape.h"
#include "interop/sendformats.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <tl/expected.hpp>
#include <variant>

namespace icebreaker {

/// Where to send to and with which key: `send` and `batch`.
struct SendingOptions {
    std::optional<Region> region; ///< Never Custom.
    QString endpoint; ///< As typed; empty if absent, and always if there is a region.
    QString profile; ///< A name or an ID; empty if absent.
    bool keyFromInput = false; ///< Never together with the file "-" or a variable.
    QString keyVariable; ///< Name of an environment variable; empty if absent.
    bool ignorePace = false;
    bool anyNumber = false; ///< Not only the test numbers of a profile that is limited to them.
};

/// `send FILE|-`
struct SendOptions {
    QString file; ///< "-" is standard input.
    SendingOptions sending;
};

/// `batch CSV` or `batch --resume`
struct BatchOptions {
    struct Map {
        QString field; ///< A body field, or the name of a FillTarget.
        QString column;
    };
    QString csv; ///< Path; empty with `resume`.
    QString request; ///< "-" is standard input.
    QList<Map> maps;
    SheetShape shape; ///< As far as it was given.
    std::optional<int> limit; ///< Sessions per second.
    QString doNotMessage; ///< Path; empty if absent.
    QString results; ///< Path; empty if absent.
    bool checkOnly = false;
    QString resume; ///< A batch's number or "last"; empty if absent.
    SendingOptions sending; ///< Only key and pace with `resume`.
};

/// `log [FILTER]`
struct LogOptions {
    QString filter; ///< As typed.
    int limit = 50; ///< Rows that are listed, 1 to 10,000.
    std::optional<ExportFormat> format; ///< Absent: they are listed.
    std::optional<int> most; ///< Sends that are exported, 1 or more; absent: all.
    QString out; ///< The export's file; empty is standard output.
    RedactionChoices choices;
};

/// `import FILE|-`
struct ImportOptions {
    QString file; ///< "-" is standard input.
    std::optional<RequestFormat> from; ///< Absent: it is found out.
    QString environment; ///< Path; empty if absent.
    bool readsFiles = false; ///< Those that commands name.
};

/// `export FILE|-`
struct CodeOptions {
    QString file; ///< "-" is standard input.
    CodeFormat to = CodeFormat::Curl;
    QUrl base; ///< Where the request is to go.
};

/// `sandbox`
struct SandboxOptions {
    quint16 port = 0; ///< 0: any free one.
    int limit = 1; ///< Sessions per second and agent: 1, 3, 5, or 0 for none.
};

struct CliOptions {
    QString folder; ///< Where everything is kept.
    bool json = false; ///< One JSON object per line on standard output.
    std::variant<SendOptions, BatchOptions, LogOptions, SandboxOptions, ImportOptions, CodeOptions>
        command;
};

/// What is printed in place of doing something: help on standard output (Good), or what
/// is wrong with the command line on standard error (BadUsage).
struct EarlyEnd {
    ExitStatus status = ExitStatus::BadUsage;
    QString text;
};

/// @param arguments  with the program's name in front
[[nodiscard]] tl::expected<CliOptions, EarlyEnd> parseOptions(const QStringList &arguments);

} // namespace icebreaker
