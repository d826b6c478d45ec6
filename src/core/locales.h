#pragma once

#include <QList>
#include <QString>

namespace icebreaker {

struct TemplateLocale {
    QString code; ///< As WhatsApp spells it: case-sensitive, underscore, e.g. "pt_BR".
    QString language; ///< English name.
};

/// The language codes of WhatsApp templates, in order of their names. Data and source:
/// resources/locales.json. Advice only: Meta adds codes from time to time.
[[nodiscard]] const QList<TemplateLocale> &templateLocales();

/// The listed code that @p code was probably meant to be ("pt-br" gives "pt_BR"), or
/// an empty text. A listed code gives itself.
[[nodiscard]] QString closestLocale(const QString &code);

} // namespace icebreaker
