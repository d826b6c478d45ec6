#include "cli/clioptions.h"

#include "cli/optiontable.h"
#include "core/pace.h"
#include "interop/codeexport.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr int MostRows = 10'000;
constexpr int HighestPort = 65'535;

tl::unexpected<EarlyEnd> wrong(const QString &text)
{
    return tl::unexpected(EarlyEnd{ExitStatus::BadUsage, text});
}

tl::unexpected<EarlyEnd> helped(const QString &text)
{
    return tl::unexpected(EarlyEnd{ExitStatus::Good, text});
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
    [[nodiscard]] QStringList all(const QString &name) const { return m_parser.values(name); }
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

bool isAllowedLimit(int limit)
{
    return std::find(AllowedLimits.begin(), AllowedLimits.end(), limit) != AllowedLimits.end();
}

void readKeyOptions(Values &values, SendingOptions &options)
{
    options.keyVariable = values.text(u"key-env"_s);
    options.keyFromInput = values.isSet(u"key-stdin"_s);
    options.ignorePace = values.isSet(u"no-pace"_s);
    if (options.keyFromInput && !options.keyVariable.isEmpty())
        values.fail(Words::tr("--key-stdin and --key-env contradict each other."));
}

SendingOptions readSending(Values &values)
{
    SendingOptions options;
    const QString region = values.text(u"region"_s);
    options.endpoint = values.text(u"endpoint"_s);
    options.profile = values.text(u"profile"_s);
    options.anyNumber = values.isSet(u"any-number"_s);
    if (!region.isEmpty()) {
        options.region = regionFromName(region);
        if (!options.region || options.region == Region::Custom)
            values.fail(Words::tr("--region is eu, us or sandbox, not %1.").arg(region));
        if (!options.endpoint.isEmpty())
            values.fail(Words::tr("--region and --endpoint contradict each other."));
    } else if (options.endpoint.isEmpty() && options.profile.isEmpty()) {
        values.fail(Words::tr("Say where to send to: --region, --endpoint or --profile."));
    }
    readKeyOptions(values, options);
    return options;
}

SendOptions readSend(Values &values, const QStringList &arguments)
{
    SendOptions options;
    if (arguments.size() != 1)
        values.fail(Words::tr("send takes one FILE, or - for standard input."));
    options.file = arguments.value(0);
    options.sending = readSending(values);
    if (options.sending.keyFromInput && options.file == "-"_L1)
        values.fail(Words::tr("Standard input cannot be both the request and the key: use a file, "
                              "or --key-env."));
    return options;
}

/// `FIELD=COLUMN`; a field's name holds no "=".
void readMaps(Values &values, BatchOptions &options)
{
    for (const QString &map : values.all(u"map"_s)) {
        const auto sign = map.indexOf(u'=');
        const QString field = map.left(sign).trimmed();
        const QString column = map.mid(sign + 1).trimmed();
        if (sign < 1 || field.isEmpty() || column.isEmpty())
            values.fail(Words::tr("--map is FIELD=COLUMN, not %1.").arg(map));
        options.maps.append({field, column});
    }
}

void readSheetOptions(Values &values, BatchOptions &options)
{
    const QString encoding = values.text(u"encoding"_s).toLower();
    static const QHash<QString, TextEncoding> encodings{
        {u"utf-8"_s, TextEncoding::Utf8},
        {u"utf-16le"_s, TextEncoding::Utf16Le},
        {u"utf-16be"_s, TextEncoding::Utf16Be},
        {u"windows-1252"_s, TextEncoding::Windows1252}};
    if (encodings.contains(encoding))
        options.shape.encoding = encodings.value(encoding);
    else if (!encoding.isEmpty())
        values.fail(Words::tr("--encoding is utf-8, utf-16le, utf-16be or windows-1252, not %1.")
                        .arg(encoding));
    const QString delimiter = values.text(u"delimiter"_s);
    static const QHash<QString, char> delimiters{
        {u"comma"_s, ','}, {u","_s, ','},   {u"semicolon"_s, ';'}, {u";"_s, ';'},
        {u"tab"_s, '\t'},  {u"\t"_s, '\t'}, {u"pipe"_s, '|'},      {u"|"_s, '|'}};
    if (delimiters.contains(delimiter))
        options.shape.delimiter = delimiters.value(delimiter);
    else if (!delimiter.isEmpty())
        values.fail(
            Words::tr("--delimiter is comma, semicolon, tab or pipe, not %1.").arg(delimiter));
    if (values.isSet(u"no-header"_s))
        options.shape.hasHeader = false;
}

BatchOptions readResume(Values &values, const QStringList &arguments, BatchOptions options)
{
    if (!arguments.isEmpty())
        values.fail(Words::tr("--resume takes no CSV: the rows are in the journal."));
    for (const QString &name :
         {u"request"_s, u"map"_s, u"check"_s, u"do-not-message"_s, u"region"_s, u"endpoint"_s,
          u"profile"_s, u"any-number"_s, u"encoding"_s, u"delimiter"_s, u"no-header"_s}) {
        if (values.isSet(name))
            values.fail(Words::tr("--%1 does not go with --resume: a batch stays what it was "
                                  "when it was started.")
                            .arg(name));
    }
    bool isNumber = false;
    (void)options.resume.toLongLong(&isNumber);
    if (!isNumber && options.resume != "last"_L1)
        values.fail(
            Words::tr("--resume takes a batch's number or “last”, not %1.").arg(options.resume));
    readKeyOptions(values, options.sending);
    return options;
}

BatchOptions readBatch(Values &values, const QStringList &arguments)
{
    BatchOptions options;
    options.results = values.text(u"results"_s);
    options.resume = values.text(u"resume"_s);
    int limit = 0;
    values.number(u"limit"_s, limit, isAllowedLimit);
    if (limit > 0)
        options.limit = limit;
    if (!options.resume.isEmpty())
        return readResume(values, arguments, options);

    if (arguments.size() != 1)
        values.fail(Words::tr("batch takes one CSV file, or --resume."));
    options.csv = arguments.value(0);
    options.request = values.text(u"request"_s);
    if (options.request.isEmpty())
        values.fail(Words::tr("Say which request to send: --request FILE."));
    if (options.request == "-"_L1 && values.isSet(u"key-stdin"_s))
        values.fail(Words::tr("Standard input cannot be both the request and the key: use a file, "
                              "or --key-env."));
    options.doNotMessage = values.text(u"do-not-message"_s);
    options.checkOnly = values.isSet(u"check"_s);
    readMaps(values, options);
    readSheetOptions(values, options);
    options.sending = readSending(values);
    return options;
}

void readExport(Values &values, LogOptions &options)
{
    const QString format = values.text(u"export"_s);
    options.format = exportFormatFromName(format);
    if (!options.format)
        values.fail(Words::tr("--export is csv, jsonl, har or md, not %1.").arg(format));
    options.out = values.text(u"out"_s);
    options.choices.tagNumbers = !values.isSet(u"show-numbers"_s);
    options.choices.hideValues = !values.isSet(u"show-values"_s);
    options.choices.hideNames = values.isSet(u"hide-names"_s);
    if (values.isSet(u"json"_s) && options.out.isEmpty()
        && options.format != ExportFormat::JsonLines)
        values.fail(Words::tr("With --json, --export needs --out: standard output has one JSON "
                              "object per line."));
}

LogOptions readLog(Values &values, const QStringList &arguments)
{
    LogOptions options;
    options.filter = arguments.join(u' ');
    const bool isExport = values.isSet(u"export"_s);
    int limit = options.limit;
    values.number(u"limit"_s, limit,
                  [isExport](int rows) { return rows >= 1 && (isExport || rows <= MostRows); });
    if (isExport) {
        readExport(values, options);
        if (values.isSet(u"limit"_s))
            options.most = limit;
    } else {
        options.limit = limit;
        for (const QString &name :
             {u"out"_s, u"show-numbers"_s, u"show-values"_s, u"hide-names"_s}) {
            if (values.isSet(name))
                values.fail(Words::tr("--%1 goes with --export only.").arg(name));
        }
    }
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
    values.number(u"limit"_s, options.limit,
                  [](int value) { return value == 0 || isAllowedLimit(value); });
    return options;
}

ImportOptions readImport(Values &values, const QStringList &arguments)
{
    ImportOptions options;
    if (arguments.size() != 1)
        values.fail(Words::tr("import takes one FILE, or - for standard input."));
    options.file = arguments.value(0);
    options.environment = values.text(u"environment"_s);
    options.readsFiles = values.isSet(u"read-files"_s);
    static const QHash<QString, RequestFormat> formats{{u"curl"_s, RequestFormat::Curl},
                                                       {u"postman"_s, RequestFormat::Postman},
                                                       {u"har"_s, RequestFormat::Har},
                                                       {u"http"_s, RequestFormat::Http},
                                                       {u"json"_s, RequestFormat::Json}};
    const QString from = values.text(u"from"_s);
    if (formats.contains(from))
        options.from = formats.value(from);
    else if (!from.isEmpty())
        values.fail(Words::tr("--from is curl, postman, har, http or json, not %1.").arg(from));
    if (options.file == "-"_L1 && options.environment == "-"_L1)
        values.fail(Words::tr("Standard input cannot be two files."));
    return options;
}

CodeOptions readCode(Values &values, const QStringList &arguments)
{
    CodeOptions options;
    if (arguments.size() != 1)
        values.fail(Words::tr("export takes one FILE, or - for standard input."));
    options.file = arguments.value(0);
    const QString to = values.text(u"to"_s);
    const auto format = codeFormatFromName(to);
    if (!format)
        values.fail(Words::tr("--to is curl, cmd, powershell, http, postman, har, python or "
                              "javascript, not “%1”.")
                        .arg(to));
    options.to = format.value_or(CodeFormat::Curl);
    const QString region = values.text(u"region"_s);
    const QString endpoint = values.text(u"endpoint"_s);
    const auto chosen = regionFromName(region.isEmpty() ? u"eu"_s : region);
    options.base = documentedBase(chosen.value_or(Region::Custom));
    if (options.base.isEmpty())
        values.fail(Words::tr("--region is eu or us here, not %1.").arg(region));
    if (!region.isEmpty() && !endpoint.isEmpty())
        values.fail(Words::tr("--region and --endpoint contradict each other."));
    if (!endpoint.isEmpty()) {
        const auto base = parseBase(endpoint);
        if (base)
            options.base = *base;
        else
            values.fail(Words::tr("--endpoint is an https URL, or http on this computer."));
    }
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
    if (command == SendCommandBit)
        options.command = readSend(values, arguments);
    else if (command == BatchCommandBit)
        options.command = readBatch(values, arguments);
    else if (command == LogCommandBit)
        options.command = readLog(values, arguments);
    else if (command == ImportCommandBit)
        options.command = readImport(values, arguments);
    else if (command == CodeCommandBit)
        options.command = readCode(values, arguments);
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
    addOptions(any, EveryCommand, Take::Any);
    const bool understood = any.parse(arguments);
    if (any.isSet(u"version"_s))
        return helped(u"icebreaker-cli "_s + QCoreApplication::applicationVersion());

    const QString name = any.positionalArguments().value(0);
    if (name.isEmpty() && any.isSet(u"help"_s))
        return helped(generalHelp());
    if (name.isEmpty())
        return wrong(understood ? Words::tr("No command is given; --help lists them.")
                                : any.errorText());
    const unsigned command = commandBit(name);
    if (command == 0)
        return wrong(Words::tr("Unknown command: %1. --help lists them.").arg(name));

    QCommandLineParser parser;
    addOptions(parser, command, Take::Any);
    const bool fits = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return helped(commandHelp(parser, command));
    if (!fits)
        return wrong(parser.errorText());
    return readAll(parser, command);
}

} // namespace icebreaker
