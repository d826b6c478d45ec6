#include "core/ratelimitfields.h"

#include "core/structuredfield.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Wait = std::optional<milliseconds>;

/// Larger numbers in X-RateLimit-Reset are moments, not waits: 2001-09-09 in Unix
/// time, or a wait of 31 years.
constexpr qint64 FirstMoment = 1'000'000'000;
/// And from here on they count milliseconds: 2001 again, or the year 33658 in seconds.
constexpr qint64 FirstMomentInMs = 1'000'000'000'000;

Wait capped(qint64 secs)
{
    constexpr qint64 most = seconds(LongestWait).count();
    return milliseconds(seconds(std::clamp<qint64>(secs, 0, most)));
}

/// A run of ASCII digits; one that is too long for the type gives its largest value.
std::optional<qint64> digits(const QByteArray &text)
{
    const bool wellFormed = !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!wellFormed)
        return std::nullopt;
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    return fits ? number : std::numeric_limits<qint64>::max();
}

/// The two-digit year of the RFC 850 form: never more than 50 years ahead (RFC 9110, 5.6.7).
int fullYear(int twoDigits, int thisYear)
{
    const int year = thisYear - thisYear % 100 + twoDigits;
    return year > thisYear + 50 ? year - 100 : year;
}

/// The server's own clock where it tells it.
QDateTime clockOf(const HttpHeaders &headers, const QDateTime &now)
{
    const QDateTime date = httpDate(headerValue(headers, "Date").trimmed(), now);
    return date.isValid() ? date : now;
}

Wait fromRetryAfter(const HttpHeaders &headers, const QDateTime &now)
{
    const QByteArray value = headerValue(headers, "Retry-After").trimmed();
    if (const auto secs = digits(value))
        return capped(*secs);
    const QDateTime until = httpDate(value, now);
    if (!until.isValid())
        return std::nullopt;
    return capped(clockOf(headers, now).secsTo(until));
}

Wait fromRateLimit(const HttpHeaders &headers)
{
    const auto items = parseStructuredList(fieldValue(headers, "RateLimit"));
    if (!items)
        return std::nullopt;
    Wait longest;
    for (const StructuredItem &item : *items) {
        const auto remaining = item.integer("r");
        const auto reset = item.integer("t");
        if (!remaining || *remaining < 0 || (item.has("t") && (!reset || *reset < 0)))
            return std::nullopt;
        if (*remaining == 0 && reset)
            longest = std::max(longest, capped(*reset)); // an empty optional is the smallest
    }
    return longest;
}

Wait fromReset(const HttpHeaders &headers)
{
    const auto remaining = digits(headerValue(headers, "RateLimit-Remaining").trimmed());
    const auto reset = digits(headerValue(headers, "RateLimit-Reset").trimmed());
    if (remaining != 0 || !reset)
        return std::nullopt;
    return capped(*reset);
}

Wait fromUnofficialReset(const HttpHeaders &headers, const QDateTime &now)
{
    const QByteArray left = headerValue(headers, "X-RateLimit-Remaining").trimmed();
    const auto reset = digits(headerValue(headers, "X-RateLimit-Reset").trimmed());
    if ((!left.isEmpty() && digits(left) != 0) || !reset)
        return std::nullopt;
    if (*reset < FirstMoment)
        return capped(*reset);
    const qint64 moment = *reset < FirstMomentInMs ? *reset : *reset / 1000;
    return capped(moment - clockOf(headers, now).toSecsSinceEpoch());
}

} // namespace

QDateTime httpDate(const QByteArray &text, const QDateTime &now)
{
    static const QRegularExpression fixdate(
        u"^[A-Z][a-z]{2}, (?<day>\\d\\d) (?<month>[A-Z][a-z]{2}) "
        "(?<year>\\d{4}) (?<time>\\d\\d:\\d\\d:\\d\\d) GMT$"_s);
    static const QRegularExpression rfc850(
        u"^[A-Z][a-z]{5,8}, (?<day>\\d\\d)-(?<month>[A-Z][a-z]{2})-"
        "(?<year>\\d\\d) (?<time>\\d\\d:\\d\\d:\\d\\d) GMT$"_s);
    static const QRegularExpression asctime(
        u"^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \\d]\\d) "
        "(?<time>\\d\\d:\\d\\d:\\d\\d) (?<year>\\d{4})$"_s);
    static const QStringList months{u"Jan"_s, u"Feb"_s, u"Mar"_s, u"Apr"_s, u"May"_s, u"Jun"_s,
                                    u"Jul"_s, u"Aug"_s, u"Sep"_s, u"Oct"_s, u"Nov"_s, u"Dec"_s};

    const QString line = QString::fromLatin1(text);
    for (const auto &form : {fixdate, rfc850, asctime}) {
        const auto match = form.match(line);
        if (!match.hasMatch())
            continue;
        int year = match.captured(u"year").toInt();
        if (form == rfc850)
            year = fullYear(year, now.toUTC().date().year());
        const auto month = static_cast<int>(months.indexOf(match.captured(u"month"))) + 1;
        const QDate date(year, month, match.captured(u"day").trimmed().toInt());
        const QTime time = QTime::fromString(match.captured(u"time"), u"hh:mm:ss"_s);
        return date.isValid() && time.isValid() ? QDateTime(date, time, Qt::UTC) : QDateTime();
    }
    return {};
}

std::optional<milliseconds> retryAfter(const HttpHeaders &headers, const QDateTime &now)
{
    if (const Wait wait = fromRetryAfter(headers, now))
        return wait;
    if (const Wait wait = fromRateLimit(headers))
        return wait;
    if (const Wait wait = fromReset(headers))
        return wait;
    return fromUnofficialReset(headers, now);
}

} // namespace icebreaker
