#include "interop/postmanimport.h"

#include "interop/importjson.h"
#include "interop/postmanvariables.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto FolderSeparator = " / "_L1;
constexpr qsizetype LongestImportName = 300;

const JsonObject &collectionOf(const JsonObject &document)
{
    const JsonObject *wrapped = objectIn(&document, u"collection");
    return wrapped != nullptr && wrapped->find(u"item") != nullptr ? *wrapped : document;
}

bool hasScript(const JsonObject *item)
{
    const JsonArray *events = listIn(item, u"event");
    if (events == nullptr)
        return false;
    return std::any_of(events->begin(), events->end(), [](const JsonValue &event) {
        const JsonObject *script = objectIn(event.object(), u"script");
        const JsonArray *lines = listIn(script, u"exec");
        const bool hasLines =
            lines != nullptr
            && std::any_of(lines->begin(), lines->end(), [](const JsonValue &line) {
                   return line.string() != nullptr && !line.string()->trimmed().isEmpty();
               });
        return textIn(event.object(), u"listen") == "prerequest"_L1
            && (hasLines || !textIn(script, u"exec").trimmed().isEmpty());
    });
}

/// What the folders above a request say about it.
struct Surroundings {
    QString path;
    const JsonObject *auth = nullptr;
    bool hasScript = false;
};

class PostmanReader
{
public:
    PostmanReader(const ImportHint &hint, ImportJudge &judge)
        : m_hint(hint)
        , m_judge(judge)
    { }

    void read(const JsonObject &collection)
    {
        m_variables.add(listIn(&collection, u"variable"));
        readEnvironment();
        readItems(listIn(&collection, u"item"),
                  {{}, objectIn(&collection, u"auth"), hasScript(&collection)});
    }

private:
    void readEnvironment()
    {
        if (m_hint.environment.trimmed().isEmpty())
            return;
        const auto parsed = parseJson(m_hint.environment);
        const JsonObject *environment = parsed ? parsed->object() : nullptr;
        if (const JsonObject *wrapped = objectIn(environment, u"environment"))
            environment = wrapped;
        const JsonArray *values = listIn(environment, u"values");
        if (values != nullptr) {
            m_variables.add(values);
            return;
        }
        RefusedRequest refused;
        refused.why = parsed ? ImportRefusal::NotThisFormat : ImportRefusal::BrokenJson;
        refused.subject = u"environment"_s;
        if (!parsed)
            refused.json = parsed.error();
        m_judge.refuse(refused);
    }

    void readItems(const JsonArray *items, const Surroundings &around)
    {
        if (items == nullptr)
            return;
        for (const JsonValue &item : *items) {
            if (m_judge.isFull())
                return;
            readItem(item.object(), around);
        }
    }

    void readItem(const JsonObject *item, const Surroundings &around)
    {
        const QString own = textIn(item, u"name").simplified();
        Surroundings inner = around;
        inner.path = (around.path.isEmpty() ? own : around.path + FolderSeparator + own)
                         .left(LongestImportName);
        inner.hasScript = around.hasScript || hasScript(item);
        if (const JsonArray *items = listIn(item, u"item")) {
            if (const JsonObject *auth = objectIn(item, u"auth"))
                inner.auth = auth;
            readItems(items, inner);
            return;
        }
        const JsonValue *request = item == nullptr ? nullptr : item->find(u"request");
        if (request != nullptr && request->object() != nullptr)
            readRequest(*request->object(), inner);
        else if (request != nullptr && request->string() != nullptr) // a URL to get
            refuse(inner, ImportRefusal::OtherMethod, u"GET"_s);
        else
            refuse(inner, ImportRefusal::NotThisFormat);
    }

    void refuse(const Surroundings &around, ImportRefusal why, const QString &subject = {})
    {
        m_judge.refuse({around.path, why, subject, 0, 0, {}});
    }

