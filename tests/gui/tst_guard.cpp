#include "gui/livefixture.h"

#include "app/translations.h"
#include "ui/batchpage.h"
#include "ui/guarddialog.h"
#include "ui/limitdialog.h"
#include "ui/numbersdialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QCompleter>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>

#include <functional>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// What stands between a click and a real phone, through the real window.
class TestGuard : public QObject
{
    Q_OBJECT

public slots:
    /// In place of the mail program.
    void openMail(const QUrl &url) { m_mail = url; }

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void theFirstLiveSendOfADayIsAskedAboutOnce();
    void aCancelledQuestionSendsNothing_data();
    void aCancelledQuestionSendsNothing();
    void theSameMessageAgainIsAskedAbout();
    void whatReachedNobodyIsNoRepetition();
    void aQuietChoiceIsKeptInTheProfile();
    void anotherNumberNeedsItsLastFourDigits();
    void everyBatchIsAskedAboutOnce();
    void aBatchToOtherNumbersNeedsDigits();
    void theSandboxIsNeverAskedAbout();
    void threeLooksAreToldApartWithoutColour();
    void aKeyOrLimitDoesNotEndALookIntoTheSandbox();

    void aNumberIsExplainedWhileItIsTyped_data();
    void aNumberIsExplainedWhileItIsTyped();
    void theOtherFormIsTakenByOneClick();
    void aNamedNumberIsCompleted();
    void numbersAreNamedAndDeleted();

    void aProfileIsHandedOnWithoutItsKey();
    void aHostileProfileIsNotImported();

    void theMailNeverHoldsTheKey();
    void aRequestIsRememberedAndComesIntoForce();
    void a429LeadsToTheAssistant();

private:
    template <typename T>
    static T *child(const QWidget &dialog, const char *name)
    {
        auto *found = dialog.findChild<T *>(QLatin1String(name));
        if (found == nullptr)
            qFatal("no %s", name);
        return found;
    }
    void startWith(const Profile &profile = {})
    {
        m_fixture = std::make_unique<LiveFixture>();
        m_fixture->prepare(profile);
        QVERIFY(m_fixture->startLive());
    }
    /// Presses Send, and @p button in the question that comes up.
    void sendAndPress(const char *button)
    {
        m_asked.clear();
        m_fixture->whenDialogOpens<GuardDialog>([this, button](GuardDialog &dialog) {
            for (const auto *label : dialog.findChildren<QLabel *>())
                m_asked += label->text() + u'\n';
            QTest::mouseClick(child<QPushButton>(dialog, button), Qt::LeftButton);
        });
        m_fixture->click("sendButton");
        QTRY_VERIFY(!m_asked.isEmpty());
    }
    /// Shows two rows, checked and ready to be sent.
    void openBatch()
    {
        QFile file(m_fixture->folder() + u"/June.csv"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("phone,first_name\n447946000123,Petra\n447946000124,Marta\n");
        file.close();
        auto *page = m_fixture->find<BatchPage>("BatchPage");
        m_fixture->find<QTabWidget>("pages")->setCurrentWidget(page);
        page->openFile(file.fileName());
        auto *start = m_fixture->find<QPushButton>("startBatchButton");
        QTRY_COMPARE_WITH_TIMEOUT(start->text(), u"&Start 2 sends"_s, 10'000);
    }
    /// Presses Start, and @p act answers the question that comes up.
    void startBatch(const std::function<void(GuardDialog &)> &act)
    {
        bool asked = false;
        m_fixture->whenDialogOpens<GuardDialog>([&](GuardDialog &dialog) {
            asked = true;
            m_asked.clear();
            for (const auto *label : dialog.findChildren<QLabel *>())
                m_asked += label->text() + u'\n';
            act(dialog);
        });
        m_fixture->click("startBatchButton");
        QTRY_VERIFY(asked);
    }
    /// Presses Send; nothing may be asked.
    void sendUnasked(int expectedRows)
    {
        m_fixture->click("sendButton");
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->log().rowCount(), expectedRows, 5000);
        QTRY_COMPARE(m_fixture->result(0), u"200 Accepted"_s);
        QVERIFY(QApplication::activeModalWidget() == nullptr);
    }

    std::unique_ptr<LiveFixture> m_fixture;
    QString m_asked;
    QUrl m_mail;
};

void TestGuard::init()
{
    m_mail.clear();
    QDesktopServices::setUrlHandler(u"mailto"_s, this, "openMail");
}

void TestGuard::cleanup()
{
    m_fixture.reset();
    QDesktopServices::unsetUrlHandler(u"mailto"_s);
}

void TestGuard::theFirstLiveSendOfADayIsAskedAboutOnce()
{
    startWith();
    auto &f = *m_fixture;
    sendAndPress("yesButton");
    QVERIFY2(m_asked.contains(u"today's first live send"_s), qPrintable(m_asked));
    QVERIFY(m_asked.contains(u"+44 7946 000958"_s));
    QVERIFY(m_asked.contains(u"order_update"_s));
    QVERIFY(m_asked.contains(u"Shop"_s));
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QCOMPARE(f.server.posts(), 1);
    f.type("toEdit", u"+44 7946 000959"_s);
    sendUnasked(2);
    QCOMPARE(f.server.posts(), 2);
}

void TestGuard::aCancelledQuestionSendsNothing_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("do not send") << 0;
    QTest::newRow("Escape") << 1;
    QTest::newRow("Return alone") << 2;
}

