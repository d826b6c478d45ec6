#include "store/logfilter.h"

#include "core/endpoint.h"
#include "store/filtertokens.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Nobody types more, and SQLite refuses patterns beyond 50,000 bytes.
constexpr qsizetype LongestValue = 1000;

/// Sets @p member once; the same value again is harmless, another one cannot hold too.
template <typename Member, typename Value>
bool setOnce(Member &member, const Value &value)
{
    if (member != Member() && member != Member(value))
        return false;
    member = value;
    return true;
}

/// The digits of a number as people write it: `+44 (79) 46-0` becomes `4479460`.
QString digitsOf(const QString &value)
{
    QString digits;
    for (const QChar c : value) {
        if (c >= u'0' && c <= u'9')
            digits += c;
        else if (!u"+-(). "_s.contains(c))
            return {};
    }
    return digits;
}

bool setTo(LogFilter &filter, const QString &value)
{
    const QString digits = digitsOf(value);
    return !digits.isEmpty() && setOnce(filter.to, digits);
}

bool setRegion(LogFilter &filter, const QString &value)
{
    const QString lower = value.toLower();
    return regionFromName(lower) && setOnce(filter.region, lower);
}

bool setStatus(LogFilter &filter, const QString &value)
{
    constexpr int lowest = 100;
    constexpr int highest = 599;
    bool isNumber = false;
    const int status = value.toInt(&isNumber);
    return isNumber && status >= lowest && status <= highest && setOnce(filter.status, status);
}

bool setBatch(LogFilter &filter, const QString &value)
{
    bool isNumber = false;
    const qint64 batch = value.toLongLong(&isNumber);
    return isNumber && batch > 0 && setOnce(filter.batch, batch);
}

bool addOutcomes(LogFilter &filter, const QString &value)
{
    const QStringList names = value.toLower().split(u',');
    for (const QString &name : names) {
        const auto outcome = outcomeFromName(name);
        if (outcome && !filter.outcomes.contains(*outcome))
            filter.outcomes.append(*outcome);
        else if (name == "in_flight"_L1)
            filter.inFlight = true;
        else if (!outcome)
            return false;
    }
    return true;
}

/// What a word of `delivery:` stands for; empty if it is none.
QList<DeliveryStatus> deliveriesFromName(const QString &name)
{
    using enum DeliveryStatus;
    static const QHash<QString, QList<DeliveryStatus>> names{
        {u"none"_s, {None}},
        {u"submitted"_s, {Submitted}},
        {u"delivered"_s, {Delivered}},
        {u"read"_s, {Read}},
        {u"failed"_s, {Rejected, Undeliverable, Failed}},
        {u"rejected"_s, {Rejected}},
        {u"undeliverable"_s, {Undeliverable}},
        {u"other"_s, {Other}},
    };
    return names.value(name);
}

bool addDeliveries(LogFilter &filter, const QString &value)
{
    const QStringList names = value.toLower().split(u',');
    for (const QString &name : names) {
        const QList<DeliveryStatus> statuses = deliveriesFromName(name);
        if (statuses.isEmpty() && name != "guessed"_L1)
            return false;
        filter.guessedDelivery = filter.guessedDelivery || statuses.isEmpty();
        for (const DeliveryStatus status : statuses) {
            if (!filter.deliveries.contains(status))
                filter.deliveries.append(status);
        }
    }
    return true;
}

bool setUnread(LogFilter &filter, const QString &value)
{
    using std::chrono::minutes;
    static const QRegularExpression form(u"^([1-9][0-9]{0,5})([mhd])$"_s);
    const auto match = form.match(value.toLower());
    if (!match.hasMatch())
        return false;
    const QString unit = match.captured(2);
    const minutes one = unit == "m"_L1 ? minutes(1)
        : unit == "h"_L1               ? minutes(std::chrono::hours(1))
                                       : minutes(std::chrono::hours(24));
    const minutes time = one * match.captured(1).toInt();
    constexpr minutes longest = std::chrono::hours(24 * 366);
    return time <= longest && setOnce(filter.unread, time);
}

bool addCodes(LogFilter &filter, const QString &value)
{
    static const QRegularExpression form(u"^[A-Za-z0-9_-]{1,40}$"_s);
    const QStringList codes = value.split(u',');
    for (const QString &code : codes) {
        if (!form.match(code).hasMatch())
            return false;
        if (!filter.codes.contains(code))
            filter.codes.append(code);
    }
    return true;
}

