#pragma once

#include "core/placeholders.h"
#include "core/templatecard.h"

#include <QList>
#include <QStringList>

namespace icebreaker {

/// The values that a request's components give to a template.
struct SlotValues {
    QStringList values; ///< One for each of TemplateVersion::parameters(); empty if absent.
    QList<int> rows; ///< Its row in OutboundRequest::parameters(), or -1.
    int unused = 0; ///< Parameters that the template has no place for.
    int misnamed = 0; ///< Without their name in a template with names, or the other way round.
};

/// @param components  as in a request; nullptr if it has none
[[nodiscard]] SlotValues slotValues(const TemplateVersion &version, const JsonArray *components);

/// The components of a request with these values, each of the template's parameters in its
/// place. What @p before has for a value that stays the same is kept as it is, and so are
/// its components that the form does not know, such as a carousel's. Everything else that
/// the template has no place for is left out.
[[nodiscard]] JsonArray filledComponents(const TemplateVersion &version, const QStringList &values,
                                         const JsonArray *before = nullptr);

/// What stands in the place of the placeholders of the header, the body or the URL of the
/// button @p index.
[[nodiscard]] QMap<QString, QString> placeholderValues(const TemplateVersion &version,
                                                       const QStringList &values, Part part,
                                                       int button = 0);

/// A message as its recipient will see it.
struct RenderedButton {
    ButtonKind kind = ButtonKind::QuickReply;
    QString label;
    HydratedText target; ///< URL or phone number.
    QString value; ///< Payload or code.
};
struct RenderedMessage {
    HeaderKind header = HeaderKind::None;
    HydratedText headerText;
    QString mediaLink;
    QString mediaName; ///< Of a document, if the message gives it.
    QString placeName;
    QString placeAddress;
    HydratedText body;
    QString footer;
    QList<RenderedButton> buttons;
};
[[nodiscard]] RenderedMessage rendered(const TemplateVersion &version, const QStringList &values);

} // namespace icebreaker
