#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringView>

namespace icebreaker {

/// How many digits of @p digits are the country's calling code: 1 to 3, by the list of ITU-T
/// E.164 (assigned country codes, 2016); 0 for an empty text or a leading 0.
[[nodiscard]] int callingCodeLength(QStringView digits);

/// A number that can still be told from others by who knows it: country code and last four
/// digits, "+44…0958". At least four digits are always hidden, so a short one shows less.
/// @param digits  country code and number
[[nodiscard]] QString shortenedNumber(QStringView digits);

/// Gives each phone number a short name, the same wherever it occurs: `+44…0958#3`.
///
/// Knows a number again with or without its country code. Needs some 50 bytes per number.
class NumberTags
{
public:
    /// A number of less digits, such as a service's code, is nobody's.
    static constexpr qsizetype ShortestNumber = 7;
    static constexpr qsizetype LongestNumber = 15; ///< ITU-T E.164, 6.2.1.

    /// Notes that these digits are somebody's phone number, with country code. Anything that
    /// is too short or too long is ignored.
    void learn(QStringView digits);
    [[nodiscard]] bool knows(QStringView digits) const;
    /// The known number that ends with these digits, which may lack the country code and have
    /// leading zeros; empty if there is none.
    [[nodiscard]] QString wholeNumber(QStringView digits) const;
    /// Its name; learns the number.
    [[nodiscard]] QString tagged(QStringView digits);

    [[nodiscard]] qsizetype count() const { return m_tags.size(); }

private:
    QHash<quint64, int> m_tags; ///< By number; no number begins with 0.
    QMultiHash<quint32, quint64> m_endings; ///< By the last seven digits.
};

/// A phone number in a text.
struct FoundNumber {
    qsizetype begin = 0;
    qsizetype end = 0; ///< Behind it, with a "+" before and separators within.
    QString digits; ///< With country code where that is known.
};

/// Looks for phone numbers: those that @p tags knows wherever their digits are, in any
/// script, with separators or without, and what looks like one: behind "+" or "00", or 10 to
/// 15 digits that are no part of a word, a UUID, a date, an IP address or a fraction.
/// @param mayBeTimes  numbers that could be a Unix time (2020 to 2034, seconds or
///                    milliseconds) are none, unless known
[[nodiscard]] QList<FoundNumber> findNumbers(const QString &text, const NumberTags &tags,
                                             bool mayBeTimes = true);

} // namespace icebreaker
