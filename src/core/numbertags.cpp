#include "core/numbertags.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int ShownDigits = 4;
constexpr qsizetype HiddenDigits = 4; // at least
constexpr qsizetype Ending = 7;
constexpr qsizetype ShortestBare = 10; // without "+": shorter ones are order numbers and years
constexpr qsizetype ShortestEnding = 8; // without country code and leading zero
constexpr qsizetype MostSeparators = 2; // between two digits, as in ") "

std::optional<quint64> numberOf(QStringView digits)
{
    if (digits.size() < NumberTags::ShortestNumber || digits.size() > NumberTags::LongestNumber
        || digits.startsWith(u'0'))
        return std::nullopt;
    bool isNumber = false;
    const quint64 number = digits.toULongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

quint32 endingOf(QStringView digits)
{
    return digits.last(Ending).toUInt();
}

bool separatesDigits(QChar c)
{
    constexpr QStringView separators = u" -.()\u00a0\u2007\u202f\u2009\u2010\u2011\u2012\u2013"
                                       u"\u2014\u2212\u200b\u200c\u200d\u200e\u200f\u202a\u202b"
                                       u"\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff";
    return separators.contains(c);
}

bool isPlus(QChar c)
{
    return c == u'+' || c == u'\uff0b';
}

/// Digits of one text that belong together, with what stands around them.
struct DigitRun {
    QString digits;
    std::vector<qsizetype> places;

    [[nodiscard]] qsizetype begin() const { return places.front(); }
    [[nodiscard]] qsizetype end() const { return places.back() + 1; }
    void dropFirst(qsizetype count)
    {
        digits.remove(0, count);
        places.erase(places.begin(), places.begin() + count);
    }
};

DigitRun runAt(const QString &text, qsizetype at)
{
    DigitRun run;
    qsizetype separators = 0;
    for (qsizetype i = at; i < text.size() && separators <= MostSeparators; ++i) {
        const int value = text.at(i).digitValue();
        if (value >= 0) {
            run.digits.append(QChar(u'0' + value));
            run.places.push_back(i);
            separators = 0;
        } else if (separatesDigits(text.at(i))) {
            ++separators;
        } else {
            break;
        }
    }
    return run;
}

/// "2026-11-23", "23.11.2026": how many digits of the run it takes.
qsizetype dateDigits(const QString &text, const DigitRun &run)
{
    static const QRegularExpression date(
        uR"(\A(?:(?:19|20)\d\d([-./])[01]\d\1[0-3]\d|[0-3]\d([-./])[01]\d\2(?:19|20)\d\d)(?!\d))"_s);
    constexpr qsizetype length = 10;
    constexpr qsizetype digits = 8;
    const QStringView head = QStringView(text).sliced(run.begin()).left(length + 1);
    return date.match(head.toString()).hasMatch() ? digits : 0;
}

bool isAddress(const QString &text, const DigitRun &run)
{
    static const QRegularExpression address(uR"(\A\d{1,3}(?:\.\d{1,3}){3}\z)"_s);
    return address.match(text.sliced(run.begin(), run.end() - run.begin())).hasMatch();
}

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

/// 2020-01-01 to 2034-12-31 UTC.
bool mayBeTime(const QString &digits)
{
    constexpr qsizetype secondsDigits = 10;
    constexpr qsizetype millisecondsDigits = 13;
    if (digits.size() != secondsDigits && digits.size() != millisecondsDigits)
        return false;
    const qint64 value = digits.first(secondsDigits).toLongLong();
    return value >= 1'577'836'800 && value < 2'051'222'400;
}

class NumberSearch
{
public:
    NumberSearch(const QString &text, const NumberTags &tags, bool mayBeTimes)
        : m_text(text)
        , m_tags(tags)
        , m_mayBeTimes(mayBeTimes)
    { }

    QList<FoundNumber> take()
    {
        for (qsizetype at = 0; at < m_text.size();) {
            if (m_text.at(at).digitValue() < 0) {
                ++at;
                continue;
            }
            DigitRun run = runAt(m_text, at);
            at = run.end();
            if (run.digits.size() >= NumberTags::ShortestNumber)
                look(std::move(run));
        }
        return m_found;
    }

private:
    void look(DigitRun run)
    {
        if (lookForKnown(run))
            return;
        if (const qsizetype date = dateDigits(m_text, run); date > 0) {
            run.dropFirst(date);
            if (run.digits.size() >= NumberTags::ShortestNumber)
                look(std::move(run));
            return;
        }
        const bool international = hasPlus(run) || run.digits.startsWith("00"_L1);
        if (run.digits.size() > NumberTags::LongestNumber) {
            lookAtLong(std::move(run), international);
            return;
        }
        QString digits = run.digits;
        while (international && digits.startsWith(u'0'))
            digits.remove(0, 1);
        if (digits.size() < (international ? NumberTags::ShortestNumber : ShortestBare))
            return;
        if (!international && looksOtherwise(run))
            return;
        add(run, 0, run.digits.size(), digits);
    }

    /// Several numbers in a row, or no number at all.
    void lookAtLong(DigitRun run, bool international)
    {
        if (international) {
            add(run, 0, NumberTags::LongestNumber, run.digits.first(NumberTags::LongestNumber));
            run.dropFirst(NumberTags::LongestNumber);
            if (run.digits.size() >= NumberTags::ShortestNumber)
                look(std::move(run));
            return;
        }
        DigitRun part;
        for (std::size_t i = 0; i < run.places.size(); ++i) {
            const qsizetype gap = part.places.empty() ? 0 : run.places[i] - part.end();
            if (QStringView(m_text).sliced(run.places[i] - gap, gap).contains(u' ')) {
                lookAtPart(part);
                part = {};
            }
            part.digits.append(run.digits.at(static_cast<qsizetype>(i)));
            part.places.push_back(run.places[i]);
        }
        lookAtPart(part);
    }
    void lookAtPart(const DigitRun &part)
    {
        if (part.digits.size() >= NumberTags::ShortestNumber
            && part.digits.size() <= NumberTags::LongestNumber)
            look(part);
    }

    /// Also two numbers beside each other, and one inside of more digits.
    bool lookForKnown(const DigitRun &run)
    {
        bool any = false;
        for (qsizetype from = 0; from + NumberTags::ShortestNumber <= run.digits.size();) {
            const qsizetype length = knownAt(run.digits, from);
            if (length > 0) {
                add(run, from, length, run.digits.sliced(from, length));
                any = true;
            }
            from += std::max<qsizetype>(length, 1);
        }
        if (any)
            return true;
        const QString whole = m_tags.wholeNumber(run.digits);
        if (!whole.isEmpty())
            add(run, 0, run.digits.size(), whole);
        return !whole.isEmpty();
    }
    /// How long the longest known number is that begins at a digit.
    [[nodiscard]] qsizetype knownAt(const QString &digits, qsizetype from) const
    {
        if (m_tags.count() == 0)
            return 0;
        const qsizetype most = std::min(NumberTags::LongestNumber, digits.size() - from);
        for (qsizetype length = most; length >= NumberTags::ShortestNumber; --length) {
            if (m_tags.knows(QStringView(digits).sliced(from, length)))
                return length;
        }
        return 0;
    }

    [[nodiscard]] bool looksOtherwise(const DigitRun &run)
    {
        const qsizetype before = run.begin() - 1;
        if (before >= 0 && (isWordCharacter(m_text.at(before)) || m_text.at(before) == u'#'))
            return true;
        if (run.end() < m_text.size() && isWordCharacter(m_text.at(run.end())))
            return true;
        const bool isFraction = QStringView(m_text).sliced(run.begin()).startsWith(u"0.");
        return isFraction || (m_mayBeTimes && mayBeTime(run.digits)) || isAddress(m_text, run)
            || isInUuid(run);
    }
    [[nodiscard]] bool isInUuid(const DigitRun &run) const
    {
        static const QRegularExpression uuid(
            uR"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"_s);
        constexpr qsizetype length = 36;
        const qsizetype from = std::max<qsizetype>(0, run.begin() - length);
        const QString around =
            m_text.sliced(from, std::min(m_text.size() - from, run.end() - from + length));
        for (auto matches = uuid.globalMatch(around); matches.hasNext();) {
            const auto match = matches.next();
            if (from + match.capturedStart() <= run.begin()
                && from + match.capturedEnd() >= run.end())
                return true;
        }
        return false;
    }
    [[nodiscard]] bool hasPlus(const DigitRun &run) const { return plusBefore(run.begin()) >= 0; }
    /// Where the "+" stands; -1 if there is none.
    [[nodiscard]] qsizetype plusBefore(qsizetype place) const
    {
        qsizetype at = place - 1;
        for (qsizetype i = 0; i < MostSeparators && at >= 0 && separatesDigits(m_text.at(at)); ++i)
            --at;
        return at >= 0 && isPlus(m_text.at(at)) ? at : -1;
    }

    void add(const DigitRun &run, qsizetype from, qsizetype length, const QString &digits)
    {
        qsizetype begin = run.places[static_cast<std::size_t>(from)];
        if (const qsizetype plus = plusBefore(begin); plus >= 0)
            begin = plus;
        m_found.append(
            {begin, run.places[static_cast<std::size_t>(from + length - 1)] + 1, digits});
    }

    const QString &m_text;
    const NumberTags &m_tags;
    bool m_mayBeTimes;
    QList<FoundNumber> m_found;
};

} // namespace

