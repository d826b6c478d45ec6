#include "store/filtersql.h"

#include <QDateTime>
#include <QSqlQuery>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Like = R"( LIKE ? ESCAPE '\')"_L1;

bool isAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

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

QString substring(const QString &text)
{
    return u'%' + escaped(text) + u'%';
}

/// Finds at least every text with @p word in it: what LIKE cannot compare without case
/// becomes a wildcard.
QString looseSubstring(QString word)
{
    constexpr ushort firstBeyondAscii = 0x80;
    word = substring(word);
    for (QChar &c : word) {
        if (c.unicode() >= firstBeyondAscii)
            c = u'%';
    }
    return word;
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

void addWord(Conditions &conditions, const QString &word)
{
    static const QString anyField = [] {
        QStringList terms;
        for (const auto column : {"s.recipient"_L1, "s.agent"_L1, "s.template"_L1,
                                  "CAST(r.body AS TEXT)"_L1, "CAST(a.body AS TEXT)"_L1})
            terms.append(column + Like);
        return u'(' + terms.join(" OR "_L1) + u')';
    }();
    const QString pattern = looseSubstring(word);
    conditions.add(anyField, QVariantList(SearchedColumns, pattern));
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
    const QStringList words = filterWords(filter.text);
    for (const QString &word : words)
        addWord(conditions, word);
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
    query.verify = !isAscii(filter.text) && !filter.text.isEmpty();

    QString select = u"SELECT s.id AS id"_s;
    if (query.verify)
        select += ", s.recipient, s.agent, s.template, r.body, a.body"_L1;
    select += columns + " FROM send s"_L1;
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

QStringList searchedFields(const QSqlQuery &query)
{
    QStringList fields;
    for (int column = 1; column <= SearchedColumns; ++column)
        fields.append(QString::fromUtf8(query.value(column).toByteArray()));
    return fields;
}

bool containsWords(const QStringList &fields, const QStringList &words)
{
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return std::any_of(fields.begin(), fields.end(), [&](const QString &field) {
            return field.contains(word, Qt::CaseInsensitive);
        });
    });
}

} // namespace icebreaker
