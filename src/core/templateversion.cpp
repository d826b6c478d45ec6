#include "core/templateversion.h"

#include "core/jsonmembers.h"
#include "core/placeholders.h"
#include "core/templateexamples.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Header = "HEADER"_L1;
constexpr auto Body = "BODY"_L1;
constexpr auto Footer = "FOOTER"_L1;
constexpr auto Buttons = "BUTTONS"_L1;
constexpr std::array KnownComponents{Header, Body, Footer, Buttons};

constexpr std::array HeaderNames{
    std::pair{HeaderKind::Text, "TEXT"_L1},         std::pair{HeaderKind::Image, "IMAGE"_L1},
    std::pair{HeaderKind::Video, "VIDEO"_L1},       std::pair{HeaderKind::Document, "DOCUMENT"_L1},
    std::pair{HeaderKind::Location, "LOCATION"_L1},
};

/// Meta fixes an authentication template's words; what counts is its one parameter.
const QString AuthenticationBody = u"*{{1}}*"_s;

QString upperType(const JsonObject &object, QStringView name = u"type")
{
    return memberString(object, name).toUpper();
}

template <typename Table>
auto kindOf(const Table &table, const QString &name, decltype(table.front().first) fallback)
{
    const auto *found = std::find_if(table.begin(), table.end(),
                                     [&name](const auto &entry) { return name == entry.second; });
    return found == table.end() ? fallback : found->first;
}

template <typename Table, typename Kind>
QString nameOf(const Table &table, Kind kind)
{
    const auto *found = std::find_if(table.begin(), table.end(),
                                     [kind](const auto &entry) { return entry.first == kind; });
    return found == table.end() ? QString() : QString(found->second);
}

} // namespace

TemplateVersion::TemplateVersion(JsonObject json)
    : m_json(std::move(json))
{ }

QString TemplateVersion::locale() const
{
    const JsonObject *object = memberObject(m_json, u"language");
    return object == nullptr ? memberString(m_json, u"language") : memberString(*object, u"code");
}

void TemplateVersion::setLocale(const QString &code)
{
    if (code != locale())
        m_json.set(u"language"_s, code);
}

QString TemplateVersion::category() const
{
    return memberString(m_json, u"category").toUpper();
}

void TemplateVersion::setCategory(const QString &category)
{
    if (category == this->category())
        return;
    if (category.isEmpty())
        m_json.remove(u"category"_s);
    else
        m_json.set(u"category"_s, category);
}

QString TemplateVersion::status() const
{
    return memberString(m_json, u"status").toUpper();
}

void TemplateVersion::setName(const QString &name)
{
    if (memberString(m_json, u"name") != name)
        m_json.set(u"name"_s, name);
}

bool TemplateVersion::isNamed() const
{
    const QString format = upperType(m_json, u"parameter_format");
    if (!format.isEmpty())
        return format == "NAMED"_L1;
    return hasNamedPlaceholders(bodyText()) || hasNamedPlaceholders(headerText());
}

HeaderKind TemplateVersion::headerKind() const
{
    const JsonObject *header = component(Header);
    if (header == nullptr)
        return HeaderKind::None;
    const QString format = upperType(*header, u"format");
    if (format.isEmpty() && header->find(u"text") != nullptr)
        return HeaderKind::Text;
    return kindOf(HeaderNames, format, HeaderKind::Other);
}

QString TemplateVersion::headerText() const
{
    return headerKind() == HeaderKind::Text ? textOf(Header) : QString();
}

void TemplateVersion::setHeader(HeaderKind kind, const QString &text)
{
    if (kind == HeaderKind::None) {
        removeComponent(Header);
        return;
    }
    if (kind != headerKind()) {
        removeComponent(Header);
        makeComponent(Header).set(u"format"_s, nameOf(HeaderNames, kind));
    }
    if (kind == HeaderKind::Text)
        setTextOf(Header, text);
}

QString TemplateVersion::bodyText() const
{
    const JsonObject *body = component(Body);
    if (body != nullptr && body->find(u"text") == nullptr && category() == "AUTHENTICATION"_L1)
        return AuthenticationBody;
    return textOf(Body);
}

void TemplateVersion::setBodyText(const QString &text)
{
    if (text != bodyText() || component(Body) == nullptr)
        setTextOf(Body, text);
}

QString TemplateVersion::footerText() const
{
    return textOf(Footer);
}

void TemplateVersion::setFooterText(const QString &text)
{
    if (text.isEmpty() && component(Footer) != nullptr
        && component(Footer)->find(u"text") != nullptr)
        removeComponent(Footer);
    else if (!text.isEmpty())
        setTextOf(Footer, text);
}

QList<TemplateButton> TemplateVersion::buttons() const
{
    QList<TemplateButton> result;
    const JsonArray *list = buttonList();
    if (list == nullptr)
        return result;
    for (const JsonValue &each : *list) {
        TemplateButton button;
        button.kind = ButtonKind::Other;
        result.append(each.object() == nullptr ? button : readButton(*each.object()));
    }
    return result;
}

