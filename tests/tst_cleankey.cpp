#include "secrets/cleankey.h"
#include "secrets/sessionkeys.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestCleanKey : public QObject
{
    Q_OBJECT

private slots:
    void whatAPersonPastesBecomesTheKey_data();
    void whatAPersonPastesBecomesTheKey();
    void whatCannotBeAHeaderValueIsRefused_data();
    void whatCannotBeAHeaderValueIsRefused();
    void theErrorDoesNotRepeatTheKey();
    void wipingOverwritesTheBytesInPlace();
    void sessionKeysShareTheirBytesWithNobody();
    void anEmptySessionKeyForgetsTheOldOne();
};

void TestCleanKey::whatAPersonPastesBecomesTheKey_data()
{
    QTest::addColumn<QByteArray>("pasted");
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("as it is") << "abc123"_ba
                              << "abc123"_ba;
    QTest::newRow("every visible character") << QByteArray(R"(!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~)")
                                             << QByteArray(R"(!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~)");
    QTest::newRow("line ends around") << "\r\n  abc123\t\r\n"_ba
                                      << "abc123"_ba;
    QTest::newRow("header line") << "X-Vgai-Key: abc123"_ba
                                 << "abc123"_ba;
    QTest::newRow("header line, other case") << " x-vgai-KEY :abc123\n"_ba
                                             << "abc123"_ba;
    QTest::newRow("a colon of its own") << "abc:123"_ba
                                        << "abc:123"_ba;
    QTest::newRow("another header's name") << "Key:abc"_ba
                                           << "Key:abc"_ba;
    QTest::newRow("longest") << QByteArray(4096, 'k') << QByteArray(4096, 'k');
}

void TestCleanKey::whatAPersonPastesBecomesTheKey()
{
    QFETCH(const QByteArray, pasted);
    QFETCH(const QByteArray, key);
    const auto result = cleanKey(pasted);
    QVERIFY(result);
    QCOMPARE(*result, key);
    QCOMPARE(*cleanKey(*result), key);
}

void TestCleanKey::whatCannotBeAHeaderValueIsRefused_data()
{
    QTest::addColumn<QByteArray>("pasted");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("only white space") << " \r\n\t"_ba;
    QTest::newRow("only the header's name") << "X-Vgai-Key:  "_ba;
    QTest::newRow("two words") << "abc 123"_ba;
    QTest::newRow("a second header") << "abc\r\nX-Evil: 1"_ba;
    QTest::newRow("two header lines") << "X-Vgai-Key: abc\nAccept: x"_ba;
    QTest::newRow("another header with a space") << "Authorization: abc"_ba;
    QTest::newRow("NUL") << QByteArray("abc\0def", 7);
    QTest::newRow("delete") << "abc\x7f"
                               "def"_ba;
    QTest::newRow("not ASCII") << "abc\xC3\xA4"_ba;
    QTest::newRow("no-break space after it") << "abc\xC2\xA0"_ba;
    QTest::newRow("too long") << QByteArray(4097, 'k');
}

void TestCleanKey::whatCannotBeAHeaderValueIsRefused()
{
    QFETCH(const QByteArray, pasted);
    const auto result = cleanKey(pasted);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::InvalidInput);
}

void TestCleanKey::theErrorDoesNotRepeatTheKey()
{
    const auto result = cleanKey("verysecret part two"_ba);
    QVERIFY(!result);
    QVERIFY(!result.error().detail.contains(u"verysecret"_s));
}

void TestCleanKey::wipingOverwritesTheBytesInPlace()
{
    QByteArray secret(1000, 's');
    const char *bytes = secret.constData();
    wipe(secret);
    QCOMPARE(secret.constData(), bytes);
    QCOMPARE(secret, QByteArray(1000, '\0'));
}

void TestCleanKey::sessionKeysShareTheirBytesWithNobody()
{
    const QByteArray given(100, 'k');
    SessionKeys keys;
    keys.keep(u"entry"_s, given);
    const QByteArray taken = keys.key(u"entry"_s);
    QCOMPARE(taken, given);
    QVERIFY(taken.constData() != given.constData());
    QVERIFY(taken.constData() != keys.key(u"entry"_s).constData());
    // Wiping what is kept must not reach into what others hold.
    keys.forget(u"entry"_s);
    QCOMPARE(taken, QByteArray(100, 'k'));
    QCOMPARE(given, QByteArray(100, 'k'));
    QVERIFY(!keys.contains(u"entry"_s));
}

void TestCleanKey::anEmptySessionKeyForgetsTheOldOne()
{
    SessionKeys keys;
    keys.keep(u"entry"_s, "one"_ba);
    keys.keep(u"entry"_s, "two"_ba);
    QCOMPARE(keys.key(u"entry"_s), "two"_ba);
    keys.keep(u"entry"_s, {});
    QVERIFY(!keys.contains(u"entry"_s));
    QVERIFY(keys.key(u"entry"_s).isEmpty());
}

QTEST_APPLESS_MAIN(TestCleanKey)
#include "tst_cleankey.moc"
