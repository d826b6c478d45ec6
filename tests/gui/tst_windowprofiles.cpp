#include "gui/windowfixture.h"

#include "ui/keydialog.h"
#include "ui/profiledialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QListWidget>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Profiles and keys through the real dialogs and a real keyring: see with-keyring.sh.
class TestWindowProfiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void aKeyGoesIntoTheKeychainAndIsUsed();
    void aKeyForThisSessionIsGoneAfterwards();
    void nonsenseIsNoKey();
    void aLiveProfileLooksLive();
    void aLiveProfileWithoutAKeyAsksForIt();
    void aCustomHostNeedsAYes();

private:
    template <typename T>
    static T *child(const QWidget &dialog, const char *name)
    {
        return dialog.findChild<T *>(QLatin1String(name));
    }
    /// Opens the key dialog, saves @p key and waits until it says so.
    void saveKey(const QString &key, bool sessionOnly);
    /// Adds a profile through the dialog.
    void addProfile(const QString &name, const QString &region, const QString &url = {});

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestWindowProfiles::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
}

void TestWindowProfiles::cleanup()
{
    m_fixture.reset();
}

void TestWindowProfiles::saveKey(const QString &key, bool sessionOnly)
{
    m_fixture->whenDialogOpens<KeyDialog>([&](KeyDialog &dialog) {
        auto *edit = child<QLineEdit>(dialog, "keyEdit");
        QCOMPARE(edit->echoMode(), QLineEdit::Password);
        QGuiApplication::clipboard()->setText(key);
        QTest::mouseClick(child<QPushButton>(dialog, "pasteButton"), Qt::LeftButton);
        QCOMPARE(edit->text(), key.trimmed());
        child<QCheckBox>(dialog, "sessionCheck")->setChecked(sessionOnly);
        auto *reveal = child<QPushButton>(dialog, "revealButton");
        QTest::mousePress(reveal, Qt::LeftButton);
        QCOMPARE(edit->echoMode(), QLineEdit::Normal);
        QTest::mouseRelease(reveal, Qt::LeftButton);
        QCOMPARE(edit->echoMode(), QLineEdit::Password);
        QTest::mouseClick(child<QPushButton>(dialog, "saveButton"), Qt::LeftButton);
        QTRY_VERIFY(child<QLabel>(dialog, "messageLabel")->isVisible());
        QVERIFY(edit->text().isEmpty());
        dialog.reject();
    });
    m_fixture->click("keyButton");
}

void TestWindowProfiles::addProfile(const QString &name, const QString &region, const QString &url)
{
    m_fixture->whenDialogOpens<ProfileDialog>([&](ProfileDialog &dialog) {
        QTest::mouseClick(child<QPushButton>(dialog, "addButton"), Qt::LeftButton);
        auto *nameEdit = child<QLineEdit>(dialog, "nameEdit");
        nameEdit->selectAll();
        QTest::keyClicks(nameEdit, name);
        auto *combo = child<QComboBox>(dialog, "regionCombo");
        combo->setCurrentText(region);
        emit combo->activated(combo->currentIndex());
        if (!url.isEmpty()) {
            QTest::keyClicks(child<QLineEdit>(dialog, "urlEdit"), url);
            auto *approve = child<QCheckBox>(dialog, "approveCheck");
            QVERIFY(approve->isVisible());
            auto *ok = child<QDialogButtonBox>(dialog, "buttonBox")->button(QDialogButtonBox::Ok);
            QTest::mouseClick(ok, Qt::LeftButton); // not without a yes
            QVERIFY(dialog.isVisible());
            QVERIFY(child<QLabel>(dialog, "messageLabel")->text().contains(u"key will be sent"_s));
            approve->click();
        }
        dialog.accept();
    });
    m_fixture->find<QAction>("profilesAction")->trigger();
}

void TestWindowProfiles::aKeyGoesIntoTheKeychainAndIsUsed()
{
    auto &f = *m_fixture;
    saveKey(u"not-the-sandbox-key"_s, false);
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: in keychain"_s);
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"401 Key refused"_s);

    saveKey(u"  sandbox \n"_s, false); // replaced, as pasted with a line break
    f.click("sendButton");
    QTRY_COMPARE_WITH_TIMEOUT(f.log().rowCount(), 2, 3000);
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);

    f.quit();
    QVERIFY(f.start());
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: in keychain"_s);
    f.whenDialogOpens<KeyDialog>([&](KeyDialog &dialog) {
        auto *forget = child<QPushButton>(dialog, "forgetButton");
        QTRY_VERIFY(forget->isEnabled());
        QTest::mouseClick(forget, Qt::LeftButton);
        QTRY_VERIFY(child<QLabel>(dialog, "messageLabel")->text().contains(u"forgotten"_s));
        dialog.reject();
    });
    f.click("keyButton");
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: sandbox's own"_s);
}

