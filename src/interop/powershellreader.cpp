#include "interop/powershellreader.h"

#include "interop/curlcommand.h"
#include "interop/powershellvalues.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

enum class CmdletUse {
    Uri,
    Method,
    Headers,
    Body,
    ContentType,
    UserAgent,
    File,
    Ignore,
    Switch,
    Insecure,
    Refuse
};

constexpr std::array CmdletParameters{
    std::pair{"uri", CmdletUse::Uri},
    std::pair{"method", CmdletUse::Method},
    std::pair{"headers", CmdletUse::Headers},
    std::pair{"body", CmdletUse::Body},
    std::pair{"contenttype", CmdletUse::ContentType},
    std::pair{"useragent", CmdletUse::UserAgent},
    std::pair{"infile", CmdletUse::File},
    std::pair{"websession", CmdletUse::Ignore},
    std::pair{"timeoutsec", CmdletUse::Ignore},
    std::pair{"maximumredirection", CmdletUse::Ignore},
    std::pair{"httpversion", CmdletUse::Ignore},
    std::pair{"usebasicparsing", CmdletUse::Switch},
    std::pair{"verbose", CmdletUse::Switch},
    std::pair{"skiphttperrorcheck", CmdletUse::Switch},
    std::pair{"skipheadervalidation", CmdletUse::Switch},
    std::pair{"disablekeepalive", CmdletUse::Switch},
    std::pair{"skipcertificatecheck", CmdletUse::Insecure},
    std::pair{"credential", CmdletUse::Refuse},
    std::pair{"usedefaultcredentials", CmdletUse::Refuse},
    std::pair{"authentication", CmdletUse::Refuse},
    std::pair{"token", CmdletUse::Refuse},
    std::pair{"certificate", CmdletUse::Refuse},
    std::pair{"proxy", CmdletUse::Refuse},
    std::pair{"form", CmdletUse::Refuse},
    std::pair{"outfile", CmdletUse::Refuse},
    std::pair{"custommethod", CmdletUse::Refuse},
    std::pair{"maximumretrycount", CmdletUse::Refuse},
    std::pair{"retryintervalsec", CmdletUse::Refuse},
    std::pair{"transferencoding", CmdletUse::Refuse},
    std::pair{"sessionvariable", CmdletUse::Refuse},
};

constexpr std::array Cmdlets{"invoke-restmethod", "invoke-webrequest", "irm", "iwr"};

class PowerShellReader
{
public:
    PowerShellReader(const QByteArray &text, const ImportHint &hint, ImportJudge &judge)
        : m_values(text)
        , m_lines(text)
        , m_hint(hint)
        , m_judge(judge)
    { }

    void read()
    {
        qsizetype statements = 0;
        for (nextStatement(); !m_values.isAtEnd(); nextStatement()) {
            if (++statements > MostCommands)
                m_values.fail(ImportRefusal::TooMany, m_values.place());
            else
                readStatement();
            if (const auto &problem = m_values.problem()) {
                m_judge.refuse(
                    {{}, problem->why, problem->subject, problem->line, problem->column, {}});
                return;
            }
        }
    }

private:
    void nextStatement()
    {
        m_values.skipSpace();
        while (m_values.take(";"))
            m_values.skipSpace();
    }

    void readStatement()
    {
        if (m_values.isAt("$")) {
            readAssignment();
        } else if (m_values.isAt("[")) {
            m_values.skipStatement(); // a setting of .NET
        } else {
            const qsizetype start = m_values.place();
            (void)m_values.take("& ");
            m_values.skipBlanks();
            readCommand(m_values.readName().toLower(), start);
        }
    }

