#pragma once

#include "core/templateversion.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// A template in all its languages.
struct TemplateCard {
    QString name;
    QString namespaceId; ///< Empty if not known: only WhatsApp Manager tells it.
    QList<TemplateVersion> versions; ///< One for each language.
    JsonObject rest; ///< Members of a card's file that this program does not know.

    [[nodiscard]] QStringList locales() const;
    /// The version in this very language, or nullptr.
    [[nodiscard]] const TemplateVersion *version(const QString &locale) const;
    /// Replaces the version in that language, or adds it.
    void put(const TemplateVersion &version);

    /// As in the card's file: also something that readTemplates() understands.
    [[nodiscard]] JsonObject toJson() const;
    /// Nothing if the members that make a card are not there.
    [[nodiscard]] static std::optional<TemplateCard> fromJson(const JsonObject &json);

    friend bool operator==(const TemplateCard &, const TemplateCard &) = default;
};

} // namespace icebreaker
