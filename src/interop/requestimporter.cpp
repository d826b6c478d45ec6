#include "interop/requestimporter.h"

#include "interop/commandwords.h"
#include "interop/curlimport.h"
#include "interop/harimport.h"
#include "interop/httpimport.h"
#include "interop/importjson.h"
#include "interop/importjudge.h"
#include "interop/postmanimport.h"
#include "interop/textdecoder.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Of what is no JSON: commands that somebody typed or copied.
constexpr qsizetype CommandsMaxBytes = qsizetype(4) * 1024 * 1024;

/// Members by which an object is known to be a request.
constexpr std::array KnownFields{Field::AgentId,          Field::To,         Field::Template,
                                 Field::Namespace,        Field::Components, Field::StatusUrl,
                                 Field::SessionParameters};

/// A delivery status has some of them, too.
bool hasKnownField(const JsonObject &object)
{
    if (object.find(u"message_uuid") != nullptr || object.find(u"from") != nullptr)
        return false;
    return std::any_of(KnownFields.begin(), KnownFields.end(), [&object](Field field) {
        return object.find(memberName(field)) != nullptr;
    });
}

/// A file in which Icebreaker itself saved a request; else nullptr.
const JsonObject *savedRequestIn(const JsonObject &object)
{
    return object.find(u"icebreaker_request") == nullptr ? nullptr : objectIn(&object, u"request");
}

bool startsLikeJson(QByteArrayView text)
{
    const auto *first = std::find_if(text.begin(), text.end(), [](char c) {
        return c != ' ' && c != '\t' && c != '\r' && c != '\n';
    });
    return first != text.end() && (*first == '{' || *first == '[');
}

