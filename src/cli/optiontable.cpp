#include "cli/optiontable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr unsigned Sending = SendCommandBit | BatchCommandBit;

struct CommandEntry {
    unsigned bit;
    const char *name;
    const char *argument; ///< Empty if it takes none.
    const char *argumentHelp;
    const char *help;
};

constexpr std::array Commands{
    CommandEntry{SendCommandBit, "send", "FILE|-",
                 QT_TRANSLATE_NOOP("CommandLine", "The request, or - for standard input."),
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "Sends one request, the JSON that the window's preview shows.")},
    CommandEntry{BatchCommandBit, "batch", "[CSV]",
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "The rows: comma, semicolon, tab or pipe separated, UTF-8 or "
                                   "UTF-16. Not with --resume."),
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "Sends a request to every row of a CSV file, at the agent's "
                                   "limit; in the request, {{column}} stands for the row's "
                                   "value. Ctrl+C stops it; --resume goes on.")},
    CommandEntry{LogCommandBit, "log", "[FILTER]",
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "As in the window, e.g. to:4479 template:order locale:es "
                                   "profile:NAME region:eu status:429 outcome:unknown "
                                   "delivery:failed unread:4h code:1022 batch:12 since:2d "
                                   "until:yesterday 'took:>2s' WORDS"),
                 QT_TRANSLATE_NOOP("CommandLine", "Lists what was sent, newest first.")},
    CommandEntry{ImportCommandBit, "import", "FILE|-",
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "What another program wrote, or - for standard "
                                   "input."),
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "Prints the requests that another program's file or command "
                                   "holds, one a line, for send and batch. What is not taken is "
                                   "told on standard error; exit status 1 then, 2 if nothing was "
                                   "taken.")},
    CommandEntry{CodeCommandBit, "export", "FILE|-",
                 QT_TRANSLATE_NOOP("CommandLine", "The request, or - for standard input."),
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "Prints one request for another program. Its key is the "
                                   "environment variable VGAI_KEY.")},
    CommandEntry{SandboxCommandBit, "sandbox", "", "",
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "Runs the sandbox until Ctrl+C and prints its address first. "
                                   "Its key is: sandbox")},
};

struct OptionEntry {
    unsigned commands; ///< That take it.
    const char *name;
    const char *value; ///< nullptr if it takes none.
    const char *help;
};

constexpr std::array OptionTable{
    OptionEntry{
        EveryCommand, "data-dir", "DIR",
        QT_TRANSLATE_NOOP("CommandLine", "Keep everything in DIR instead of the usual place.")},
    OptionEntry{EveryCommand, "json", nullptr,
                QT_TRANSLATE_NOOP("CommandLine", "Print one JSON object per line.")},
    OptionEntry{Sending, "region", "REGION",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Send to eu, us or sandbox. The sandbox starts for this send "
                                  "and ends with it.")},
    OptionEntry{ImportCommandBit, "from", "FORMAT",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "curl (also of cmd.exe and PowerShell), postman, har, http or "
                                  "json; without it that is found out.")},
    OptionEntry{ImportCommandBit, "environment", "FILE",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Take the values of a collection's variables from a Postman "
                                  "environment.")},
    OptionEntry{ImportCommandBit, "read-files", nullptr,
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Read the files that a command names, as in --data @FILE.")},
    OptionEntry{CodeCommandBit, "to", "FORMAT",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "curl, cmd, powershell, http, postman, har, python or "
                                  "javascript.")},
    OptionEntry{CodeCommandBit, "region", "REGION",
                QT_TRANSLATE_NOOP("CommandLine", "For eu (the default) or us.")},
    OptionEntry{CodeCommandBit, "endpoint", "URL",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "For a base URL of your own: https, or http on this "
                                  "computer.")},
    OptionEntry{Sending, "endpoint", "URL",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Send to a base URL of your own: https, or http on this "
                                  "computer.")},
    OptionEntry{Sending, "profile", "NAME",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Use a profile's endpoint, limit and key. --region and "
                                  "--endpoint replace its endpoint.")},
    OptionEntry{
        Sending, "key-stdin", nullptr,
        QT_TRANSLATE_NOOP("CommandLine", "Read the API key from standard input's first line.")},
    OptionEntry{
        Sending, "key-env", "VAR",
        QT_TRANSLATE_NOOP("CommandLine", "Take the API key from the environment variable VAR.")},
    OptionEntry{Sending, "any-number", nullptr,
                QT_TRANSLATE_NOOP("CommandLine",
                                  "With a live profile that is limited to its test numbers: send "
                                  "to others as well. Without it that is bad input.")},
    OptionEntry{Sending, "no-pace", nullptr,
                QT_TRANSLATE_NOOP("CommandLine", "Send at once, ignoring the agent's limit.")},
    OptionEntry{BatchCommandBit, "request", "FILE",
                QT_TRANSLATE_NOOP("CommandLine", "The request to send to every row.")},
    OptionEntry{BatchCommandBit, "map", "FIELD=COLUMN",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Take a field of the request from a column, e.g. to=phone or "
                                  "\"body 1\"=name. May be given several times. Without it, "
                                  "to is the column that looks like phone numbers' name.")},
    OptionEntry{BatchCommandBit, "limit", "N",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Sessions per second of the agent: 1, 3 or 5. Without it the "
                                  "profile's, or 1.")},
    OptionEntry{BatchCommandBit, "check", nullptr,
                QT_TRANSLATE_NOOP("CommandLine", "Check every row, and send nothing.")},
    OptionEntry{BatchCommandBit, "results", "OUT.csv",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "At the end, write every row and what became of it to OUT.csv.")},
    OptionEntry{BatchCommandBit, "do-not-message", "FILE",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "A text file of numbers, one a line, that get no message.")},
    OptionEntry{BatchCommandBit, "encoding", "NAME",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "utf-8, utf-16le, utf-16be or windows-1252, where it cannot be "
                                  "told by looking.")},
    OptionEntry{BatchCommandBit, "delimiter", "CHARACTER",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "comma, semicolon, tab or pipe, where looking finds another.")},
    OptionEntry{BatchCommandBit, "no-header", nullptr,
                QT_TRANSLATE_NOOP("CommandLine",
                                  "The first row is data; the columns are called Column 1, …")},
    OptionEntry{BatchCommandBit, "resume", "ID|last",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Go on with a batch that was stopped or crashed, here or in "
                                  "the window.")},
    OptionEntry{LogCommandBit, "limit", "N",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "List at most N sends, 1 to 10000; else 50. With --export: "
                                  "write at most N, else all.")},
    OptionEntry{LogCommandBit, "export", "FORMAT",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Write the sends with request and answer as csv, jsonl, har "
                                  "(HAR 1.2) or md. Keys are never in it; phone numbers are "
                                  "shortened and parameter values hidden unless you say "
                                  "otherwise.")},
    OptionEntry{
        LogCommandBit, "out", "FILE",
        QT_TRANSLATE_NOOP("CommandLine", "Write the export to FILE instead of standard output.")},
    OptionEntry{LogCommandBit, "show-numbers", nullptr,
                QT_TRANSLATE_NOOP("CommandLine", "Export phone numbers in full.")},
    OptionEntry{
        LogCommandBit, "show-values", nullptr,
        QT_TRANSLATE_NOOP("CommandLine", "Export the values of template and session parameters.")},
    OptionEntry{
        LogCommandBit, "hide-names", nullptr,
        QT_TRANSLATE_NOOP("CommandLine", "Hide the names of session parameters in the export.")},
    OptionEntry{SandboxCommandBit, "port", "N",
                QT_TRANSLATE_NOOP("CommandLine", "Listen on port N instead of any free one.")},
    OptionEntry{SandboxCommandBit, "limit", "N",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Accept N requests per second and agent: 1 (the default), 3, 5, "
                                  "or 0 for any number.")},
};