    /// `$name = …`, `$name.Add("…", "…")`, `$name["…"] = …`, or something about an answer.
    void readAssignment()
    {
        (void)m_values.take("$");
        const qsizetype start = m_values.place();
        QByteArray name = m_values.readName().toLower();
        const qsizetype dot = name.indexOf('.');
        const QByteArray member = dot < 0 ? QByteArray() : name.mid(dot + 1);
        if (dot >= 0)
            name.truncate(dot);
        m_values.skipBlanks();
        if (member == "add" && m_values.take("(")) {
            addEntry(name);
        } else if (member.isEmpty() && m_values.take("[")) {
            setEntry(name);
        } else if (member.isEmpty() && m_values.take("=")) {
            m_values.skipSpace();
            assign(name);
        } else if (name.isEmpty()) {
            m_values.fail(ImportRefusal::NotUnderstood, start);
        } else {
            m_values.skipStatement();
        }
    }

    void addEntry(const QByteArray &name)
    {
        m_values.skipSpace();
        const auto key = m_values.readValue();
        m_values.skipSpace();
        const bool hasBoth = key && m_values.take(",");
        m_values.skipSpace();
        const auto value = hasBoth ? m_values.readValue() : std::nullopt;
        m_values.skipSpace();
        if (!value || !m_values.take(")"))
            m_values.fail(ImportRefusal::NotUnderstood, m_values.place(), u".Add"_s);
        else
            put(name, key->text, value->text);
    }

    void setEntry(const QByteArray &name)
    {
        const auto key = m_values.readValue();
        const bool closes = key && m_values.take("]");
        m_values.skipBlanks();
        const bool isSet = closes && m_values.take("=");
        m_values.skipSpace();
        const auto value = isSet ? m_values.readValue() : std::nullopt;
        if (value)
            put(name, key->text, value->text);
        else
            m_values.fail(ImportRefusal::NotUnderstood, m_values.place(), u"["_s);
    }

    void put(const QByteArray &name, const QByteArray &key, const QByteArray &value)
    {
        PowerShellValue &table = m_values.known[name];
        if (!table.table)
            table.table.emplace();
        table.table->append({key, value});
    }

    void assign(const QByteArray &name)
    {
        const qsizetype start = m_values.place();
        const QByteArray word = m_values.readName().toLower();
        if (word == "new-object") {
            m_values.skipStatement();
            PowerShellValue table;
            table.table.emplace();
            m_values.known.insert(name, table);
            return;
        }
        if (isCmdlet(word) || isCurl(word)) {
            readCommand(word, start);
            return;
        }
        m_values.setPlace(start);
        if (const auto value = m_values.readValue())
            m_values.known.insert(name, *value);
        m_values.skipBlanks();
        if (!m_values.isAtStatementEnd())
            m_values.fail(ImportRefusal::NotUnderstood, m_values.place());
    }

    static bool isCmdlet(const QByteArray &word)
    {
        return std::any_of(Cmdlets.begin(), Cmdlets.end(),
                           [&word](const char *each) { return word == each; });
    }
    static bool isCurl(const QByteArray &word) { return word == "curl" || word == "curl.exe"; }

    void readCommand(const QByteArray &name, qsizetype start)
    {
        const int line = m_lines.lineOf(start);
        m_values.variables.clear();
        if (isCmdlet(name))
            readCmdlet(line);
        else if (isCurl(name))
            readCurl(line);
        else
            m_values.fail(ImportRefusal::NotUnderstood, start, QString::fromLatin1(name.left(40)));
        if (!m_values.problem())
            m_values.skipStatement(); // what becomes of the answer
    }

    void readCurl(int line)
    {
        CommandLine command;
        command.line = line;
        command.words.append("curl");
        for (m_values.skipBlanks(); !isAtCommandEnd(); m_values.skipBlanks()) {
            const auto word = m_values.readArgument();
            if (!word)
                return;
            command.words.append(asArgument(word->text));
        }
        command.variables = m_values.variables;
        auto wire = readCurlCommand(command, std::nullopt, m_hint);
        if (wire)
            m_judge.take(*wire);
        else
            m_judge.refuse(wire.error());
    }

    [[nodiscard]] bool isAtCommandEnd() const
    {
        return m_values.isAtStatementEnd() || m_values.isAt("|") || m_values.problem().has_value();
    }

