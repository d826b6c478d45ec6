#include "gui/windowfixture.h"

#include "support/fakewebhooksite.h"
#include "support/loopbackposter.h"
#include "support/scriptedserver.h"
#include "ui/composer.h"
#include "ui/importdialog.h"
#include "ui/inboxdialog.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QListWidget>
#include <QMessageBox>
#include <QRadioButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QToolButton>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Status inboxes through the real window, by real HTTP.
class TestInbox : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void theStatusBarSaysWhereItListens();
    void theTestButtonSaysWhatItFound_data();
    void theTestButtonSaysWhatItFound();
    void aTunnelNeedsAFixedPort();
    void otherComputersNeedAYes();
    void aTakenPortIsExplained();
    void aNewSecretWarnsFirst();

    void aLiveProfileWithoutAPublicAddressIsTold();
    void aPublicAddressIsGivenToLiveSends();
    void webhookSiteFromAddressToStatus();
    void elsewhereIsSentAsTypedWithTheId();
    void aLoopingUrlElsewhereIsRefused();

    void pastedStatusesAreTaken();
    void openedNonsenseIsExplained();
    void aLoopRaisesTheBannerOnce();
    void everyControlOfTheDialogHasAName();

private:
    template <typename T>
    static T *child(const QWidget &dialog, const char *name)
    {
        auto *found = dialog.findChild<T *>(QLatin1String(name));
        if (found == nullptr)
            qFatal("no %s", name);
        return found;
    }
    /// The widget called @p name inside the pane called @p pane.
    template <typename T>
    static T *inPane(const QWidget &dialog, const char *pane, const char *name)
    {
        return child<T>(*child<QWidget>(dialog, pane), name);
    }
    static void click(QAbstractButton *button) { QTest::mouseClick(button, Qt::LeftButton); }
    static void press(const QDialog &dialog, QDialogButtonBox::StandardButton which)
    {
        click(child<QDialogButtonBox>(dialog, "buttonBox")->button(which));
    }

    /// Opens the dialog from the status bar and does @p act in it.
    template <typename Act>
    void inDialog(Act act);
    void useLiveProfile();
    /// The number of the row that was sent; its answer has come.
    void sendOnce();

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestInbox::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
}

void TestInbox::cleanup()
{
    m_fixture.reset();
}

template <typename Act>
void TestInbox::inDialog(Act act)
{
    bool opened = false;
    m_fixture->whenDialogOpens<InboxDialog>([&](InboxDialog &dialog) {
        opened = true;
        act(dialog);
        if (dialog.isVisible())
            dialog.reject();
    });
    auto *button = m_fixture->find<QToolButton>("inboxButton");
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(opened);
}

void TestInbox::useLiveProfile()
{
    m_fixture->whenDialogOpens<QDialog>([](QDialog &dialog) {
        click(child<QPushButton>(dialog, "addButton")); // EU by itself
        dialog.accept();
    });
    m_fixture->find<QAction>("profilesAction")->trigger();
}

void TestInbox::sendOnce()
{
    const int rows = m_fixture->log().rowCount();
    m_fixture->click("sendButton");
    QTRY_COMPARE(m_fixture->log().rowCount(), rows + 1);
    QTRY_COMPARE(m_fixture->result(0), u"200 Accepted"_s);
}

void TestInbox::theStatusBarSaysWhereItListens()
{
    auto &f = *m_fixture;
    const auto port = f.bench().inbox().listening().port;
    auto *button = f.find<QToolButton>("inboxButton");
    QCOMPARE(button->text(), u"Inbox: listening on 127.0.0.1:%1"_s.arg(port));
    sendOnce();
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
    LoopbackPoster stranger;
    stranger.post(QUrl(u"http://127.0.0.1:%1/nobody/s/1"_s.arg(port)), "{}");
    QTRY_COMPARE(f.bench().inbox().counts().wrongPath, 1);
    button->setFocus();
    QVERIFY(button->toolTip().contains(u"3 status"_s));
    QVERIFY(button->toolTip().contains(u"1 request"_s));
}

