#include "core/templatefill.h"

#include "core/jsonmembers.h"

#include <algorithm>
#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString partName(Part part)
{
    return part == Part::Header ? u"header"_s : part == Part::Body ? u"body"_s : u"button"_s;
}

/// The parameter's type and member, e.g. "image".
QString typeName(SlotKind kind)
{
    switch (kind) {
    case SlotKind::Text:
    case SlotKind::UrlSuffix: return u"text"_s;
    case SlotKind::Image: return u"image"_s;
    case SlotKind::Video: return u"video"_s;
    case SlotKind::Document:
    case SlotKind::DocumentName: return u"document"_s;
    case SlotKind::Latitude:
    case SlotKind::Longitude:
    case SlotKind::PlaceName:
    case SlotKind::PlaceAddress: return u"location"_s;
    case SlotKind::Payload: return u"payload"_s;
    case SlotKind::CouponCode: return u"coupon_code"_s;
    }
    return {};
}

/// The member inside the parameter's object; empty where its value is a text itself.
QString innerName(SlotKind kind)
{
    switch (kind) {
    case SlotKind::Image:
    case SlotKind::Video:
    case SlotKind::Document: return u"link"_s;
    case SlotKind::DocumentName: return u"filename"_s;
    case SlotKind::Latitude: return u"latitude"_s;
    case SlotKind::Longitude: return u"longitude"_s;
    case SlotKind::PlaceName: return u"name"_s;
    case SlotKind::PlaceAddress: return u"address"_s;
    default: return {};
    }
}

QString subTypeName(SlotKind kind)
{
    switch (kind) {
    case SlotKind::Payload: return u"quick_reply"_s;
    case SlotKind::CouponCode: return u"copy_code"_s;
    default: return u"url"_s;
    }
}

/// Nothing if the parameter is of another type than the slot's.
std::optional<QString> readValue(const JsonObject &parameter, SlotKind kind)
{
    const QString type = memberString(parameter, u"type");
    if (kind == SlotKind::Text && (type == "currency"_L1 || type == "date_time"_L1)) {
        const JsonObject *object = memberObject(parameter, type);
        return object == nullptr ? QString() : memberString(*object, u"fallback_value");
    }
    if (type != typeName(kind))
        return std::nullopt;
    const QString inner = innerName(kind);
    if (inner.isEmpty())
        return memberString(parameter, type);
    const JsonObject *object = memberObject(parameter, type);
    return object == nullptr ? QString() : memberString(*object, inner);
}

void writeValue(JsonObject &parameter, SlotKind kind, const QString &value)
{
    if (readValue(parameter, kind) == value)
        return;
    const QString type = typeName(kind);
    if (memberString(parameter, u"type") != type) {
        const QString name = memberString(parameter, u"parameter_name");
        parameter = JsonObject{};
        parameter.set(u"type"_s, type);
        if (!name.isEmpty())
            parameter.set(u"parameter_name"_s, name);
    }
    const QString inner = innerName(kind);
    if (inner.isEmpty())
        parameter.set(type, value);
    else if (value.isEmpty() && kind == SlotKind::DocumentName)
        needObject(parameter, type).remove(inner);
    else
        needObject(parameter, type).set(inner, value);
}

void writeName(JsonObject &parameter, const QString &name)
{
    if (memberString(parameter, u"parameter_name") == name)
        return;
    if (name.isEmpty())
        parameter.remove(u"parameter_name");
    else
        parameter.set(u"parameter_name"_s, name);
}

/// A request's components as their parts.
class ComponentReading
{
public:
    ComponentReading(const TemplateVersion &version, const JsonArray *components)
        : m_named(version.isNamed())
    {
        if (components == nullptr)
            return;
        const auto buttons = version.buttons();
        int row = 0;
        for (const JsonValue &each : *components) {
            const JsonObject *object = each.object();
            const JsonArray *parameters =
                object == nullptr ? nullptr : memberArray(*object, u"parameters");
            const int size = parameters == nullptr ? 0 : static_cast<int>(parameters->size());
            if (object == nullptr || isForeign(*object, version, buttons))
                m_foreign.push_back(each);
            else
                m_known.append({object, row, size});
            row += size;
        }
    }