int callingCodeLength(QStringView digits)
{
    if (digits.isEmpty() || digits.startsWith(u'0'))
        return 0;
    if (digits.startsWith(u'1') || digits.startsWith(u'7'))
        return 1;
    constexpr std::array two{20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46,
                             47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63,
                             64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98};
    const bool isTwo = std::find(two.begin(), two.end(), digits.left(2).toInt()) != two.end();
    return isTwo ? 2 : 3;
}

QString shortenedNumber(QStringView digits)
{
    const qsizetype code = std::min<qsizetype>(callingCodeLength(digits), digits.size());
    const qsizetype shown =
        std::clamp<qsizetype>(digits.size() - code - HiddenDigits, 0, ShownDigits);
    QString text = code > 0 ? u"+"_s : QString();
    return text.append(digits.left(code)).append(u'\u2026').append(digits.last(shown));
}

void NumberTags::learn(QStringView digits)
{
    const auto number = numberOf(digits);
    if (!number || m_tags.contains(*number))
        return;
    m_tags.insert(*number, static_cast<int>(m_tags.size()) + 1);
    m_endings.insert(endingOf(digits), *number);
}

bool NumberTags::knows(QStringView digits) const
{
    const auto number = numberOf(digits);
    return number && m_tags.contains(*number);
}

QString NumberTags::wholeNumber(QStringView digits) const
{
    const bool hadZero = digits.startsWith(u'0');
    while (digits.startsWith(u'0'))
        digits = digits.sliced(1);
    if (digits.size() < (hadZero ? Ending : ShortestEnding) || digits.size() > LongestNumber)
        return {};
    const auto candidates = m_endings.values(endingOf(digits));
    for (const quint64 candidate : candidates) {
        QString whole = QString::number(candidate);
        if (whole.endsWith(digits))
            return whole;
    }
    return {};
}

QString NumberTags::tagged(QStringView digits)
{
    learn(digits);
    const auto number = numberOf(digits);
    const int tag = number ? m_tags.value(*number) : 0;
    return tag > 0 ? shortenedNumber(digits) + u'#' + QString::number(tag)
                   : shortenedNumber(digits);
}

QList<FoundNumber> findNumbers(const QString &text, const NumberTags &tags, bool mayBeTimes)
{
    return NumberSearch(text, tags, mayBeTimes).take();
}

} // namespace icebreaker
