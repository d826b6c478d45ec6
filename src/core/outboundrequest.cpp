#include "core/outboundrequest.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array TypeNames{
    std::pair{ParameterType::Text, QLatin1StringView("text")},
    std::pair{ParameterType::Payload, QLatin1StringView("payload")},
    std::pair{ParameterType::Image, QLatin1StringView("image")},
    std::pair{ParameterType::Document, QLatin1StringView("document")},
    std::pair{ParameterType::Video, QLatin1StringView("video")},
};

constexpr std::array PartNames{
    std::pair{Part::Header, QLatin1StringView("header")},
    std::pair{Part::Body, QLatin1StringView("body")},
    std::pair{Part::Button, QLatin1StringView("button")},
};

template <typename Table, typename Key>
QString nameOf(const Table &table, Key key)
{
    const auto *found = std::find_if(table.begin(), table.end(),
                                     [key](const auto &entry) { return entry.first == key; });
    return found == table.end() ? QString() : QString(found->second);
}

template <typename Table, typename Key>
Key keyOf(const Table &table, const QString &name, Key fallback)
{
    const auto *found = std::find_if(table.begin(), table.end(),
                                     [&name](const auto &entry) { return name == entry.second; });
    return found == table.end() ? fallback : found->first;
}

QString scalarText(const JsonValue *value)
{
    if (value == nullptr)
        return {};
    if (const QString *string = value->string())
        return *string;
    if (const JsonNumber *number = value->number())
        return QString::fromLatin1(number->text);
    return {};
}

QString memberText(const JsonValue &object, QStringView name)
{
    const JsonObject *members = object.object();
    return members == nullptr ? QString() : scalarText(members->find(name));
}

Part partOf(const JsonValue &component)
{
    return keyOf(PartNames, memberText(component, u"type").toLower(), Part::Other);
}

const JsonArray *parametersOf(const JsonValue &component)
{
    const JsonObject *members = component.object();
    const JsonValue *list = members == nullptr ? nullptr : members->find(u"parameters");
    return list == nullptr ? nullptr : list->array();
}

JsonArray *parametersOf(JsonValue &component)
{
    return const_cast<JsonArray *>(parametersOf(std::as_const(component))); // NOLINT: ours
}

bool isMedia(ParameterType type)
{
    return type == ParameterType::Image || type == ParameterType::Document
        || type == ParameterType::Video;
}

/// A type counts as known only if its value is where the form would put it.
TemplateParameter readParameter(const JsonValue &json)
{
    TemplateParameter parameter;
    const QString typeName = memberText(json, u"type");
    parameter.type = keyOf(TypeNames, typeName, ParameterType::Other);
    const JsonObject *members = json.object();
    const JsonValue *value = members == nullptr ? nullptr : members->find(typeName);
    if (isMedia(parameter.type)) {
        const JsonObject *media = value == nullptr ? nullptr : value->object();
        value = media == nullptr ? nullptr : media->find(u"link");
    }
    if (value == nullptr || value->string() == nullptr)
        parameter.type = ParameterType::Other;
    parameter.value = parameter.type == ParameterType::Other
        ? QString::fromUtf8(toJson(json, JsonStyle::Compact))
        : *value->string();
    return parameter;
}

void writeParameter(JsonValue &json, const TemplateParameter &parameter)
{
    if (parameter.type == ParameterType::Other)
        return;
    const QString typeName = nameOf(TypeNames, parameter.type);
    if (json.object() == nullptr)
        json = JsonObject{};
    JsonObject &members = *json.object();
    if (const QString before = memberText(json, u"type"); before != typeName)
        members.remove(before);
    members.set(u"type"_s, typeName);
    if (!isMedia(parameter.type)) {
        members.set(typeName, parameter.value);
        return;
    }
    JsonValue *media = members.find(typeName);
    if (media != nullptr && media->object() != nullptr)
        media->object()->set(u"link"_s, parameter.value);
    else
        members.set(typeName, JsonObject{{{u"link"_s, parameter.value}}});
}

QString subTypeFor(ParameterType type)
{
    return type == ParameterType::Payload ? u"quick_reply"_s : u"url"_s;
}

void writeButton(JsonValue &component, const TemplateParameter &parameter)
{
    JsonObject &members = *component.object();
    const QString subType = memberText(component, u"sub_type");
    if (subType.isEmpty() || subType == "quick_reply"_L1 || subType == "url"_L1)
        members.set(u"sub_type"_s, subTypeFor(parameter.type));
    // A number was seen against this endpoint, a text in Meta's own documentation:
    // what is there keeps its form.
    const JsonValue *index = members.find(u"index");
    if (index != nullptr && index->string() != nullptr)
        members.set(u"index"_s, QString::number(parameter.index));
    else
        members.set(u"index"_s, JsonValue::number(parameter.index));
}

