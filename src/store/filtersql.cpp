#include "store/filtersql.h"

#include "store/searchterms.h"
#include "store/sqlite.h"

#include <QDateTime>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Like = R"( LIKE ? ESCAPE '\')"_L1;

/// @p text for LIKE with ESCAPE '\', where it stands for itself.
QString escaped(const QString &text)
{
    QString pattern;
    for (const QChar c : text) {
        if (c == u'%' || c == u'_' || c == u'\\')
            pattern += u'\\';
        pattern += c;
    }
    return pattern;
}

/// Beyond any moment, in milliseconds.
constexpr qint64 FarFuture = 1LL << 60;

QString substring(const QString &text)
{
    return u'%' + escaped(text) + u'%';
}

/// Finds at least every text with @p word in it: what LIKE cannot compare without case, or
/// may be written as an escape, becomes a wildcard.
QString looseSubstring(const QString &word)
{
    QString pattern = u"%"_s;
    for (const QChar c : word) {
        const bool isSafe = c.unicode() < 0x80 && c.isLetterOrNumber();
        if (isSafe || !pattern.endsWith(u'%'))
            pattern += isSafe ? c : u'%';
    }
    return pattern.endsWith(u'%') ? pattern : pattern + u'%';
}

/// Conditions joined by AND, and what their placeholders stand for.
struct Conditions {
    QStringList terms;
    QVariantList values;

    void add(const QString &term, const QVariantList &bound)
    {
        terms.append(term);
        values.append(bound);
    }
    void addSubstring(QLatin1StringView column, const QString &text)
    {
        if (!text.isEmpty())
            add(column + Like, {substring(text)});
    }
};

void addTerm(Conditions &conditions, const SearchTerm &term)
{
    static const QString anyField = [] {
        const QString like(Like);
        QStringList terms;
        for (const auto column : {"s.recipient"_L1, "s.agent"_L1, "s.template"_L1,
                                  "CAST(r.body AS TEXT)"_L1, "CAST(a.body AS TEXT)"_L1})
            terms.append(column + like);
        terms.append("EXISTS (SELECT 1 FROM event e WHERE e.send_id = s.send_id"
                     " AND CAST(e.raw AS TEXT)"_L1
                     + like + u')');
        terms.append("EXISTS (SELECT 1 FROM conversation c WHERE c.id = s.id"
                     " AND CAST(c.kept AS TEXT)"_L1
                     + like + u')');
        return terms.join(" OR "_L1);
    }();
    QStringList alternatives;
    QVariantList values;
    for (const QString &each : term.anyOf) {
        alternatives.append(anyField);
        values += QVariantList(anyField.count(u'?'), looseSubstring(each));
    }
    conditions.add(u'(' + alternatives.join(" OR "_L1) + u')', values);
}

void addCode(Conditions &conditions, const QStringList &codes)
{
    QStringList alternatives;
    QVariantList values;
    for (const QString &code : codes) {
        // In an answer it may stand anywhere, but alone.
        alternatives.append("s.delivery_error = ? OR s.delivery_meta = ?"
                            " OR EXISTS (SELECT 1 FROM event e WHERE e.send_id = s.send_id"
                            " AND (e.error_code = ? OR e.meta_code = ?))"
                            " OR (s.outcome <> %1 AND EXISTS (SELECT 1 FROM answer x"
                            " WHERE x.id = s.id AND ' ' || CAST(x.body AS TEXT) || ' '"
                            " GLOB '*[^0-9A-Za-z]' || ? || '[^0-9A-Za-z]*'))"_L1);
        values += QVariantList(5, code);
    }
    conditions.add(u'('
                       + alternatives.join(" OR "_L1).replace(
                           "%1"_L1, QString::number(static_cast<int>(Outcome::Accepted)))
                       + u')',
                   values);
}

void addTimes(Conditions &conditions, const LogFilter &filter)
{
    const QDateTime now = QDateTime::currentDateTime();
    // "+": rows in order are worth more than this index; see rowRange().
    if (filter.since)
        conditions.add(u"+s.claimed_at >= ?"_s, {beginOf(*filter.since, now)});
    if (filter.until)
        conditions.add(u"+s.claimed_at < ?"_s, {endOf(*filter.until, now)});
    if (!filter.took)
        return;
    conditions.add(u"s.total_us >= ?"_s, {static_cast<qlonglong>(filter.took->least.count())});
    if (filter.took->most)
        conditions.add(u"s.total_us <= ?"_s, {static_cast<qlonglong>(filter.took->most->count())});
}

/// Everything but outcome and delivery.
Conditions conditionsOf(const LogFilter &filter)
{
    Conditions conditions;
    if (filter.status)
        conditions.add(u"s.status = ?"_s, {*filter.status});
    if (filter.batch)
        conditions.add(u"s.batch = ?"_s, {*filter.batch});
    if (filter.unread) {
        const qint64 latest =
            QDateTime::currentMSecsSinceEpoch() - std::chrono::milliseconds(*filter.unread).count();
        conditions.add(u"s.delivery = %1 AND s.delivered_at <= ?"_s.arg(
                           static_cast<int>(DeliveryStatus::Delivered)),
                       {latest});
    }
    conditions.addSubstring("s.recipient"_L1, filter.to);
    conditions.addSubstring("s.agent"_L1, filter.agent);
    conditions.addSubstring("s.template"_L1, filter.templateName);
    if (!filter.locale.isEmpty()) {
        conditions.add(u"(s.locale = ? COLLATE NOCASE OR s.locale"_s + Like + u')',
                       {filter.locale, QString(escaped(filter.locale) + R"(\_%)"_L1)});
    }
    if (!filter.profile.isEmpty())
        conditions.add(u"s.profile = ? COLLATE NOCASE"_s, {filter.profile});
    if (!filter.region.isEmpty())
        conditions.add(u"s.region = ? COLLATE NOCASE"_s, {filter.region});
    addTimes(conditions, filter);
    if (!filter.codes.isEmpty())
        addCode(conditions, filter.codes);
    const QList<SearchTerm> terms = searchTerms(filter.text);
    for (const SearchTerm &term : terms)
        addTerm(conditions, term);
    return conditions;
}

