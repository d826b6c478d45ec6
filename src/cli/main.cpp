#include "cli/batchcommand.h"
#include "cli/clioptions.h"
#include "cli/codecommand.h"
#include "cli/console.h"
#include "cli/exportcommand.h"
#include "cli/importcommand.h"
#include "cli/logcommand.h"
#include "cli/sandboxcommand.h"
#include "cli/sendcommand.h"

#include <QCoreApplication>

#include <memory>

using namespace Qt::StringLiterals;
using namespace icebreaker;

namespace {

using CommandOrEnd = tl::expected<std::unique_ptr<Command>, EarlyEnd>;

CommandOrEnd makeSend(const SendOptions &options, const CliOptions &common, Console &console)
{
    auto input = readSendInput(options, common.folder);
    if (!input)
        return tl::unexpected(EarlyEnd{ExitStatus::BadUsage, input.error()});
    return std::make_unique<SendCommand>(
        std::move(*input),
        SendCommand::Settings{common.folder, common.json, options.sending.ignorePace}, console);
}

CommandOrEnd makeBatch(const BatchOptions &options, const CliOptions &common, Console &console)
{
    if (!options.resume.isEmpty())
        return std::make_unique<BatchCommand>(options, common.folder, common.json, console);
    auto source = readBatchSource(options, common.folder);
    if (!source)
        return tl::unexpected(EarlyEnd{ExitStatus::BadUsage, source.error()});
    return std::make_unique<BatchCommand>(*source, common.folder, common.json, console);
}

CommandOrEnd makeLog(const LogOptions &options, const CliOptions &common, Console &console)
{
    const auto filter = parseLogFilter(options.filter);
    if (!filter)
        return tl::unexpected(EarlyEnd{ExitStatus::BadUsage, filterErrorText(filter.error())});
    if (options.format)
        return std::make_unique<ExportCommand>(common.folder, *filter, options, common.json,
                                               console);
    return std::make_unique<LogCommand>(common.folder, *filter, options.limit, common.json,
                                        console);
}

CommandOrEnd makeCommand(const QStringList &arguments, Console &console)
{
    const auto options = parseOptions(arguments);
    if (!options)
        return tl::unexpected(options.error());
    if (const auto *send = std::get_if<SendOptions>(&options->command))
        return makeSend(*send, *options, console);
    if (const auto *batch = std::get_if<BatchOptions>(&options->command))
        return makeBatch(*batch, *options, console);
    if (const auto *log = std::get_if<LogOptions>(&options->command))
        return makeLog(*log, *options, console);
    if (const auto *import = std::get_if<ImportOptions>(&options->command))
        return std::make_unique<ImportCommand>(*import, options->json, console);
    if (const auto *code = std::get_if<CodeOptions>(&options->command))
        return std::make_unique<CodeCommand>(*code, options->json, console);
    return std::make_unique<SandboxCommand>(std::get<SandboxOptions>(options->command),
                                            options->json, console);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"icebreaker"_s); // the window's: one data folder
    QCoreApplication::setApplicationVersion(u"" ICEBREAKER_VERSION ""_s);

    Console console;
    const auto command = makeCommand(QCoreApplication::arguments(), console);
    if (!command) {
        const EarlyEnd &end = command.error();
        if (end.status == ExitStatus::Good)
            console.print(end.text.trimmed());
        else
            console.complain(end.text);
        return static_cast<int>(end.status);
    }
    QObject::connect(command->get(), &Command::finished, &app,
                     [](ExitStatus status) { QCoreApplication::exit(static_cast<int>(status)); });
    QMetaObject::invokeMethod(command->get(), &Command::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
