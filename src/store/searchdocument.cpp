#include "store/searchdocument.h"

#include "store/columnreader.h"
#include "store/searchedsends.h"
#include "store/sqlite.h"

#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype GramLength = 3;
/// Of a long word: more of them find hardly less.
constexpr qsizetype MostGrams = 20;

/// Private-use characters, which nobody types, before and behind a mark.
enum Mark : char16_t {
    LocaleMark = 0xE001,
    ProfileMark,
    RegionMark,
    TookMark,
    OutcomeMark,
    DeliveryMark,
    StatusMark,
};
/// The first of the characters that stand for numbers.
constexpr char16_t FirstNumber = 0xE100;

QString mark(Mark kind, const QString &value)
{
    return QChar(kind) + value.toLower() + QChar(kind);
}

QString mark(Mark kind, int number)
{
    return mark(kind, QString(QChar(FirstNumber + number)));
}

/// Half of a power of two; 0 to some 75.
int stepOf(std::chrono::microseconds time)
{
    constexpr double perPower = 2;
    constexpr int most = 100;
    const auto us = static_cast<double>(std::max<qint64>(1, time.count()));
    return std::min(most, static_cast<int>(std::floor(perPower * std::log2(us))));
}

/// The tokens of @p text, joined by AND; empty if it is too short.
QString containing(const QString &text)
{
    const auto characters = text.toUcs4();
    const qsizetype count = characters.size() - GramLength + 1;
    QStringList grams;
    const qsizetype used = std::min(count, MostGrams);
    for (qsizetype i = 0; i < used; ++i) {
        const qsizetype at = used == 1 ? 0 : i * (count - 1) / (used - 1);
        QString gram = QString::fromUcs4(
            reinterpret_cast<const char32_t *>(characters.constData() + at), GramLength);
        gram = u'"' + gram.replace(u'"', u"\"\""_s) + u'"';
        if (!grams.contains(gram))
            grams.append(gram);
    }
    return grams.isEmpty() ? QString() : u'(' + grams.join(" AND "_L1) + u')';
}

/// Any of @p texts; empty if one of them is too short.
QString containingAny(const QStringList &texts)
{
    QStringList parts;
    for (const QString &text : texts) {
        parts.append(containing(text.toLower()));
        if (parts.last().isEmpty())
            return {};
    }
    return parts.isEmpty() ? QString() : u'(' + parts.join(" OR "_L1) + u')';
}

QString tookExpression(const FilterSpan &span)
{
    constexpr std::chrono::hours longest(24);
    QStringList marks;
    const int last = stepOf(span.most.value_or(longest));
    for (int step = stepOf(span.least); step <= last; ++step)
        marks.append(mark(TookMark, step));
    return containingAny(marks);
}

/// What an index of the table answers as well; worth it only beside something else.
QStringList stateExpressions(const LogFilter &filter)
{
    QStringList parts;
    QStringList marks;
    for (const Outcome outcome : filter.outcomes)
        marks.append(mark(OutcomeMark, static_cast<int>(outcome)));
    if (filter.inFlight)
        marks.append(mark(OutcomeMark, 0));
    parts.append(containingAny(marks));
    marks.clear();
    for (const DeliveryStatus status : filter.deliveries)
        marks.append(mark(DeliveryMark, static_cast<int>(status)));
    if (filter.guessedDelivery)
        marks.append(mark(DeliveryMark, static_cast<int>(DeliveryStatus::None)));
    parts.append(containingAny(marks));
    if (filter.status)
        parts.append(containing(mark(StatusMark, QString::number(*filter.status))));
    return parts;
}

} // namespace

Result<QString> searchDocument(const SqliteConnection &connection, qint64 row)
{
    auto text = SearchedSends(connection).text(row);
    if (!text || text->isEmpty())
        return text;
    auto query = connection.run(u"SELECT locale, profile, region, total_us, ifnull(outcome, 0),"
                                " delivery, status, delivery_error, delivery_meta"
                                " FROM send WHERE id = ?"_s,
                                {row});
    if (!query)
        return tl::unexpected(query.error());
    return nextRow(*query).map([&](bool found) {
        if (!found)
            return QString();
        ColumnReader column(*query);
        QString document = *text;
        document += mark(LocaleMark, column.text());
        document += mark(ProfileMark, column.text());
        document += mark(RegionMark, column.text());
        const std::chrono::microseconds took(column.number());
        if (took.count() > 0)
            document += mark(TookMark, stepOf(took));
        document += mark(OutcomeMark, column.integer());
        document += mark(DeliveryMark, column.integer());
        document += mark(StatusMark, column.text());
        document += u' ' + column.text().toLower();
        document += u' ' + column.text().toLower();
        return document;
    });
}

QString searchExpression(const LogFilter &filter)
{
    QStringList parts;
    const QList<SearchTerm> terms = searchTerms(filter.text);
    for (const SearchTerm &term : terms)
        parts.append(containingAny(term.anyOf));
    for (const QString &text : {filter.to, filter.agent, filter.templateName})
        parts.append(containing(text.toLower()));
    if (!filter.locale.isEmpty())
        parts.append(containing(QChar(LocaleMark) + filter.locale.toLower()));
    if (!filter.profile.isEmpty())
        parts.append(containing(mark(ProfileMark, filter.profile)));
    if (!filter.region.isEmpty())
        parts.append(containing(mark(RegionMark, filter.region)));
    if (filter.took)
        parts.append(tookExpression(*filter.took));
    parts.append(containingAny(filter.codes));
    parts.removeAll(QString());
    if (parts.isEmpty())
        return {};
    parts += stateExpressions(filter);
    parts.removeAll(QString());
    return parts.join(" AND "_L1);
}

} // namespace icebreaker