void TestInbox::theTestButtonSaysWhatItFound_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("words");
    QTest::newRow("works") << u"inbox"_s << u"It works"_s;
    QTest::newRow("nobody there") << u"closed"_s << u"Nobody listens"_s;
    QTest::newRow("another program") << u"404"_s << u"the tunnel changes the path"_s;
    QTest::newRow("the tunnel's own error") << u"502"_s << u"does not reach the inbox"_s;
    QTest::newRow("no HTTP") << u"hangs up"_s << u"did not answer in HTTP"_s;
    QTest::newRow("unknown name") << u"name"_s << u"is not known"_s;
}

void TestInbox::theTestButtonSaysWhatItFound()
{
    QFETCH(const QString, place);
    QFETCH(const QString, words);
    auto &f = *m_fixture;
    const auto port = f.bench().inbox().listening().port;
    ScriptedServer server;
    QUrl address = server.url({});
    if (place == "inbox"_L1)
        address.setPort(port); // a tunnel that changes nothing
    else if (place == "closed"_L1)
        server.close();
    else if (place == "404"_L1)
        server.willDo(Script::answer("404 Not Found"));
    else if (place == "502"_L1)
        server.willDo(Script::answer("502 Bad Gateway"));
    else if (place == "hangs up"_L1)
        server.willDo(Script::closeUnanswered());
    else if (place == "name"_L1)
        address = QUrl(u"http://nowhere.invalid"_s);
    inDialog([&](InboxDialog &dialog) {
        child<QSpinBox>(dialog, "portSpin")->setValue(port);
        child<QLineEdit>(dialog, "publicEdit")->setText(address.toString());
        auto *pane = child<QWidget>(dialog, "ListenerPane");
        auto *result = child<QLabel>(*pane, "resultLabel");
        click(child<QPushButton>(dialog, "testButton"));
        QTRY_VERIFY2(result->text().contains(words), qPrintable(result->text()));
        QVERIFY(result->isVisible());
        QVERIFY(child<QPushButton>(dialog, "testButton")->isEnabled());
        // What is shown and may be read aloud has no secret in it.
        QVERIFY(!result->text().contains(f.bench().inbox().listener().secret));
    });
}

void TestInbox::aTunnelNeedsAFixedPort()
{
    auto &f = *m_fixture;
    inDialog([&](InboxDialog &dialog) {
        child<QLineEdit>(dialog, "publicEdit")->setText(u"https://t.example"_s);
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(dialog.isVisible());
        auto *pane = child<QWidget>(dialog, "ListenerPane");
        QVERIFY(child<QLabel>(*pane, "resultLabel")->text().contains(u"same port every time"_s));
        child<QLineEdit>(dialog, "publicEdit")->setText(u"t.example"_s);
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(child<QLabel>(*pane, "resultLabel")->text().contains(u"https://"_s));
    });
    QVERIFY(f.bench().inbox().listener().publicBase.isEmpty());
}

void TestInbox::otherComputersNeedAYes()
{
    auto &f = *m_fixture;
    inDialog([&](InboxDialog &dialog) {
        auto *warning = child<QWidget>(dialog, "exposureFrame");
        QVERIFY(!warning->isVisible());
        auto *combo = child<QComboBox>(dialog, "interfaceCombo");
        QVERIFY(combo->currentText().contains(u"this computer only"_s));
        combo->setCurrentIndex(combo->findData(u"*"_s));
        QVERIFY(warning->isVisible());
        QVERIFY(!child<QCheckBox>(dialog, "exposureCheck")->isChecked());
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(dialog.isVisible());
        auto *pane = child<QWidget>(dialog, "ListenerPane");
        QVERIFY(child<QLabel>(*pane, "resultLabel")->text().contains(u"Agree"_s));
        combo->setCurrentIndex(combo->findData(u"127.0.0.1"_s));
        QVERIFY(!warning->isVisible());
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(!dialog.isVisible());
    });
    QCOMPARE(f.bench().inbox().listener().address, u"127.0.0.1"_s);
}

void TestInbox::aTakenPortIsExplained()
{
    auto &f = *m_fixture;
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    inDialog([&](InboxDialog &dialog) {
        child<QSpinBox>(dialog, "portSpin")->setValue(other.serverPort());
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(dialog.isVisible());
        auto *pane = child<QWidget>(dialog, "ListenerPane");
        const QString text = child<QLabel>(*pane, "resultLabel")->text();
        QVERIFY(text.contains(QString::number(other.serverPort())));
        QVERIFY(text.contains(u"another program has it"_s));
    });
    sendOnce(); // it listens where it did
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
}