// Break it by calling enqueueWithKey() whatever the answer is.
void TestGuard::aCancelledQuestionSendsNothing()
{
    QFETCH(const int, way);
    startWith();
    auto &f = *m_fixture;
    bool asked = false;
    f.whenDialogOpens<GuardDialog>([&](GuardDialog &dialog) {
        asked = true;
        if (way == 0)
            QTest::mouseClick(child<QPushButton>(dialog, "noButton"), Qt::LeftButton);
        else
            QTest::keyClick(&dialog, way == 1 ? Qt::Key_Escape : Qt::Key_Return);
        QVERIFY(!dialog.isVisible());
    });
    f.click("sendButton");
    QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled()); // no second click meanwhile
    QTRY_VERIFY(asked);
    QTRY_COMPARE(f.window().statusBar()->currentMessage(), u"Not sent."_s);
    QTRY_VERIFY(f.find<QPushButton>("sendButton")->isEnabled());
    QCOMPARE(f.log().rowCount(), 0);
    QCOMPARE(f.server.posts(), 0);
}

void TestGuard::theSameMessageAgainIsAskedAbout()
{
    startWith();
    auto &f = *m_fixture;
    sendAndPress("yesButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    sendAndPress("noButton");
    QVERIFY2(m_asked.contains(u"The same message went to this number"_s), qPrintable(m_asked));
    QVERIFY(!m_asked.contains(u"first live send"_s));
    QTRY_VERIFY(f.find<QPushButton>("sendButton")->isEnabled());
    QCOMPARE(f.server.posts(), 1);
    f.type("templateEdit", u"order_shipped"_s); // another message
    sendUnasked(2);
    f.type("templateEdit", u"order_update"_s); // the first one once more
    sendAndPress("yesButton");
    QVERIFY(m_asked.contains(u"The same message"_s));
    QTRY_COMPARE(f.server.posts(), 3);
}

void TestGuard::whatReachedNobodyIsNoRepetition()
{
    startWith();
    auto &f = *m_fixture;
    f.server.willDo(Script::answer("429 Too Many Requests"));
    sendAndPress("yesButton");
    QTRY_COMPARE(f.result(0), u"429 Too many requests"_s);
    auto *again = f.find<QPushButton>("againButton");
    QTRY_VERIFY_WITH_TIMEOUT(again->isVisible() && again->isEnabled(), 5000);
    f.click("againButton");
    QTRY_COMPARE_WITH_TIMEOUT(f.log().rowCount(), 2, 5000);
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
}

void TestGuard::aQuietChoiceIsKeptInTheProfile()
{
    startWith();
    auto &f = *m_fixture;
    sendAndPress("yesButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    bool asked = false;
    f.whenDialogOpens<GuardDialog>([&](GuardDialog &dialog) {
        asked = true;
        const auto name = "quietCheck"_ba + QByteArray::number(int(GuardReason::Repeated));
        child<QCheckBox>(dialog, name.constData())->click();
        QTest::mouseClick(child<QPushButton>(dialog, "yesButton"), Qt::LeftButton);
    });
    f.click("sendButton");
    QTRY_VERIFY(asked);
    QTRY_COMPARE_WITH_TIMEOUT(f.log().rowCount(), 2, 5000);
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QVERIFY(f.storedProfile().quiet == (QuietQuestions{true, false, false}));
    sendUnasked(3);
    f.quit();
    QVERIFY(f.startLive());
    QTRY_COMPARE(f.log().rowCount(), 3);
    sendUnasked(4);
}

// Break it by enabling the button whatever is typed.
void TestGuard::anotherNumberNeedsItsLastFourDigits()
{
    Profile wishes;
    wishes.onlyTestNumbers = true;
    wishes.quiet = {true, true, true}; // this question cannot be switched off
    startWith(wishes);
    auto &f = *m_fixture;
    bool asked = false;
    f.whenDialogOpens<GuardDialog>([&](GuardDialog &dialog) {
        asked = true;
        auto *yes = child<QPushButton>(dialog, "yesButton");
        auto *proof = child<QLineEdit>(dialog, "proofEdit");
        QApplication::setActiveWindow(&dialog); // there is no window manager to do it
        QTRY_VERIFY(proof->hasFocus());
        QVERIFY(dialog.findChildren<QCheckBox *>().isEmpty());
        for (const QString &wrong : {u""_s, u"0959"_s, u"958"_s, u"00958"_s, u"O958"_s}) {
            proof->setText(wrong);
            QVERIFY2(!yes->isEnabled(), qPrintable(wrong));
            QTest::mouseClick(yes, Qt::LeftButton);
            QVERIFY(dialog.isVisible());
        }
        proof->clear();
        QTest::keyClicks(proof, u"1958"_s);
        QTest::keyClick(proof, Qt::Key_Return); // wrong digits do not send
    });
    f.click("sendButton");
    QTRY_VERIFY(asked);
    QTRY_VERIFY(f.find<QPushButton>("sendButton")->isEnabled());
    QCOMPARE(f.server.posts(), 0);
    QCOMPARE(f.log().rowCount(), 0);

    f.whenDialogOpens<GuardDialog>([&](GuardDialog &dialog) {
        auto *proof = child<QLineEdit>(dialog, "proofEdit");
        QTest::keyClicks(proof, u"0958"_s);
        QTest::keyClick(proof, Qt::Key_Return);
    });
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);

    f.whenDialogOpens<NumbersDialog>([&](NumbersDialog &dialog) {
        // The number from the form is offered: it was only used so far.
        QCOMPARE(child<QLineEdit>(dialog, "numberEdit")->text().remove(u' '), u"+447946000958"_s);
        QTest::keyClicks(child<QLineEdit>(dialog, "nameEdit"), u"Anna"_s);
        QTest::mouseClick(child<QPushButton>(dialog, "addButton"), Qt::LeftButton);
        dialog.accept();
    });
    f.find<QAction>("numbersAction")->trigger();
    sendUnasked(2);
}

// Break it by starting in BatchDesk::askGuard() whatever the answer is.
void TestGuard::everyBatchIsAskedAboutOnce()
{
    Profile wishes;
    wishes.limit = 5;
    startWith(wishes);
    auto &f = *m_fixture;
    openBatch();
    startBatch([](GuardDialog &dialog) {
        QTest::mouseClick(child<QPushButton>(dialog, "noButton"), Qt::LeftButton);
    });
    QVERIFY2(m_asked.contains(u"2 messages to 2 people"_s), qPrintable(m_asked));
    QVERIFY(m_asked.contains(u"Every row of the batch"_s));
    QVERIFY(m_asked.contains(u"today's first live send"_s));
    QVERIFY(m_asked.contains(u"June.csv"_s));
    QVERIFY(m_asked.contains(u"Shop"_s));
    QVERIFY(f.find<QPushButton>("startBatchButton")->isVisible());
    QCOMPARE(f.server.posts(), 0);

    startBatch([](GuardDialog &dialog) {
        for (auto *check : dialog.findChildren<QCheckBox *>())
            check->click();
        QTest::mouseClick(child<QPushButton>(dialog, "yesButton"), Qt::LeftButton);
    });
    QTRY_COMPARE_WITH_TIMEOUT(f.server.posts(), 2, 10'000);
    QVERIFY(f.storedProfile().quiet == (QuietQuestions{false, true, true}));
    QVERIFY(QApplication::activeModalWidget() == nullptr);
}

void TestGuard::aBatchToOtherNumbersNeedsDigits()
{
    m_fixture = std::make_unique<LiveFixture>();
    auto &f = *m_fixture;
    Profile wishes;
    wishes.onlyTestNumbers = true;
    wishes.limit = 5;
    wishes.quiet = {true, true, true};
    f.prepare(wishes);
    QVERIFY(saveAddressBook(f.folder(), f.profileId(),
                            AddressBook({{u"447946000123"_s, u"Anna"_s, true, {}}})));
    QVERIFY(f.startLive());
    openBatch();
    startBatch([](GuardDialog &dialog) {
        auto *yes = child<QPushButton>(dialog, "yesButton");
        QVERIFY(!yes->isEnabled());
        QTest::keyClicks(child<QLineEdit>(dialog, "proofEdit"), u"0124"_s);
        QVERIFY(yes->isEnabled());
        QTest::mouseClick(yes, Qt::LeftButton);
    });
    QVERIFY2(m_asked.contains(u"1 recipient is no test number"_s), qPrintable(m_asked));
    QTRY_COMPARE_WITH_TIMEOUT(f.server.posts(), 2, 10'000);
}

void TestGuard::theSandboxIsNeverAskedAbout()
{
    startWith();
    auto &f = *m_fixture;
    auto *combo = f.find<QComboBox>("regionCombo");
    combo->setCurrentText(u"Sandbox"_s);
    emit combo->activated(combo->currentIndex());
    for (const int row : {1, 2}) { // the second one would be a repetition
        f.click("sendButton");
        QTRY_COMPARE_WITH_TIMEOUT(f.log().rowCount(), row, 5000);
        QTRY_VERIFY(f.result(0) != u"Sending…"_s);
        QVERIFY(QApplication::activeModalWidget() == nullptr);
    }
    QCOMPARE(f.server.posts(), 0);
}

void TestGuard::threeLooksAreToldApartWithoutColour()
{
    startWith();
    auto &f = *m_fixture;
    struct Look {
        QString band;
        QString send;
        QString title;
        QImage symbol;
        QImage icon;
    };
    const auto grey = [](const QPixmap &pixmap) {
        return pixmap.toImage().convertToFormat(QImage::Format_Alpha8);
    };
    const auto look = [&] {
        return Look{f.text("band"), f.find<QPushButton>("sendButton")->text(),
                    f.window().windowTitle(), grey(f.find<QLabel>("bandSymbol")->pixmap()),
                    f.window().windowIcon().pixmap(32).toImage().convertToFormat(
                        QImage::Format_Grayscale8)};
    };
    const Look live = look();
    QCOMPARE(live.send, u"Send LIVE"_s);
    QVERIFY(live.title.contains(u"LIVE"_s));
    auto *combo = f.find<QComboBox>("regionCombo");
    combo->setCurrentText(u"Sandbox"_s);
    emit combo->activated(combo->currentIndex());
    const Look sandbox = look();
    QCOMPARE(sandbox.send, u"Send to sandbox"_s);
    QVERIFY(sandbox.band.startsWith(u"Sandbox: nothing leaves"_s));
    f.quit();
    Profile test = f.storedProfile();
    test.live = false;
    test.region = Region::Eu;
    QVERIFY(saveProfiles(f.folder(), {test}));
    QVERIFY(f.startLive());
    const Look tested = look();
    QCOMPARE(tested.send, u"Send test"_s);
    QVERIFY(tested.band.startsWith(u"Test profile on EU"_s));
    for (const auto &[one, other] :
         {std::pair(live, sandbox), std::pair(live, tested), std::pair(sandbox, tested)}) {
        QVERIFY(one.symbol != other.symbol);
        QVERIFY(one.icon != other.icon);
        QVERIFY(one.band != other.band);
    }
}

void TestGuard::aKeyOrLimitDoesNotEndALookIntoTheSandbox()
{
    startWith();
    auto &f = *m_fixture;
    auto *combo = f.find<QComboBox>("regionCombo");
    combo->setCurrentText(u"Sandbox"_s);
    emit combo->activated(combo->currentIndex());
    QVERIFY(f.text("band").startsWith(u"Sandbox"_s));
    f.whenDialogOpens<QDialog>([](QDialog &dialog) {
        QTest::keyClicks(child<QLineEdit>(dialog, "keyEdit"), u"another-sandbox-key"_s);
        child<QCheckBox>(dialog, "sessionCheck")->setChecked(true);
        QTest::mouseClick(child<QPushButton>(dialog, "saveButton"), Qt::LeftButton);
        QTRY_VERIFY(child<QLabel>(dialog, "messageLabel")->isVisible());
        dialog.reject();
    });
    f.click("keyButton");
    QVERIFY(f.text("band").startsWith(u"Sandbox"_s));
    QCOMPARE(f.find<QPushButton>("sendButton")->text(), u"Send to sandbox"_s);
}

void TestGuard::aNumberIsExplainedWhileItIsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("mobile") << u"+44 7946 000958"_s
                            << QStringList{u"United Kingdom · mobile · 07946 000958 → goes out as "
                                           "447946000958"_s};
    QTest::newRow("landline") << u"0049 30 901820"_s
                              << QStringList{u"Germany · landline"_s, u"A landline"_s};
    QTest::newRow("Brazil") << u"+55 51 8765-4321"_s
                            << QStringList{u"goes out as 555187654321"_s, u"ninth digit"_s,
                                           u"5551987654321"_s};
    QTest::newRow("fictional") << u"+44 7700 900123"_s << QStringList{u"films and examples"_s};
    QTest::newRow("nowhere") << u"+999 1234 5678"_s << QStringList{u"No country's code"_s};
}

void TestGuard::aNumberIsExplainedWhileItIsTyped()
{
    QFETCH(const QString, typed);
    QFETCH(const QStringList, words);
    startWith();
    auto &f = *m_fixture;
    f.type("toEdit", typed);
    const QString note = f.text("toNote");
    for (const QString &part : words)
        QVERIFY2(note.contains(part.toHtmlEscaped()), qPrintable(note));
    QCOMPARE(f.find<QLineEdit>("toEdit")->text(), typed); // never rewritten
    QVERIFY(!f.find<QLineEdit>("toEdit")->property("faulty").toBool());
}

void TestGuard::theOtherFormIsTakenByOneClick()
{
    startWith();
    auto &f = *m_fixture;
    f.type("toEdit", u"+54 11 2345-6789"_s);
    auto *note = f.find<QLabel>("toNote");
    QVERIFY(note->text().contains(u"Use 5491123456789"_s));
    note->setFocus();
    QTest::keyClick(note, Qt::Key_Tab); // to the link
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(f.find<QLineEdit>("toEdit")->text(), u"+54 9 11 2345-6789"_s);
    QVERIFY(f.text("toNote").contains(u"goes out as 5491123456789"_s));
}

void TestGuard::aNamedNumberIsCompleted()
{
    m_fixture = std::make_unique<LiveFixture>();
    auto &f = *m_fixture;
    f.prepare();
    QVERIFY(saveAddressBook(
        f.folder(), f.profileId(),
        AddressBook({{u"447946000123"_s, u"Anna's phone"_s, true, {}},
                     {u"4915123456789"_s, {}, false, QDateTime::currentDateTimeUtc()}})));
    QVERIFY(f.startLive());
    auto *edit = f.find<QLineEdit>("toEdit");
    // By a part of the name, of the number, or as it is dialled at home.
    for (const QString &typed : {u"anna"_s, u"7946 0001"_s, u"07946000123"_s}) {
        f.type("toEdit", typed);
        QCOMPARE(edit->completer()->completionCount(), 1);
        QTRY_VERIFY(edit->completer()->popup()->isVisible());
        QVERIFY(edit->completer()->currentIndex().data().toString().contains(u"Anna's phone"_s));
        QTest::keyClick(edit->completer()->popup(), Qt::Key_Down);
        QTest::keyClick(edit->completer()->popup(), Qt::Key_Return);
        QCOMPARE(edit->text(), u"+44 7946 000123"_s);
        QVERIFY(f.text("toNote").contains(u"goes out as 447946000123"_s));
        QVERIFY(
            f.find<QPlainTextEdit>("previewView")->toPlainText().contains(u"\"447946000123\""_s));
    }
}

void TestGuard::numbersAreNamedAndDeleted()
{
    m_fixture = std::make_unique<LiveFixture>();
    auto &f = *m_fixture;
    f.prepare();
    QVERIFY(saveAddressBook(f.folder(), f.profileId(),
                            AddressBook({{u"447946000123"_s, u"Anna"_s, true, {}},
                                         {u"447946000124"_s, u"Ben"_s, false, {}}})));
    QVERIFY(f.startLive());
    f.whenDialogOpens<NumbersDialog>([](NumbersDialog &dialog) {
        auto *view = child<QTableView>(dialog, "numbersView");
        auto *model = view->model();
        QCOMPARE(model->rowCount(), 2);
        QVERIFY(model->setData(model->index(0, 0), u"Anna, office"_s));
        QVERIFY(model->setData(model->index(0, 2), Qt::Unchecked, Qt::CheckStateRole));
        view->selectRow(1);
        QTest::mouseClick(child<QPushButton>(dialog, "removeButton"), Qt::LeftButton);
        auto *number = child<QLineEdit>(dialog, "numberEdit");
        auto *add = child<QPushButton>(dialog, "addButton");
        number->setFocus();
        number->setText(u"07946 000125"_s);
        QVERIFY(!add->isEnabled());
        QVERIFY(child<QLabel>(dialog, "noteLabel")->text().contains(u"country code"_s));
        number->clear();
        QTest::keyClicks(number, u"+44 7946 000125"_s);
        QTest::keyClick(number, Qt::Key_Return); // adds, and leaves the dialog open
        QVERIFY(dialog.isVisible());
        QCOMPARE(model->rowCount(), 2);
        dialog.accept();
    });
    f.find<QAction>("numbersAction")->trigger();
    const auto stored = loadAddressBook(f.folder(), f.profileId());
    QVERIFY(stored);
    QVERIFY(stored->entries()
            == QList<AddressEntry>({{u"447946000123"_s, u"Anna, office"_s, false, {}},
                                    {u"447946000125"_s, {}, true, {}}}));
}

void TestGuard::aProfileIsHandedOnWithoutItsKey()
{
    startWith();
    auto &f = *m_fixture;
    const QString path = f.folder() + u"/shop.json"_s;
    f.whenDialogOpens<QFileDialog>([&path](QFileDialog &dialog) {
        dialog.selectFile(path);
        QMetaObject::invokeMethod(&dialog, "accept", Qt::DirectConnection);
    });
    f.find<QAction>("exportProfileAction")->trigger();
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray json = file.readAll();
    QVERIFY(json.contains("Shop"));
    QVERIFY(!json.contains("live-key"));
    QVERIFY(!json.contains(f.profileId().toLatin1()));
    QVERIFY(!json.contains("approved"));
    f.whenDialogOpens<QFileDialog>([&](QFileDialog &dialog) {
        dialog.selectFile(path);
        f.whenDialogOpens<QMessageBox>([](QMessageBox &box) {
            QVERIFY(box.text().contains(u"Shop (2)"_s));
            box.defaultButton()->click();
        });
        QMetaObject::invokeMethod(&dialog, "accept", Qt::DirectConnection);
    });
    f.find<QAction>("importProfileAction")->trigger();
    QTRY_COMPARE(f.find<QComboBox>("profileCombo")->currentText(), u"Shop (2)"_s);
    const auto loaded = loadProfiles(f.folder());
    QVERIFY(loaded && loaded->profiles.size() == 3);
    QVERIFY(loaded->profiles.last().id != f.profileId());
    QVERIFY(loaded->profiles.last().approvedHost.isEmpty());
    QVERIFY(loaded->profiles.last().live);
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: missing"_s);
}

void TestGuard::aHostileProfileIsNotImported()
{
    startWith();
    auto &f = *m_fixture;
    const QString path = f.folder() + u"/hostile.json"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"icebreaker_profile":1,"name":"x","region":"custom","custom_url":"http://h/"})");
    file.close();
    f.whenDialogOpens<QFileDialog>([&path](QFileDialog &dialog) {
        dialog.selectFile(path);
        QMetaObject::invokeMethod(&dialog, "accept", Qt::DirectConnection);
    });
    f.find<QAction>("importProfileAction")->trigger();
    QVERIFY(f.text("bannerLabel").contains(u"not a profile that can be imported"_s));
    QCOMPARE(loadProfiles(f.folder())->profiles.size(), 2);
}