void TemplateVersion::addButton(const TemplateButton &button)
{
    JsonObject json;
    json.set(u"type"_s, buttonTypeName(button.kind));
    writeButton(json, button);
    needArray(makeComponent(Buttons), u"buttons"_s).emplace_back(std::move(json));
}

void TemplateVersion::setButton(int index, const TemplateButton &button)
{
    JsonArray *list = buttonList();
    if (list == nullptr || index < 0 || static_cast<std::size_t>(index) >= list->size())
        return;
    JsonObject *json = list->at(static_cast<std::size_t>(index)).object();
    if (json != nullptr && button.kind != ButtonKind::Other)
        writeButton(*json, button);
}

void TemplateVersion::removeButton(int index)
{
    JsonArray *list = buttonList();
    if (list == nullptr || index < 0 || static_cast<std::size_t>(index) >= list->size())
        return;
    list->erase(list->begin() + index);
    if (list->empty())
        removeComponent(Buttons);
}

QStringList TemplateVersion::foreignParts() const
{
    QStringList parts;
    const auto add = [&parts](const QString &name) {
        if (!name.isEmpty() && !parts.contains(name))
            parts.append(name);
    };
    const JsonArray *components = memberArray(m_json, u"components");
    if (components == nullptr)
        return parts;
    for (const JsonValue &each : *components) {
        const JsonObject *object = each.object();
        const QString type = object == nullptr ? QString() : upperType(*object);
        if (std::find(KnownComponents.begin(), KnownComponents.end(), type)
            == KnownComponents.end())
            add(type);
    }
    if (headerKind() == HeaderKind::Other)
        add(Header + u' ' + upperType(*component(Header), u"format"));
    const JsonArray *list = buttonList();
    if (list == nullptr)
        return parts;
    for (const JsonValue &each : *list) {
        if (each.object() != nullptr && readButton(*each.object()).kind == ButtonKind::Other)
            add(upperType(*each.object()));
    }
    return parts;
}

void TemplateVersion::setExample(const TemplateSlot &slot, const QString &example)
{
    if (slot.example == example)
        return;
    if (slot.part == Part::Button) {
        TemplateButton button = buttons().value(slot.index);
        button.example = example;
        setButton(slot.index, button);
        return;
    }
    const bool isHeader = slot.part == Part::Header;
    if (isHeader && slot.kind != SlotKind::Text) {
        setMediaExample(makeComponent(Header), example);
        return;
    }
    setTextExample(makeComponent(isHeader ? Header : Body), isHeader ? u"header"_s : u"body"_s,
                   slot.index, slot.name, isNamed(), example);
}

const JsonObject *TemplateVersion::component(QLatin1StringView type) const
{
    const JsonArray *components = memberArray(m_json, u"components");
    if (components == nullptr)
        return nullptr;
    for (const JsonValue &each : *components) {
        if (each.object() != nullptr && upperType(*each.object()) == type)
            return each.object();
    }
    return nullptr;
}

JsonObject *TemplateVersion::component(QLatin1StringView type)
{
    return const_cast<JsonObject *>(std::as_const(*this).component(type)); // NOLINT: ours
}

/// In the order header, body, footer, buttons, before what is not known.
JsonObject &TemplateVersion::makeComponent(QLatin1StringView type)
{
    if (JsonObject *found = component(type))
        return *found;
    const auto *const place = std::find(KnownComponents.begin(), KnownComponents.end(), type);
    JsonArray &components = needArray(m_json, u"components"_s);
    const auto behind =
        std::find_if(components.begin(), components.end(), [place](const JsonValue &each) {
            return each.object() == nullptr
                || std::find(KnownComponents.begin(), place, upperType(*each.object())) == place;
        });
    return *components.insert(behind, JsonObject{{{u"type"_s, QString(type)}}})->object();
}

void TemplateVersion::removeComponent(QLatin1StringView type)
{
    if (JsonArray *components = memberArray(m_json, u"components"))
        std::erase_if(*components, [type](const JsonValue &each) {
            return each.object() != nullptr && upperType(*each.object()) == type;
        });
}

const JsonArray *TemplateVersion::buttonList() const
{
    const JsonObject *found = component(Buttons);
    return found == nullptr ? nullptr : memberArray(*found, u"buttons");
}

JsonArray *TemplateVersion::buttonList()
{
    return const_cast<JsonArray *>(std::as_const(*this).buttonList()); // NOLINT: ours
}

QString TemplateVersion::textOf(QLatin1StringView type) const
{
    const JsonObject *found = component(type);
    return found == nullptr ? QString() : memberString(*found, u"text");
}

void TemplateVersion::setTextOf(QLatin1StringView type, const QString &text)
{
    if (textOf(type) != text || component(type) == nullptr)
        makeComponent(type).set(u"text"_s, text);
}

} // namespace icebreaker
