#include "core/answerform.h"

#include "core/jsonmembers.h"

#include <QStringList>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// An error's body has some hundred bytes. What is longer is not read for its meaning.
constexpr qsizetype LongestReadBody = 65'536;

/// Characters of a text that is no JSON.
constexpr qsizetype LongestText = 1000;

QString linesOf(const JsonValue &value)
{
    if (const QString *text = value.string())
        return *text;
    QStringList lines;
    if (const JsonArray *list = value.array()) {
        for (const JsonValue &item : *list) {
            if (const QString *line = item.string())
                lines.append(*line);
        }
    }
    return lines.join(u'\n');
}

QString wordsOf(const JsonObject &object)
{
    for (const QStringView name : {u"message", u"detail", u"title", u"error"}) {
        const JsonValue *value = object.find(name);
        if (value == nullptr)
            continue;
        QString words = value->object() != nullptr ? wordsOf(*value->object()) : linesOf(*value);
        if (!words.isEmpty())
            return words;
    }
    return {};
}

} // namespace

bool isHtml(const Answer &answer)
{
    const QByteArray type = headerValue(answer.headers, "Content-Type").trimmed().toLower();
    if (type.startsWith("text/html") || type.startsWith("application/xhtml+xml"))
        return true;
    constexpr qsizetype enough = 1024;
    QByteArray start = answer.body.first(std::min(answer.body.size(), enough));
    if (start.startsWith("\xEF\xBB\xBF"))
        start.remove(0, 3);
    start = start.trimmed().toLower();
    return start.startsWith("<!doctype html") || start.startsWith("<html");
}

AnswerForm formOf(const Answer &answer)
{
    if (answer.body.trimmed().isEmpty())
        return AnswerForm::Empty;
    if (isHtml(answer))
        return AnswerForm::Html;
    if (answer.body.size() > LongestReadBody)
        return AnswerForm::Text;
    if (parseJson(answer.body))
        return AnswerForm::Json;
    return lenientObject(answer.body) ? AnswerForm::AlmostJson : AnswerForm::Text;
}

std::optional<JsonObject> lenientObject(const QByteArray &body)
{
    if (body.size() > LongestReadBody)
        return std::nullopt;
    auto parsed = parseJson(body);
    if (!parsed)
        parsed = parseJson(QByteArray(body).replace("\"\"", "\""));
    if (!parsed || parsed->object() == nullptr)
        return std::nullopt;
    return *parsed->object();
}

QString wordsIn(const Answer &answer)
{
    if (const auto object = lenientObject(answer.body))
        return wordsOf(*object);
    if (formOf(answer) != AnswerForm::Text || answer.body.contains('\0'))
        return {};
    return QString::fromUtf8(answer.body).left(LongestText).trimmed();
}

} // namespace icebreaker