void TestWindowProfiles::aKeyForThisSessionIsGoneAfterwards()
{
    auto &f = *m_fixture;
    saveKey(u"sandbox"_s, true);
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: this session only"_s);
    f.quit();
    QVERIFY(f.start());
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: sandbox's own"_s);
}

void TestWindowProfiles::nonsenseIsNoKey()
{
    auto &f = *m_fixture;
    f.whenDialogOpens<KeyDialog>([&](KeyDialog &dialog) {
        QTest::keyClicks(child<QLineEdit>(dialog, "keyEdit"), u"two words"_s);
        QTest::mouseClick(child<QPushButton>(dialog, "saveButton"), Qt::LeftButton);
        QVERIFY(child<QLabel>(dialog, "messageLabel")->text().contains(u"not a key"_s));
        QCOMPARE(child<QLineEdit>(dialog, "keyEdit")->text(), u"two words"_s); // nothing is lost
        dialog.reject();
    });
    f.click("keyButton");
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: sandbox's own"_s);
}

void TestWindowProfiles::aLiveProfileLooksLive()
{
    auto &f = *m_fixture;
    addProfile(u"Shop"_s, u"EU"_s);
    QCOMPARE(f.find<QComboBox>("profileCombo")->currentText(), u"Shop"_s);
    QCOMPARE(f.text("band"), u"Live EU: messages reach real phones."_s);
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: missing"_s);
    QVERIFY(f.window().windowTitle().startsWith(u"Shop"_s));
    // The sandbox's sample is not offered to real phones.
    QVERIFY(f.find<QLineEdit>("toEdit")->text().isEmpty());

    const auto note = [&f](const QString &url) {
        f.type("statusUrlEdit", url);
        return f.text("statusUrlNote");
    };
    QVERIFY(note({}).contains(u"Enter a Status URL"_s));
    QVERIFY(note(u"ftp://h.org"_s).contains(u"has to start with https"_s));
    QVERIFY(note(u"http://h.org"_s).contains(u"Without https"_s));
    QVERIFY(note(u"https://api.nexmo.com/x"_s).contains(u"loop endlessly"_s));
    QVERIFY(note(u"https://192.168.0.7/x"_s).contains(u"cannot reach"_s));
    QVERIFY(!note(u"https://h.org/inbox"_s).contains(u"<span"_s)
            || !f.find<QLineEdit>("statusUrlEdit")->property("faulty").toBool());
}

void TestWindowProfiles::aLiveProfileWithoutAKeyAsksForIt()
{
    auto &f = *m_fixture;
    addProfile(u"Shop"_s, u"EU"_s);
    f.type("agentEdit", u"64b7f0c2a9d14e5b8c3f1a20"_s);
    f.type("toEdit", u"+44 7700 900958"_s);
    f.type("namespaceEdit", u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s);
    f.type("templateEdit", u"order_update"_s);
    f.find<QComboBox>("localeCombo")->setCurrentText(u"es"_s);
    f.type("statusUrlEdit", u"https://h.org/inbox"_s);
    bool asked = false;
    f.whenDialogOpens<KeyDialog>([&](KeyDialog &dialog) {
        asked = true;
        QTRY_VERIFY(child<QLabel>(dialog, "whereLabel")
                        ->text()
                        .contains(u"https://studio-api-eu.ai.vonage.com:443"_s));
        dialog.reject();
    });
    f.click("sendButton");
    QTRY_VERIFY(asked);
    QCOMPARE(f.log().rowCount(), 0);
    QVERIFY(f.find<QPushButton>("sendButton")->isEnabled());
}

void TestWindowProfiles::aCustomHostNeedsAYes()
{
    auto &f = *m_fixture;
    addProfile(u"Proxy"_s, u"Custom"_s, u"http://127.0.0.1:1/studio"_s);
    QVERIFY(f.text("band").contains(u"http://127.0.0.1:1"_s));
}

QTEST_MAIN(TestWindowProfiles)
#include "tst_windowprofiles.moc"