void TestInbox::aNewSecretWarnsFirst()
{
    auto &f = *m_fixture;
    const QString first = f.bench().inbox().listener().secret;
    for (const bool agree : {false, true}) {
        inDialog([&](InboxDialog &dialog) {
            f.whenDialogOpens<QMessageBox>([&](QMessageBox &box) {
                QVERIFY(box.text().contains(u"404"_s));
                QVERIFY(box.defaultButton() == box.button(QMessageBox::Cancel));
                click(agree ? box.buttons().at(0) : box.button(QMessageBox::Cancel));
            });
            click(child<QPushButton>(dialog, "secretButton"));
        });
        QCOMPARE(f.bench().inbox().listener().secret != first, agree);
    }
    QVERIFY(
        f.find<QLineEdit>("statusUrlEdit")->text().contains(f.bench().inbox().listener().secret));
}

void TestInbox::aLiveProfileWithoutAPublicAddressIsTold()
{
    auto &f = *m_fixture;
    useLiveProfile();
    auto *button = f.find<QToolButton>("inboxButton");
    QVERIFY(button->text().contains(u"no public address"_s));
    QVERIFY(f.text("statusUrlNote").contains(u"Enter a Status URL"_s));
    emit f.find<QLabel>("statusUrlNote")->linkActivated(u"action:inbox"_s);
    QVERIFY(f.text("statusUrlNote").contains(u"cannot reach this computer"_s));
    QVERIFY(hasErrors(f.window().composer().entries())); // never silently 127.0.0.1
    bool opened = false;
    f.whenDialogOpens<InboxDialog>([&](InboxDialog &dialog) {
        opened = true;
        dialog.reject();
    });
    emit f.find<QLabel>("statusUrlNote")->linkActivated(u"action:setup"_s);
    QVERIFY(opened);
}

void TestInbox::aPublicAddressIsGivenToLiveSends()
{
    auto &f = *m_fixture;
    useLiveProfile();
    const auto port = f.bench().inbox().listening().port;
    inDialog([&](InboxDialog &dialog) {
        child<QSpinBox>(dialog, "portSpin")->setValue(port);
        child<QLineEdit>(dialog, "publicEdit")->setText(u"https://t.example/in/"_s);
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(!dialog.isVisible());
    });
    QCOMPARE(f.find<QToolButton>("inboxButton")->text(),
             u"Inbox: listening on 127.0.0.1:%1"_s.arg(port));
    const QString url = "https://t.example/in/"_L1 + f.bench().inbox().listener().secret + "/s/"_L1
        + f.window().composer().sendId();
    QCOMPARE(f.window().composer().outgoing().text(Field::StatusUrl), url);
    QVERIFY(f.find<QPlainTextEdit>("previewView")->toPlainText().contains(url));
    // The sandbox calls this computer only, and still does.
    f.find<QComboBox>("profileCombo")->setCurrentIndex(0);
    emit f.find<QComboBox>("profileCombo")->activated(0);
    sendOnce();
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
}

