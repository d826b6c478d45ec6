#include "core/statuserror.h"

#include "core/statusevent.h"

#include <QRegularExpression>

#include <vector>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// More than was ever seen (two), and an end for hostile ones.
constexpr std::size_t DeepestNesting = 8;

/// The object under @p name, or the first of a list of objects there.
const JsonObject *firstObject(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    if (value == nullptr)
        return nullptr;
    if (const JsonArray *list = value->array())
        return list->empty() ? nullptr : list->front().object();
    return value->object();
}

const JsonObject *nestedError(const JsonObject &object)
{
    const JsonObject *error = firstObject(object, u"error");
    return error != nullptr ? error : firstObject(object, u"errors");
}

/// From the innermost error to the outermost.
std::vector<const JsonObject *> errorChain(const JsonObject &callback)
{
    std::vector<const JsonObject *> chain;
    const JsonObject *error = nestedError(callback);
    while (error != nullptr && chain.size() < DeepestNesting) {
        chain.insert(chain.begin(), error);
        error = nestedError(*error);
    }
    return chain;
}

/// "1022" of ".../messages#1022" or ".../messages/1022".
QString numberAtEnd(const QString &type)
{
    static const QRegularExpression tail(u"[#/]([0-9]{1,9})$"_s);
    return tail.match(type).captured(1);
}

/// Meta's codes have six digits and begin with 13, but for a few of its Graph API.
bool isMetaCode(const QString &text)
{
    static const QRegularExpression form(
        u"^(?:13[0-9]{4}|0|1|2|3|4|10|33|100|190|2[0-9]{2}|368|80007)$"_s);
    return form.match(text).hasMatch();
}

/// Vonage's have four: `code` was what `title` is now in the Messages API before 1.0.
bool isVonageCode(const QString &text)
{
    static const QRegularExpression form(u"^1[0-9]{3}$"_s);
    return form.match(text).hasMatch();
}

QString vonageCode(const JsonObject &error)
{
    if (QString number = numberAtEnd(memberText(error, u"type")); !number.isEmpty())
        return number;
    if (QString title = memberText(error, u"title"); !title.isEmpty())
        return title;
    const QString code = memberText(error, u"code");
    return isVonageCode(code) ? code : QString();
}

QString detailOf(const JsonObject &error)
{
    if (QString detail = memberText(error, u"detail"); !detail.isEmpty())
        return detail;
    if (const JsonObject *data = memberObject(error, u"error_data")) { // Meta's
        if (QString details = memberText(*data, u"details"); !details.isEmpty())
            return details;
    }
    const QString message = memberText(error, u"message");
    return message.isEmpty() ? memberText(error, u"reason") : message;
}

QString metaCodeOf(const JsonObject &error)
{
    if (QString code = memberText(error, u"code"); isMetaCode(code))
        return code;
    for (const QStringView name : {u"detail", u"title", u"message"}) {
        if (QString code = metaCodeIn(memberText(error, name)); !code.isEmpty())
            return code;
    }
    return {};
}

/// The code in a JSON error that somebody put into a text.
QString metaCodeInJson(const QString &text)
{
    const qsizetype start = text.indexOf(u'{');
    const qsizetype end = text.lastIndexOf(u'}');
    if (start < 0 || end < start)
        return {};
    const auto parsed = parseJson(text.mid(start, end - start + 1).toUtf8());
    const JsonObject *object = parsed ? parsed->object() : nullptr;
    if (object == nullptr)
        return {};
    const JsonObject *inner = nestedError(*object);
    const QString code = memberText(inner != nullptr ? *inner : *object, u"code");
    return isMetaCode(code) ? code : QString();
}

void takeIfEmpty(QString &field, const QString &value)
{
    if (field.isEmpty())
        field = value;
}

} // namespace

QString memberText(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    if (value == nullptr)
        return {};
    if (const QString *string = value->string())
        return *string;
    if (const JsonNumber *number = value->number())
        return QString::fromUtf8(number->text);
    return {};
}

StatusError readStatusError(const JsonObject &callback)
{
    StatusError result;
    for (const JsonObject *error : errorChain(callback)) {
        takeIfEmpty(result.code, vonageCode(*error));
        takeIfEmpty(result.detail, detailOf(*error));
        takeIfEmpty(result.metaCode, metaCodeOf(*error));
    }
    takeIfEmpty(result.detail, memberText(callback, u"error")); // a mere text
    takeIfEmpty(result.metaCode, metaCodeIn(memberText(callback, u"error")));
    return result;
}

QString metaCodeIn(const QString &text)
{
    if (QString code = metaCodeInJson(text); !code.isEmpty())
        return code;
    static const QRegularExpression sixDigits(u"(?<![\\w.-])13[0-9]{4}(?![\\w-]|\\.[0-9])"_s);
    if (const auto match = sixDigits.match(text); match.hasMatch())
        return match.captured();
    static const QRegularExpression marked(
        u"(?:#|\\berror[ _]?code\"?\\s?[:=]?\\s?)([0-9]{1,5})(?![0-9])"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QString code = marked.match(text).captured(1);
    return isMetaCode(code) ? code : QString();
}

} // namespace icebreaker