QString outcomeTerm(Outcome outcome)
{
    return u"s.outcome = %1"_s.arg(static_cast<int>(outcome));
}

QStringList outcomesOf(const LogFilter &filter)
{
    QStringList terms;
    if (filter.inFlight)
        terms.append(u"s.outcome IS NULL"_s);
    for (const Outcome outcome : filter.outcomes)
        terms.append(outcomeTerm(outcome));
    return terms;
}

QStringList deliveriesOf(const LogFilter &filter)
{
    QStringList terms;
    if (filter.guessedDelivery)
        terms.append(u"s.delivery = 0 AND s.guess > 0"_s); // as the index has it
    for (const DeliveryStatus delivery : filter.deliveries) {
        terms.append(u"s.delivery = %1"_s.arg(static_cast<int>(delivery)));
        if (delivery == DeliveryStatus::None)
            terms.last() += " AND s.guess = 0"_L1;
    }
    return terms;
}

/// One term per alternative, each of which an index answers in the order of rows.
QStringList alternativesOf(const LogFilter &filter)
{
    const QStringList outcomes = outcomesOf(filter);
    const QStringList deliveries = deliveriesOf(filter);
    if (outcomes.isEmpty() || deliveries.isEmpty())
        return outcomes + deliveries;
    // Most sends are accepted: any other outcome is the better index, and "+" rules the
    // other one out.
    const QString accepted = outcomeTerm(Outcome::Accepted);
    QStringList terms;
    for (const QString &outcome : outcomes) {
        for (const QString &delivery : deliveries)
            terms.append(outcome == accepted ? u"+%1 AND %2"_s.arg(outcome, delivery)
                                             : u"%1 AND +%2"_s.arg(outcome, delivery));
    }
    return terms;
}

/// @param scope  the rows that are searched, and what its placeholders stand for
FilterQuery compose(const LogFilter &filter, const QString &scope, const QVariantList &bound,
                    const QString &columns = {})
{
    FilterQuery query;
    Conditions conditions = conditionsOf(filter);
    conditions.add(scope, bound);
    const QList<SearchTerm> terms = searchTerms(filter.text);
    query.verify = !std::all_of(terms.begin(), terms.end(), isPlain);

    QString select = "SELECT s.id AS id"_L1 + columns + " FROM send s"_L1;
    if (!filter.text.isEmpty())
        select += " CROSS JOIN request r ON r.id = s.id LEFT JOIN answer a ON a.id = s.id"_L1;
    select += " WHERE "_L1 + conditions.terms.join(" AND "_L1);

    // One SELECT per alternative instead of IN (...): SQLite merges them lazily in the order
    // of rows, where IN would collect and sort every match first.
    QStringList selects;
    const QStringList alternatives = alternativesOf(filter);
    for (const QString &alternative : alternatives) {
        selects.append(select + " AND "_L1 + alternative);
        query.values.append(conditions.values);
    }
    if (selects.isEmpty()) {
        selects.append(select);
        query.values = conditions.values;
    }
    query.sql = selects.join(" UNION ALL "_L1) + " ORDER BY id DESC"_L1;
    return query;
}

} // namespace

FilterQuery rangeQuery(const LogFilter &filter, qint64 first, qint64 end, const QString &columns)
{
    return compose(filter, u"s.id >= ? AND s.id < ?"_s, {first, end}, columns);
}

FilterQuery matchingQuery(const LogFilter &filter, const QList<qint64> &rows)
{
    return compose(filter, u"s.id IN (SELECT value FROM json_each(?))"_s, {jsonList(rows)});
}

QString jsonList(const QList<qint64> &rows)
{
    QStringList numbers;
    numbers.reserve(rows.size());
    for (const qint64 row : rows)
        numbers.append(QString::number(row));
    return u'[' + numbers.join(u',') + u']';
}

Result<RowRange> rowRange(const SqliteConnection &connection, const LogFilter &filter,
                          qint64 newest)
{
    if (!filter.since && !filter.until)
        return RowRange{1, newest + 1};
    const QDateTime now = QDateTime::currentDateTime();
    const qint64 begin = filter.since ? beginOf(*filter.since, now) : 0;
    const qint64 end = filter.until ? endOf(*filter.until, now) : FarFuture;
    // Clocks are set back: the order of moments is not quite that of rows.
    auto query = connection.run(u"SELECT min(id), max(id) FROM send"
                                " WHERE claimed_at >= ? AND claimed_at < ?"_s,
                                {begin, end});
    if (!query)
        return tl::unexpected(query.error());
    return nextRow(*query).map([&query](bool /*always*/) {
        return query->isNull(0)
            ? RowRange{}
            : RowRange{query->value(0).toLongLong(), query->value(1).toLongLong() + 1};
    });
}

} // namespace icebreaker
