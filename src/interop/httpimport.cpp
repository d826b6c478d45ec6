#include "interop/httpimport.h"

#include "core/endpoint.h"
#include "interop/commandwords.h"

#include <QRegularExpression>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestRequestLine = 8000; // RFC 9112, 3, asks for that much

bool isRequestLine(QByteArrayView line)
{
    static const QRegularExpression form(
        uR"(^[A-Z]{3,10} (https?://|/|\{\{)\S*( HTTP/\d(\.\d)?)?\s*$)"_s);
    return line.size() <= LongestRequestLine && form.match(QString::fromUtf8(line)).hasMatch();
}

class HttpReader
{
public:
    HttpReader(const QByteArray &text, ImportJudge &judge)
        : m_text(text)
        , m_lines(text)
        , m_judge(judge)
    { }

    void read()
    {
        while (skipToRequest()) {
            if (m_judge.isFull() || !readOne())
                return;
        }
    }

private:
    /// Editors' comments, variables and blank lines stand before a request.
    bool skipToRequest()
    {
        while (m_at < m_text.size()) {
            const qsizetype start = m_at;
            const QByteArrayView line = nextLine().trimmed();
            const bool isNoise = line.isEmpty() || line.startsWith('#') || line.startsWith("//")
                || line.startsWith('@');
            if (isNoise)
                continue;
            m_at = start;
            return true;
        }
        return false;
    }

    QByteArrayView nextLine()
    {
        const qsizetype newline = m_text.indexOf('\n', m_at);
        const qsizetype end = newline < 0 ? m_text.size() : newline;
        QByteArrayView line = QByteArrayView(m_text).sliced(m_at, end - m_at);
        m_at = newline < 0 ? end : end + 1;
        if (line.endsWith('\r'))
            line.chop(1);
        return line;
    }

    bool fail(qsizetype place, const QString &subject)
    {
        const TextPlace where = placeIn(m_text, place);
        m_judge.refuse({{}, ImportRefusal::BrokenHttp, subject, where.line, where.column, {}});
        return false;
    }

    bool readOne()
    {
        m_wire = WireRequest();
        const qsizetype start = m_at;
        m_wire.line = m_lines.lineOf(start);
        const QByteArrayView line = nextLine();
        if (!isRequestLine(line))
            return fail(start, {});
        const auto parts = line.trimmed().toByteArray().split(' ');
        m_wire.method = parts.at(0);
        m_wire.url = parts.at(1);
        m_isRaw = parts.size() > 2;
        if (!readHeaders() || !readBody())
            return false;
        addHost();
        m_judge.take(m_wire);
        return true;
    }

    bool readHeaders()
    {
        while (m_at < m_text.size()) {
            const qsizetype start = m_at;
            const QByteArrayView line = nextLine();
            if (line.trimmed().isEmpty())
                return true;
            if (!m_isRaw && (line.startsWith('#') || line.startsWith("//")))
                continue;
            const qsizetype colon = line.indexOf(':');
            const bool isName = colon > 0
                && std::all_of(line.begin(), line.begin() + colon,
                               [](char c) { return c > ' ' && c < '\x7f'; });
            if (!isName)
                return fail(start, {});
            m_wire.headers.append(
                {line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray()});
        }
        return true;
    }

    bool readBody()
    {
        const QByteArray coding = headerValue(m_wire.headers, "transfer-encoding").toLower();
        m_wire.headers.removeIf(
            [](const HttpHeader &header) { return header.name.toLower() == "transfer-encoding"; });
        if (coding == "chunked")
            return readChunks();
        if (!coding.isEmpty() && coding != "identity")
            return fail(m_at, u"Transfer-Encoding"_s);
        const auto length = contentLength();
        if (!length)
            return fail(m_at, u"Content-Length"_s);
        const QByteArrayView rest = QByteArrayView(m_text).sliced(m_at);
        if (*length >= 0 && *length <= rest.size() && endsThere(rest.sliced(*length))) {
            m_wire.body = rest.first(*length).toByteArray();
            m_at += *length;
            return true;
        }
        const qsizetype end = endOfEditorBody(rest);
        m_wire.body = rest.first(end).trimmed().toByteArray();
        m_at += end;
        const bool isWrong = *length >= 0 && m_wire.body.size() != *length;
        if (isWrong && !parseJson(m_wire.body))
            return fail(m_at, u"Content-Length"_s);
        return true;
    }

