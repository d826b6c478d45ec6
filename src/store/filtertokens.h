#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace icebreaker {

/// One piece of a filter's text, as parseLogFilter() divides it: white space separates,
/// double quotes hold together.
struct FilterToken {
    qsizetype start = 0; ///< Of `raw` in the text.
    QString raw; ///< As typed.
    QString key; ///< Before the colon, lower case; empty for free text.
    QString value; ///< Without quotes.
    bool isBroken = false; ///< A quote is not closed, or something sticks to it.
};

[[nodiscard]] QList<FilterToken> filterTokens(QStringView text);

/// The length of `key:` at @p pos, or 0 if free text starts there.
[[nodiscard]] qsizetype filterKeyLength(QStringView text, qsizetype pos);

/// @p value so that it is one token's value: in quotes if it has to be.
[[nodiscard]] QString filterValue(const QString &value);

/// `key:value`, as one token.
[[nodiscard]] QString filterToken(const QString &key, const QString &value);

/// @p text without what stands between @p start and @p start + @p length, and without the
/// white space that is one too many then.
[[nodiscard]] QString withoutFilterToken(const QString &text, qsizetype start, qsizetype length);

/// @p text with @p tokens in place of all that have the same keys, at its end.
[[nodiscard]] QString withFilterTokens(QString text, const QString &tokens);

} // namespace icebreaker
