#include "interop/postmanvariables.h"

#include "interop/importjson.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int DeepestVariable = 8; // values within values; Postman stops at 19

/// Ours: characters, in one collection. Values within values can be made to multiply.
constexpr qsizetype MostExpanded = 4'000'000;

bool isOn(const JsonObject *entry)
{
    const JsonValue *enabled = entry == nullptr ? nullptr : entry->find(u"enabled");
    return !isSetIn(entry, u"disabled")
        && (enabled == nullptr || enabled->boolean() == nullptr || *enabled->boolean());
}

QString variableText(const JsonObject *entry)
{
    const JsonValue *value = entry == nullptr ? nullptr : entry->find(u"value");
    if (value == nullptr)
        return {};
    if (value->string() != nullptr)
        return *value->string();
    if (value->number() != nullptr)
        return QString::fromLatin1(value->number()->text);
    if (value->boolean() != nullptr)
        return *value->boolean() ? u"true"_s : u"false"_s;
    return {};
}

} // namespace

void PostmanVariables::add(const JsonArray *entries)
{
    if (entries == nullptr)
        return;
    for (const JsonValue &entry : *entries) {
        const JsonObject *object = entry.object();
        const QString text = variableText(object);
        QString name = textIn(object, u"key");
        if (name.isEmpty())
            name = textIn(object, u"id"); // v2.0 allows either
        if (isOn(object) && !name.isEmpty() && !text.isEmpty())
            m_values.insert(name, text);
    }
}

QByteArray PostmanVariables::resolved(const QString &text, QStringList &unknown)
{
    return resolvedTo(text, 0, unknown).toUtf8();
}

QString PostmanVariables::resolvedTo(const QString &text, int depth, QStringList &unknown)
{
    constexpr qsizetype longestName = 200;
    QString result;
    qsizetype at = 0;
    for (;;) {
        const qsizetype open = text.indexOf("{{"_L1, at);
        const qsizetype close =
            open < 0 ? -1 : QStringView(text).sliced(open).left(longestName).indexOf("}}"_L1);
        if (close < 0 && open >= 0) { // no variable, perhaps a later one
            result += QStringView(text).sliced(at, open + 1 - at);
            at = open + 1;
            continue;
        }
        if (close < 0)
            break;
        result += QStringView(text).sliced(at, open - at);
        at = open + close + 2;
        const QString name = text.sliced(open + 2, close - 2).trimmed();
        result += valueOf(name, depth, unknown)
                      .value_or(QStringView(text).sliced(open, close + 2).toString());
    }
    result += QStringView(text).sliced(at);
    return result;
}

/// Nothing if it stays as it is written.
std::optional<QString> PostmanVariables::valueOf(const QString &name, int depth,
                                                 QStringList &unknown)
{
    const auto found = m_values.constFind(name);
    if (found != m_values.constEnd() && depth < DeepestVariable && m_expanded < MostExpanded) {
        m_expanded += found->size();
        return resolvedTo(*found, depth + 1, unknown);
    }
    constexpr qsizetype mostUnknown = 100;
    if (unknown.size() < mostUnknown && !unknown.contains(name))
        unknown.append(name);
    return std::nullopt;
}

} // namespace icebreaker
