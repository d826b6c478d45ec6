#pragma once

#include "core/outboundrequest.h"
#include "core/templatebutton.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

// Limits of WhatsApp templates in characters. Header text, body, footer and the number of
// buttons: developers.facebook.com, WhatsApp template components, 2026-05, and the guides
// of resellers that quote it; button label, URL and coupon code are widely stated and not
// confirmed by a page that could be read, so that they only ever warn.
inline constexpr int TemplateHeaderMax = 60;
inline constexpr int TemplateBodyMax = 1024;
inline constexpr int TemplateFooterMax = 60;
inline constexpr int TemplateButtonsMax = 10;
inline constexpr int TemplateButtonLabelMax = 25;
inline constexpr int TemplateUrlMax = 2000;
inline constexpr int TemplateCodeMax = 15;

enum class HeaderKind {
    None,
    Text,
    Image,
    Video,
    Document,
    Location,
    Other, ///< Something newer: kept, and not filled in by the form.
};

enum class SlotKind {
    Text,
    Image, ///< A link; so are Video and Document.
    Video,
    Document,
    DocumentName, ///< What the file is called on the phone; of the Document before it.
    Latitude, ///< The four of a location header, in this order.
    Longitude,
    PlaceName,
    PlaceAddress,
    UrlSuffix,
    Payload, ///< What a quick reply tells the agent; without it, its label.
    CouponCode,
};

/// One value that a message gives to its template.
struct TemplateSlot {
    Part part = Part::Body;
    int index = 1; ///< Header and body: place among its placeholders, from 1. Button: from 0.
    SlotKind kind = SlotKind::Text;
    QString name; ///< Between the placeholder's braces; empty where there are none.
    QString example;
    int maxLength = 0; ///< Characters that the rest of the text leaves for it; 0: not known.
    bool optional = false; ///< An empty value is left out of the message.
    friend bool operator==(const TemplateSlot &, const TemplateSlot &) = default;
};

/// Whether a slot of this kind is in the same parameter as the slot before it.
[[nodiscard]] bool isContinuation(SlotKind kind);

/// A template in one language, as WhatsApp's management APIs describe it.
///
/// It is its own JSON document, in the form that Meta gives and Vonage passes on: what is
/// not understood, and the order of everything, stays as it was read.
class TemplateVersion
{
public:
    /// A text message without a body yet.
    TemplateVersion() = default;
    explicit TemplateVersion(JsonObject json);

    [[nodiscard]] const JsonObject &json() const { return m_json; }

    [[nodiscard]] QString locale() const;
    void setLocale(const QString &code);
    [[nodiscard]] QString category() const; ///< "MARKETING", "UTILITY", "AUTHENTICATION" or empty.
    void setCategory(const QString &category);
    [[nodiscard]] QString status() const; ///< "APPROVED", "PAUSED", ... or empty.
    void setName(const QString &name);

    /// Whether parameters are sent by name (`parameter_name`) instead of by position.
    [[nodiscard]] bool isNamed() const;

    [[nodiscard]] HeaderKind headerKind() const;
    [[nodiscard]] QString headerText() const; ///< Of a Text header.
    void setHeader(HeaderKind kind, const QString &text = {});
    /// Where an authentication template came without its fixed text, one with its place
    /// for the code.
    [[nodiscard]] QString bodyText() const;
    void setBodyText(const QString &text);
    [[nodiscard]] QString footerText() const;
    void setFooterText(const QString &text);

    [[nodiscard]] QList<TemplateButton> buttons() const;
    void addButton(const TemplateButton &button);
    /// Keeps what the button has beside these members.
    void setButton(int index, const TemplateButton &button);
    void removeButton(int index);

    /// What the form cannot fill in, as WhatsApp calls it: "CAROUSEL", "FLOW", ...
    [[nodiscard]] QStringList foreignParts() const;

    /// Every value that a message has to give, in the order of the wire.
    [[nodiscard]] QList<TemplateSlot> parameters() const;
    /// Sets the example of a header's or the body's placeholder, a URL's suffix or a code.
    void setExample(const TemplateSlot &slot, const QString &example);

    friend bool operator==(const TemplateVersion &, const TemplateVersion &) = default;

private:
    [[nodiscard]] const JsonObject *component(QLatin1StringView type) const;
    [[nodiscard]] JsonObject *component(QLatin1StringView type);
    JsonObject &makeComponent(QLatin1StringView type);
    void removeComponent(QLatin1StringView type);
    [[nodiscard]] const JsonArray *buttonList() const;
    [[nodiscard]] JsonArray *buttonList();
    [[nodiscard]] QString textOf(QLatin1StringView type) const;
    void setTextOf(QLatin1StringView type, const QString &text);
    void appendHeaderSlots(QList<TemplateSlot> &slotList) const;
    void appendBodySlots(QList<TemplateSlot> &slotList) const;
    void appendButtonSlots(QList<TemplateSlot> &slotList) const;

    JsonObject m_json;
};

} // namespace icebreaker
