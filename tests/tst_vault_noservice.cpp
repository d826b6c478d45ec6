// Without a usable keychain: no bus, no service, no library, no keyring to write to
// (one ctest each; with-keyring.sh makes the difference).
#include "secrets/vault.h"
#include "support/keyring.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QString Profile = u"profile"_s;
const QString Origin = u"https://studio-api-eu.ai.vonage.com"_s;
const QByteArray Key = "a-key-without-a-home"_ba;

/// There is a daemon that answers: what it does not have is certainly not there.
bool daemonAnswers()
{
    return qEnvironmentVariableIsSet("KEYRING_DAEMON_ANSWERS");
}

} // namespace

class TestVaultNoService : public QObject
{
    Q_OBJECT

private slots:
    void nothingCanBeStoredAndTheReasonIsNamed();
    void readingSaysWhyThereIsNoKey();
    void removingSaysWhetherTheKeyIsGone();
    void aSessionKeyWorksAllTheSame();
    void theKeyIsInNoFile();
};

void TestVaultNoService::nothingCanBeStoredAndTheReasonIsNamed()
{
    Vault vault;
    const auto stored = await(vault.store(Profile, Origin, Key));
    QVERIFY(!stored);
    QCOMPARE(stored.error().kind, ErrorKind::SecretsNoService);
    QVERIFY(stored.error().detail.contains(qEnvironmentVariable("EXPECTED_DETAIL")));
    QVERIFY(!qEnvironmentVariableIsEmpty("EXPECTED_DETAIL"));
}

void TestVaultNoService::readingSaysWhyThereIsNoKey()
{
    Vault vault;
    const auto expected =
        daemonAnswers() ? ErrorKind::SecretsNotFound : ErrorKind::SecretsNoService;
    QCOMPARE(await(vault.read(Profile, Origin, true)).error().kind, expected);
    QCOMPARE(await(vault.read(Profile, Origin, false)).error().kind, expected);
    QCOMPARE(await(vault.place(Profile, Origin, true)),
             daemonAnswers() ? KeyPlace::Missing : KeyPlace::NoService);
}

void TestVaultNoService::removingSaysWhetherTheKeyIsGone()
{
    Vault vault;
    const auto removed = await(vault.remove(Profile, Origin));
    QCOMPARE(removed.has_value(), daemonAnswers());
    if (!removed)
        QCOMPARE(removed.error().kind, ErrorKind::SecretsNoService);
}

void TestVaultNoService::aSessionKeyWorksAllTheSame()
{
    Vault vault;
    vault.keepForSession(Profile, Origin, Key);
    QCOMPARE(await(vault.place(Profile, Origin, false)), KeyPlace::Session);
    QCOMPARE(await(vault.read(Profile, Origin, false))->bytes, Key);
}

void TestVaultNoService::theKeyIsInNoFile()
{
    Vault vault;
    vault.keepForSession(Profile, Origin, Key);
    QVERIFY(!await(vault.store(Profile, Origin, Key)));
    QCOMPARE(filesWith(Key), QStringList());
}

QTEST_GUILESS_MAIN(TestVaultNoService)
#include "tst_vault_noservice.moc"
