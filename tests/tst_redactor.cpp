#include "core/json.h"
#include "core/leakcheck.h"
#include "core/redactor.h"
#include "support/secretforms.h"

#include <QRandomGenerator>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QByteArray Key = "f00d-0123456789_feed.BEEF+/x";
const QString Number = u"447946000958"_s;

} // namespace

class TestRedactor : public QObject
{
    Q_OBJECT

private slots:
    void aKeyIsHiddenInEveryForm_data();
    void aKeyIsHiddenInEveryForm();
    void theCheckFindsEveryForm_data() { aKeyIsHiddenInEveryForm_data(); }
    void theCheckFindsEveryForm();
    void whatStandsAroundAKeyStays();
    void aShortKeyIsHiddenWhereItStandsAlone();
    void unknownSecretsAreKnownByTheirPlace_data();
    void unknownSecretsAreKnownByTheirPlace();
    void ordinaryTextsStayAsTheyAre_data();
    void ordinaryTextsStayAsTheyAre();
    void aNumberHasOneTagInEveryNotation_data();
    void aNumberHasOneTagInEveryNotation();
    void otherNumbersHaveOtherTags();
    void aShortNumberShowsLess();
    void numbersMayBeKept();
    void parameterValuesAreHidden();
    void parameterValuesAreHiddenWhereTheyAreRepeated();
    void parameterNamesAreHiddenByChoice();
    void valuesMayBeShownButNeverKeys();
    void aDocumentStaysJsonOfTheSameShape();
    void whatIsNoJsonIsRedactedAsText();
    void aStatusUrlKeepsItsHostAndItsSend();
    void aSendIsRedactedAsAWhole();
    void aBodyThatIsNoJsonIsHidden();
    void anEventIsRedactedAsAWhole();
    void redactingTwiceChangesNothing();
    void hostileTextsTakeNoLongerThanOthers();
    void whateverIsPutTogetherNothingIsLeft();
    void theCheckFindsAWholeNumber();
    void theCheckLooksAcrossPieces();
};

void TestRedactor::aKeyIsHiddenInEveryForm_data()
{
    QTest::addColumn<QString>("form");
    const auto forms = secretForms(Key);
    for (const SecretForm &form : forms)
        QTest::newRow(qPrintable(form.name)) << form.text;
}

void TestRedactor::aKeyIsHiddenInEveryForm()
{
    QFETCH(QString, form);
    QVERIFY(holdsSecret(form.toUtf8(), Key)); // else the test would be blind
    Redactor redactor({}, {Key});
    const QString text = u"before "_s + form + u" after"_s;
    QVERIFY2(!holdsSecret(redactor.text(text).toUtf8(), Key), qPrintable(redactor.text(text)));
    const QByteArray json = toJson(JsonObject{{{form, form}}}, JsonStyle::Compact);
    const QByteArray hidden = redactor.document(json);
    QVERIFY2(!holdsSecret(hidden, Key), hidden.constData());
    QVERIFY(parseJson(hidden).has_value());
    const QByteArray inUrl = "https://h.example/x?k=" + QUrl::toPercentEncoding(form) + "&b=1";
    QVERIFY(!holdsSecret(redactor.text(QString::fromUtf8(inUrl)).toUtf8(), Key));
}

void TestRedactor::theCheckFindsEveryForm()
{
    QFETCH(QString, form);
    LeakCheck check({"another-secret-0815", Key}, nullptr);
    check.look(QByteArray(100, '-') + form.toUtf8() + QByteArray(100, '-'));
    if (QByteArray(QTest::currentDataTag()) != "percent six times") // deeper than it looks
        QCOMPARE(check.finish(), LeakCheck::Found::Secret);
    LeakCheck clean({Key}, nullptr);
    clean.look("before [key-hidden] after");
    QCOMPARE(clean.finish(), LeakCheck::Found::Nothing);
}

void TestRedactor::whatStandsAroundAKeyStays()
{
    Redactor redactor({}, {Key});
    const QString key = QString::fromLatin1(Key);
    QCOMPARE(redactor.text(u"a "_s + key + u" b "_s + key + u" c"_s),
             u"a [key-hidden] b [key-hidden] c"_s);
    QCOMPARE(redactor.text(u"Feed the beef"_s), u"Feed the beef"_s);
}