JsonValue makeComponent(const TemplateParameter &parameter)
{
    JsonValue component(JsonObject{{{u"type"_s, nameOf(PartNames, parameter.part)}}});
    if (parameter.part == Part::Button)
        writeButton(component, parameter);
    component.object()->set(u"parameters"_s, JsonArray{});
    return component;
}

} // namespace

QString memberName(Field field)
{
    switch (field) {
    case Field::Namespace: return u"namespace"_s;
    case Field::Template: return u"template"_s;
    case Field::Locale: return u"locale"_s;
    case Field::To: return u"to"_s;
    case Field::AgentId: return u"agent_id"_s;
    case Field::Channel: return u"channel"_s;
    case Field::StatusUrl: return u"status_url"_s;
    case Field::Components: return u"components"_s;
    case Field::SessionParameters: return u"session_parameters"_s;
    case Field::Body: break;
    }
    return {};
}

Field fieldNamed(const QString &name)
{
    constexpr std::array named{Field::Namespace, Field::Template,   Field::Locale,
                               Field::To,        Field::AgentId,    Field::Channel,
                               Field::StatusUrl, Field::Components, Field::SessionParameters};
    const auto *found = std::find_if(named.begin(), named.end(),
                                     [&name](Field field) { return memberName(field) == name; });
    return found == named.end() ? Field::Body : *found;
}

OutboundRequest::OutboundRequest()
{
    for (const Field field : {Field::Namespace, Field::Template, Field::Locale, Field::To,
                              Field::AgentId, Field::Channel, Field::StatusUrl})
        m_root.members.emplace_back(memberName(field), QString());
    setText(Field::Channel, u"whatsapp"_s);
}

tl::expected<OutboundRequest, OutboundRequest::NotARequest>
OutboundRequest::fromJson(const QByteArray &json)
{
    auto parsed = parseJson(json);
    if (!parsed)
        return tl::unexpected(NotARequest{parsed.error()});
    if (parsed->object() == nullptr)
        return tl::unexpected(NotARequest{});
    OutboundRequest request;
    request.m_root = std::move(*parsed->object());
    return request;
}

QByteArray OutboundRequest::toJson() const
{
    return icebreaker::toJson(m_root, JsonStyle::Indented);
}

QString OutboundRequest::text(Field field) const
{
    return scalarText(m_root.find(memberName(field)));
}

void OutboundRequest::setText(Field field, const QString &text)
{
    const QString name = memberName(field);
    if (text == this->text(field) && (text.isEmpty() || m_root.find(name)->string() != nullptr))
        return;
    m_root.set(name, text);
}

void OutboundRequest::remove(Field field)
{
    m_root.remove(memberName(field));
}

void OutboundRequest::setTextAt(const JsonPath &path, const QString &text)
{
    if (JsonValue *value = valueAt(m_root, path))
        *value = text;
}

bool OutboundRequest::isSms() const
{
    return text(Field::Channel) == "sms"_L1;
}

OutboundRequest OutboundRequest::withoutTemplate() const
{
    OutboundRequest request = *this;
    for (const Field field : {Field::Namespace, Field::Template, Field::Locale, Field::Components})
        request.remove(field);
    return request;
}

QList<TemplateParameter> OutboundRequest::parameters() const
{
    QList<TemplateParameter> rows;
    const JsonArray *components = list(Field::Components);
    if (components == nullptr)
        return rows;
    for (const JsonValue &component : *components) {
        const JsonArray *parameters = parametersOf(component);
        if (parameters == nullptr)
            continue;
        int number = 0;
        for (const JsonValue &json : *parameters) {
            TemplateParameter parameter = readParameter(json);
            parameter.part = partOf(component);
            parameter.index =
                parameter.part == Part::Button ? memberText(component, u"index").toInt() : ++number;
            rows.append(parameter);
        }
    }
    return rows;
}

