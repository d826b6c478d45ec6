#include "store/filtersql.h"
#include "store/filtertokens.h"
#include "store/logfilter.h"
#include "store/schema.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestLogFilter : public QObject
{
    Q_OBJECT

private slots:
    void everyKeyIsRead();
    void emptyTextIsAnEmptyFilter();
    void recipientIsReducedToDigits_data();
    void recipientIsReducedToDigits();
    void outcomesAddUp();
    void deliveriesAddUp();
    void timesAreRead();
    void tokensAreTakenOut();
    void freeWordsAreKept_data();
    void freeWordsAreKept();
    void nonsenseIsAnError_data();
    void nonsenseIsAnError();
    void pagesComeFromAnIndexInOrder_data();
    void pagesComeFromAnIndexInOrder();
};

void TestLogFilter::everyKeyIsRead()
{
    const auto filter = parseLogFilter(
        u"  to:4479 Agent:1a20 template:order locale:es profile:\"My \\\"test\" region:EU"
        " status:429 outcome:unknown batch:12 delivery:Read,guessed unread:4H "_s);
    QVERIFY(filter);
    LogFilter expected;
    expected.to = u"4479"_s;
    expected.agent = u"1a20"_s;
    expected.templateName = u"order"_s;
    expected.locale = u"es"_s;
    expected.profile = u"My \"test"_s;
    expected.region = u"eu"_s;
    expected.status = 429;
    expected.outcomes = {Outcome::Unknown};
    expected.batch = 12;
    expected.deliveries = {DeliveryStatus::Read};
    expected.guessedDelivery = true;
    expected.unread = std::chrono::hours(4);
    QVERIFY(*filter == expected);
    QVERIFY(!filter->isEmpty());
}

void TestLogFilter::emptyTextIsAnEmptyFilter()
{
    for (const QString &text : {QString(), u""_s, u" \t "_s}) {
        const auto filter = parseLogFilter(text);
        QVERIFY(filter && filter->isEmpty());
    }
}

void TestLogFilter::recipientIsReducedToDigits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("to");
    QTest::newRow("plus") << u"to:+4479"_s << u"4479"_s;
    QTest::newRow("quoted") << u"to:\"+44 (79) 46-0\""_s << u"4479460"_s;
    QTest::newRow("the same twice") << u"to:44 to:+44"_s << u"44"_s;
}

void TestLogFilter::recipientIsReducedToDigits()
{
    QFETCH(const QString, text);
    QFETCH(const QString, to);
    const auto filter = parseLogFilter(text);
    QVERIFY(filter);
    QCOMPARE(filter->to, to);
    QVERIFY(filter->text.isEmpty());
}

void TestLogFilter::outcomesAddUp()
{
    const auto filter =
        parseLogFilter(u"outcome:accepted,RATE_LIMITED outcome:in_flight outcome:accepted"_s);
    QVERIFY(filter);
    QCOMPARE(filter->outcomes, (QList<Outcome>{Outcome::Accepted, Outcome::RateLimited}));
    QVERIFY(filter->inFlight);
}

void TestLogFilter::deliveriesAddUp()
{
    using enum DeliveryStatus;
    const auto filter = parseLogFilter(u"delivery:failed,none delivery:rejected,READ"_s);
    QVERIFY(filter);
    QCOMPARE(filter->deliveries,
             (QList<DeliveryStatus>{Rejected, Undeliverable, Failed, None, Read}));
    QVERIFY(!filter->guessedDelivery);
    QVERIFY(parseLogFilter(u"unread:90m"_s)->unread == std::chrono::minutes(90));
    QVERIFY(parseLogFilter(u"unread:2d unread:48h"_s)->unread == std::chrono::hours(48));
}