void TestRedactor::aShortKeyIsHiddenWhereItStandsAlone()
{
    Redactor redactor({}, {"abc12"});
    QCOMPARE(redactor.text(u"the key abc12, and xabc12x, and %61bc12"_s),
             u"the key [key-hidden], and xabc12x, and [key-hidden]"_s);
    Redactor tooShort({}, {"abc"});
    QCOMPARE(tooShort.text(u"abc"_s), u"abc"_s);
}

void TestRedactor::unknownSecretsAreKnownByTheirPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("redacted");
    const QString uuid = u"0a1b2c3d-1111-4222-8333-444455556666"_s;
    QTest::newRow("header") << u"X-Vgai-Key: abc123"_s << u"X-Vgai-Key: [secret-hidden]"_s;
    QTest::newRow("curl") << u"-H 'x-vgai-key:abc123' -d"_s
                          << u"-H 'x-vgai-key:[secret-hidden]' -d"_s;
    QTest::newRow("escaped JSON") << u"{\\\"X-Vgai-Key\\\":\\\"abc123\\\"}"_s
                                  << u"{\\\"X-Vgai-Key\\\":\\\"[secret-hidden]\\\"}"_s;
    QTest::newRow("authorization")
        << u"Authorization: Bearer abc.123-x"_s << u"Authorization: Bearer [secret-hidden]"_s;
    QTest::newRow("basic") << u"got Basic dXNlcjpwYXNz"_s << u"got Basic [secret-hidden]"_s;
    QTest::newRow("jwt") << u"see eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiJ4In0.c2lnbmF0dXJl."_s
                         << u"see [secret-hidden]."_s;
    QTest::newRow("user") << u"https://me:secret@h.example/x"_s
                          << u"https://[secret-hidden]@h.example/x"_s;
    QTest::newRow("inbox") << u"http://127.0.0.1:8080/q7x/s/"_s + uuid
                           << u"http://127.0.0.1:8080/[secret-hidden]/s/"_s + uuid;
    QTest::newRow("inbox behind two slashes") << u"https://h.example//q7x/s/"_s + uuid
                                              << u"https://h.example//[secret-hidden]/s/"_s + uuid;
    QTest::newRow("no inbox") << u"https://h.example/s/"_s + uuid
                              << u"https://h.example/s/"_s + uuid;
    QTest::newRow("webhook.site") << u"https://webhook.site/"_s + uuid + u"/s/1"_s
                                  << u"https://webhook.site/[secret-hidden]/s/1"_s;
}

void TestRedactor::unknownSecretsAreKnownByTheirPlace()
{
    QFETCH(QString, text);
    QFETCH(QString, redacted);
    Redactor redactor({}, {});
    QCOMPARE(redactor.text(text), redacted);
    QCOMPARE(redactor.text(redacted), redacted);
}

void TestRedactor::ordinaryTextsStayAsTheyAre_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("time") << u"2026-11-23T07:20:23.123Z and 2026-11-23 07:20:23"_s;
    QTest::newRow("date") << u"23.11.2026 07:20"_s;
    QTest::newRow("unix time") << u"at 1790000000, or 1790000000123"_s;
    QTest::newRow("uuid") << u"12345678-1234-4123-8123-123456789012"_s;
    QTest::newRow("agent") << u"65f2a1b0c3d4e5f6a7b8c9d0"_s;
    QTest::newRow("namespace") << u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s;
    QTest::newRow("address") << u"192.168.100.200"_s;
    QTest::newRow("fraction") << u"0.1234567890123"_s;
    QTest::newRow("codes") << u"(#131026) and 1022, 429, 65535"_s;
    QTest::newRow("tag") << u"+44\u20260958#3"_s;
    QTest::newRow("words") << u"Too many requests. Ask for a higher limit."_s;
}

void TestRedactor::ordinaryTextsStayAsTheyAre()
{
    QFETCH(QString, text);
    Redactor redactor({}, {Key});
    QCOMPARE(redactor.text(text), text);
}

