#pragma once

#include "core/json.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <tl/expected.hpp>

namespace icebreaker {

/// The members of the API's body that hold one text each, and the two lists.
/// Source: studio.docs.ai.vonage.com, "Triggering an outbound WhatsApp virtual agent"
/// and its SMS counterpart, 2026-11.
enum class Field {
    Namespace,
    Template,
    Locale,
    To,
    AgentId,
    Channel,
    StatusUrl,
    Components,
    SessionParameters,
    Body, ///< The request as a whole.
};

/// The member's name on the wire, e.g. "agent_id"; empty for Field::Body.
[[nodiscard]] QString memberName(Field field);
/// The field whose member is called @p name; Field::Body for any other name.
[[nodiscard]] Field fieldNamed(const QString &name);

/// The part of a template that a parameter fills.
enum class Part { Header, Body, Button, Other };

enum class ParameterType {
    Text,
    Payload, ///< Of a quick-reply button.
    Image, ///< By link, as Document and Video.
    Document,
    Video,
    Other, ///< Kept as it is; the form shows it and leaves it alone.
};

/// One row of the parameter table: one parameter of one component.
struct TemplateParameter {
    Part part = Part::Body;
    int index =
        1; ///< Header and body: the placeholder's number, from 1. Button: its index, 0 to 9.
    ParameterType type = ParameterType::Text;
    QString value; ///< Text, payload or link; compact JSON where the type is Other.
    friend bool operator==(const TemplateParameter &, const TemplateParameter &) = default;
};

/// Sets an agent parameter before the conversation starts.
struct SessionParameter {
    QString name;
    QString value;
    friend bool operator==(const SessionParameter &, const SessionParameter &) = default;
};

/// The body of one `POST /messaging/conversation`.
///
/// It is its own JSON document: what is not understood, and the order of everything,
/// stays as it was read. Setters change a member where it stands.
class OutboundRequest
{
public:
    /// An empty WhatsApp request with the mandatory members in the documented order.
    OutboundRequest();

    struct NotARequest {
        std::optional<JsonError> json; ///< Absent if it is JSON, but not an object.
    };
    [[nodiscard]] static tl::expected<OutboundRequest, NotARequest>
    fromJson(const QByteArray &json);

    /// Exactly the bytes for the wire, the preview and the journal.
    [[nodiscard]] QByteArray toJson() const;
    [[nodiscard]] const JsonObject &root() const { return m_root; }

    /// The member's text; a number's digits; empty if absent or of another type.
    [[nodiscard]] QString text(Field field) const;
    /// Setting an absent member to an empty text leaves it absent.
    void setText(Field field, const QString &text);
    void remove(Field field);
    /// Replaces the value at @p path, wherever in the document that is; nothing if there is none.
    void setTextAt(const JsonPath &path, const QString &text);
    [[nodiscard]] bool isSms() const;
    /// Without the members that only a template needs: what an SMS agent takes.
    [[nodiscard]] OutboundRequest withoutTemplate() const;

    /// All parameters of all components in document order.
    [[nodiscard]] QList<TemplateParameter> parameters() const;
    /// Adds to the component of that part, creating it in the order header, body,
    /// buttons; a button gets a component of its own. The parameter's index counts for
    /// buttons only. @return the new row, or -1 if `components` is not a list.
    int addParameter(const TemplateParameter &parameter);
    /// Replaces the parameter in @p row, keeping members that the form does not know.
    /// A change of part moves it to the end of its new part. @return its row afterwards.
    int setParameter(int row, const TemplateParameter &parameter);
    void removeParameter(int row);
    /// Swaps with the row above within the same component. @return whether it moved.
    bool moveParameterUp(int row);

    /// The components as they are; nullptr if there is no list of them.
    [[nodiscard]] const JsonArray *components() const { return list(Field::Components); }
    /// Replaces all of them; an empty list removes the member.
    void setComponents(JsonArray components);

    [[nodiscard]] QList<SessionParameter> sessionParameters() const;
    void addSessionParameter(const SessionParameter &parameter);
    void setSessionParameter(int row, const SessionParameter &parameter);
    void removeSessionParameter(int row);

    friend bool operator==(const OutboundRequest &, const OutboundRequest &) = default;

private:
    struct Place {
        std::size_t component;
        std::size_t parameter;
    };
    [[nodiscard]] std::optional<Place> place(int row) const;
    [[nodiscard]] const JsonArray *list(Field field) const;
    [[nodiscard]] JsonArray *list(Field field);
    /// The member as a list, created if absent; nullptr if it is something else.
    JsonArray *makeList(Field field);

    JsonObject m_root;
};

} // namespace icebreaker