void TestLogFilter::timesAreRead()
{
    using namespace std::chrono_literals;
    const QDateTime now(QDate(2026, 11, 22), QTime(15, 30, 10));
    const auto begin = [&now](const QString &text) {
        const auto moment = readFilterMoment(text);
        return moment ? QDateTime::fromMSecsSinceEpoch(beginOf(*moment, now)) : QDateTime();
    };
    const auto end = [&now](const QString &text) {
        return QDateTime::fromMSecsSinceEpoch(endOf(*readFilterMoment(text), now));
    };
    QCOMPARE(begin(u"90m"_s), now.addSecs(-5400));
    QCOMPARE(begin(u"2W"_s), now.addSecs(-14 * 86400));
    QCOMPARE(begin(u"today"_s), QDate(2026, 11, 22).startOfDay());
    QCOMPARE(begin(u"Yesterday"_s), QDate(2026, 11, 21).startOfDay());
    QCOMPARE(begin(u"2026-11-20"_s), QDate(2026, 11, 20).startOfDay());
    QCOMPARE(begin(u"2026-11-20t9:05"_s), QDateTime(QDate(2026, 11, 20), QTime(9, 5)));
    QCOMPARE(begin(u"14:30"_s), QDateTime(QDate(2026, 11, 22), QTime(14, 30)));
    QCOMPARE(end(u"2026-11-20"_s), QDate(2026, 11, 21).startOfDay());
    QCOMPARE(end(u"yesterday"_s), QDate(2026, 11, 22).startOfDay());
    QCOMPARE(end(u"14:30"_s), begin(u"14:30"_s));
    QCOMPARE(end(u"2h"_s), begin(u"2h"_s));

    QVERIFY(readFilterSpan(u">2s"_s)->least == 2s + 1us);
    QVERIFY(readFilterSpan(u">=1.5S"_s)->least == 1500ms);
    QVERIFY(readFilterSpan(u"<500ms"_s)->most == 500ms - 1us);
    QVERIFY((readFilterSpan(u"1s..2m"_s) == FilterSpan{1s, 2min}));
    const auto filter = parseLogFilter(u"took:>1s took:<=3s code:1022,131026 code:1022"_s);
    QVERIFY((filter->took == FilterSpan{1s + 1us, 3s}));
    QCOMPARE(filter->codes, (QStringList{u"1022"_s, u"131026"_s}));
    QVERIFY(parseLogFilter(u"since:yesterday until:yesterday"_s));
    QVERIFY(parseLogFilter(u"since:2h since:2h"_s));
}

void TestLogFilter::tokensAreTakenOut()
{
    const QString text = u" to:44  template:\"a b\" word "_s;
    const auto tokens = filterTokens(text);
    QCOMPARE(tokens.size(), 3);
    QCOMPARE(tokens.at(1).key, u"template"_s);
    QCOMPARE(tokens.at(1).value, u"a b"_s);
    QCOMPARE(text.mid(tokens.at(1).start, tokens.at(1).raw.size()), u"template:\"a b\""_s);
    QCOMPARE(withoutFilterToken(text, tokens.at(1).start, tokens.at(1).raw.size()),
             u"to:44 word"_s);
    QCOMPARE(withoutFilterToken(u"to:44"_s, 0, 5), QString());
    QCOMPARE(withFilterTokens(u"to:44 word status:429 to:45"_s, u"to:4479"_s),
             u"word status:429 to:4479"_s);
    QCOMPARE(withFilterTokens({}, u"since:2026-11-22 until:2026-11-22"_s),
             u"since:2026-11-22 until:2026-11-22"_s);
    QCOMPARE(filterToken(u"profile"_s, u"my \"x\""_s), u"profile:\"my \\\"x\\\"\""_s);
    QCOMPARE(parseLogFilter(filterToken(u"profile"_s, u"a:b \\\""_s))->profile, u"a:b \\\""_s);
    QVERIFY(filterKeys().contains(u"took"_s));
}

void TestLogFilter::freeWordsAreKept_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("one") << u"marta"_s << QStringList{u"marta"_s};
    QTest::newRow("around a key") << u"marta to:44 order"_s << QStringList{u"marta"_s, u"order"_s};
    QTest::newRow("space after plus") << u"to:+44 79"_s << QStringList{u"79"_s};
    QTest::newRow("phrase") << u"\"order 5\" x"_s << QStringList{u"order 5"_s, u"x"_s};
    QTest::newRow("quoted key") << u"\"to:4\""_s << QStringList{u"to:4"_s};
    QTest::newRow("JSON") << u"\"\\\"to\\\": \\\\\""_s << QStringList{u"\"to\": \\"_s};
    QTest::newRow("time of day") << u"12:30"_s << QStringList{u"12:30"_s};
    QTest::newRow("wildcards") << u"100%_\\"_s << QStringList{u"100%_\\"_s};
    QTest::newRow("emoji") << QString::fromUtf8("\xF0\x9F\x98\x80")
                           << QStringList{QString::fromUtf8("\xF0\x9F\x98\x80")};
}

