#pragma once

#include <QList>
#include <QString>

class QWidget;

namespace icebreaker {

/// What a field is, for "What's this?".
struct FieldHelp {
    QString widget; ///< "Scope.field": object names of an ancestor and of the field.
    QString apiName; ///< The API's word for it, e.g. "agent_id"; empty if it has none.
    QString title; ///< As people call it.
    QString text; ///< A few sentences.
    QString place; ///< In the manual: "page#heading".
    QString official; ///< The provider's own page; empty for none.
};

/// All of them; the only place for these texts.
[[nodiscard]] const QList<FieldHelp> &fieldHelps();

/// The help of @p widget itself, or nullptr.
[[nodiscard]] const FieldHelp *fieldHelp(const QWidget &widget);
/// That of @p widget or of the field that it is a part of, as a table's editor is.
[[nodiscard]] const FieldHelp *fieldHelpAround(const QWidget *widget);

/// As HTML, with a link to the manual ("manual:PLACE") and one to the official page.
[[nodiscard]] QString whatsThisHtml(const FieldHelp &help);

/// Where the manual tells of @p widget: the dynamic property "manualPage" of it or of the
/// nearest parent that has one, or what is known of that by name; "first-steps" otherwise.
[[nodiscard]] QString manualPlaceOf(const QWidget *widget);

} // namespace icebreaker
