#include "core/templateexamples.h"

#include "core/jsonmembers.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString positionalKey(const QString &part)
{
    return part + "_text"_L1;
}

QString namedKey(const QString &part)
{
    return part + "_text_named_params"_L1;
}

QString stringAt(const JsonArray &list, std::size_t index)
{
    const QString *text = index < list.size() ? list.at(index).string() : nullptr;
    return text == nullptr ? QString() : *text;
}

/// `[["a", "b"]]` as documented for bodies, or `["a", "b"]` as for headers.
template <typename Array>
Array *positionalList(Array *outer)
{
    if (outer == nullptr || outer->empty())
        return outer;
    auto *inner = outer->front().array();
    return inner == nullptr ? outer : inner;
}

JsonObject *namedEntry(JsonArray &entries, const QString &name)
{
    for (JsonValue &entry : entries) {
        if (entry.object() != nullptr && memberString(*entry.object(), u"param_name") == name)
            return entry.object();
    }
    return nullptr;
}

} // namespace

QString textExample(const JsonObject &component, const QString &part, int index,
                    const QString &name)
{
    const JsonObject *example = memberObject(component, u"example");
    if (example == nullptr)
        return {};
    if (const JsonArray *entries = memberArray(*example, namedKey(part))) {
        for (const JsonValue &entry : *entries) {
            const JsonObject *object = entry.object();
            if (object != nullptr && memberString(*object, u"param_name") == name)
                return memberString(*object, u"example");
        }
    }
    const JsonArray *list = positionalList(memberArray(*example, positionalKey(part)));
    return list == nullptr ? QString() : stringAt(*list, static_cast<std::size_t>(index - 1));
}

void setTextExample(JsonObject &component, const QString &part, int index, const QString &name,
                    bool named, const QString &example)
{
    JsonObject &examples = needObject(component, u"example"_s);
    if (named) {
        JsonArray &entries = needArray(examples, namedKey(part));
        JsonObject *entry = namedEntry(entries, name);
        if (entry == nullptr) {
            entries.emplace_back(JsonObject{{{u"param_name"_s, name}}});
            entry = entries.back().object();
        }
        entry->set(u"example"_s, example);
        return;
    }
    JsonArray &outer = needArray(examples, positionalKey(part));
    if (part == "body"_L1 && outer.empty())
        outer.emplace_back(JsonArray{});
    JsonArray &list = *positionalList(&outer);
    const auto place = static_cast<std::size_t>(index - 1);
    while (list.size() <= place)
        list.emplace_back(QString());
    list.at(place) = example;
}

QString mediaExample(const JsonObject &component)
{
    const JsonObject *example = memberObject(component, u"example");
    if (example == nullptr)
        return {};
    for (const auto *key : {u"header_handle", u"header_url"}) {
        const JsonArray *list = memberArray(*example, key);
        if (list != nullptr && !list->empty())
            return stringAt(*list, 0);
    }
    return {};
}

void setMediaExample(JsonObject &component, const QString &link)
{
    needObject(component, u"example"_s).set(u"header_handle"_s, JsonArray{link});
}

QString buttonExample(const JsonObject &button)
{
    const JsonArray *list = memberArray(button, u"example");
    return list == nullptr ? memberString(button, u"example") : stringAt(*list, 0);
}

} // namespace icebreaker