void TestRedactor::aNumberHasOneTagInEveryNotation_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"447946000958"_s, u"+447946000958"_s, u"+44 7946 000958"_s, u"0044 7946 000 958"_s,
          u"(+44) 7946-000-958"_s, u"07946 000958"_s, u"7946000958"_s, u"44.7946.000958"_s,
          u"%2B447946000958"_s, u"%34%34%37%39%34%36%30%30%30%39%35%38"_s,
          u"\\u002b44\\u0037946000958"_s, u"&#43;44&#55;946000958"_s,
          u"\uff0b\uff14\uff14\uff17\uff19\uff14\uff16\uff10\uff10\uff10\uff19\uff15\uff18"_s,
          u"\u0664\u0664\u0667\u0669\u0664\u0666\u0660\u0660\u0660\u0669\u0665\u0668"_s,
          u"tel447946000958x"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void TestRedactor::aNumberHasOneTagInEveryNotation()
{
    QFETCH(QString, text);
    Redactor redactor({}, {});
    SendRecord other;
    other.claim.to = u"4915112345678"_s;
    redactor.learn(other);
    SendRecord record;
    record.claim.to = Number;
    redactor.learn(record);
    const QString hidden = redactor.text(u"call "_s + text + u" now"_s);
    QVERIFY2(hidden.contains(u"+44\u20260958#2"_s), qPrintable(hidden));
    QVERIFY2(hidden.startsWith(u"call "_s) && hidden.endsWith(u" now"_s), qPrintable(hidden));
    QVERIFY(!holdsNumber(hidden.toUtf8(), Number));
    QCOMPARE(redactor.number(Number), u"+44\u20260958#2"_s);
}

void TestRedactor::otherNumbersHaveOtherTags()
{
    Redactor redactor({}, {});
    QCOMPARE(redactor.text(u"+1 202 555 0143, +1 202 555 0199, 12025550143"_s),
             u"+1\u20260143#1, +1\u20260199#2, +1\u20260143#1"_s);
    QCOMPARE(redactor.text(u"447700900001 447700900002"_s), u"+44\u20260001#3 +44\u20260002#4"_s);
    QCOMPARE(callingCodeLength(u"353861234567"), 3);
}

void TestRedactor::aShortNumberShowsLess()
{
    QCOMPARE(shortenedNumber(u"447946000958"), u"+44\u20260958"_s);
    QCOMPARE(shortenedNumber(u"37251234"), u"+372\u20264"_s);
    QCOMPARE(shortenedNumber(u"1234567"), u"+1\u202667"_s);
}

void TestRedactor::numbersMayBeKept()
{
    Redactor redactor({false, true, false}, {Key});
    QCOMPARE(redactor.text(u"+44 7946 000958"_s), u"+44 7946 000958"_s);
    QCOMPARE(redactor.number(Number), Number);
}

namespace {

const QByteArray Body =
    "{\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Zoë "
    "Maxwell\"},"
    "{\"type\":\"image\",\"image\":{\"link\":\"https://img.example/zoe-portrait.png\"}}]},"
    "{\"type\":\"button\",\"sub_type\":\"quick_reply\",\"index\":0,"
    "\"parameters\":[{\"type\":\"payload\",\"payload\":\"order-98765\"}]}],"
    "\"namespace\":\"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4\",\"template\":\"order_update\","
    "\"locale\":\"en\","
    "\"to\":\"447946000958\",\"agent_id\":\"65f2a1b0c3d4e5f6a7b8c9d0\",\"channel\":\"whatsapp\","
    "\"status_url\":\"https://in.example/q7x9w2/s/0a1b2c3d-1111-4222-8333-444455556666\","
    "\"session_parameters\":[{\"name\":\"CUSTOMER_NAME\",\"value\":\"Zoë Maxwell\"},"
    "{\"name\":\"AGE\",\"value\":41}]}";

} // namespace