void TestLogFilter::freeWordsAreKept()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, words);
    const auto filter = parseLogFilter(text);
    QVERIFY(filter);
    QCOMPARE(filterWords(filter->text), words);
}

void TestLogFilter::nonsenseIsAnError_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("token");
    const int unknownKey = FilterError::UnknownKey;
    const int badValue = FilterError::BadValue;
    const int contradiction = FilterError::Contradiction;
    QTest::newRow("key") << u"x foo:bar"_s << unknownKey << u"foo:bar"_s;
    QTest::newRow("URL") << u"https://x"_s << unknownKey << u"https://x"_s;
    QTest::newRow("no value") << u"to: 44"_s << badValue << u"to:"_s;
    QTest::newRow("empty quotes") << u"a \"\""_s << badValue << u"\"\""_s;
    QTest::newRow("letters in a number") << u"to:abc"_s << badValue << u"to:abc"_s;
    QTest::newRow("no digit") << u"to:+"_s << badValue << u"to:+"_s;
    QTest::newRow("status word") << u"status:ok"_s << badValue << u"status:ok"_s;
    QTest::newRow("status too low") << u"status:99"_s << badValue << u"status:99"_s;
    QTest::newRow("status too high") << u"status:600"_s << badValue << u"status:600"_s;
    QTest::newRow("region") << u"region:mars"_s << badValue << u"region:mars"_s;
    QTest::newRow("outcome") << u"outcome:good"_s << badValue << u"outcome:good"_s;
    QTest::newRow("outcome list") << u"outcome:accepted,"_s << badValue << u"outcome:accepted,"_s;
    QTest::newRow("batch name") << u"batch:spring"_s << badValue << u"batch:spring"_s;
    QTest::newRow("batch zero") << u"batch:0"_s << badValue << u"batch:0"_s;
    QTest::newRow("batch of batches") << u"batch:1,2"_s << badValue << u"batch:1,2"_s;
    QTest::newRow("two batches") << u"batch:1 batch:2"_s << contradiction << u"batch:2"_s;
    QTest::newRow("delivery") << u"delivery:lost"_s << badValue << u"delivery:lost"_s;
    QTest::newRow("deliveries") << u"delivery:read,"_s << badValue << u"delivery:read,"_s;
    QTest::newRow("unread") << u"unread:soon"_s << badValue << u"unread:soon"_s;
    QTest::newRow("unread since 0") << u"unread:0h"_s << badValue << u"unread:0h"_s;
    QTest::newRow("unread for ever") << u"unread:367d"_s << badValue << u"unread:367d"_s;
    QTest::newRow("unread overflow")
        << u"unread:999999999d"_s << badValue << u"unread:999999999d"_s;
    QTest::newRow("unread twice") << u"unread:2h unread:3h"_s << contradiction << u"unread:3h"_s;
    QTest::newRow("contradiction")
        << u"status:200 status:404"_s << contradiction << u"status:404"_s;
    QTest::newRow("open quote") << u"profile:\"My test"_s << badValue << u"profile:\"My test"_s;
    QTest::newRow("stuck to a quote") << u"\"a\"b c"_s << badValue << u"\"a\"b"_s;
    QTest::newRow("code") << u"code:10\"22"_s << badValue << u"code:10\"22"_s;
    QTest::newRow("codes") << u"code:1022,"_s << badValue << u"code:1022,"_s;
    QTest::newRow("since") << u"since:soon"_s << badValue << u"since:soon"_s;
    QTest::newRow("since no day") << u"since:2026-02-30"_s << badValue << u"since:2026-02-30"_s;
    QTest::newRow("since no time") << u"since:25:00"_s << badValue << u"since:25:00"_s;
    QTest::newRow("half a time") << u"since:2026-02-03T1"_s << badValue << u"since:2026-02-03T1"_s;
    QTest::newRow("since for ever") << u"since:9999999d"_s << badValue << u"since:9999999d"_s;
    QTest::newRow("until before since") << u"since:2h until:3h"_s << contradiction << u"until:3h"_s;
    QTest::newRow("since after until")
        << u"until:2020-01-01 since:2020-01-02"_s << contradiction << u"since:2020-01-02"_s;
    QTest::newRow("took") << u"took:2s"_s << badValue << u"took:2s"_s;
    QTest::newRow("took without unit") << u"took:>2"_s << badValue << u"took:>2"_s;
    QTest::newRow("took less than nothing") << u"took:<0ms"_s << badValue << u"took:<0ms"_s;
    QTest::newRow("took backwards") << u"took:3s..1s"_s << badValue << u"took:3s..1s"_s;
    QTest::newRow("took nothing between")
        << u"took:>3s took:<2s"_s << contradiction << u"took:<2s"_s;
    QTest::newRow("endless") << QString(2000, u'x') << badValue << QString(2000, u'x');
}

