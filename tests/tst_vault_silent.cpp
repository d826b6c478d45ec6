// With a service that has the keychain's name and never answers (silentservice.cpp).
#include "secrets/vault.h"
#include "support/keyring.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

class TestVaultSilent : public QObject
{
    Q_OBJECT

private slots:
    void aHungServiceIsHintedAtAfterFiveSecondsAndIsATimeoutInTheEnd();
};

void TestVaultSilent::aHungServiceIsHintedAtAfterFiveSecondsAndIsATimeoutInTheEnd()
{
    const QString origin = u"https://studio-api-eu.ai.vonage.com"_s;
    constexpr std::chrono::seconds Patience{60};
    Vault vault;
    QSignalSpy slow(&vault, &Vault::slow);
    QSignalSpy settled(&vault, &Vault::settled);
    QElapsedTimer clock;
    clock.start();

    const auto read = vault.read(u"p"_s, origin, true);
    const auto stored = vault.store(u"p"_s, origin, "key"_ba);
    const auto removed = vault.remove(u"p"_s, origin);
    const auto place = vault.place(u"p"_s, origin, true);
    QTRY_COMPARE_WITH_TIMEOUT(slow.count(), 1, 10'000);
    // Qt's coarse timers may be 5 % early.
    QVERIFY(clock.hasExpired(std::chrono::milliseconds(Vault::SlowAfter).count() * 9 / 10));
    QVERIFY(!read.isFinished());
    QCOMPARE(settled.count(), 0);

    QCOMPARE(await(read, Patience).error().kind, ErrorKind::SecretsTimeout);
    QCOMPARE(await(stored, Patience).error().kind, ErrorKind::SecretsTimeout);
    QCOMPARE(await(removed, Patience).error().kind, ErrorKind::SecretsTimeout);
    QCOMPARE(await(place, Patience), KeyPlace::Unknown);
    QCOMPARE(slow.count(), 1);
    QCOMPARE(settled.count(), 1);
}

QTEST_GUILESS_MAIN(TestVaultSilent)
#include "tst_vault_silent.moc"