// Break it by leaving out holdsAKey() in LimitDialog::handOver().
void TestGuard::theMailNeverHoldsTheKey()
{
    startWith();
    auto &f = *m_fixture;
    f.find<QAction>("higherLimitAction")->trigger();
    auto *dialog = f.window().findChild<LimitDialog *>();
    QVERIFY(dialog != nullptr);
    auto *message = child<QLabel>(*dialog, "messageLabel");
    auto *account = child<QLineEdit>(*dialog, "accountEdit");
    child<QPushButton>(*dialog, "openButton")->click();
    QTRY_VERIFY(message->text().contains(u"account's API key"_s));
    QGuiApplication::clipboard()->setText(u"untouched"_s);
    account->setText(u"live-key-0123456789"_s);
    for (const char *way : {"openButton", "copyButton"}) {
        message->clear();
        child<QPushButton>(*dialog, way)->click();
        QTRY_VERIFY2(message->text().contains(u"X-Vgai-Key is in this text"_s),
                     qPrintable(message->text()));
    }
    QVERIFY(m_mail.isEmpty());
    QCOMPARE(QGuiApplication::clipboard()->text(), u"untouched"_s);
    QVERIFY(!f.storedProfile().limitRequest);

    account->setText(u"a1b2c3d4"_s);
    auto *body = child<QPlainTextEdit>(*dialog, "bodyEdit");
    QVERIFY(body->toPlainText().contains(u"Vonage API key (account): a1b2c3d4"_s));
    QVERIFY(body->toPlainText().contains(u"64b7f0c2a9d14e5b8c3f1a20"_s));
    child<QPushButton>(*dialog, "copyButton")->click();
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), body->toPlainText());
    child<QPushButton>(*dialog, "openButton")->click();
    QTRY_VERIFY(!m_mail.isEmpty());
    QCOMPARE(m_mail.path(), u"support@aistudio.vonage.com"_s);
    QVERIFY(m_mail.toEncoded().contains("body=Hello%20AI%20Studio%20team,%0D%0A")
            || m_mail.toEncoded().contains("body=Hello%20AI%20Studio%20team%2C%0D%0A"));
}