    /// -1 without one; nothing if it is no number, or there are several.
    [[nodiscard]] std::optional<qsizetype> contentLength() const
    {
        std::optional<qsizetype> found = -1;
        for (const HttpHeader &header : m_wire.headers) {
            if (header.name.toLower() != "content-length")
                continue;
            bool isNumber = false;
            const qsizetype length = header.value.toLongLong(&isNumber);
            if (!isNumber || length < 0 || (*found >= 0 && *found != length))
                return std::nullopt;
            found = length;
        }
        return found;
    }

    /// Nothing but blanks, the next request, or an editor's separator.
    static bool endsThere(QByteArrayView rest)
    {
        const auto *first =
            std::find_if(rest.begin(), rest.end(), [](char c) { return c > ' ' || c < 0; });
        const QByteArrayView next = rest.sliced(first - rest.begin());
        if (next.isEmpty() || next.startsWith("###"))
            return true;
        const qsizetype newline =
            next.first(std::min(next.size(), LongestRequestLine)).indexOf('\n');
        return newline > 0 && isRequestLine(next.first(newline));
    }

    /// At a line `###…`, or the end.
    static qsizetype endOfEditorBody(QByteArrayView rest)
    {
        if (rest.startsWith("###"))
            return 0;
        const qsizetype separator = rest.indexOf(QByteArrayView("\n###"));
        return separator < 0 ? rest.size() : separator + 1;
    }

    bool readChunks()
    {
        while (m_at < m_text.size()) {
            const qsizetype start = m_at;
            const QByteArray size = nextLine().toByteArray();
            bool isNumber = false;
            const qsizetype length =
                size.split(';').constFirst().trimmed().toLongLong(&isNumber, 16);
            if (!isNumber || length < 0 || length > m_text.size() - m_at)
                return fail(start, u"chunked"_s);
            if (length == 0)
                return skipTrailers();
            m_wire.body += QByteArrayView(m_text).sliced(m_at, length);
            m_at += length;
            if (!nextLine().isEmpty())
                return fail(start, u"chunked"_s);
        }
        return fail(m_at, u"chunked"_s);
    }
    bool skipTrailers()
    {
        while (m_at < m_text.size() && !nextLine().isEmpty()) { }
        return true;
    }

    /// Of a target that is only a path. Raw HTTP does not tell its scheme.
    void addHost()
    {
        if (!m_wire.url.startsWith('/'))
            return;
        const QByteArray host = headerValue(m_wire.headers, "host");
        QUrl url(u"http://"_s + QString::fromUtf8(host), QUrl::StrictMode);
        const QByteArray scheme = isLoopback(url) ? "http://" : "https://";
        m_wire.url = host.isEmpty() ? QByteArray() : scheme + host + m_wire.url;
    }

    const QByteArray &m_text;
    LineCounter m_lines;
    ImportJudge &m_judge;
    qsizetype m_at = 0;
    bool m_isRaw = true;
    WireRequest m_wire;
};

} // namespace

bool looksLikeHttp(QByteArrayView text)
{
    qsizetype at = 0;
    constexpr int mostLines = 200; // of comments before the first request
    for (int i = 0; i < mostLines && at < text.size(); ++i) {
        const qsizetype newline = text.indexOf('\n', at);
        const qsizetype end = newline < 0 ? text.size() : newline;
        const QByteArrayView line = text.sliced(at, end - at).trimmed();
        if (isRequestLine(line))
            return true;
        const bool isNoise =
            line.isEmpty() || line.startsWith('#') || line.startsWith("//") || line.startsWith('@');
        if (!isNoise || newline < 0)
            return false;
        at = end + 1;
    }
    return false;
}

void takeHttp(const QByteArray &text, ImportJudge &judge)
{
    HttpReader(text, judge).read();
}

} // namespace icebreaker
