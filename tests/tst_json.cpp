#include "core/json.h"

#include <QTest>

using namespace icebreaker;

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void roundTripLosesNothing_data();
    void roundTripLosesNothing();
    void indentedFormIsTheSameDocument();
    void shortLeavesStayOnOneLine();
    void brokenTextNamesThePlace_data();
    void brokenTextNamesThePlace();
    void deepNestingIsRefused();
};

void TestJson::roundTripLosesNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("order") << QByteArray(R"({"z":1,"a":{"y":[],"b":{}}})");
    QTest::newRow("duplicates") << QByteArray(R"({"a":1,"a":2})");
    QTest::newRow("numbers as written")
        << QByteArray(R"([1.0,1e300,-3,123456789012345678901234567890,18446744073709551615])");
    QTest::newRow("emoji, rtl, 4-byte") << QByteArray(
        "[\"\xF0\x9F\x98\x80\",\"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\",\"\xF0\xA0\xAE\xB7\"]");
    QTest::newRow("escapes") << QByteArray(R"(["\"\\\n\r\t\u0000\u001f/"])");
    QTest::newRow("zero-width no-break space")
        << QByteArray("[\"\xEF\xBB\xBFx\",{\"\xEF\xBB\xBF\":\"\xEF\xBB\xBF\"}]");
    QTest::newRow("scalars") << QByteArray(R"([true,false,null,""])");
}

void TestJson::roundTripLosesNothing()
{
    QFETCH(const QByteArray, text);
    const auto value = parseJson(text);
    QVERIFY(value);
    QCOMPARE(toJson(*value, JsonStyle::Compact), text);
}

void TestJson::indentedFormIsTheSameDocument()
{
    const auto value = parseJson(
        R"({"c":[{"type":"body","parameters":[{"type":"text","text":"x"}]}],"d":{},"e":[1,2]})");
    QVERIFY(value);
    const auto again = parseJson(toJson(*value, JsonStyle::Indented));
    QVERIFY(again);
    QVERIFY(*again == *value);
}

void TestJson::shortLeavesStayOnOneLine()
{
    const auto value = parseJson(R"({"p":[{"type":"text","text":"Marta"}]})");
    QVERIFY(value);
    QCOMPARE(toJson(*value, JsonStyle::Indented),
             QByteArray("{\n  \"p\": [\n    {\"type\": \"text\", \"text\": \"Marta\"}\n  ]\n}"));
}

void TestJson::brokenTextNamesThePlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("empty") << QByteArray() << 1 << 1;
    QTest::newRow("comma") << QByteArray("{\n  \"a\": 1,\n}") << 3 << 1;
    QTest::newRow("rest") << QByteArray("{} x") << 1 << 4;
    QTest::newRow("half a string") << QByteArray("[\"a") << 1 << 4;
    QTest::newRow("not UTF-8") << QByteArray("[\"\xFF\"]") << 1 << 3;
    QTest::newRow("number beyond any double") << QByteArray("[1e400]") << 1 << 6;
    QTest::newRow("lone surrogate") << QByteArray(R"(["\ud800"])") << 1 << 9;
}

void TestJson::brokenTextNamesThePlace()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, line);
    QFETCH(const int, column);
    const auto value = parseJson(text);
    QVERIFY(!value);
    QCOMPARE(value.error().line, line);
    QCOMPARE(value.error().column, column);
}

void TestJson::deepNestingIsRefused()
{
    const auto value = parseJson(QByteArray(100'000, '['));
    QVERIFY(!value);
    QCOMPARE(value.error().kind, JsonError::Kind::TooDeep);
    QVERIFY(parseJson(QByteArray(JsonMaxDepth, '[') + QByteArray(JsonMaxDepth, ']')));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