/// Whether there is any time at all between the two.
bool isPossible(const LogFilter &filter)
{
    const QDateTime now = QDateTime::currentDateTime();
    return !filter.since || !filter.until
        || beginOf(*filter.since, now) < endOf(*filter.until, now);
}

bool setSince(LogFilter &filter, const QString &value)
{
    const auto moment = readFilterMoment(value);
    return moment && setOnce(filter.since, *moment) && isPossible(filter);
}

bool setUntil(LogFilter &filter, const QString &value)
{
    const auto moment = readFilterMoment(value);
    return moment && setOnce(filter.until, *moment) && isPossible(filter);
}

bool narrowTook(LogFilter &filter, const QString &value)
{
    auto span = readFilterSpan(value);
    if (!span)
        return false;
    if (filter.took) {
        span->least = std::max(span->least, filter.took->least);
        if (filter.took->most)
            span->most = std::min(*filter.took->most, span->most.value_or(*filter.took->most));
    }
    filter.took = span;
    return !span->isEmpty();
}

struct Key {
    QLatin1StringView name;
    bool (*apply)(LogFilter &, const QString &value) = nullptr;
};

constexpr std::array Keys{
    Key{QLatin1StringView("to"), setTo},
    Key{QLatin1StringView("agent"),
        [](LogFilter &filter, const QString &value) { return setOnce(filter.agent, value); }},
    Key{QLatin1StringView("template"),
        [](LogFilter &filter, const QString &value) {
            return setOnce(filter.templateName, value);
        }},
    Key{QLatin1StringView("locale"),
        [](LogFilter &filter, const QString &value) { return setOnce(filter.locale, value); }},
    Key{QLatin1StringView("profile"),
        [](LogFilter &filter, const QString &value) { return setOnce(filter.profile, value); }},
    Key{QLatin1StringView("region"), setRegion},
    Key{QLatin1StringView("status"), setStatus},
    Key{QLatin1StringView("batch"), setBatch},
    Key{QLatin1StringView("outcome"), addOutcomes},
    Key{QLatin1StringView("delivery"), addDeliveries},
    Key{QLatin1StringView("unread"), setUnread},
    Key{QLatin1StringView("code"), addCodes},
    Key{QLatin1StringView("since"), setSince},
    Key{QLatin1StringView("until"), setUntil},
    Key{QLatin1StringView("took"), narrowTook},
};

std::optional<FilterError> apply(LogFilter &filter, QStringList &words, const FilterToken &token)
{
    const FilterError badValue{FilterError::BadValue, token.raw, token.key};
    if (token.isBroken || token.value.isEmpty() || token.value.size() > LongestValue)
        return badValue;
    if (token.key.isEmpty()) {
        words.append(filterValue(token.value));
        return std::nullopt;
    }
    const auto *key = std::find_if(Keys.begin(), Keys.end(),
                                   [&](const Key &entry) { return entry.name == token.key; });
    if (key == Keys.end())
        return FilterError{FilterError::UnknownKey, token.raw, token.key};
    if (key->apply(filter, token.value))
        return std::nullopt;
    LogFilter alone;
    const auto kind =
        key->apply(alone, token.value) ? FilterError::Contradiction : FilterError::BadValue;
    return FilterError{kind, token.raw, token.key};
}

} // namespace

tl::expected<LogFilter, FilterError> parseLogFilter(const QString &text)
{
    LogFilter filter;
    QStringList words;
    const QList<FilterToken> list = filterTokens(text);
    for (const FilterToken &token : list) {
        if (const auto error = apply(filter, words, token))
            return tl::unexpected(*error);
    }
    filter.text = words.join(u' ');
    return filter;
}

QStringList filterKeys()
{
    QStringList names;
    for (const Key &key : Keys)
        names.append(key.name);
    return names;
}

QStringList filterWords(const QString &text)
{
    QStringList words;
    const QList<FilterToken> list = filterTokens(text);
    for (const FilterToken &token : list) {
        // Outside of a filter box a key is just text.
        const QString word = token.key.isEmpty() ? token.value : token.raw;
        if (!word.isEmpty())
            words.append(word);
    }
    return words;
}

} // namespace icebreaker