    struct Found {
        const JsonObject *component = nullptr;
        const JsonObject *parameter = nullptr;
        int row = -1;
        bool misnamed = false;
    };

    [[nodiscard]] Found find(const TemplateSlot &slot) const
    {
        for (const Component &each : m_known) {
            if (!matches(*each.json, slot))
                continue;
            Found found{each.json, nullptr, -1, false};
            const JsonArray *list = memberArray(*each.json, u"parameters");
            if (list != nullptr)
                look(*list, slot, each.row, found);
            return found;
        }
        return {};
    }

    [[nodiscard]] int parameterCount() const
    {
        int count = 0;
        for (const Component &each : m_known)
            count += each.size;
        return count;
    }
    [[nodiscard]] const JsonArray &foreign() const { return m_foreign; }

private:
    struct Component {
        const JsonObject *json;
        int row; ///< Of its first parameter.
        int size;
    };

    static bool isForeign(const JsonObject &component, const TemplateVersion &version,
                          const QList<TemplateButton> &buttons)
    {
        const QString type = memberString(component, u"type").toLower();
        if (type == "header"_L1)
            return version.headerKind() == HeaderKind::Other;
        if (type == "button"_L1) {
            const int index = memberString(component, u"index").toInt();
            return index < buttons.size() && index >= 0
                && buttons.at(index).kind == ButtonKind::Other;
        }
        return type != "body"_L1;
    }

    static bool matches(const JsonObject &component, const TemplateSlot &slot)
    {
        if (memberString(component, u"type").toLower() != partName(slot.part))
            return false;
        return slot.part != Part::Button
            || (memberString(component, u"index").toInt() == slot.index
                && memberString(component, u"sub_type").toLower() == subTypeName(slot.kind));
    }

    void look(const JsonArray &list, const TemplateSlot &slot, int firstRow, Found &found) const
    {
        const bool byName = m_named && slot.kind == SlotKind::Text;
        const auto place = static_cast<std::size_t>(slot.part == Part::Button ? 0 : slot.index - 1);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const JsonObject *parameter = list.at(i).object();
            if (parameter == nullptr)
                continue;
            const QString name = memberString(*parameter, u"parameter_name");
            const bool named = byName && !name.isEmpty();
            if (named ? name != slot.name : i != place)
                continue;
            found.parameter = parameter;
            found.row = firstRow + static_cast<int>(i);
            found.misnamed = byName == name.isEmpty() && slot.kind == SlotKind::Text;
            return;
        }
    }

    bool m_named;
    QList<Component> m_known;
    JsonArray m_foreign;
};

} // namespace

SlotValues slotValues(const TemplateVersion &version, const JsonArray *components)
{
    const ComponentReading reading(version, components);
    SlotValues result;
    QList<int> used;
    for (const TemplateSlot &slot : version.parameters()) {
        const auto found = reading.find(slot);
        const auto value =
            found.parameter == nullptr ? std::nullopt : readValue(*found.parameter, slot.kind);
        result.values.append(value.value_or(QString()));
        result.rows.append(value ? found.row : -1);
        if (!value)
            continue;
        result.misnamed += found.misnamed;
        if (!used.contains(found.row))
            used.append(found.row);
    }
    result.unused = reading.parameterCount() - static_cast<int>(used.size());
    return result;
}