void TestRedactor::parameterValuesAreHidden()
{
    Redactor redactor({}, {});
    const QByteArray hidden = redactor.document(Body);
    QVERIFY(!hidden.contains("Zo") && !hidden.contains("portrait") && !hidden.contains("98765"));
    QVERIFY(hidden.contains("\"text\":\"[value-hidden:11]\""));
    QVERIFY(hidden.contains("\"name\":\"CUSTOMER_NAME\",\"value\":\"[value-hidden:11]\""));
    QVERIFY(hidden.contains("\"name\":\"AGE\",\"value\":\"[value-hidden:2]\""));
    QVERIFY(hidden.contains("\"type\":\"button\",\"sub_type\":\"quick_reply\",\"index\":0"));
    QVERIFY(hidden.contains("\"template\":\"order_update\",\"locale\":\"en\""));
    QVERIFY(hidden.contains("\"status_url\":\"https://in.example/[secret-hidden]/s/"
                            "0a1b2c3d-1111-4222-8333-444455556666\""));
    QVERIFY(hidden.contains("\"to\":\"+44\u20260958#1\""));
}

void TestRedactor::parameterValuesAreHiddenWhereTheyAreRepeated()
{
    Redactor redactor({}, {});
    SendRecord record;
    record.claim.body = Body;
    record.answer.body =
        "{\"message\":\"No link for ZO\\u00cb MAXWELL\",\"order\":\"order-98765\"}";
    record.answer.problemDetail = u"order%2D98765 was not found"_s;
    const SendRecord hidden = redactor.record(record);
    QCOMPARE(
        hidden.answer.body,
        QByteArray(
            "{\"message\":\"No link for [value-hidden:11]\",\"order\":\"[value-hidden:11]\"}"));
    QCOMPARE(hidden.answer.problemDetail, u"[value-hidden:11] was not found"_s);
}

void TestRedactor::parameterNamesAreHiddenByChoice()
{
    Redactor redactor({true, true, true}, {});
    QVERIFY(redactor.document(Body).contains("{\"name\":\"[value-hidden:13]\",\"value\""));
}

void TestRedactor::valuesMayBeShownButNeverKeys()
{
    Redactor redactor({true, false, false}, {Key});
    QByteArray body = Body;
    body.replace("order-98765", Key);
    const QByteArray hidden = redactor.document(body);
    QVERIFY(hidden.contains("Zoë Maxwell"));
    QVERIFY(hidden.contains("\"payload\":\"[key-hidden]\""));
    QVERIFY(!holdsSecret(hidden, Key));
}

void TestRedactor::aDocumentStaysJsonOfTheSameShape()
{
    Redactor redactor({}, {Key});
    const QByteArray untouched = "{ \"b\" : 1.0,\n \"a\" : [ null, true ], \"b\" : \"x\" }";
    QCOMPARE(redactor.document(untouched), untouched);
    QCOMPARE(
        redactor.document("{\"to\":447946000958,\"at\":1790000000,\"n\":12345,\"t\":\"eyJ\"}"),
        QByteArray("{\"to\":\"+44\u20260958#1\",\"at\":1790000000,\"n\":12345,\"t\":\"eyJ\"}"));
    QCOMPARE(redactor.document(
                 "{\"headers\":[{\"name\":\"Authorization\",\"value\":\"x\"}],\"token\":\"y\"}"),
             QByteArray("{\"headers\":[{\"name\":\"Authorization\",\"value\":\"[secret-hidden]\"}],"
                        "\"token\":\"[secret-hidden]\"}"));
}

void TestRedactor::whatIsNoJsonIsRedactedAsText()
{
    Redactor redactor({}, {Key});
    QCOMPARE(redactor.document("<p>+447946000958</p>"), QByteArray("<p>+44\u20260958#1</p>"));
    QCOMPARE(redactor.document("{\"to\":\"447946000958\""),
             QByteArray("{\"to\":\"+44\u20260958#1\""));
    const QByteArray deep = QByteArray(200, '[') + "447946000958" + QByteArray(200, ']');
    QVERIFY(!redactor.document(deep).contains("447946000958"));
    QCOMPARE(redactor.document("\xff\xfe"), QString(2, QChar(0xfffd)).toUtf8());
}

void TestRedactor::aStatusUrlKeepsItsHostAndItsSend()
{
    Redactor redactor({}, {});
    const QString id = u"0a1b2c3d-1111-4222-8333-444455556666"_s;
    QCOMPARE(redactor.statusUrl(u"https://u:p@h.example:8443/a/b/s/"_s + id + u"?token=1"_s),
             u"https://h.example:8443/[secret-hidden]/[secret-hidden]/s/"_s + id
                 + u"?[secret-hidden]"_s);
    QCOMPARE(redactor.statusUrl(u"https://h.example/statuses/4f5a6b7c8d9e0f"_s),
             u"https://h.example/statuses/[secret-hidden]"_s);
    QCOMPARE(redactor.statusUrl(u"{{status}}"_s), u"{{status}}"_s);
}

