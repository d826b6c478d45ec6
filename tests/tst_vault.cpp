// With a real gnome-keyring that is unlocked (with-keyring.sh).
#include "secrets/vault.h"
#include "support/keyring.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QString Profile = u"3f0c5b1e-7c3a-4c58-9f43-0d9f5a3f7a11"_s;
const QString Origin = u"https://studio-api-eu.ai.vonage.com"_s;
const QString Entry = Profile + u'@' + Origin;
// Not one literal: with a quote in it, moc sees no class below.
const QByteArray Key = "k3y+with/odd=chars&%~:end"_ba + '"' + '\\';

} // namespace

class TestVault : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();

    void aStoredKeyIsReadBackAndSeenByAnotherProgram();
    void aStoredKeyReplacesTheOldOne();
    void aRemovedKeyIsGoneForAnotherProgramToo();
    void removingWhatIsNotThereSucceeds();
    void aKeyThatWasDeletedElsewhereIsNotFoundRatherThanLocked();
    void anotherOriginOfTheSameProfileHasNoKey();
    void aSessionKeyGoesFirstAndIsNeverWritten();
    void storingForgetsTheSessionKey();
    void removingForgetsTheSessionKeyToo();
    void anUncleanKeyIsNotStored();
    void aBrokenEntryOfAnotherProgramIsAnError();
    void theLongestKeySurvives();
    void noFileHasTheKeyInIt();
    void manyRequestsAtOnceAllFinish();
    void futuresFinishAfterTheVaultIsGone();
    void nothingIsSlowHere();
};

void TestVault::cleanup()
{
    Vault vault;
    QVERIFY(await(vault.remove(Profile, Origin)));
}

void TestVault::aStoredKeyIsReadBackAndSeenByAnotherProgram()
{
    Vault vault;
    QCOMPARE(await(vault.place(Profile, Origin, false)), KeyPlace::Missing);
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    QCOMPARE(secretToolLookup(Entry), Key);
    QCOMPARE(await(vault.place(Profile, Origin, true)), KeyPlace::Keychain);

    Vault another;
    const auto key = await(another.read(Profile, Origin, true));
    QVERIFY(key);
    QCOMPARE(key->bytes, Key);
    QCOMPARE(key->origin, Origin);
}

void TestVault::aStoredKeyReplacesTheOldOne()
{
    Vault vault;
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    QVERIFY(await(vault.store(Profile, Origin, "second"_ba)));
    QCOMPARE(secretToolLookup(Entry), "second"_ba);
    QCOMPARE(await(vault.read(Profile, Origin, true))->bytes, "second"_ba);
}

void TestVault::aRemovedKeyIsGoneForAnotherProgramToo()
{
    Vault vault;
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    QVERIFY(await(vault.remove(Profile, Origin)));
    QCOMPARE(secretToolLookup(Entry), QByteArray());
    const auto key = await(vault.read(Profile, Origin, false));
    QVERIFY(!key);
    QCOMPARE(key.error().kind, ErrorKind::SecretsNotFound);
    QCOMPARE(await(vault.place(Profile, Origin, false)), KeyPlace::Missing);
}

void TestVault::removingWhatIsNotThereSucceeds()
{
    Vault vault;
    QVERIFY(await(vault.remove(u"nobody"_s, Origin)));
}

void TestVault::aKeyThatWasDeletedElsewhereIsNotFoundRatherThanLocked()
{
    Vault vault;
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    QCOMPARE(
        runProgram(u"secret-tool"_s, {u"clear"_s, u"server"_s, u"icebreaker"_s, u"user"_s, Entry})
            .exitCode,
        0);
    const auto key = await(vault.read(Profile, Origin, true));
    QVERIFY(!key);
    QCOMPARE(key.error().kind, ErrorKind::SecretsNotFound);
    QCOMPARE(await(vault.place(Profile, Origin, true)), KeyPlace::Missing);
}

void TestVault::anotherOriginOfTheSameProfileHasNoKey()
{
    Vault vault;
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    vault.keepForSession(Profile, u"https://second.example"_s, "other"_ba);
    for (const QString &origin : {u"https://evil.example"_s, Origin + u":8443"_s,
                                  u"http://studio-api-eu.ai.vonage.com"_s}) {
        const auto key = await(vault.read(Profile, origin, true));
        QVERIFY(!key);
        QCOMPARE(key.error().kind, ErrorKind::SecretsNotFound);
    }
    QCOMPARE(await(vault.read(Profile, Origin, true))->bytes, Key);
}

