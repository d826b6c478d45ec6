#pragma once

#include "core/explanation.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// A text of the catalogue in the user's language. The texts themselves are data; what
/// lupdate finds is words/cataloguetexts.cpp, which the target update_translations renews.
[[nodiscard]] QString catalogueText(const QString &english);

/// All texts of the built-in catalogue, as lupdate finds them.
[[nodiscard]] QStringList cataloguedTexts();

/// The texts of @p catalogue that people see.
[[nodiscard]] QStringList textsOf(const Catalogue &catalogue);

/// One labelled answer. The symbol says the same as the words, for a quick look.
struct LabelledAnswer {
    QString label; ///< "Did it reach the recipient?"
    QString symbol; ///< One character; empty where there is nothing to tell apart.
    QString text;
};

/// "Meta 131026: The message cannot be delivered".
[[nodiscard]] QString entryTitle(const AppliedEntry &applied);

/// What it means, whether it reached anybody, whether sending again is safe, whose move it
/// is, the next step: always these five, in this order.
[[nodiscard]] QList<LabelledAnswer> fiveAnswers(const Explanation &explanation);

/// "Vonage 9999 is not in the catalogue."; empty if there is no such code.
[[nodiscard]] QString unknownCodesText(const Explanation &explanation);

[[nodiscard]] QString reachedText(Reached reached);
[[nodiscard]] QString againText(Again again);
[[nodiscard]] QString moverText(Mover mover);
[[nodiscard]] QString certaintyText(Certainty certainty);
/// "Documented: Vonage, Messages API error codes".
[[nodiscard]] QString sourceText(const CatalogueEntry &entry);
/// What the menu says, with a mnemonic.
[[nodiscard]] QString actionText(NextAction action);
/// What a button in a narrow row says.
[[nodiscard]] QString shortActionText(NextAction action);

/// For the summary of a support bundle. What came from outside is escaped.
/// @param note  of the user on the first entry, or empty
[[nodiscard]] QString explanationMarkdown(const Explanation &explanation, const QString &note = {});
[[nodiscard]] QString explanationText(const Explanation &explanation, const QString &note = {});

} // namespace icebreaker