void TestInbox::webhookSiteFromAddressToStatus()
{
    FakeWebhookSite site;
    auto &f = *m_fixture;
    f.bench().inbox().webhooks().setTiming({20ms, 20ms}, {1ms, 10, 5000ms});
    inDialog([&](InboxDialog &dialog) {
        child<QRadioButton>(dialog, "webhookRadio")->click();
        auto *base = child<QLineEdit>(dialog, "baseEdit");
        QCOMPARE(base->text(), u"https://webhook.site"_s);
        base->setText(u"http://h.org"_s);
        auto *create = child<QPushButton>(dialog, "createButton");
        QVERIFY(!create->isEnabled());
        QVERIFY(child<QLabel>(dialog, "stateLabel")->text().contains(u"https://"_s));
        base->setText(site.base().toString());
        QVERIFY(!create->isEnabled()); // not before the yes
        QVERIFY(child<QLabel>(dialog, "thirdPartyLabel")->text().contains(u"third party"_s));
        press(dialog, QDialogButtonBox::Save); // nothing to use yet
        QVERIFY(dialog.isVisible());
        child<QCheckBox>(dialog, "agreeCheck")->click();
        click(create);
        auto *address = child<QLineEdit>(dialog, "addressEdit");
        QTRY_VERIFY(address->text().startsWith(site.base().toString()));
        QTRY_VERIFY(!child<QCheckBox>(dialog, "agreeCheck")->isEnabled()); // once is enough
        auto *pane = child<QWidget>(dialog, "WebhookPane");
        click(child<QPushButton>(*pane, "copyButton"));
        QCOMPARE(QGuiApplication::clipboard()->text(), address->text());
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(!dialog.isVisible());
    });
    QTRY_COMPARE(f.find<QToolButton>("inboxButton")->text(), u"Inbox: asking 127.0.0.1"_s);
    QVERIFY(f.find<QLineEdit>("statusUrlEdit")->text().startsWith(site.base().toString()));
    QVERIFY(f.text("statusUrlNote").contains(u"third party"_s));
    sendOnce();
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
    QCOMPARE(f.bench().inbox().counts().kept, 0); // all of it came through the site

    site.setListsPerMinute(0);
    QTRY_VERIFY(f.find<QToolButton>("inboxButton")->text().startsWith(u"⚠"_s));
    inDialog([&](InboxDialog &dialog) {
        QVERIFY(child<QLabel>(dialog, "stateLabel")->text().contains(u"asked too often"_s));
    });
}

void TestInbox::elsewhereIsSentAsTypedWithTheId()
{
    auto &f = *m_fixture;
    ScriptedServer server;
    const QString typed = server.url(u"/hook?job=1"_s).toString();
    inDialog([&](InboxDialog &dialog) {
        child<QRadioButton>(dialog, "elsewhereRadio")->click();
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(dialog.isVisible()); // where to?
        child<QLineEdit>(dialog, "elsewhereEdit")->setText(typed);
        child<QCheckBox>(dialog, "appendCheck")->click();
        QVERIFY(child<QLabel>(dialog, "elsewhereNote")->text().contains(u"/hook/s/"_s));
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(!dialog.isVisible());
    });
    QVERIFY(f.find<QToolButton>("inboxButton")->text().contains(u"elsewhere (127.0.0.1)"_s));
    const QString id = f.window().composer().sendId();
    sendOnce();
    QTRY_VERIFY(!server.requests.isEmpty());
    QCOMPARE(server.requests.first().target, "/hook/s/" + id.toLatin1() + "?job=1");
    QCOMPARE(f.logCell(0, u"Delivery"_s), u"—"_s); // Icebreaker sees nothing of it
}

void TestInbox::aLoopingUrlElsewhereIsRefused()
{
    inDialog([](InboxDialog &dialog) {
        child<QRadioButton>(dialog, "elsewhereRadio")->click();
        child<QLineEdit>(dialog, "elsewhereEdit")->setText(u"https://api.nexmo.com/x"_s);
        QVERIFY(child<QLabel>(dialog, "elsewhereNote")->text().contains(u"loop endlessly"_s));
        press(dialog, QDialogButtonBox::Save);
        QVERIFY(dialog.isVisible());
        QVERIFY(child<QLabel>(dialog, "messageLabel")->text().contains(u"loop endlessly"_s));
    });
}

void TestInbox::pastedStatusesAreTaken()
{
    auto &f = *m_fixture;
    ScriptedServer nobody; // keeps what the sandbox reports to itself
    inDialog([&](InboxDialog &dialog) {
        child<QRadioButton>(dialog, "elsewhereRadio")->click();
        child<QLineEdit>(dialog, "elsewhereEdit")->setText(nobody.url(u"/x"_s).toString());
        press(dialog, QDialogButtonBox::Save);
    });
    const QString id = f.window().composer().sendId();
    sendOnce();
    // As webhook.site's API gives it, with a line that somebody added.
    QGuiApplication::clipboard()->setText(
        uR"({"data":[{"uuid":"7c9e6679-7425-40de-944b-e07fc1f90ae7","method":"POST",)"
        uR"("url":"https://webhook.site/7c9e6679-7425-40de-944b-e07fc1f90ae8/s/%1",)"
        uR"("content":"{\"status\":\"delivered\",\"to\":\"447700900958\"}"}]})"
        "\nhere it is\n{\"no\": \"status\"}\n"_s.arg(id));
    bool opened = false;
    f.whenDialogOpens<ImportDialog>([&](ImportDialog &dialog) {
        opened = true;
        auto *view = child<QTableView>(dialog, "statusView");
        QTRY_COMPARE(view->model()->rowCount(), 1);
        const auto cell = [view](int column) {
            return view->model()->index(0, column).data().toString();
        };
        QCOMPARE(cell(0), u"447700900958"_s);
        QCOMPARE(cell(1), u"delivered"_s);
        QVERIFY(cell(3).startsWith(id.first(8)));
        auto *problems = child<QListWidget>(dialog, "problemList");
        QVERIFY(problems->isVisible());
        QVERIFY(problems->item(0)->text().startsWith(u"Line "_s));
        auto *take = child<QPushButton>(dialog, "takeButton");
        QCOMPARE(take->text(), u"&Take 1"_s);
        click(take);
        auto *result = child<QLabel>(dialog, "resultLabel");
        QTRY_VERIFY(result->text().contains(u"1 tied to a send"_s));
        click(child<QPushButton>(dialog, "closeButton"));
    });
    f.find<QAction>("pasteStatusesAction")->trigger();
    QVERIFY(opened);
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"delivered"_s);
}