void TestRedactor::aSendIsRedactedAsAWhole()
{
    const QString key = QString::fromLatin1(Key);
    SendRecord record;
    Claim &claim = record.claim;
    claim.profile = key + u" of +44 7946 000958"_s;
    claim.url = QUrl(u"https://h.example/%1/447946000958?x=%1"_s.arg(key));
    claim.lane = key;
    claim.body = "{\"to\":\"447946000958\",\"x\":\"" + Key + "\"}";
    claim.to = Number;
    claim.agentId = claim.templateName = claim.locale = claim.channel = claim.region = key;
    record.answer.reason = Key;
    record.answer.headers = {{Key, "x"}, {"X-Vgai-Key", "abc"}, {"Set-Cookie", "a=b"}};
    record.answer.body = Key.toBase64() + " 447946000958";
    record.answer.problemDetail = record.note = record.deliveryError = key;
    Redactor redactor({}, {Key});
    const SendRecord hidden = redactor.record(record);
    QByteArray all = (hidden.claim.profile + hidden.claim.lane + hidden.claim.to
                      + hidden.claim.agentId + hidden.claim.templateName + hidden.claim.locale
                      + hidden.claim.channel + hidden.claim.region + hidden.answer.problemDetail
                      + hidden.note + hidden.deliveryError + hidden.claim.url.toString())
                         .toUtf8()
        + hidden.claim.url.toEncoded() + hidden.claim.body + hidden.answer.reason
        + hidden.answer.body;
    for (const HttpHeader &header : hidden.answer.headers)
        all += header.name + header.value;
    QVERIFY2(!holdsSecret(all, Key), all.constData());
    QVERIFY(!holdsNumber(all, Number));
    QVERIFY(hidden.claim.url.isValid());
    QCOMPARE(hidden.answer.headers.at(1).value, QByteArray("[secret-hidden]"));
    QCOMPARE(hidden.answer.headers.at(2).value, QByteArray("[secret-hidden]"));
}

void TestRedactor::aBodyThatIsNoJsonIsHidden()
{
    SendRecord record;
    record.claim.body = "{\"text\":\"Zoe\"";
    QCOMPARE(Redactor({}, {}).record(record).claim.body, QByteArray("[value-hidden:13]"));
    QCOMPARE(Redactor({true, false, false}, {}).record(record).claim.body, record.claim.body);
}

void TestRedactor::anEventIsRedactedAsAWhole()
{
    KeptEvent event;
    event.event =
        parseStatusEvent("{\"to\":\"447946000958\",\"from\":\"+1 202 555 0143\","
                         "\"status\":\"rejected\",\"error\":{\"title\":\"1022\","
                         "\"detail\":\"Zoë Maxwell 07946 000958\"},\"timestamp\":\"1790000000\"}");
    event.event.raw =
        "{\"to\":\"447946000958\",\"from\":\"+1 202 555 0143\",\"timestamp\":1790000000,"
        "\"whatsapp\":{\"recipient\":{\"wa_id\":\"447946000958\"}}}";
    SendRecord owner;
    owner.claim.body = Body;
    Redactor redactor({}, {Key});
    const KeptEvent hidden = redactor.event(event, owner);
    QCOMPARE(hidden.event.to, u"+44\u20260958#1"_s);
    QCOMPARE(hidden.event.from, u"+1\u20260143#2"_s);
    QCOMPARE(hidden.event.errorDetail, u"[value-hidden:11] +44\u20260958#1"_s);
    QVERIFY(hidden.event.raw.contains("\"timestamp\":1790000000"));
    QVERIFY(hidden.event.raw.contains("\"wa_id\":\"+44\u20260958#1\""));
    QVERIFY(!holdsNumber(hidden.event.raw, Number));
}

