#include "core/ratelimitfields.h"

#include <QTest>
#include <QTimeZone>

using namespace icebreaker;
using namespace std::chrono_literals;

namespace {

using Wait = std::optional<std::chrono::milliseconds>;

/// 1994-11-06 08:49:37 UTC, the date of the RFC's examples.
const QDateTime Now(QDate(1994, 11, 6), QTime(8, 49, 37), Qt::UTC);

HttpHeaders fromLines(const QByteArray &lines)
{
    HttpHeaders headers;
    for (const QByteArray &line : lines.split('\n')) {
        const auto colon = line.indexOf(':');
        headers.append({line.first(colon), line.sliced(colon + 1)});
    }
    return headers;
}

} // namespace

Q_DECLARE_METATYPE(Wait)

class TestRateLimitFields : public QObject
{
    Q_OBJECT

private slots:
    void readsTheWait_data();
    void readsTheWait();
    void datesAreComparedWithTheServersClock();
    void withoutAnyFieldThereIsNoWait();

private:
    static void retryAfterRows();
    static void rateLimitRows();
    static void olderRows();
};

void TestRateLimitFields::readsTheWait_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<Wait>("expected");
    retryAfterRows();
    rateLimitRows();
    olderRows();
}

void TestRateLimitFields::retryAfterRows()
{
    const auto row = [](const char *name, const QByteArray &value, Wait expected) {
        QTest::newRow(name) << "Retry-After:" + value << expected;
    };
    row("seconds", " 7", 7s);
    row("zero", "0", 0s);
    row("white space", " \t30 ", 30s);
    row("a day and more", "86401", 24h);
    row("more digits than any type has", QByteArray(1000, '9'), 24h);
    row("64-bit wrap-around", "18446744073709551616", 24h);
    row("date", "Sun, 06 Nov 1994 08:50:07 GMT", 30s);
    row("date, RFC 850", "Sunday, 06-Nov-94 08:50:07 GMT", 30s);
    row("date, asctime", "Sun Nov  6 08:50:07 1994", 30s);
    row("date in the past", "Sat, 05 Nov 1994 08:49:37 GMT", 0s);
    row("date, year 9999", "Fri, 31 Dec 9999 23:59:59 GMT", 24h);
    row("date, wrong weekday", "Mon, 06 Nov 1994 08:50:07 GMT", 30s);
    row("empty", "", {});
    row("word", "soon", {});
    row("negative", "-5", {});
    row("signed", "+5", {});
    row("fraction", "1.5", {});
    row("hexadecimal", "0x10", {});
    row("exponent", "1e3", {});
    row("two values", "5, 6", {});
    row("digits that are not ASCII", "\xD9\xA3", {});
    row("no such day", "Wed, 31 Feb 1994 08:50:07 GMT", {});
    row("no such month", "Sun, 06 Xxx 1994 08:50:07 GMT", {});
    row("no such hour", "Sun, 06 Nov 1994 25:50:07 GMT", {});
    row("not GMT", "Sun, 06 Nov 1994 08:50:07 CET", {});
    row("ISO date", "1994-11-06T08:50:07Z", {});
    row("NUL inside", QByteArray("7\0 7", 4), {});
    QTest::newRow("wins over a longer RateLimit")
        << QByteArray("RateLimit: \"a\";r=0;t=60\nretry-after: 2") << Wait(2s);
    QTest::newRow("nonsense leaves the word to RateLimit")
        << QByteArray("Retry-After: soon\nRateLimit: \"a\";r=0;t=60") << Wait(60s);
}