int OutboundRequest::addParameter(const TemplateParameter &parameter)
{
    JsonArray *components = makeList(Field::Components);
    if (components == nullptr)
        return -1;
    auto target = components->end();
    if (parameter.part != Part::Button)
        target = std::find_if(components->begin(), components->end(), [&](const JsonValue &each) {
            return partOf(each) == parameter.part && parametersOf(each) != nullptr;
        });
    if (target == components->end()) {
        const auto behind =
            std::find_if(components->begin(), components->end(),
                         [&](const JsonValue &each) { return partOf(each) > parameter.part; });
        target = components->insert(behind, makeComponent(parameter));
    }
    JsonValue json;
    writeParameter(json, parameter);
    parametersOf(*target)->push_back(std::move(json));

    int row = -1;
    for (auto each = components->begin(); each <= target; ++each) {
        if (const JsonArray *parameters = parametersOf(*each))
            row += static_cast<int>(parameters->size());
    }
    return row;
}

int OutboundRequest::setParameter(int row, const TemplateParameter &parameter)
{
    const auto at = place(row);
    if (!at)
        return -1;
    JsonValue &component = list(Field::Components)->at(at->component);
    if (partOf(component) != parameter.part) {
        removeParameter(row);
        return addParameter(parameter);
    }
    if (parameter.part == Part::Button)
        writeButton(component, parameter);
    writeParameter(parametersOf(component)->at(at->parameter), parameter);
    return row;
}

void OutboundRequest::removeParameter(int row)
{
    const auto at = place(row);
    if (!at)
        return;
    JsonArray &components = *list(Field::Components);
    JsonArray &parameters = *parametersOf(components.at(at->component));
    parameters.erase(parameters.begin() + static_cast<std::ptrdiff_t>(at->parameter));
    if (parameters.empty())
        components.erase(components.begin() + static_cast<std::ptrdiff_t>(at->component));
    if (components.empty())
        remove(Field::Components);
}

bool OutboundRequest::moveParameterUp(int row)
{
    const auto at = place(row);
    if (!at || at->parameter == 0)
        return false;
    JsonArray &parameters = *parametersOf(list(Field::Components)->at(at->component));
    std::swap(parameters.at(at->parameter), parameters.at(at->parameter - 1));
    return true;
}

void OutboundRequest::setComponents(JsonArray components)
{
    if (components.empty())
        remove(Field::Components);
    else
        m_root.set(memberName(Field::Components), std::move(components));
}

QList<SessionParameter> OutboundRequest::sessionParameters() const
{
    QList<SessionParameter> rows;
    if (const JsonArray *entries = list(Field::SessionParameters)) {
        for (const JsonValue &entry : *entries)
            rows.append({memberText(entry, u"name"), memberText(entry, u"value")});
    }
    return rows;
}

void OutboundRequest::addSessionParameter(const SessionParameter &parameter)
{
    if (JsonArray *entries = makeList(Field::SessionParameters))
        entries->emplace_back(
            JsonObject{{{u"name"_s, parameter.name}, {u"value"_s, parameter.value}}});
}

void OutboundRequest::setSessionParameter(int row, const SessionParameter &parameter)
{
    JsonArray *entries = list(Field::SessionParameters);
    if (entries == nullptr || row < 0 || static_cast<std::size_t>(row) >= entries->size())
        return;
    JsonValue &entry = entries->at(static_cast<std::size_t>(row));
    if (entry.object() == nullptr)
        entry = JsonObject{};
    entry.object()->set(u"name"_s, parameter.name);
    entry.object()->set(u"value"_s, parameter.value);
}

void OutboundRequest::removeSessionParameter(int row)
{
    JsonArray *entries = list(Field::SessionParameters);
    if (entries == nullptr || row < 0 || static_cast<std::size_t>(row) >= entries->size())
        return;
    entries->erase(entries->begin() + row);
    if (entries->empty())
        remove(Field::SessionParameters);
}

std::optional<OutboundRequest::Place> OutboundRequest::place(int row) const
{
    const JsonArray *components = list(Field::Components);
    if (components == nullptr || row < 0)
        return std::nullopt;
    auto left = static_cast<std::size_t>(row);
    for (std::size_t i = 0; i < components->size(); ++i) {
        const JsonArray *parameters = parametersOf(components->at(i));
        const std::size_t size = parameters == nullptr ? 0 : parameters->size();
        if (left < size)
            return Place{i, left};
        left -= size;
    }
    return std::nullopt;
}

const JsonArray *OutboundRequest::list(Field field) const
{
    const JsonValue *value = m_root.find(memberName(field));
    return value == nullptr ? nullptr : value->array();
}

JsonArray *OutboundRequest::list(Field field)
{
    JsonValue *value = m_root.find(memberName(field));
    return value == nullptr ? nullptr : value->array();
}

JsonArray *OutboundRequest::makeList(Field field)
{
    if (m_root.find(memberName(field)) == nullptr)
        m_root.set(memberName(field), JsonArray{});
    return list(field);
}

} // namespace icebreaker
