#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// One `{{1}}` or `{{first_name}}` in a template's text.
struct Placeholder {
    QString name; ///< Between the braces, without blanks.
    qsizetype start = 0; ///< Of the braces, in UTF-16 code units.
    qsizetype length = 0; ///< With the braces.
    friend bool operator==(const Placeholder &, const Placeholder &) = default;
};

/// Every occurrence, in the order of the text.
[[nodiscard]] QList<Placeholder> findPlaceholders(const QString &text);

/// Each name once, in the order in which the API wants their values: numbers by their
/// size, then names as they come.
[[nodiscard]] QStringList placeholderNames(const QString &text);

/// Whether a template with this text has named parameters (`{{first_name}}`).
[[nodiscard]] bool hasNamedPlaceholders(const QString &text);

enum class TextMark : char {
    Plain, ///< The template's own words.
    Filled, ///< A value in the place of a placeholder.
    Open, ///< A placeholder that has no value yet.
};

/// A template's text with values in it.
struct HydratedText {
    QString text;
    QList<TextMark> marks; ///< One for each code unit of the text.
};

/// @param values  by placeholder name; an absent or empty one leaves the placeholder
[[nodiscard]] HydratedText hydrated(const QString &text, const QMap<QString, QString> &values);

/// Characters as WhatsApp counts them: code points.
[[nodiscard]] int characterCount(const QString &text);

} // namespace icebreaker
