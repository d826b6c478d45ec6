#include "core/templatereader.h"

#include "core/jsonmembers.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

JsonObject makeComponent(const QString &type)
{
    return JsonObject{{{u"type"_s, type}}};
}

QString placeholder(const QString &name)
{
    return u"{{"_s + name + u"}}"_s;
}

/// Placeholders for a message's parameters, one a line: its words are not known.
QString wordsFor(const JsonArray &parameters)
{
    QStringList lines;
    for (const JsonValue &each : parameters) {
        const QString name =
            each.object() == nullptr ? QString() : memberString(*each.object(), u"parameter_name");
        lines.append(placeholder(name.isEmpty() ? QString::number(lines.size() + 1) : name));
    }
    return lines.join(u'\n');
}

JsonObject headerFor(const JsonArray &parameters)
{
    JsonObject header = makeComponent(u"HEADER"_s);
    const JsonObject *first = parameters.empty() ? nullptr : parameters.front().object();
    const QString type = first == nullptr ? u"text"_s : memberString(*first, u"type");
    header.set(u"format"_s, type.toUpper());
    if (type == "text"_L1)
        header.set(u"text"_s, wordsFor(parameters));
    return header;
}

JsonObject buttonFor(const QString &subType)
{
    if (subType == "url"_L1)
        return JsonObject{{{u"type"_s, u"URL"_s}, {u"url"_s, placeholder(u"1"_s)}}};
    return JsonObject{{{u"type"_s, subType.toUpper()}}};
}

/// Buttons up to the one with the index; those that the message says nothing about are
/// taken for quick replies.
void putButton(JsonArray &buttons, const JsonObject &component)
{
    const int index =
        std::clamp(memberString(component, u"index").toInt(), 0, TemplateButtonsMax - 1);
    while (buttons.size() <= static_cast<std::size_t>(index))
        buttons.emplace_back(buttonFor(u"quick_reply"_s));
    buttons.at(static_cast<std::size_t>(index)) =
        buttonFor(memberString(component, u"sub_type").toLower());
}

/// The template that a message's components were made for.
JsonArray componentsFor(const JsonArray &sent)
{
    JsonArray components;
    JsonArray buttons;
    bool hasBody = false;
    for (const JsonValue &each : sent) {
        const JsonObject *object = each.object();
        if (object == nullptr)
            continue;
        const QString type = memberString(*object, u"type").toLower();
        const JsonArray *list = memberArray(*object, u"parameters");
        const JsonArray parameters = list == nullptr ? JsonArray{} : *list;
        if (type == "header"_L1) {
            components.insert(components.begin(), headerFor(parameters));
        } else if (type == "body"_L1) {
            JsonObject body = makeComponent(u"BODY"_s);
            body.set(u"text"_s, wordsFor(parameters));
            components.emplace_back(std::move(body));
            hasBody = true;
        } else if (type == "button"_L1) {
            putButton(buttons, *object);
        } else {
            components.emplace_back(makeComponent(type.toUpper()));
        }
    }
    if (!hasBody)
        components.emplace_back(makeComponent(u"BODY"_s));
    if (!buttons.empty()) {
        JsonObject component = makeComponent(u"BUTTONS"_s);
        component.set(u"buttons"_s, std::move(buttons));
        components.emplace_back(std::move(component));
    }
    return components;
}

bool hasSentParameters(const JsonArray &components)
{
    return std::any_of(components.begin(), components.end(), [](const JsonValue &each) {
        return each.object() != nullptr && memberArray(*each.object(), u"parameters") != nullptr;
    });
}

TemplateCard cardForMessage(const QString &name, const QString &namespaceId, const QString &locale,
                            const JsonArray *components)
{
    JsonObject json;
    json.set(u"name"_s, name);
    json.set(u"language"_s, locale);
    json.set(u"components"_s, componentsFor(components == nullptr ? JsonArray{} : *components));
    return {name, namespaceId, {TemplateVersion(std::move(json))}, {}};
}

/// Looks through a document for everything that is a template.
class Collector
{
public:
    void look(const JsonValue &value, const QString &namespaceId = {})
    {
        if (const JsonArray *list = value.array()) {
            for (const JsonValue &each : *list)
                look(each, namespaceId);
        } else if (const JsonObject *object = value.object()) {
            lookAt(*object, namespaceId);
        }
    }

    QList<TemplateCard> cards;

private:
    void lookAt(const JsonObject &object, const QString &outerNamespace)
    {
        QString namespaceId = memberString(object, u"namespace");
        if (namespaceId.isEmpty())
            namespaceId = memberString(object, u"message_template_namespace");
        if (namespaceId.isEmpty())
            namespaceId = outerNamespace;
        const JsonArray *components = memberArray(object, u"components");
        const QString locale = TemplateVersion(object).locale();
        if (const JsonValue *name = object.find(u"template"); name != nullptr && name->string()) {
            // AI Studio's own body.
            mergeCard(cards,
                      cardForMessage(*name->string(), namespaceId, memberString(object, u"locale"),
                                     components));
        } else if (components != nullptr && hasSentParameters(*components)) {
            mergeCard(
                cards,
                cardForMessage(memberString(object, u"name"), namespaceId, locale, components));
        } else if (components != nullptr) {
            mergeCard(cards,
                      {memberString(object, u"name"), namespaceId, {TemplateVersion(object)}, {}});
        } else {
            for (const auto &[member, inner] : object.members)
                look(inner, namespaceId);
        }
    }
};

/// Whether a text that is no JSON was meant to be: "{{1}}, hello" was not.
bool looksLikeJson(const QByteArray &text)
{
    if (text.startsWith("[{") || text.startsWith("[\n") || text.startsWith("[\r"))
        return true;
    return text.startsWith('{') && !text.startsWith("{{");
}

} // namespace

tl::expected<QList<TemplateCard>, TemplateReadError> readTemplates(const QByteArray &text)
{
    const QByteArray trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return tl::unexpected(TemplateReadError{});
    const auto json = parseJson(trimmed);
    const bool isTree = json && (json->object() != nullptr || json->array() != nullptr);
    if (!isTree && looksLikeJson(trimmed))
        return tl::unexpected(TemplateReadError{TemplateReadError::Kind::BrokenJson, json.error()});
    if (isTree) {
        Collector collector;
        collector.look(*json);
        if (collector.cards.isEmpty())
            return tl::unexpected(TemplateReadError{TemplateReadError::Kind::NoTemplate, {}});
        return collector.cards;
    }
    TemplateCard card;
    card.versions.append(TemplateVersion());
    card.versions.first().setBodyText(
        QString::fromUtf8(trimmed).replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n'));
    return QList{card};
}

TemplateCard cardFromRequest(const OutboundRequest &request)
{
    return cardForMessage(request.text(Field::Template), request.text(Field::Namespace),
                          request.text(Field::Locale), request.components());
}

qsizetype mergeCard(QList<TemplateCard> &cards, const TemplateCard &from)
{
    const auto found = std::find_if(cards.begin(), cards.end(), [&from](const auto &each) {
        const bool sameSpace = each.namespaceId == from.namespaceId || each.namespaceId.isEmpty()
            || from.namespaceId.isEmpty();
        return each.name == from.name && sameSpace;
    });
    if (found == cards.end()) {
        cards.append(from);
        return cards.size() - 1;
    }
    if (found->namespaceId.isEmpty())
        found->namespaceId = from.namespaceId;
    for (const TemplateVersion &version : from.versions)
        found->put(version);
    return std::distance(cards.begin(), found);
}

} // namespace icebreaker
