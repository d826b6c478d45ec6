// With a real gnome-keyring that is locked and a display on which it can ask for the
// password. Nobody types it: the person is away, then dismisses the prompt.
#include "secrets/vault.h"
#include "support/keyring.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QString Profile = u"profile"_s;
const QString Origin = u"https://studio-api-eu.ai.vonage.com"_s;
const QString Entry = Profile + u'@' + Origin;
const QByteArray Key = "a-key-behind-a-prompt"_ba;

uint prompterPid()
{
    const QDBusReply<uint> pid = QDBusConnection::sessionBus().interface()->servicePid(
        u"org.gnome.keyring.SystemPrompter"_s);
    return pid.isValid() ? pid.value() : 0;
}

/// Ends the prompt's program of our private bus, which cancels the prompt.
bool dismissPrompt()
{
    const uint pid = prompterPid();
    return pid != 0 && ::kill(pid_t(pid), SIGTERM) == 0;
}

} // namespace

class TestVaultPrompt : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void lookingForAKeyOpensNoPrompt();
    void anOpenPromptIsHintedAtAndNeverCutOff_data();
    void anOpenPromptIsHintedAtAndNeverCutOff();
    void forgettingALockedKeyAsksForThePasswordToo();
};

void TestVaultPrompt::init()
{
    QVERIFY(restartUnlocked());
    Vault vault;
    const auto stored = await(vault.store(Profile, Origin, Key));
    QVERIFY2(stored, whyNot(stored).constData());
}

void TestVaultPrompt::lookingForAKeyOpensNoPrompt()
{
    QVERIFY(lockKeyring());
    QCOMPARE(prompterPid(), 0U);
    Vault vault;
    QCOMPARE(await(vault.place(Profile, Origin, true)), KeyPlace::Locked);
    QCOMPARE(prompterPid(), 0U);
}

void TestVaultPrompt::anOpenPromptIsHintedAtAndNeverCutOff_data()
{
    QTest::addColumn<bool>("restarted");
    QTest::newRow("locked by the user") << false;
    QTest::newRow("never unlocked") << true;
}

void TestVaultPrompt::anOpenPromptIsHintedAtAndNeverCutOff()
{
    QFETCH(const bool, restarted);
    QVERIFY(restarted ? stopDaemon() : lockKeyring());
    Vault vault;
    const QSignalSpy slow(&vault, &Vault::slow);
    const QSignalSpy settled(&vault, &Vault::settled);

    const auto read = vault.read(Profile, Origin, true);
    QTRY_COMPARE_WITH_TIMEOUT(slow.count(), 1, 10'000);
    QVERIFY(!read.isFinished());
    // The toolbar can be told all the while.
    QCOMPARE(await(vault.place(Profile, Origin, true)), KeyPlace::Locked);
    QCOMPARE(settled.count(), 0);

    QVERIFY(dismissPrompt());
    QCOMPARE(await(read).error().kind, ErrorKind::SecretsLocked);
    QCOMPARE(slow.count(), 1);
    QCOMPARE(settled.count(), 1);
}

void TestVaultPrompt::forgettingALockedKeyAsksForThePasswordToo()
{
    QVERIFY(lockKeyring());
    Vault vault;
    const auto removed = vault.remove(Profile, Origin);
    QTRY_VERIFY_WITH_TIMEOUT(prompterPid() != 0, 10'000);
    QVERIFY(dismissPrompt());
    QCOMPARE(await(removed).error().kind, ErrorKind::SecretsLocked);
    QVERIFY(restartUnlocked());
    QCOMPARE(secretToolLookup(Entry), Key);
}

QTEST_GUILESS_MAIN(TestVaultPrompt)
#include "tst_vault_prompt.moc"