/// Qt's own help calls the program by its whole path.
QString named(QString help)
{
    return help.replace(QCoreApplication::arguments().constFirst(), u"icebreaker-cli"_s);
}

} // namespace

unsigned commandBit(const QString &name)
{
    const auto *found =
        std::find_if(Commands.begin(), Commands.end(), [&name](const CommandEntry &entry) {
            return name == QLatin1StringView(entry.name);
        });
    return found == Commands.end() ? 0 : found->bit;
}

void addOptions(QCommandLineParser &parser, unsigned commands, Take take)
{
    parser.addOption({{u"h"_s, u"help"_s}, Words::tr("Print this help.")});
    parser.addOption({{u"v"_s, u"version"_s}, Words::tr("Print the version.")});
    QStringList names;
    for (const OptionEntry &entry : OptionTable) {
        const QString name = QString::fromLatin1(entry.name);
        const unsigned shared = entry.commands & commands;
        if (shared == 0 || (take == Take::Common && shared != commands) || names.contains(name))
            continue;
        names.append(name);
        QCommandLineOption option(name, Words::tr(entry.help));
        if (entry.value != nullptr)
            option.setValueName(QString::fromLatin1(entry.value));
        parser.addOption(option);
    }
}

QString generalHelp()
{
    QCommandLineParser parser;
    addOptions(parser, EveryCommand, Take::Common);
    parser.setApplicationDescription(
        Words::tr("Starts WhatsApp conversations with Vonage AI Studio agents."));
    QStringList commands;
    for (const CommandEntry &entry : Commands) {
        const QStringList words{QString::fromLatin1(entry.name),
                                QString::fromLatin1(entry.argument)};
        commands.append(words.join(u' ').trimmed() + ": "_L1 + Words::tr(entry.help));
    }
    parser.addPositionalArgument(u"COMMAND"_s, commands.join(u'\n'));
    return named(parser.helpText()) + u'\n'
        + Words::tr(
               "Every command has a --help of its own.\n"
               "Exit status: 0 all accepted, 1 some refused, limited or not sent, 2 bad usage or "
               "input (nothing was sent), 3 of some nobody knows whether they were sent.\n");
}

QString commandHelp(QCommandLineParser &parser, unsigned command)
{
    const CommandEntry &entry =
        *std::find_if(Commands.begin(), Commands.end(),
                      [command](const auto &each) { return each.bit == command; });
    const QString name = QString::fromLatin1(entry.name);
    const QString argument = QString::fromLatin1(entry.argument);
    parser.setApplicationDescription(Words::tr(entry.help));
    if (argument.isEmpty()) // Qt would list an argument without a description
        return named(parser.helpText()).replace(u"[options]"_s, u"[options] "_s + name);
    parser.addPositionalArgument(argument, Words::tr(entry.argumentHelp), name + u' ' + argument);
    return named(parser.helpText());
}

} // namespace icebreaker
