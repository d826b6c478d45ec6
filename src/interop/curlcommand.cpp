#include "interop/curlcommand.h"

#include "interop/curloptions.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestShownOption = 300; // a file's path, at most

class CurlReader
{
public:
    CurlReader(const CommandLine &command, const std::optional<QByteArray> &input,
               const ImportHint &hint)
        : m_command(command)
        , m_input(input)
        , m_hint(hint)
    {
        m_wire.line = command.line;
    }

    tl::expected<WireRequest, RefusedRequest> read()
    {
        for (m_at = 1; m_at < m_command.words.size() && !m_refused; ++m_at)
            readWord(m_command.words.at(m_at));
        if (!m_refused)
            finish();
        if (m_refused)
            return tl::unexpected(*m_refused);
        return m_wire;
    }

private:
    void refuse(ImportRefusal why, const QByteArray &subject = {})
    {
        if (!m_refused)
            m_refused = RefusedRequest{
                {}, why, QString::fromUtf8(subject.left(LongestShownOption)), m_command.line,
                0,  {}};
    }

    void readWord(const QByteArray &word)
    {
        if (m_onlyUrls || !word.startsWith('-') || word == "-")
            takeUrl(word);
        else if (word == "--")
            m_onlyUrls = true;
        else if (word.startsWith("--"))
            readLong(word);
        else
            readShort(word);
    }

    void readLong(const QByteArray &word)
    {
        const CurlOption *option = findCurlOption(QByteArrayView(word).sliced(2));
        if (option == nullptr)
            refuse(ImportRefusal::OptionUnknown, optionName(word));
        else if (!option->takesValue)
            apply(*option, {});
        else if (const auto value = nextWord(word))
            apply(*option, *value);
    }

    /// Letters may stand together; the last one's value follows it at once or as a word.
    void readShort(const QByteArray &word)
    {
        for (qsizetype i = 1; i < word.size() && !m_refused; ++i) {
            const CurlOption *option = findCurlOption(word.at(i));
            const QByteArray shown = "-" + word.mid(i, 1);
            if (option == nullptr) {
                refuse(ImportRefusal::OptionUnknown, shown);
            } else if (!option->takesValue) {
                apply(*option, {});
            } else {
                if (i + 1 < word.size())
                    apply(*option, word.mid(i + 1));
                else if (const auto value = nextWord(shown))
                    apply(*option, *value);
                return;
            }
        }
    }

    /// Never what may be a value that was stuck to it.
    static QByteArray optionName(const QByteArray &word) { return word.split('=').constFirst(); }

    std::optional<QByteArray> nextWord(const QByteArray &option)
    {
        if (m_at + 1 >= m_command.words.size()) {
            refuse(ImportRefusal::OptionWithoutValue, option);
            return std::nullopt;
        }
        return m_command.words.at(++m_at);
    }

    void apply(const CurlOption &option, const QByteArray &value)
    {
        const QByteArray name = QByteArray("--") + option.name;
        switch (option.use) {
        case CurlUse::Url: takeUrl(value); break;
        case CurlUse::Method: m_wire.method = value; break;
        case CurlUse::Header: takeHeader(value); break;
        case CurlUse::Data:
        case CurlUse::DataBinary:
        case CurlUse::DataRaw:
        case CurlUse::Json: takeData(option.use, value); break;
        case CurlUse::UserAgent:
            m_wire.headers.append({option.letter == 'A' ? "User-Agent" : "Referer", value});
            break;
        case CurlUse::Ignore: note(ImportRemark::OptionIgnored, name); break;
        case CurlUse::Redirects: note(ImportRemark::RedirectsNotFollowed, name); break;
        case CurlUse::Insecure: note(ImportRemark::CertificatesChecked, name); break;
        case CurlUse::Refuse: refuse(ImportRefusal::OptionRefused, name); break;
        }
    }

    void note(ImportRemark remark, const QByteArray &subject)
    {
        addNote(m_wire.notes, remark, QString::fromUtf8(subject));
    }

    void takeUrl(const QByteArray &url)
    {
        if (!m_wire.url.isEmpty())
            refuse(ImportRefusal::SeveralUrls);
        m_wire.url = url;
    }

    void takeHeader(const QByteArray &header)
    {
        if (header.startsWith('@')) {
            refuse(ImportRefusal::OptionRefused, "--header @");
            return;
        }
        const qsizetype colon = header.indexOf(':');
        const QByteArray value = colon < 0 ? QByteArray() : header.mid(colon + 1).trimmed();
        if (!value.isEmpty()) // `Name:` leaves curl's own header out
            m_wire.headers.append({header.first(colon), value});
    }

    void takeData(CurlUse use, const QByteArray &value)
    {
        QByteArray data = value;
        if (use != CurlUse::DataRaw && value.startsWith('@')) {
            const auto content = contentOf(value.mid(1));
            if (!content) {
                refuse(ImportRefusal::FileWanted, value.mid(1));
                return;
            }
            data = *content;
            if (use == CurlUse::Data)
                data.replace("\r", "").replace("\n", "").replace('\0', "");
        }
        if (use == CurlUse::Json)
            m_isJson = true;
        else if (m_hasData)
            m_wire.body += '&';
        m_wire.body += data;
        m_hasData = true;
    }

    [[nodiscard]] std::optional<QByteArray> contentOf(const QByteArray &name) const
    {
        if (name == "-" && m_input)
            return m_input;
        const auto found = m_hint.files.constFind(QString::fromUtf8(name));
        return found == m_hint.files.constEnd() ? std::nullopt : std::optional(*found);
    }

    void finish()
    {
        if (m_wire.url.isEmpty())
            refuse(ImportRefusal::NoUrl);
        if (m_wire.method.isEmpty())
            m_wire.method = m_hasData ? "POST" : "GET";
        const bool hasType = !headerValue(m_wire.headers, "content-type").isEmpty();
        if (m_hasData && !m_isJson && !hasType) // what curl would send
            note(ImportRemark::ContentTypeDiffers, "application/x-www-form-urlencoded");
        noteVariables(m_wire, m_command.variables);
    }

    const CommandLine &m_command;
    const std::optional<QByteArray> &m_input;
    const ImportHint &m_hint;
    WireRequest m_wire;
    std::optional<RefusedRequest> m_refused;
    qsizetype m_at = 0;
    bool m_onlyUrls = false;
    bool m_hasData = false;
    bool m_isJson = false;
};

} // namespace

tl::expected<WireRequest, RefusedRequest> readCurlCommand(const CommandLine &command,
                                                          const std::optional<QByteArray> &input,
                                                          const ImportHint &hint)
{
    return CurlReader(command, input, hint).read();
}

} // namespace icebreaker