    /// Up to version 7.2 quotes within an argument have to be written as \", later not
    /// (about_Parsing, PSNativeCommandArgumentPassing).
    static QByteArray asArgument(const QByteArray &text)
    {
        if (!text.contains("\\\"") || QByteArray(text).replace("\\\"", "").contains('"'))
            return text;
        return QByteArray(text).replace("\\\"", "\"");
    }

    void readCmdlet(int line)
    {
        m_wire = WireRequest();
        m_wire.line = line;
        m_refusal.reset();
        for (m_values.skipBlanks(); !isAtCommandEnd(); m_values.skipBlanks()) {
            if (!readParameter())
                return;
        }
        if (m_wire.method.isEmpty())
            m_wire.method = "GET";
        noteVariables(m_wire, m_values.variables);
        if (m_refusal)
            m_judge.refuse({{}, m_refusal->first, m_refusal->second, line, 0, {}});
        else
            m_judge.take(m_wire);
    }

    bool readParameter()
    {
        if (!m_values.take("-")) { // the URL needs no name
            const auto value = m_values.readArgument();
            if (value)
                m_wire.url = value->text;
            return value.has_value();
        }
        const QByteArray name = m_values.readName();
        const auto *found = std::find_if(
            CmdletParameters.begin(), CmdletParameters.end(),
            [lower = name.toLower()](const auto &each) { return lower == each.first; });
        if (found == CmdletParameters.end()) {
            m_values.fail(ImportRefusal::OptionUnknown, m_values.place(),
                          u'-' + QString::fromLatin1(name.left(40)));
            return false;
        }
        if (found->second == CmdletUse::Switch || found->second == CmdletUse::Insecure) {
            addNote(m_wire.notes,
                    found->second == CmdletUse::Insecure ? ImportRemark::CertificatesChecked
                                                         : ImportRemark::OptionIgnored,
                    u'-' + QString::fromLatin1(name));
            return true;
        }
        (void)m_values.take(":");
        m_values.skipBlanks();
        const auto value = m_values.readArgument();
        if (value)
            apply(found->second, u'-' + QString::fromLatin1(name), *value);
        return value.has_value();
    }

    void apply(CmdletUse use, const QString &name, const PowerShellValue &value)
    {
        switch (use) {
        case CmdletUse::Uri: m_wire.url = value.text; break;
        case CmdletUse::Method: m_wire.method = value.text; break;
        case CmdletUse::Body: m_wire.body = value.text; break;
        case CmdletUse::ContentType: m_wire.headers.append({"Content-Type", value.text}); break;
        case CmdletUse::UserAgent: m_wire.headers.append({"User-Agent", value.text}); break;
        case CmdletUse::Headers:
            for (const auto &[header, text] :
                 value.table.value_or(decltype(value.table)::value_type()))
                m_wire.headers.append({header, text});
            break;
        case CmdletUse::File: takeFile(value.text); break;
        case CmdletUse::Ignore:
        case CmdletUse::Switch:
        case CmdletUse::Insecure: addNote(m_wire.notes, ImportRemark::OptionIgnored, name); break;
        case CmdletUse::Refuse: m_refusal = {ImportRefusal::OptionRefused, name}; break;
        }
    }

    void takeFile(const QByteArray &name)
    {
        const auto found = m_hint.files.constFind(QString::fromUtf8(name));
        if (found != m_hint.files.constEnd())
            m_wire.body = *found;
        else
            m_refusal = {ImportRefusal::FileWanted, QString::fromUtf8(name)};
    }

    PowerShellValues m_values;
    LineCounter m_lines;
    const ImportHint &m_hint;
    ImportJudge &m_judge;
    WireRequest m_wire;
    std::optional<std::pair<ImportRefusal, QString>> m_refusal;
};

} // namespace

void takePowerShell(const QByteArray &text, const ImportHint &hint, ImportJudge &judge)
{
    PowerShellReader(text, hint, judge).read();
}

} // namespace icebreaker