    void readRequest(const JsonObject &request, const Surroundings &around)
    {
        WireRequest wire;
        wire.name = around.path;
        const QString method = textIn(&request, u"method");
        wire.method = method.isEmpty() ? "GET" : method.toUtf8();
        QStringList unknown;
        wire.url = m_variables.resolved(urlOf(request), unknown);
        unknown.clear();
        const JsonObject *body = objectIn(&request, u"body");
        const QString mode = textIn(body, u"mode");
        const bool isPost = wire.method.toUpper() == "POST";
        if (isPost && !mode.isEmpty() && mode != "raw"_L1 && !isSetIn(body, u"disabled")) {
            refuse(around, ImportRefusal::OtherBody, mode.left(40));
            return;
        }
        if (!isSetIn(body, u"disabled"))
            wire.body = m_variables.resolved(textIn(body, u"raw"), unknown);
        for (const QString &name : unknown)
            addNote(wire.notes, ImportRemark::VariableKept, name);
        readHeaders(request, wire);
        if (around.hasScript)
            addNote(wire.notes, ImportRemark::ScriptNotRun);
        const JsonObject *ownAuth = objectIn(&request, u"auth");
        const auto other = readAuth(ownAuth != nullptr ? ownAuth : around.auth, wire);
        if (isPost && !other.isEmpty())
            refuse(around, ImportRefusal::OtherCredentials, other);
        else
            m_judge.take(wire);
    }

    static QString urlOf(const JsonObject &request)
    {
        QString text = textIn(&request, u"url");
        const JsonObject *url = objectIn(&request, u"url");
        if (url == nullptr)
            return text;
        if (QString raw = textIn(url, u"raw"); !raw.isEmpty())
            return raw;
        const QString host = joined(*url, u"host", u'.');
        const QString scheme = textIn(url, u"protocol");
        return (scheme.isEmpty() ? QString() : scheme + "://"_L1) + host + u'/'
            + joined(*url, u"path", u'/');
    }

    static QString joined(const JsonObject &url, QStringView name, QChar separator)
    {
        const JsonArray *parts = listIn(&url, name);
        if (parts == nullptr)
            return textIn(&url, name);
        QStringList texts;
        for (const JsonValue &part : *parts)
            texts.append(part.string() == nullptr ? QString() : *part.string());
        return texts.join(separator);
    }

    void readHeaders(const JsonObject &request, WireRequest &wire)
    {
        QStringList unknown;
        if (const JsonArray *headers = listIn(&request, u"header")) {
            for (const JsonValue &header : *headers) {
                const JsonObject *object = header.object();
                if (object != nullptr && !isSetIn(object, u"disabled"))
                    wire.headers.append({m_variables.resolved(textIn(object, u"key"), unknown),
                                         m_variables.resolved(textIn(object, u"value"), unknown)});
            }
            return;
        }
        const auto lines = textIn(&request, u"header").split(u'\n', Qt::SkipEmptyParts);
        for (const QString &line : lines)
            wire.headers.append({m_variables.resolved(line.section(u':', 0, 0), unknown),
                                 m_variables.resolved(line.section(u':', 1).trimmed(), unknown)});
    }

    /// An API key becomes a header. @return another kind of credentials, or nothing
    QString readAuth(const JsonObject *auth, WireRequest &wire)
    {
        QString type = textIn(auth, u"type");
        if (type.isEmpty() || type == "noauth"_L1)
            return {};
        if (type != "apikey"_L1)
            return type.left(40);
        QStringList unknown;
        const QByteArray name = m_variables.resolved(authText(*auth, u"key"), unknown);
        const bool inQuery = authText(*auth, u"in") == "query"_L1;
        if (inQuery || name.trimmed().toLower() != "x-vgai-key")
            return type;
        wire.headers.append({name, m_variables.resolved(authText(*auth, u"value"), unknown)});
        return {};
    }

    /// v2.0 has an object of texts, v2.1 a list of pairs.
    static QString authText(const JsonObject &auth, QStringView name)
    {
        if (const JsonObject *object = objectIn(&auth, u"apikey"))
            return textIn(object, name);
        const JsonArray *pairs = listIn(&auth, u"apikey");
        if (pairs == nullptr)
            return {};
        for (const JsonValue &pair : *pairs) {
            if (textIn(pair.object(), u"key") == name)
                return textIn(pair.object(), u"value");
        }
        return {};
    }

    const ImportHint &m_hint;
    ImportJudge &m_judge;
    PostmanVariables m_variables;
};

} // namespace

bool isPostmanCollection(const JsonObject &document)
{
    const JsonObject &collection = collectionOf(document);
    return listIn(&collection, u"item") != nullptr && objectIn(&collection, u"info") != nullptr;
}

void takePostman(const JsonObject &document, const ImportHint &hint, ImportJudge &judge)
{
    PostmanReader(hint, judge).read(collectionOf(document));
}

} // namespace icebreaker
