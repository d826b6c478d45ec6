#include "interop/callbackimport.h"

#include "core/json.h"
#include "interop/jsonscanner.h"

#include <QSet>
#include <QUrl>

#include <algorithm>
#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;
using Kind = ImportProblem::Kind;
using Span = JsonScanner::Span;

namespace {

/// One entry of a HAR with a page of a hundred requests in it is below 1 MB. What can be
/// hidden in 2 MiB of JSON takes 100 MB of memory while it is looked at.
constexpr qsizetype MostBytesOfAnObject = qsizetype(2) * 1024 * 1024;

/// Lists in lists beyond this hold no callbacks.
constexpr int DeepestList = 4;

QString textOf(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    const QString *text = value != nullptr ? value->string() : nullptr;
    return text != nullptr ? *text : QString();
}

const JsonObject *objectOf(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr ? value->object() : nullptr;
}

bool isCallback(const StatusEvent &event)
{
    return event.status != DeliveryStatus::Other || !event.messageUuid.isEmpty()
        || (!event.statusText.isEmpty() && !event.to.isEmpty());
}

/// ISO 8601, or webhook.site's "2026-11-22 09:30:15", which is UTC.
QDateTime timeOf(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.toUTC();
}

/// A body in a HAR.
QByteArray bodyOf(const JsonObject &content)
{
    const QByteArray text = textOf(content, u"text").toUtf8();
    const bool base64 = textOf(content, u"encoding").compare("base64"_L1, Qt::CaseInsensitive) == 0;
    return base64 ? QByteArray::fromBase64(text) : text;
}

/// The entries of webhook.site's list of requests; nothing if @p value is none.
std::optional<std::vector<const JsonObject *>> webhookItems(const JsonObject &page)
{
    const JsonValue *data = page.find(u"data");
    const JsonArray *list = data != nullptr ? data->array() : nullptr;
    if (list == nullptr)
        return std::nullopt;
    std::vector<const JsonObject *> items;
    for (const JsonValue &entry : *list) {
        if (const JsonObject *item = entry.object();
            item != nullptr && item->find(u"content") != nullptr)
            items.push_back(item);
    }
    const bool emptyPage = list->empty() && page.find(u"per_page") != nullptr;
    if (items.empty() && !emptyPage)
        return std::nullopt;
    return items;
}

bool isWebhookItem(const JsonObject &object)
{
    return object.find(u"content") != nullptr && object.find(u"token_id") != nullptr;
}

class Importer
{
public:
    explicit Importer(QByteArrayView text)
        : m_text(text)
        , m_scanner(text)
    { }

    CallbackImport run()
    {
        qsizetype at = m_text.startsWith("\xEF\xBB\xBF") ? 3 : 0;
        while (at < m_text.size() && !m_full)
            at = takeNext(at);
        commitProblem();
        return std::move(m_result);
    }

private:
    /// One past what was taken at @p at: a value, or blanks and words.
    qsizetype takeNext(qsizetype at)
    {
        if (!m_scanner.isContainer(at))
            return takeWords(at);
        const int line = lineOf(at);
        if (const auto end = m_scanner.endOfContainer(at)) {
            const auto before = m_result.callbacks.size();
            const bool wordsBefore = m_problem && m_problem->line == line;
            takeValue({at, *end}, 0);
            if (m_result.callbacks.size() > before) {
                if (wordsBefore) // a line of a log, which is fine
                    m_problem.reset();
                m_reportedLine = lineOf(*end);
            }
            return *end;
        }
        report(Kind::Broken, line);
        const qsizetype next = m_text.indexOf('\n', at);
        return next < 0 ? m_text.size() : next + 1;
    }

    /// To the next line or container.
    qsizetype takeWords(qsizetype at)
    {
        const qsizetype start = at;
        bool blank = true;
        while (at < m_text.size() && !m_scanner.isContainer(at) && m_text[at] != '\n')
            blank = QByteArrayView(" \t\r,").contains(m_text[at++]) && blank;
        if (!blank)
            report(Kind::NotJson, lineOf(start));
        return at < m_text.size() && m_text[at] == '\n' ? at + 1 : at;
    }

    void takeValue(Span span, int depth)
    {
        if (m_text[span.start] == '{')
            takeObject(span);
        else if (m_text[span.start] == '[' && depth < DeepestList)
            takeList(span, depth);
        else
            report(Kind::NoCallback, lineOf(span.start));
    }

    void takeList(Span span, int depth)
    {
        const int line = lineOf(span.start);
        auto entry = m_scanner.nextEntry(span, span.start + 1);
        if (!entry)
            report(Kind::NoCallback, line);
        for (; entry && !m_full; entry = m_scanner.nextEntry(span, entry->end))
            takeValue(*entry, depth + 1);
    }

    void takeObject(Span span)
    {
        if (const auto log = m_scanner.containerIn(span, "log")) {
            if (const auto entries = m_scanner.containerIn(*log, "entries")) {
                takeHar(*entries);
                return;
            }
        }
        const auto object = parse(span);
        if (!object)
            return;
        if (const auto items = webhookItems(*object)) {
            for (const JsonObject *item : *items)
                takeWebhookItem(*item, lineOf(span.start));
        } else if (isWebhookItem(*object)) {
            takeWebhookItem(*object, lineOf(span.start));
        } else if (object->find(u"status") != nullptr || object->find(u"message_uuid") != nullptr) {
            take(slice(span), {}, {}, lineOf(span.start));
        } else {
            report(Kind::NoCallback, lineOf(span.start));
        }
    }

