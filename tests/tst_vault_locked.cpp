// With a real gnome-keyring that gets locked, and no display to unlock it on.
#include "secrets/vault.h"
#include "support/keyring.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QString Profile = u"profile"_s;
const QString Origin = u"https://studio-api-us.ai.vonage.com"_s;
const QString Entry = Profile + u'@' + Origin;
const QByteArray Key = "a-key-behind-a-lock"_ba;

} // namespace

class TestVaultLocked : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void aLockedKeyIsLockedAndNotMissing_data();
    void aLockedKeyIsLockedAndNotMissing();
    void storingIntoALockedKeyringSaysLocked();
    void removingFromALockedKeyringSaysLockedAndDeletesNothing();
    void anUnknownEntryOfALockedKeyringGoesByTheProfilesFlag();
    void aSessionKeyWorksWhileTheKeychainIsLocked();
};

void TestVaultLocked::init()
{
    QVERIFY(restartUnlocked());
    Vault vault;
    const auto stored = await(vault.store(Profile, Origin, Key));
    QVERIFY2(stored, whyNot(stored).constData());
}

void TestVaultLocked::aLockedKeyIsLockedAndNotMissing_data()
{
    QTest::addColumn<bool>("storedBefore");
    QTest::addColumn<bool>("restarted");
    QTest::newRow("locked by the user") << true << false;
    QTest::newRow("locked by the user, flag lost") << false << false;
    QTest::newRow("never unlocked") << true << true;
    QTest::newRow("never unlocked, flag lost") << false << true;
}

void TestVaultLocked::aLockedKeyIsLockedAndNotMissing()
{
    QFETCH(const bool, storedBefore);
    QFETCH(const bool, restarted);
    QVERIFY(restarted ? stopDaemon() : lockKeyring());
    Vault vault;
    QCOMPARE(await(vault.place(Profile, Origin, storedBefore)), KeyPlace::Locked);
    const auto key = await(vault.read(Profile, Origin, storedBefore));
    QVERIFY(!key);
    QCOMPARE(key.error().kind, ErrorKind::SecretsLocked);
}

void TestVaultLocked::storingIntoALockedKeyringSaysLocked()
{
    QVERIFY(lockKeyring());
    Vault vault;
    vault.keepForSession(Profile, Origin, "session"_ba);
    const auto stored = await(vault.store(Profile, Origin, "new"_ba));
    QVERIFY(!stored);
    QCOMPARE(stored.error().kind, ErrorKind::SecretsLocked);
    // What could not be stored must not take the session's key with it.
    QCOMPARE(await(vault.place(Profile, Origin, true)), KeyPlace::Session);
    QVERIFY(restartUnlocked());
    QCOMPARE(secretToolLookup(Entry), Key);
}

void TestVaultLocked::removingFromALockedKeyringSaysLockedAndDeletesNothing()
{
    QVERIFY(lockKeyring());
    Vault vault;
    const auto removed = await(vault.remove(Profile, Origin));
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, ErrorKind::SecretsLocked);
    QVERIFY(restartUnlocked());
    QCOMPARE(secretToolLookup(Entry), Key);
    QVERIFY(await(vault.remove(Profile, Origin)));
    QCOMPARE(secretToolLookup(Entry), QByteArray());
}

void TestVaultLocked::anUnknownEntryOfALockedKeyringGoesByTheProfilesFlag()
{
    QVERIFY(lockKeyring());
    Vault vault;
    const QString other = u"https://other.example"_s;
    QCOMPARE(await(vault.read(Profile, other, true)).error().kind, ErrorKind::SecretsLocked);
    QCOMPARE(await(vault.read(Profile, other, false)).error().kind, ErrorKind::SecretsNotFound);
    QCOMPARE(await(vault.place(Profile, other, true)), KeyPlace::Locked);
    QCOMPARE(await(vault.place(Profile, other, false)), KeyPlace::Missing);
    QCOMPARE(await(vault.remove(Profile, other)).error().kind, ErrorKind::SecretsLocked);
}

void TestVaultLocked::aSessionKeyWorksWhileTheKeychainIsLocked()
{
    QVERIFY(lockKeyring());
    Vault vault;
    vault.keepForSession(Profile, Origin, "session"_ba);
    QCOMPARE(await(vault.read(Profile, Origin, true))->bytes, "session"_ba);
}

QTEST_GUILESS_MAIN(TestVaultLocked)
#include "tst_vault_locked.moc"
