#include "cli/clioptions.h"

#include "core/pace.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr int MostRows = 10'000;
constexpr int HighestPort = 65'535;

constexpr unsigned Send = 1;
constexpr unsigned Log = 2;
constexpr unsigned SandboxRun = 4;
constexpr unsigned Every = Send | Log | SandboxRun;

struct CommandEntry {
    unsigned bit;
    const char *name;
    const char *argument; ///< Empty if it takes none.
    const char *argumentHelp;
    const char *help;
};

constexpr std::array Commands{
    CommandEntry{Send, "send", "FILE|-",
                 QT_TRANSLATE_NOOP("CommandLine", "The request, or - for standard input."),
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "Sends one request, the JSON that the window's preview shows.")},
    CommandEntry{Log, "log", "[FILTER]",
                 QT_TRANSLATE_NOOP("CommandLine",
                                   "As in the window, e.g. to:4479 template:order locale:es "
                                   "profile:NAME region:eu status:429 outcome:unknown WORDS"),
                 QT_TRANSLATE_NOOP("CommandLine", "Lists what was sent, newest first.")},
    CommandEntry{SandboxRun, "sandbox", "", "",
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
        Every, "data-dir", "DIR",
        QT_TRANSLATE_NOOP("CommandLine", "Keep everything in DIR instead of the usual place.")},
    OptionEntry{Every, "json", nullptr,
                QT_TRANSLATE_NOOP("CommandLine", "Print one JSON object per line.")},
    OptionEntry{Send, "region", "REGION",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Send to eu, us or sandbox. The sandbox starts for this send "
                                  "and ends with it.")},
    OptionEntry{Send, "endpoint", "URL",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Send to a base URL of your own: https, or http on this "
                                  "computer.")},
    OptionEntry{Send, "profile", "NAME",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Use a profile's endpoint, limit and key. --region and "
                                  "--endpoint replace its endpoint.")},
    OptionEntry{
        Send, "key-stdin", nullptr,
        QT_TRANSLATE_NOOP("CommandLine", "Read the API key from standard input's first line.")},
    OptionEntry{
        Send, "key-env", "VAR",
        QT_TRANSLATE_NOOP("CommandLine", "Take the API key from the environment variable VAR.")},
    OptionEntry{Send, "no-pace", nullptr,
                QT_TRANSLATE_NOOP("CommandLine", "Send at once, ignoring the agent's limit.")},
    OptionEntry{Log, "limit", "N",
                QT_TRANSLATE_NOOP("CommandLine", "List at most N sends, 1 to 10000; else 50.")},
    OptionEntry{SandboxRun, "port", "N",
                QT_TRANSLATE_NOOP("CommandLine", "Listen on port N instead of any free one.")},
    OptionEntry{SandboxRun, "limit", "N",
                QT_TRANSLATE_NOOP("CommandLine",
                                  "Accept N requests per second and agent: 1 (the default), 3, 5, "
                                  "or 0 for any number.")},
};

tl::unexpected<EarlyEnd> wrong(const QString &text)
{
    return tl::unexpected(EarlyEnd{ExitStatus::BadUsage, text});
}

tl::unexpected<EarlyEnd> helped(const QString &text)
{
    return tl::unexpected(EarlyEnd{ExitStatus::Good, text});
}

enum class Take {
    Any, ///< Options that any of the commands takes.
    Common, ///< Options that all of them take.
};

/// Adds help, version and options of @p commands, each name once.
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

/// Qt's own help calls the program by its whole path.
QString named(QString help)
{
    return help.replace(QCoreApplication::arguments().constFirst(), u"icebreaker-cli"_s);
}

QString generalHelp()
{
    QCommandLineParser parser;
    addOptions(parser, Every, Take::Common);
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
        + Words::tr("Every command has a --help of its own.\n"
                    "Exit status: 0 accepted, 1 refused, limited or not sent, 2 bad usage or input "
                    "(nothing was sent), 3 nobody knows whether it was sent.\n");
}

QString commandHelp(QCommandLineParser &parser, const CommandEntry &command)
{
    const QString name = QString::fromLatin1(command.name);
    const QString argument = QString::fromLatin1(command.argument);
    parser.setApplicationDescription(Words::tr(command.help));
    if (argument.isEmpty()) // Qt would list an argument without a description
        return named(parser.helpText()).replace(u"[options]"_s, u"[options] "_s + name);
    parser.addPositionalArgument(argument, Words::tr(command.argumentHelp), name + u' ' + argument);
    return named(parser.helpText());
}

/// What was given for one option. A value that is given twice or is empty is a mistake
/// in somebody's script, and must not decide where a message goes.
class Values
{
public:
    explicit Values(const QCommandLineParser &parser)
        : m_parser(parser)
    { }