void TestInbox::openedNonsenseIsExplained()
{
    auto &f = *m_fixture;
    QGuiApplication::clipboard()->setText(u"just words"_s);
    bool opened = false;
    f.whenDialogOpens<ImportDialog>([&](ImportDialog &dialog) {
        opened = true;
        QTRY_COMPARE(child<QLabel>(dialog, "headline")->text(), u"No status found."_s);
        QVERIFY(!child<QPushButton>(dialog, "takeButton")->isEnabled());
        QVERIFY(child<QLabel>(dialog, "resultLabel")->text().contains(u"JSON"_s));
        dialog.reject();
    });
    f.find<QAction>("pasteStatusesAction")->trigger();
    QVERIFY(opened);
}

void TestInbox::aLoopRaisesTheBannerOnce()
{
    auto &f = *m_fixture;
    const QString id = f.window().composer().sendId();
    const QUrl url(f.find<QLineEdit>("statusUrlEdit")->text());
    sendOnce();
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
    QVERIFY(!f.find<QWidget>("loopBanner")->isVisible());
    LoopbackPoster loop;
    for (int i = 0; i < 12; ++i)
        loop.post(url, R"({"status":"submitted","message_uuid":"m-7"})");
    QTRY_VERIFY(f.find<QWidget>("loopBanner")->isVisible());
    QVERIFY(f.text("loopLabel").contains(u"Status URL of the Vonage Application itself"_s));
    f.find<QTableView>("logView")->clearSelection();
    f.click("loopSendButton");
    const QString key = f.logCell(0, u"To"_s);
    QVERIFY(!key.isEmpty());
    QTRY_COMPARE(f.find<QTableView>("logView")->currentIndex().row(), 0);
    f.click("loopCloseButton");
    QVERIFY(!f.find<QWidget>("loopBanner")->isVisible());
    QTRY_COMPARE(f.bench().inbox().counts().kept, 3 + 12);
    QVERIFY(!f.find<QWidget>("loopBanner")->isVisible()); // the same episode
}

void TestInbox::everyControlOfTheDialogHasAName()
{
    inDialog([](InboxDialog &dialog) {
        QStringList nameless;
        for (const char *radio : {"builtInRadio", "webhookRadio", "elsewhereRadio"}) {
            child<QRadioButton>(dialog, radio)->click();
            for (auto *widget : dialog.findChildren<QWidget *>()) {
                const auto policy = widget->focusPolicy();
                if (policy == Qt::NoFocus || !widget->isVisible()
                    || widget->objectName().startsWith(u"qt_"_s)
                    || qobject_cast<QComboBox *>(widget) != nullptr
                    || qobject_cast<QLabel *>(widget) != nullptr // speaks its own text
                    || qobject_cast<QAbstractSpinBox *>(widget) != nullptr)
                    continue;
                const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
                if (face != nullptr && face->text(QAccessible::Name).isEmpty())
                    nameless.append(widget->objectName());
                if ((policy & Qt::TabFocus) == 0)
                    nameless.append(u"not by keyboard: "_s + widget->objectName());
            }
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    });
}

QTEST_MAIN(TestInbox)
#include "tst_inbox.moc"
