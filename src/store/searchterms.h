#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// What must occur in a send's text: any of these, in lower case. A number may be typed in
/// several ways, hence more than one.
struct SearchTerm {
    QStringList anyOf;
    friend bool operator==(const SearchTerm &, const SearchTerm &) = default;
};

/// The terms of LogFilter::text, all of which must occur. Each word or phrase is one, found
/// wherever it stands, also inside of a word. Numbers are told by their look:
/// - `+44 7700 900958` is one number, searched without plus and spaces;
/// - a phrase of digits, `"900 958"`, also stands for those digits in a row;
/// - one that begins with 0, or 00, as dialled at home, or abroad, stands for it without, too.
[[nodiscard]] QList<SearchTerm> searchTerms(const QString &text);

/// What is searched of JSON or any other text: escapes like `\u00e9`, `\/` and `\n` are read,
/// characters are in lower case, and control characters are spaces.
[[nodiscard]] QString searchedText(const QByteArray &bytes);

/// Whether every term occurs in @p text, which is in lower case.
[[nodiscard]] bool containsTerms(const QString &text, const QList<SearchTerm> &terms);

/// Whether SQL's LIKE alone can tell: ASCII letters and digits, which nobody escapes.
[[nodiscard]] bool isPlain(const SearchTerm &term);

} // namespace icebreaker