void TestRedactor::redactingTwiceChangesNothing()
{
    Redactor redactor({}, {Key});
    const QByteArray once = redactor.document(Body);
    QCOMPARE(redactor.document(once), once);
    const QString text = redactor.text(u"X-Vgai-Key: abc, +44 7946 000958"_s);
    QCOMPARE(redactor.text(text), text);
}

void TestRedactor::hostileTextsTakeNoLongerThanOthers()
{
    Redactor redactor({}, {Key});
    SendRecord record;
    record.claim.to = Number;
    redactor.learn(record);
    constexpr qsizetype size = 300'000;
    for (const QByteArray &piece :
         {QByteArray("%25"), QByteArray("\\"), QByteArray("&amp;"), QByteArray("1"),
          QByteArray("1 "), QByteArray("eyJ"), QByteArray("/s/"), QByteArray("://a"),
          QByteArray("f00d-0123456789"), QByteArray("password=")}) {
        const QByteArray text = piece.repeated(size / piece.size());
        QVERIFY(!redactor.document(text).isEmpty());
        LeakCheck check({Key}, &redactor.numbers());
        check.look(text);
        QCOMPARE(check.finish(), LeakCheck::Found::Nothing);
    }
}

/// Fragments in any order, around each form: found in none of the results.
void TestRedactor::whateverIsPutTogetherNothingIsLeft()
{
    QRandomGenerator random(20261123);
    const QStringList fragments{u"\""_s,   u"\\"_s,       u"%"_s,     u"%2"_s,  u"&#"_s,  u"&"_s,
                                u" "_s,    u"\\u"_s,      u"\\u00"_s, u";"_s,   u"/s/"_s, u"+"_s,
                                u"00"_s,   u"7"_s,        u"é"_s,     u"😀"_s,   u"{"_s,   u"]"_s,
                                u"\\\\"_s, u"[key-hid"_s, u"\n"_s,    u"eyJ"_s, u"#"_s,   u"'"_s};
    const auto forms = secretForms(Key);
    const QStringList numbers{Number, u"+44 7946 000958"_s,
                              u"%34%34"
                              "7946000958"_s,
                              u"44\\u0037946000958"_s};
    for (int round = 0; round < 2000; ++round) {
        QString text;
        const auto noise = [&] {
            for (quint32 i = random.bounded(6U); i > 0; --i)
                text += fragments.at(random.bounded(fragments.size()));
        };
        noise();
        text += forms.at(random.bounded(forms.size())).text;
        text += u'\n';
        noise();
        text += u' ' + numbers.at(random.bounded(numbers.size())) + u' ';
        noise();
        Redactor redactor({}, {Key});
        SendRecord record;
        record.claim.to = Number;
        redactor.learn(record);
        const QByteArray hidden = redactor.document(text.toUtf8());
        QVERIFY2(!holdsSecret(hidden, Key),
                 qPrintable(text + u"\n=> "_s + QString::fromUtf8(hidden)));
        QVERIFY2(!holdsNumber(hidden, Number),
                 qPrintable(text + u"\n=> "_s + QString::fromUtf8(hidden)));
    }
}

void TestRedactor::theCheckFindsAWholeNumber()
{
    NumberTags numbers;
    numbers.learn(Number);
    for (const QByteArray &text :
         {QByteArray("to 447946000958."), QByteArray("00447946000958"),
          QByteArray("%34%347946000958"), QByteArray("\\u0034\\u00347946000958")}) {
        LeakCheck check({}, &numbers);
        check.look(text);
        QCOMPARE(check.finish(), LeakCheck::Found::Number);
    }
    LeakCheck other({}, &numbers);
    other.look("447946000959, +44\u20260958#1");
    QCOMPARE(other.finish(), LeakCheck::Found::Nothing);
}

void TestRedactor::theCheckLooksAcrossPieces()
{
    for (const QByteArray &form :
         {Key, Key.toHex(), escaped(Key, percent, [](auto) { return true; }).toLatin1()}) {
        LeakCheck check({Key}, nullptr);
        for (const char c : QByteArray(600'000, 'x') + form + QByteArray(600'000, 'x'))
            check.look(QByteArrayView(&c, 1));
        QCOMPARE(check.finish(), LeakCheck::Found::Secret);
    }
}

QTEST_APPLESS_MAIN(TestRedactor)
#include "tst_redactor.moc"