void TestLogFilter::nonsenseIsAnError()
{
    QFETCH(const QString, text);
    QFETCH(const int, kind);
    QFETCH(const QString, token);
    const auto filter = parseLogFilter(text);
    QVERIFY(!filter);
    QCOMPARE(static_cast<int>(filter.error().kind), kind);
    QCOMPARE(filter.error().token, token);
}

void TestLogFilter::pagesComeFromAnIndexInOrder_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << QString() << u"USING INTEGER PRIMARY KEY"_s;
    QTest::newRow("status") << u"status:429"_s << u"INDEX send_status"_s;
    QTest::newRow("outcome") << u"outcome:unknown"_s << u"INDEX send_outcome"_s;
    QTest::newRow("outcomes") << u"outcome:unknown,in_flight,refused"_s << u"INDEX send_outcome"_s;
    QTest::newRow("delivery") << u"delivery:read"_s << u"INDEX send_delivery"_s;
    QTest::newRow("deliveries") << u"delivery:failed,none"_s << u"INDEX send_delivery"_s;
    QTest::newRow("outcome and delivery")
        << u"outcome:unknown delivery:read,failed"_s << u"INDEX send_outcome"_s;
    QTest::newRow("accepted and delivery")
        << u"outcome:accepted delivery:read,failed"_s << u"INDEX send_delivery"_s;
    QTest::newRow("guessed") << u"delivery:guessed"_s << u"INDEX send_guessed"_s;
    QTest::newRow("unread") << u"unread:4h"_s << u"INDEX send_delivery"_s;
    QTest::newRow("recipient") << u"to:44"_s << u"USING INTEGER PRIMARY KEY"_s;
    QTest::newRow("batch") << u"batch:12"_s << u"INDEX send_batch (batch=? AND rowid>?"_s;
    QTest::newRow("words of a batch") << u"batch:12 word"_s << u"INDEX send_batch"_s;
    QTest::newRow("words") << u"some words"_s << u"SEARCH s USING INTEGER PRIMARY KEY"_s;
}

void TestLogFilter::pagesComeFromAnIndexInOrder()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"j.sqlite"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    SqliteConnection connection;
    QVERIFY(connection.open(file.fileName()));
    QVERIFY(migrate(connection));
    const FilterQuery query = rangeQuery(*parseLogFilter(text), 1, 1000);
    auto plan = connection.run(u"EXPLAIN QUERY PLAN "_s + query.sql, query.values);
    QVERIFY(plan);
    QString steps;
    while (plan->next())
        steps += plan->value(3).toString() + u'\n';
    plan->finish();
    QVERIFY2(steps.contains(expected), qPrintable(steps));
    QVERIFY2(!steps.contains(u"TEMP B-TREE"_s), qPrintable(steps)); // nothing is sorted
    QVERIFY2(!steps.contains(u"SCAN"_s), qPrintable(steps));
}

QTEST_GUILESS_MAIN(TestLogFilter)
#include "tst_logfilter.moc"