void TestVault::aSessionKeyGoesFirstAndIsNeverWritten()
{
    Vault vault;
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    vault.keepForSession(Profile, Origin, "only-for-now"_ba);
    QCOMPARE(await(vault.place(Profile, Origin, true)), KeyPlace::Session);
    QCOMPARE(await(vault.read(Profile, Origin, true))->bytes, "only-for-now"_ba);
    QCOMPARE(secretToolLookup(Entry), Key);
    QCOMPARE(filesWith("only-for-now"_ba), QStringList());

    vault.keepForSession(Profile, Origin, {});
    QCOMPARE(await(vault.place(Profile, Origin, true)), KeyPlace::Keychain);

    Vault another;
    QCOMPARE(await(another.read(Profile, Origin, true))->bytes, Key);
}

void TestVault::storingForgetsTheSessionKey()
{
    Vault vault;
    vault.keepForSession(Profile, Origin, "only-for-now"_ba);
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    QCOMPARE(await(vault.place(Profile, Origin, true)), KeyPlace::Keychain);
    QCOMPARE(await(vault.read(Profile, Origin, true))->bytes, Key);
}

void TestVault::removingForgetsTheSessionKeyToo()
{
    Vault vault;
    vault.keepForSession(Profile, Origin, "only-for-now"_ba);
    QVERIFY(await(vault.remove(Profile, Origin)));
    QCOMPARE(await(vault.place(Profile, Origin, false)), KeyPlace::Missing);
}

void TestVault::anUncleanKeyIsNotStored()
{
    Vault vault;
    for (const QByteArray &key : {QByteArray(), "a b"_ba, "a\r\nb"_ba, " a"_ba}) {
        const auto stored = await(vault.store(Profile, Origin, key));
        QVERIFY(!stored);
        QCOMPARE(stored.error().kind, ErrorKind::InvalidInput);
    }
    QCOMPARE(await(vault.place(Profile, Origin, false)), KeyPlace::Missing);
}

void TestVault::aBrokenEntryOfAnotherProgramIsAnError()
{
    QVERIFY(secretToolStore(Entry, "two words\r\nX-Evil: 1"_ba));
    Vault vault;
    const auto key = await(vault.read(Profile, Origin, true));
    QVERIFY(!key);
    QCOMPARE(key.error().kind, ErrorKind::Secrets);
}

void TestVault::theLongestKeySurvives()
{
    Vault vault;
    const QByteArray longest(MaxKeyLength, 'k');
    QVERIFY(await(vault.store(Profile, Origin, longest)));
    QCOMPARE(await(vault.read(Profile, Origin, true))->bytes, longest);
}

void TestVault::noFileHasTheKeyInIt()
{
    Vault vault;
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    QVERIFY(await(vault.read(Profile, Origin, true)));
    QVERIFY(QFile::exists(qEnvironmentVariable("XDG_DATA_HOME") + u"/keyrings/login.keyring"_s));
    QCOMPARE(filesWith(Key), QStringList());
}

void TestVault::manyRequestsAtOnceAllFinish()
{
    Vault vault;
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    QList<QFuture<Result<ApiKey>>> reads;
    QList<QFuture<KeyPlace>> places;
    for (int i = 0; i < 50; ++i) {
        reads << vault.read(Profile, Origin, true);
        places << vault.place(Profile, Origin, true);
    }
    for (const auto &read : reads)
        QCOMPARE(await(read)->bytes, Key);
    for (const auto &place : places)
        QCOMPARE(await(place), KeyPlace::Keychain);
}

void TestVault::futuresFinishAfterTheVaultIsGone()
{
    auto vault = std::make_unique<Vault>();
    const auto stored = vault->store(Profile, Origin, Key);
    const auto place = vault->place(Profile, Origin, false);
    vault.reset();
    QVERIFY(await(stored));
    QVERIFY(await(place) == KeyPlace::Missing || await(place) == KeyPlace::Keychain);
    QCOMPARE(secretToolLookup(Entry), Key);
}

void TestVault::nothingIsSlowHere()
{
    Vault vault;
    const QSignalSpy slow(&vault, &Vault::slow);
    const QSignalSpy settled(&vault, &Vault::settled);
    QVERIFY(await(vault.store(Profile, Origin, Key)));
    QVERIFY(await(vault.read(Profile, Origin, true)));
    QCOMPARE(slow.count(), 0);
    QCOMPARE(settled.count(), 0);
}

QTEST_GUILESS_MAIN(TestVault)
#include "tst_vault.moc"