void TestRateLimitFields::rateLimitRows()
{
    const auto row = [](const char *name, const QByteArray &value, Wait expected) {
        QTest::newRow(name) << "RateLimit:" + value << expected;
    };
    row("none left", " \"default\";r=0;t=30", 30s);
    row("some left", "\"default\";r=50;t=30", {});
    row("none left, no time", "\"default\";r=0", {});
    row("several, longest of the used up", R"("a";r=0;t=5, "b";r=0;t=9,"c";r=1;t=99)", 9s);
    row("spaces, other parameters", R"("a"; r=0; t=30;pk=:aGVsbG8=:;x;y=?1;z=tok;d=1.5)", 30s);
    row("last of the same name counts", R"("a";r=5;r=0;t=1;t=2)", 2s);
    row("token as name", "default;r=0;t=30", 30s);
    row("escapes in the name", R"("a\"b\\c";r=0;t=30)", 30s);
    row("capped", "\"a\";r=0;t=999999999999999", 24h);
    row("16 digits", "\"a\";r=0;t=9999999999999999", {});
    row("negative time", "\"a\";r=0;t=-1", {});
    row("negative rest", "\"a\";r=-1;t=30", {});
    row("decimal rest", "\"a\";r=0.0;t=30", {});
    row("text time", R"("a";r=0;t="30")", {});
    row("time without a value", "\"a\";r=0;t", {});
    row("rest missing", "\"a\";t=30", {});
    row("one bad item spoils all", R"("a";r=0;t=30, "b";r=oops;t=1)", {});
    row("open string", "\"a;r=0;t=30", {});
    row("bad escape", R"("a\n";r=0;t=30)", {});
    row("trailing comma", "\"a\";r=0;t=30,", {});
    row("missing comma", R"("a";r=0;t=30 "b";r=0;t=40)", {});
    row("space before the semicolon", "\"a\" ;r=0;t=30", {});
    row("upper-case key", "\"a\";R=0;T=30", {});
    row("inner list", "(\"a\");r=0;t=30", {});
    row("open byte sequence", "\"a\";r=0;t=30;pk=:aGVs", {});
    row("odd boolean", "\"a\";r=0;t=30;x=?2", {});
    row("empty", "", {});
    row("no number after the sign", "\"a\";r=-;t=30", {});
    row("NUL as key", QByteArray("\"a\";r=0;t=30;\0=1", 17), {});
    QTest::newRow("several lines are one list")
        << QByteArray("RateLimit: \"a\";r=0;t=5\nRateLimit: \"b\";r=0;t=9") << Wait(9s);
}

void TestRateLimitFields::olderRows()
{
    const auto row = [](const char *name, const QByteArray &lines, Wait expected) {
        QTest::newRow(name) << lines << expected;
    };
    row("older draft", "RateLimit-Remaining: 0\nRateLimit-Reset: 12", 12s);
    row("older draft, some left", "RateLimit-Remaining: 1\nRateLimit-Reset: 12", {});
    row("older draft, rest unknown", "RateLimit-Reset: 12", {});
    row("older draft, nonsense", "RateLimit-Remaining: 0\nRateLimit-Reset: x", {});
    row("X-, wait", "X-RateLimit-Reset: 12", 12s);
    row("X-, some left", "X-RateLimit-Remaining: 3\nX-RateLimit-Reset: 12", {});
    row("X-, none left", "X-RateLimit-Remaining: 0\nX-RateLimit-Reset: 12", 12s);
    row("X-, moment", "Date: Thu, 16 Jul 2026 12:00:00 GMT\nX-RateLimit-Reset: 1784203230", 30s);
    row("X-, moment in ms", "Date: Thu, 16 Jul 2026 12:00:00 GMT\nX-RateLimit-Reset: 1784203230000",
        30s);
    row("X-, moment past", "Date: Thu, 16 Jul 2026 12:00:00 GMT\nX-RateLimit-Reset: 1784203100",
        0s);
    row("X-, huge", "X-RateLimit-Reset: " + QByteArray(50, '9'), 24h);
    row("X-, wait of a year", "X-RateLimit-Reset: 31536000", 24h);
    row("X-, negative", "X-RateLimit-Reset: -12", {});
}

void TestRateLimitFields::readsTheWait()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const Wait, expected);
    const Wait wait = retryAfter(fromLines(lines), Now);
    QCOMPARE(wait.has_value(), expected.has_value());
    if (expected)
        QCOMPARE(wait->count(), expected->count());
}

void TestRateLimitFields::datesAreComparedWithTheServersClock()
{
    const auto headers = fromLines(
        "Date: Sun, 06 Nov 2016 10:00:00 GMT\nRetry-After: Sun, 06 Nov 2016 10:00:05 GMT");
    QCOMPARE(retryAfter(headers, Now), Wait(5s));

    const auto brokenClock =
        fromLines("Date: yesterday\nRetry-After: Sun, 06 Nov 1994 08:49:47 GMT");
    QCOMPARE(retryAfter(brokenClock, Now), Wait(10s));
}

void TestRateLimitFields::withoutAnyFieldThereIsNoWait()
{
    QCOMPARE(retryAfter({}, Now), Wait());
    QCOMPARE(retryAfter({{"Content-Type", "text/html"}}, Now), Wait());
}

QTEST_APPLESS_MAIN(TestRateLimitFields)
#include "tst_ratelimitfields.moc"