void TestGuard::aRequestIsRememberedAndComesIntoForce()
{
    startWith();
    auto &f = *m_fixture;
    f.find<QAction>("higherLimitAction")->trigger();
    auto *dialog = f.window().findChild<LimitDialog *>();
    child<QLineEdit>(*dialog, "accountEdit")->setText(u"a1b2c3d4"_s);
    QVERIFY(!child<QWidget>(*dialog, "stageBox")->isVisible());
    child<QPushButton>(*dialog, "copyButton")->click();
    QTRY_VERIFY(f.storedProfile().limitRequest.has_value());
    QVERIFY(child<QWidget>(*dialog, "stageBox")->isVisible());
    QVERIFY(!child<QCheckBox>(*dialog, "publishedCheck")->isEnabled());
    child<QCheckBox>(*dialog, "confirmedCheck")->click();
    child<QCheckBox>(*dialog, "publishedCheck")->click();
    const QString count = child<QLabel>(*dialog, "countLabel")->text();
    QVERIFY2(count.contains(u"5:00"_s) || count.contains(u"4:59"_s), qPrintable(count));
    QCOMPARE(f.storedProfile().limit, 1);
    dialog->close();
    f.quit();

    Profile profile = f.storedProfile(); // five minutes later
    profile.limitRequest->publishedAt = profile.limitRequest->publishedAt.addSecs(-301);
    QVERIFY(saveProfiles(f.folder(), {builtInProfile(), profile}));
    QVERIFY(f.startLive());
    QTRY_COMPARE(f.storedProfile().limit, 3);
    QVERIFY(!f.storedProfile().limitRequest);
    QVERIFY(f.text("bannerLabel").contains(u"Shop"_s));
}

void TestGuard::a429LeadsToTheAssistant()
{
    startWith();
    auto &f = *m_fixture;
    f.server.willDo(Script::answer("429 Too Many Requests"));
    sendAndPress("yesButton");
    QTRY_COMPARE(f.result(0), u"429 Too many requests"_s);
    QTRY_VERIFY(f.explanation().contains(u"ask Vonage for a higher limit"_s));
    f.click("firstButton");
    auto *dialog = f.window().findChild<LimitDialog *>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    auto *body = child<QPlainTextEdit>(*dialog, "bodyEdit");
    QTRY_VERIFY2(body->toPlainText().contains(u"429 (Too Many Requests): 1"_s),
                 qPrintable(body->toPlainText()));
    QVERIFY(body->toPlainText().contains(u"requests sent: 1"_s));
}

QTEST_MAIN(TestGuard)
#include "tst_guard.moc"
