#include "store/filtermoment.h"

#include <QHash>
#include <QRegularExpression>

#include <cmath>

namespace icebreaker {

using namespace Qt::StringLiterals;
using std::chrono::microseconds;
using std::chrono::minutes;

namespace {

constexpr minutes LongestAgo = std::chrono::hours(24 * 3660);
constexpr double LongestSpanUs = 86'400e6;

std::optional<FilterMoment> readAgo(const QString &text)
{
    static const QRegularExpression form(u"^([1-9][0-9]{0,6})([mhdw])$"_s);
    static const QHash<QString, minutes> units{{u"m"_s, minutes(1)},
                                               {u"h"_s, minutes(60)},
                                               {u"d"_s, std::chrono::hours(24)},
                                               {u"w"_s, std::chrono::hours(24 * 7)}};
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    FilterMoment moment;
    moment.ago = units.value(match.captured(2)) * match.captured(1).toInt();
    return *moment.ago <= LongestAgo ? std::optional(moment) : std::nullopt;
}

QTime readTime(const QString &text)
{
    static const QRegularExpression form(u"^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$"_s);
    if (!form.match(text).hasMatch())
        return {};
    const auto parts = text.split(u':');
    return {parts.at(0).toInt(), parts.at(1).toInt(), parts.value(2, u"0"_s).toInt()};
}

QDate dayOf(const FilterMoment &moment, const QDateTime &now)
{
    return moment.daysAgo ? now.toLocalTime().date().addDays(-*moment.daysAgo) : moment.date;
}

/// @return nothing if @p text is no time with a unit
std::optional<microseconds> readDuration(const QString &text)
{
    static const QRegularExpression form(u"^([0-9]{1,9}(?:\\.[0-9]{1,6})?)(ms|s|m)$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString unit = match.captured(2);
    const double factor = unit == "ms"_L1 ? 1e3 : unit == "s"_L1 ? 1e6 : 60e6;
    const double us = match.captured(1).toDouble() * factor;
    return us <= LongestSpanUs ? std::optional(microseconds(std::llround(us))) : std::nullopt;
}

std::optional<FilterSpan> readRange(const QString &text)
{
    const auto ends = text.split(u".."_s);
    if (ends.size() != 2)
        return std::nullopt;
    const auto least = readDuration(ends.first());
    const auto most = readDuration(ends.last());
    if (!least || !most || *least > *most)
        return std::nullopt;
    return FilterSpan{std::max(*least, microseconds(1)), *most};
}

} // namespace

std::optional<FilterMoment> readFilterMoment(const QString &text)
{
    const QString word = text.trimmed().toLower();
    if (auto ago = readAgo(word))
        return ago;
    FilterMoment moment;
    if (word == "today"_L1 || word == "yesterday"_L1) {
        moment.daysAgo = word == "today"_L1 ? 0 : 1;
        return moment;
    }
    moment.time = readTime(word);
    if (moment.time.isValid()) {
        moment.daysAgo = 0;
        return moment;
    }
    static const QRegularExpression day(u"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[t ](.+))?$"_s);
    const auto match = day.match(word);
    moment.date = QDate::fromString(match.captured(1), Qt::ISODate);
    moment.time = readTime(match.captured(2));
    const bool isWhole = match.captured(2).isEmpty() || moment.time.isValid();
    return moment.date.isValid() && isWhole ? std::optional(moment) : std::nullopt;
}

qint64 beginOf(const FilterMoment &moment, const QDateTime &now)
{
    if (moment.ago)
        return now.toMSecsSinceEpoch() - std::chrono::milliseconds(*moment.ago).count();
    const QDate day = dayOf(moment, now);
    const QDateTime begin = moment.time.isValid() ? QDateTime(day, moment.time) : day.startOfDay();
    return begin.toMSecsSinceEpoch();
}

qint64 endOf(const FilterMoment &moment, const QDateTime &now)
{
    if (moment.ago || moment.time.isValid())
        return beginOf(moment, now);
    return dayOf(moment, now).addDays(1).startOfDay().toMSecsSinceEpoch();
}

std::optional<FilterSpan> readFilterSpan(const QString &text)
{
    const QString word = text.trimmed().toLower();
    if (auto range = readRange(word))
        return range;
    static const QRegularExpression form(u"^(<=|>=|<|>)(.+)$"_s);
    const auto match = form.match(word);
    const auto bound = match.hasMatch() ? readDuration(match.captured(2)) : std::nullopt;
    if (!bound)
        return std::nullopt;
    const QString sign = match.captured(1);
    FilterSpan span;
    if (sign.startsWith(u'>'))
        span.least = std::max(microseconds(1), *bound + microseconds(sign.size() == 1 ? 1 : 0));
    else
        span.most = *bound - microseconds(sign.size() == 1 ? 1 : 0);
    return span.isEmpty() ? std::nullopt : std::optional(span);
}

} // namespace icebreaker