bool mentionsCommand(const QByteArray &text)
{
    constexpr qsizetype lookedAt = 20'000; // bytes: variables may be set up before
    static const QRegularExpression command(
        uR"((?i)\bcurl(\.exe)?["']?\s|\bInvoke-(RestMethod|WebRequest)\b|\b(irm|iwr)\s)"_s);
    return command.match(QString::fromUtf8(text.left(lookedAt))).hasMatch();
}

/// UTF-8 without a byte order mark; Windows programs save UTF-16.
std::optional<QByteArray> utf8Of(const QByteArray &text)
{
    const auto encoding = QStringConverter::encodingForData(text);
    if (encoding == QStringConverter::Utf8)
        return text.mid(3);
    const auto wide = {QStringConverter::Utf16LE, QStringConverter::Utf16BE};
    if (encoding && std::find(wide.begin(), wide.end(), *encoding) != wide.end()) {
        QStringDecoder decoder(*encoding, QStringDecoder::Flag::Stateless);
        const QString decoded = decoder(text);
        return decoder.hasError() ? std::nullopt : std::optional(decoded.toUtf8());
    }
    return text;
}

/// One importRequests().
class RequestImporter
{
public:
    explicit RequestImporter(const ImportHint &hint)
        : m_hint(hint)
        , m_judge(hint, m_result)
    { }

    RequestImport import(const QByteArray &bytes)
    {
        if (bytes.size() > ImportMaxBytes) {
            refuse(ImportRefusal::TooLarge);
            return m_result;
        }
        const auto text = utf8Of(bytes);
        if (!text || !isUtf8(*text))
            return m_result;
        if (text->trimmed().isEmpty()) {
            refuse(ImportRefusal::Empty);
            return m_result;
        }
        read(*text);
        if (m_result.requests.isEmpty() && m_result.refused.isEmpty())
            refuse(m_hint.format ? ImportRefusal::NotThisFormat : ImportRefusal::Unrecognised);
        return m_result;
    }

private:
    void refuse(ImportRefusal why, std::optional<JsonError> json = {})
    {
        m_judge.refuse({{}, why, {}, json ? json->line : 0, json ? json->column : 0, json});
    }

    bool isUtf8(const QByteArray &text)
    {
        TextDecoder decoder(TextEncoding::Utf8);
        QByteArray valid;
        if (decoder.decode(text, valid) && decoder.isComplete())
            return true;
        const TextPlace where = placeIn(text, valid.size());
        m_judge.refuse({{}, ImportRefusal::NotUtf8, {}, where.line, where.column, {}});
        return false;
    }

    void read(const QByteArray &text)
    {
        const bool mayBeJson = !m_hint.format || *m_hint.format == RequestFormat::Json
            || *m_hint.format == RequestFormat::Har || *m_hint.format == RequestFormat::Postman;
        if (mayBeJson && (m_hint.format || startsLikeJson(text))) {
            readJson(text);
            return;
        }
        if (text.size() > CommandsMaxBytes) {
            refuse(ImportRefusal::TooLarge);
            return;
        }
        if (m_hint.format == RequestFormat::Http || (!m_hint.format && looksLikeHttp(text))) {
            m_result.format = RequestFormat::Http;
            takeHttp(text, m_judge);
        } else if (m_hint.format == RequestFormat::Curl || mentionsCommand(text)) {
            m_result.format = RequestFormat::Curl;
            takeCurl(text, m_hint, m_judge);
        }
    }

    void readJson(const QByteArray &text)
    {
        const auto document = parseJson(text);
        if (!document) {
            if (m_hint.format.value_or(RequestFormat::Json) == RequestFormat::Json
                && readLines(text))
                return;
            m_result.format = m_hint.format;
            refuse(ImportRefusal::BrokenJson, document.error());
            return;
        }
        if (const JsonArray *list = document->array())
            readList(*list);
        else if (const JsonObject *object = document->object())
            readDocument(*object);
        else
            refuse(ImportRefusal::NotAnObject);
    }

    void readDocument(const JsonObject &object)
    {
        const auto wanted = m_hint.format;
        if (isPostmanCollection(object)
            && wanted.value_or(RequestFormat::Postman) == RequestFormat::Postman) {
            m_result.format = RequestFormat::Postman;
            takePostman(object, m_hint, m_judge);
        } else if (isHar(object) && wanted.value_or(RequestFormat::Har) == RequestFormat::Har) {
            m_result.format = RequestFormat::Har;
            takeHar(object, m_judge);
        } else if (const JsonObject *saved = savedRequestIn(object); saved != nullptr
                   && wanted.value_or(RequestFormat::Json) == RequestFormat::Json) {
            m_result.format = RequestFormat::Json;
            takeBody(*saved, textIn(&object, u"name"));
        } else if (wanted == RequestFormat::Json || (!wanted && hasKnownField(object))) {
            m_result.format = RequestFormat::Json;
            takeBody(object);
        } else {
            refuse(wanted ? ImportRefusal::NotThisFormat : ImportRefusal::Unrecognised);
        }
    }

    void readList(const JsonArray &list)
    {
        if (m_hint.format.value_or(RequestFormat::Json) != RequestFormat::Json) {
            refuse(ImportRefusal::NotThisFormat);
            return;
        }
        m_result.format = RequestFormat::Json;
        for (const JsonValue &item : list) {
            if (m_judge.isFull())
                return;
            const JsonObject *object = item.object();
            if (object != nullptr && (m_hint.format || hasKnownField(*object)))
                takeBody(*object);
            else
                refuse(object == nullptr ? ImportRefusal::NotAnObject
                                         : ImportRefusal::Unrecognised);
        }
    }

    /// One object a line, as `icebreaker-cli import` prints them. @return whether it is that
    bool readLines(const QByteArray &text)
    {
        QList<JsonObject> objects;
        const auto lines = text.split('\n');
        for (const QByteArray &line : lines) {
            if (line.trimmed().isEmpty())
                continue;
            const auto parsed = parseJson(line);
            if (!parsed || parsed->object() == nullptr)
                return false;
            objects.append(*parsed->object());
        }
        m_result.format = RequestFormat::Json;
        for (const JsonObject &object : objects) {
            if (m_judge.isFull())
                break;
            takeBody(object);
        }
        return true;
    }

    void takeBody(const JsonObject &object, const QString &name = {})
    {
        auto request = OutboundRequest::fromJson(toJson(object, JsonStyle::Compact));
        if (!request)
            return; // what was parsed can be parsed again
        ImportedRequest taken;
        taken.name = name;
        taken.request = *std::move(request);
        m_result.requests.append(std::move(taken));
    }

    const ImportHint &m_hint;
    RequestImport m_result;
    ImportJudge m_judge;
};

} // namespace

RequestImport importRequests(const QByteArray &text, const ImportHint &hint)
{
    return RequestImporter(hint).import(text);
}

std::optional<RequestFormat> detectRequestFormat(const QByteArray &text)
{
    if (text.size() > ImportMaxBytes)
        return std::nullopt;
    const auto utf8 = utf8Of(text);
    if (!utf8)
        return std::nullopt;
    if (!startsLikeJson(*utf8)) {
        if (looksLikeHttp(*utf8))
            return RequestFormat::Http;
        return mentionsCommand(*utf8) ? std::optional(RequestFormat::Curl) : std::nullopt;
    }
    const auto document = parseJson(*utf8);
    const JsonObject *object = document ? document->object() : nullptr;
    if (object == nullptr)
        return std::nullopt;
    if (isPostmanCollection(*object))
        return RequestFormat::Postman;
    if (isHar(*object))
        return RequestFormat::Har;
    return hasKnownField(*object) || savedRequestIn(*object) != nullptr
        ? std::optional(RequestFormat::Json)
        : std::nullopt;
}

} // namespace icebreaker