    [[nodiscard]] QString text(const QString &name)
    {
        const QStringList values = m_parser.values(name);
        if (values.size() > 1)
            fail(Words::tr("--%1 is given twice.").arg(name));
        if (values.contains(QString()))
            fail(Words::tr("--%1 is empty.").arg(name));
        return values.value(0);
    }
    template <typename Fits>
    void number(const QString &name, int &target, Fits fits)
    {
        const QString typed = text(name);
        if (typed.isNull())
            return;
        bool isNumber = false;
        const int value = typed.toInt(&isNumber);
        if (!isNumber || !fits(value))
            fail(Words::tr("--%1 cannot be %2.").arg(name, typed));
        else
            target = value;
    }
    [[nodiscard]] bool isSet(const QString &name) const { return m_parser.isSet(name); }
    void fail(const QString &why)
    {
        if (m_wrong.isEmpty())
            m_wrong = why;
    }
    [[nodiscard]] const QString &firstMistake() const { return m_wrong; }

private:
    const QCommandLineParser &m_parser;
    QString m_wrong;
};

SendOptions readSend(Values &values, const QStringList &arguments)
{
    SendOptions options;
    if (arguments.size() != 1)
        values.fail(Words::tr("send takes one FILE, or - for standard input."));
    options.file = arguments.value(0);
    const QString region = values.text(u"region"_s);
    options.endpoint = values.text(u"endpoint"_s);
    options.profile = values.text(u"profile"_s);
    options.keyVariable = values.text(u"key-env"_s);
    options.keyFromInput = values.isSet(u"key-stdin"_s);
    options.ignorePace = values.isSet(u"no-pace"_s);

    if (!region.isEmpty()) {
        options.region = regionFromName(region);
        if (!options.region || options.region == Region::Custom)
            values.fail(Words::tr("--region is eu, us or sandbox, not %1.").arg(region));
        if (!options.endpoint.isEmpty())
            values.fail(Words::tr("--region and --endpoint contradict each other."));
    } else if (options.endpoint.isEmpty() && options.profile.isEmpty()) {
        values.fail(Words::tr("Say where to send to: --region, --endpoint or --profile."));
    }
    if (options.keyFromInput && !options.keyVariable.isEmpty())
        values.fail(Words::tr("--key-stdin and --key-env contradict each other."));
    if (options.keyFromInput && options.file == "-"_L1)
        values.fail(Words::tr("Standard input cannot be both the request and the key: use a file, "
                              "or --key-env."));
    return options;
}

LogOptions readLog(Values &values, const QStringList &arguments)
{
    LogOptions options;
    options.filter = arguments.join(u' ');
    values.number(u"limit"_s, options.limit,
                  [](int rows) { return rows >= 1 && rows <= MostRows; });
    return options;
}

SandboxOptions readSandbox(Values &values, const QStringList &arguments)
{
    SandboxOptions options;
    if (!arguments.isEmpty())
        values.fail(Words::tr("sandbox takes no argument."));
    int port = 0;
    values.number(u"port"_s, port, [](int value) { return value >= 0 && value <= HighestPort; });
    options.port = static_cast<quint16>(port);
    values.number(u"limit"_s, options.limit, [](int value) {
        return value == 0
            || std::find(AllowedLimits.begin(), AllowedLimits.end(), value) != AllowedLimits.end();
    });
    return options;
}

tl::expected<CliOptions, EarlyEnd> readAll(const QCommandLineParser &parser, unsigned command)
{
    CliOptions options;
    Values values(parser);
    const QStringList arguments = parser.positionalArguments().mid(1);
    options.json = parser.isSet(u"json"_s);
    options.folder = values.text(u"data-dir"_s);
    if (options.folder.isEmpty())
        options.folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    if (command == Send)
        options.command = readSend(values, arguments);
    else if (command == Log)
        options.command = readLog(values, arguments);
    else
        options.command = readSandbox(values, arguments);
    if (!values.firstMistake().isEmpty())
        return wrong(values.firstMistake());
    return options;
}

} // namespace

tl::expected<CliOptions, EarlyEnd> parseOptions(const QStringList &arguments)
{
    // With the options of all commands, to find out which command it is.
    QCommandLineParser any;
    addOptions(any, Every, Take::Any);
    const bool understood = any.parse(arguments);
    if (any.isSet(u"version"_s))
        return helped(u"icebreaker-cli "_s + QCoreApplication::applicationVersion());

    const QString name = any.positionalArguments().value(0);
    if (name.isEmpty() && any.isSet(u"help"_s))
        return helped(generalHelp());
    if (name.isEmpty())
        return wrong(understood ? Words::tr("No command is given; --help lists them.")
                                : any.errorText());
    const auto *command =
        std::find_if(Commands.begin(), Commands.end(), [&name](const CommandEntry &entry) {
            return name == QLatin1StringView(entry.name);
        });
    if (command == Commands.end())
        return wrong(Words::tr("Unknown command: %1. --help lists them.").arg(name));

    QCommandLineParser parser;
    addOptions(parser, command->bit, Take::Any);
    const bool fits = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return helped(commandHelp(parser, *command));
    if (!fits)
        return wrong(parser.errorText());
    return readAll(parser, command->bit);
}

} // namespace icebreaker