    void takeHar(Span entries)
    {
        auto entry = m_scanner.nextEntry(entries, entries.start + 1);
        for (; entry && !m_full; entry = m_scanner.nextEntry(entries, entry->end)) {
            if (const auto object = parse(*entry))
                takeHarEntry(*object, lineOf(entry->start));
        }
    }

    void takeHarEntry(const JsonObject &entry, int line)
    {
        const JsonObject *request = objectOf(entry, u"request");
        const JsonObject *response = objectOf(entry, u"response");
        const JsonObject *posted = request != nullptr ? objectOf(*request, u"postData") : nullptr;
        const JsonObject *content = response != nullptr ? objectOf(*response, u"content") : nullptr;
        if (content != nullptr && takeWebhookAnswer(bodyOf(*content), line))
            return;
        if (posted == nullptr || textOf(*request, u"method").toUpper() != "POST"_L1)
            return; // pages, pictures: a HAR is full of them
        take(bodyOf(*posted), QUrl(textOf(*request, u"url")).path(),
             timeOf(textOf(entry, u"startedDateTime")), line);
    }

    bool takeWebhookAnswer(const QByteArray &body, int line)
    {
        if (!body.contains("\"content\"") || body.size() > MostBytesOfAnObject)
            return false;
        const auto parsed = parseJson(body);
        const JsonObject *page = parsed ? parsed->object() : nullptr;
        const auto items = page != nullptr ? webhookItems(*page) : std::nullopt;
        if (!items)
            return false;
        for (const JsonObject *item : *items)
            takeWebhookItem(*item, line);
        return true;
    }

    void takeWebhookItem(const JsonObject &item, int line)
    {
        const QString uuid = textOf(item, u"uuid");
        if (!uuid.isEmpty() && m_webhookUuids.contains(uuid))
            return;
        m_webhookUuids.insert(uuid);
        take(textOf(item, u"content").toUtf8(), QUrl(textOf(item, u"url")).path(),
             timeOf(textOf(item, u"created_at")), line);
    }

    void take(const QByteArray &raw, const QString &path, const QDateTime &arrivedAt, int line)
    {
        ImportedCallback callback;
        callback.event = parseStatusEvent(raw);
        if (!isCallback(callback.event)) {
            report(Kind::NoCallback, line);
            return;
        }
        m_full = m_result.callbacks.size() >= CallbackImportMaxCallbacks;
        if (m_full) {
            m_reportedLine = 0;
            report(Kind::TooMany, line);
            return;
        }
        callback.event.sendId = sendIdInPath(path);
        callback.event.arrivedAt = arrivedAt;
        callback.path = path;
        callback.line = line;
        m_result.callbacks.append(callback);
    }

    /// The object there, or nothing after saying what is wrong with it.
    std::optional<JsonObject> parse(Span span)
    {
        const int line = lineOf(span.start);
        if (span.end - span.start > MostBytesOfAnObject) {
            report(Kind::TooLarge, line);
            return std::nullopt;
        }
        auto parsed = parseJson(slice(span));
        if (!parsed) {
            report(Kind::Broken, line + parsed.error().line - 1);
            return std::nullopt;
        }
        JsonObject *object = parsed->object();
        if (object == nullptr) {
            report(Kind::NoCallback, line);
            return std::nullopt;
        }
        return std::move(*object);
    }

    [[nodiscard]] QByteArray slice(Span span) const
    {
        return m_text.sliced(span.start, span.end - span.start).toByteArray();
    }

    /// One problem per line; the latest may yet turn out to be none.
    void report(Kind kind, int line)
    {
        if (line == m_reportedLine)
            return;
        commitProblem();
        m_reportedLine = line;
        m_problem = ImportProblem{kind, line};
    }

    void commitProblem()
    {
        if (!m_problem)
            return;
        if (m_result.problems.size() < CallbackImportMaxProblems
            || m_problem->kind == Kind::TooMany)
            m_result.problems.append(*m_problem);
        else
            ++m_result.moreProblems;
        m_problem.reset();
    }

    /// Asked for in the order of the text, or nearly so.
    int lineOf(qsizetype at)
    {
        if (at < m_counted) {
            m_counted = 0;
            m_lines = 1;
        }
        m_lines += static_cast<int>(m_text.sliced(m_counted, at - m_counted).count('\n'));
        m_counted = at;
        return m_lines;
    }

    QByteArrayView m_text;
    JsonScanner m_scanner;
    CallbackImport m_result;
    QSet<QString> m_webhookUuids;
    qsizetype m_counted = 0; ///< Bytes whose lines were counted.
    int m_lines = 1;
    int m_reportedLine = 0;
    std::optional<ImportProblem> m_problem;
    bool m_full = false;
};

} // namespace

Result<CallbackImport> importCallbacks(const QByteArray &text)
{
    if (text.size() > CallbackImportMaxBytes)
        return failure(ErrorKind::InvalidInput, u"more than 10 MiB"_s);
    return Importer(text).run();
}

} // namespace icebreaker