/// The component of @p slot without parameters: as it was, or as a new one.
static JsonObject componentFor(const TemplateSlot &slot, const JsonObject *before)
{
    JsonObject made;
    if (before != nullptr) {
        made = *before;
    } else {
        made.set(u"type"_s, partName(slot.part));
        if (slot.part == Part::Button) {
            made.set(u"sub_type"_s, subTypeName(slot.kind));
            made.set(u"index"_s, JsonValue::number(slot.index));
        }
    }
    made.set(u"parameters"_s, JsonArray{});
    return made;
}

/// With the members that a template does not know, if it was one for @p slot.
static JsonObject keptParameter(const TemplateSlot &slot, const JsonObject *before)
{
    return before != nullptr && readValue(*before, slot.kind) ? *before : JsonObject();
}

static bool sharesComponent(const TemplateSlot *last, const TemplateSlot &slot)
{
    return last != nullptr && last->part == slot.part
        && (slot.part != Part::Button || last->index == slot.index);
}

JsonArray filledComponents(const TemplateVersion &version, const QStringList &values,
                           const JsonArray *before)
{
    const ComponentReading reading(version, before);
    const auto slotList = version.parameters();
    const bool named = version.isNamed();
    JsonArray components;
    JsonObject *component = nullptr; // of the slot before
    const TemplateSlot *last = nullptr;
    for (int i = 0; i < slotList.size(); ++i) {
        const TemplateSlot &slot = slotList.at(i);
        const QString value = values.value(i);
        if (isContinuation(slot.kind)) {
            writeValue(*memberArray(*component, u"parameters")->back().object(), slot.kind, value);
            continue;
        }
        if (slot.optional && value.isEmpty())
            continue;
        const auto found = reading.find(slot);
        if (!sharesComponent(last, slot)) {
            components.emplace_back(componentFor(slot, found.component));
            component = components.back().object();
        }
        JsonObject parameter = keptParameter(slot, found.parameter);
        writeValue(parameter, slot.kind, value);
        if (slot.kind == SlotKind::Text)
            writeName(parameter, named ? slot.name : QString());
        memberArray(*component, u"parameters")->emplace_back(std::move(parameter));
        last = &slot;
    }
    components.insert(components.end(), reading.foreign().begin(), reading.foreign().end());
    return components;
}

QMap<QString, QString> placeholderValues(const TemplateVersion &version, const QStringList &values,
                                         Part part, int button)
{
    QMap<QString, QString> result;
    const auto slotList = version.parameters();
    for (int i = 0; i < slotList.size(); ++i) {
        const TemplateSlot &slot = slotList.at(i);
        if (slot.part == part && !slot.name.isEmpty()
            && (part != Part::Button || slot.index == button))
            result.insert(slot.name, values.value(i));
    }
    return result;
}

RenderedMessage rendered(const TemplateVersion &version, const QStringList &values)
{
    RenderedMessage message;
    message.header = version.headerKind();
    message.headerText =
        hydrated(version.headerText(), placeholderValues(version, values, Part::Header));
    message.body = hydrated(version.bodyText(), placeholderValues(version, values, Part::Body));
    message.footer = version.footerText();
    const auto buttons = version.buttons();
    for (int i = 0; i < buttons.size(); ++i) {
        const TemplateButton &button = buttons.at(i);
        message.buttons.append(
            {button.kind,
             button.label,
             hydrated(button.target, placeholderValues(version, values, Part::Button, i)),
             {}});
    }
    const auto slotList = version.parameters();
    for (int i = 0; i < slotList.size(); ++i) {
        const QString value = values.value(i);
        switch (slotList.at(i).kind) {
        case SlotKind::Image:
        case SlotKind::Video:
        case SlotKind::Document: message.mediaLink = value; break;
        case SlotKind::DocumentName: message.mediaName = value; break;
        case SlotKind::PlaceName: message.placeName = value; break;
        case SlotKind::PlaceAddress: message.placeAddress = value; break;
        case SlotKind::Payload:
        case SlotKind::CouponCode: message.buttons[slotList.at(i).index].value = value; break;
        default: break;
        }
    }
    return message;
}

} // namespace icebreaker
