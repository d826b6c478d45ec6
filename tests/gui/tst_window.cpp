#include "editor/codeview.h"
#include "gui/windowfixture.h"

#include "core/json.h"
#include "store/journal.h"
#include "ui/fieldnote.h"
#include "ui/logmodel.h"
#include "ui/parametermodel.h"
#include "ui/sessionparametermodel.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QDir>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QStatusBar>
#include <QToolButton>
#include <QUuid>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void firstStartSendsTheSampleWithOneKey();
    void previewWireAndJournalAreTheSameBytes();
    void aDoubleClickSendsOnce();
    void overTheLimitIsExplainedAndOfferedAgain();
    void theSecondSendWaitsForItsSlot();
    void aWaitingSendCanBeStopped();
    void aRefusedKeyIsExplained();
    void anUnknownOutcomeIsNeverSentAgain();
    void mistakesStandBesideTheirField_data();
    void mistakesStandBesideTheirField();
    void aValueIsMendedByOneKey();
    void parametersAreAddedAndRemoved();
    void smsTakesNoTemplate();
    void everythingComesBackAfterARestart();
    void anUnsentFormSurvivesACrash();
    void theLogFiltersAndCopies();
    void selectionAndScrollStayWhileRowsArrive();
    void whatCannotBeRecordedIsNotSent();
    void everyControlHasAName();

private:
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestWindow::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
}

void TestWindow::cleanup()
{
    m_fixture.reset();
}

void TestWindow::firstStartSendsTheSampleWithOneKey()
{
    auto &f = *m_fixture;
    QVERIFY(f.text("band").startsWith(u"Sandbox: nothing leaves this computer"_s));
    QTRY_COMPARE(f.find<QPushButton>("keyButton")->text(), u"API key: sandbox's own"_s);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(f.log().rowCount(), 1, 1000);
    QTRY_COMPARE_WITH_TIMEOUT(f.result(0), u"200 Accepted"_s, 1000);
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);

    const QString delivery = [&f] {
        const auto *rows = f.find<QListView>("deliveryView")->model();
        const auto text = [rows] {
            QStringList lines;
            for (int row = 0; row < rows->rowCount(); ++row)
                lines.append(rows->index(row, 0).data().toString());
            return lines.join(u'\n');
        };
        (void)QTest::qWaitFor([text] { return !text().contains(u"waiting"_s); });
        return text();
    }();
    QCOMPARE(delivery.indexOf(u"200 Accepted"_s), 0);
    QVERIFY(delivery.indexOf(u"Submitted"_s) > 0);
    QVERIFY(delivery.indexOf(u"Submitted"_s) < delivery.indexOf(u"Delivered"_s));
    QVERIFY(delivery.indexOf(u"Delivered"_s) < delivery.indexOf(u"Read"_s));
    QTRY_VERIFY(f.explanation().contains(u"Accepted is not delivered"_s));
    QCOMPARE(f.text("deliveryLabel"), u"Delivery of the last send"_s);
}

void TestWindow::previewWireAndJournalAreTheSameBytes()
{
    auto &f = *m_fixture;
    const QString hostile = u"\"שלום\\ \U0001F600 𠮷 <b>&amp;</b> '"_s;
    auto *table = f.find<QTableView>("parameterTable");
    table->model()->setData(table->model()->index(0, ParameterModel::ValueColumn), hostile);
    const QByteArray preview = f.find<QPlainTextEdit>("previewView")->toPlainText().toUtf8();
    QVERIFY(preview.contains("\U0001F600 𠮷"));
    f.find<QPushButton>("showOutgoingButton")->click();
    QCOMPARE(f.find<CodeView>("outgoingJson")->content(), preview);
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QTRY_VERIFY(f.find<CodeView>("requestView")->content().endsWith(preview));
    // The next send has another Status URL.
    QVERIFY(f.find<QPlainTextEdit>("previewView")->toPlainText().toUtf8() != preview);
}

// Promise 1: break it by leaving the button enabled in showSendState() and send().
void TestWindow::aDoubleClickSendsOnce()
{
    auto &f = *m_fixture;
    f.type("toEdit", u"447700900408"_s); // the sandbox never answers
    f.click("sendButton");
    f.click("sendButton");
    f.press(Qt::Key_Return, Qt::ControlModifier);
    f.find<QAction>("sendNowAction")->trigger();
    QTRY_COMPARE(f.result(0), u"Sending…"_s);
    QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
    QCOMPARE(f.log().rowCount(), 1);
    f.type("toEdit", u"447700900958"_s); // another request may go
    QVERIFY(f.find<QPushButton>("sendButton")->isEnabled());
    f.find<QAction>("sendNowAction")->trigger();
    QTRY_COMPARE(f.log().rowCount(), 2);
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QCOMPARE(f.result(1), u"Sending…"_s);
}

void TestWindow::overTheLimitIsExplainedAndOfferedAgain()
{
    auto &f = *m_fixture;
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    f.find<QAction>("sendNowAction")->trigger();
    QTRY_COMPARE(f.log().rowCount(), 2);
    QTRY_COMPARE(f.result(0), u"429 Too many requests"_s);
    QTRY_VERIFY(f.explanation().contains(u"Nothing reached the recipient"_s));
    auto *again = f.find<QPushButton>("againButton");
    QTRY_VERIFY(again->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(again->isEnabled(), 3000);
    QCOMPARE(again->text(), u"Send again"_s);
    f.click("againButton");
    QTRY_COMPARE_WITH_TIMEOUT(f.log().rowCount(), 3, 3000);
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s); // under its own Status URL
    QCOMPARE(f.logCell(1, u"Delivery"_s), u"—"_s);
}

// Promise 5 for single sends: break it by passing ignoreLimit and a 429 appears.
void TestWindow::theSecondSendWaitsForItsSlot()
{
    auto &f = *m_fixture;
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    f.click("sendButton");
    QTRY_VERIFY(f.find<QPushButton>("sendButton")->text().startsWith(u"Sends in"_s));
    QTRY_COMPARE_WITH_TIMEOUT(f.log().rowCount(), 2, 3000);
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QCOMPARE(f.result(1), u"200 Accepted"_s);
}

void TestWindow::aWaitingSendCanBeStopped()
{
    auto &f = *m_fixture;
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    f.click("sendButton");
    QTRY_VERIFY(f.find<QAction>("stopAction")->isEnabled());
    const QSignalSpy seen(&f.bench().sandbox(), &Sandbox::requestSeen);
    f.find<QAction>("stopAction")->trigger();
    QTRY_COMPARE(f.result(0), u"Cancelled"_s);
    QTRY_VERIFY(f.explanation().contains(u"Nothing reached the recipient"_s));
    QCOMPARE(seen.count(), 0);
    QCOMPARE(f.find<QPushButton>("sendButton")->text(), u"Send to sandbox"_s);
}

void TestWindow::aRefusedKeyIsExplained()
{
    auto &f = *m_fixture;
    f.type("toEdit", u"+44 7700 900401"_s);
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"401 Key refused"_s);
    QTRY_VERIFY(f.explanation().contains(u"Generate API Key"_s));
    QVERIFY(!f.find<QPushButton>("againButton")->isVisible());
}

void TestWindow::anUnknownOutcomeIsNeverSentAgain()
{
    auto &f = *m_fixture;
    const QSignalSpy seen(&f.bench().sandbox(), &Sandbox::requestSeen);
    f.type("toEdit", u"447700900444"_s); // reads the request, then closes
    f.click("sendButton");
    QTRY_VERIFY(f.result(0).startsWith(u"Outcome unknown"_s));
    QTRY_VERIFY(f.explanation().contains(u"before you decide to send again"_s)
                || f.explanation().contains(u"Do not send it again"_s));
    QVERIFY(!f.find<QPushButton>("againButton")->isVisible());
    // The callbacks of this number tell that it was accepted after all.
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
    QTRY_VERIFY(f.explanation().contains(u"Do not send it again"_s));
    QCOMPARE(seen.count(), 1);
}

void TestWindow::mistakesStandBesideTheirField_data()
{
    QTest::addColumn<QByteArray>("edit");
    QTest::addColumn<QByteArray>("note");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("blocks");
    const auto row = [](const char *name, const char *edit, const char *note, const QString &typed,
                        const QString &words, bool blocks = true) {
        QTest::newRow(name) << QByteArray(edit) << QByteArray(note) << typed << words << blocks;
    };
    row("no agent", "agentEdit", "agentNote", {}, u"Agent ID is missing"_s);
    row("odd agent", "agentEdit", "agentNote", u"my agent"_s, u"24 characters"_s, false);
    row("no recipient", "toEdit", "toNote", {}, u"Enter the recipient"_s);
    row("letters", "toEdit", "toNote", u"+44 77OO 900958"_s, u"Only digits"_s);
    row("national", "toEdit", "toNote", u"07700 900958"_s, u"country code"_s);
    row("trunk zero", "toEdit", "toNote", u"+44 (0) 7700 900958"_s, u"Leave out the (0)"_s);
    row("short", "toEdit", "toNote", u"+44 77"_s, u"Too short"_s);
    row("long", "toEdit", "toNote", u"+44 7700 900958 900958"_s, u"Too long"_s);
    row("normalised", "toEdit", "toNote", u"00 (44) 7700-900958"_s, u"goes out as 447700900958"_s,
        false);
    row("no namespace", "namespaceEdit", "namespaceNote", {}, u"Namespace is missing"_s);
    row("odd namespace", "namespaceEdit", "namespaceNote", u"shop"_s, u"usually look like"_s,
        false);
    row("no template", "templateEdit", "templateNote", {}, u"Template is missing"_s);
    row("odd template", "templateEdit", "templateNote", u"Order Update"_s, u"small letters"_s,
        false);
}

void TestWindow::mistakesStandBesideTheirField()
{
    QFETCH(const QByteArray, edit);
    QFETCH(const QByteArray, note);
    QFETCH(const QString, typed);
    QFETCH(const QString, words);
    QFETCH(const bool, blocks);
    auto &f = *m_fixture;
    f.type(edit.constData(), typed);
    QVERIFY(f.find<QLabel>(note.constData())->isVisible());
    QVERIFY2(f.text(note.constData()).contains(words), qPrintable(f.text(note.constData())));
    QCOMPARE(f.find<QLineEdit>(edit.constData())->property("faulty").toBool(), blocks);
    const QSignalSpy seen(&f.bench().sandbox(), &Sandbox::requestSeen);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    if (!blocks) {
        QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
        return;
    }
    QVERIFY(f.window().statusBar()->currentMessage().startsWith(u"Not sent."_s));
    QVERIFY(f.find<QLineEdit>(edit.constData())->hasFocus());
    QCOMPARE(seen.count(), 0);
    QCOMPARE(f.log().rowCount(), 0);
}

void TestWindow::aValueIsMendedByOneKey()
{
    auto &f = *m_fixture;
    auto *table = f.find<QTableView>("parameterTable");
    const QModelIndex value = table->model()->index(1, ParameterModel::ValueColumn);
    table->model()->setData(value, u"two\nlines\tand      spaces"_s);
    auto *note = f.find<FieldNote>("parameterNote");
    QVERIFY(note->text().contains(u"Row 2: A line break"_s));
    note->setFocus();
    QTest::keyClick(note, Qt::Key_Tab); // to the link
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(value.data().toString(), u"two lines and spaces"_s);
    QVERIFY(!note->isVisible());
}

void TestWindow::parametersAreAddedAndRemoved()
{
    auto &f = *m_fixture;
    auto *table = f.find<QTableView>("parameterTable");
    auto *session = f.find<QTableView>("sessionTable");
    const QAbstractItemModelTester parameterTester(table->model());
    const QAbstractItemModelTester sessionTester(session->model());
    const QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);
    QCOMPARE(table->model()->rowCount(), 3);

    auto *menu = f.find<QToolButton>("addParameterButton")->menu();
    menu->actions().at(2)->trigger(); // header image
    QCOMPARE(table->model()->rowCount(), 4);
    QCOMPARE(table->currentIndex().row(), 0);
    auto *editor = table->findChild<QLineEdit *>();
    QVERIFY(editor != nullptr);
    QTest::keyClicks(editor, u"https://example.org/a.png"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    // Return takes the value over from the event loop.
    QTRY_COMPARE(table->model()->index(0, ParameterModel::ValueColumn).data().toString(),
                 u"https://example.org/a.png"_s);
    QVERIFY(f.find<QPlainTextEdit>("previewView")->toPlainText().contains(u"\"link\": "_s));

    table->setCurrentIndex(table->model()->index(2, ParameterModel::ValueColumn));
    QTest::mouseClick(f.find<QToolButton>("moveUpButton"), Qt::LeftButton);
    QCOMPARE(table->model()->index(1, ParameterModel::ValueColumn).data().toString(), u"A-1043"_s);
    QTest::mouseClick(f.find<QToolButton>("removeParameterButton"), Qt::LeftButton);
    QCOMPARE(table->model()->rowCount(), 3);

    QTest::mouseClick(f.find<QToolButton>("addSessionButton"), Qt::LeftButton);
    QCOMPARE(session->model()->rowCount(), 2);
    QVERIFY(f.text("sessionNote").contains(u"Row 2:"_s));
    QTest::mouseClick(f.find<QToolButton>("removeSessionButton"), Qt::LeftButton);
    QCOMPARE(session->model()->rowCount(), 1);
    QVERIFY(!f.find<QLabel>("sessionNote")->isVisible());
    QCOMPARE(resets.count(), 0);
}

void TestWindow::smsTakesNoTemplate()
{
    auto &f = *m_fixture;
    f.find<QComboBox>("channelCombo")->setCurrentText(u"sms"_s);
    const auto body = parseJson(f.find<QPlainTextEdit>("previewView")->toPlainText().toUtf8());
    QVERIFY(body);
    QVERIFY(body->object()->find(u"template") == nullptr);
    QVERIFY(body->object()->find(u"components") == nullptr);
    QVERIFY(!f.find<QLineEdit>("templateEdit")->isEnabled());
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    f.find<QComboBox>("channelCombo")->setCurrentText(u"whatsapp"_s); // nothing is lost
    QVERIFY(f.find<QPlainTextEdit>("previewView")->toPlainText().contains(u"order_update"_s));
}

void TestWindow::everythingComesBackAfterARestart()
{
    auto &f = *m_fixture;
    f.click("sendButton");
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
    f.type("toEdit", u"+44 7700 900123"_s);
    f.type("templateEdit", u"order_shipped"_s);
    auto *splitter = f.find<QSplitter>("bottomSplitter");
    splitter->setSizes({500, 500});
    const auto sizes = splitter->sizes();
    f.window().resize(1400, 820);
    f.quit();

    QVERIFY(f.start());
    QCOMPARE(f.window().size(), QSize(1400, 820));
    QCOMPARE(f.find<QLineEdit>("toEdit")->text(), u"+44 7700 900123"_s);
    QCOMPARE(f.find<QLineEdit>("templateEdit")->text(), u"order_shipped"_s);
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QCOMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
    QCOMPARE(f.log().rowCount(), 1);
    QTRY_COMPARE(f.find<QSplitter>("bottomSplitter")->sizes().size(), sizes.size());
    const auto again = f.find<QSplitter>("bottomSplitter")->sizes();
    QVERIFY(qAbs(again.first() - again.last()) < 200); // as near as the new width allows
}

void TestWindow::anUnsentFormSurvivesACrash()
{
    auto &f = *m_fixture;
    f.type("toEdit", u"+44 7700 900777"_s);
    const QString drafts = f.folder() + u"/drafts"_s;
    QTRY_VERIFY(!QDir(drafts).entryList({u"*.json"_s}, QDir::Files).isEmpty());
    const auto written = [&drafts] {
        QFile file(QDir(drafts).filePath(QDir(drafts).entryList({u"*.json"_s}).first()));
        return file.open(QIODevice::ReadOnly) && file.readAll().contains("+44 7700 900777");
    };
    QTRY_VERIFY(written());
    f.crash();
    QVERIFY(f.start());
    QCOMPARE(f.find<QLineEdit>("toEdit")->text(), u"+44 7700 900777"_s);
}

void TestWindow::theLogFiltersAndCopies()
{
    auto &f = *m_fixture;
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    f.find<QAction>("sendNowAction")->trigger();
    QTRY_COMPARE(f.result(0), u"429 Too many requests"_s);

    QTest::mouseClick(f.find<QToolButton>("chipRateLimited"), Qt::LeftButton);
    QTRY_COMPARE(f.log().rowCount(), 1);
    QTRY_COMPARE(f.result(0), u"429 Too many requests"_s);
    QTest::mouseClick(f.find<QToolButton>("chipAll"), Qt::LeftButton);
    QTRY_COMPARE(f.log().rowCount(), 2);
    f.type("filterEdit", u"status:200"_s);
    QTRY_COMPARE(f.log().rowCount(), 1);
    f.type("filterEdit", u"colour:red"_s);
    QVERIFY(f.find<QLabel>("filterNote")->isVisible());
    QVERIFY(f.text("filterNote").contains(u"colour"_s));
    f.type("filterEdit", {});
    QVERIFY(!f.find<QLabel>("filterNote")->isVisible());
    QTRY_COMPARE(f.log().rowCount(), 2);
    QTRY_COMPARE(f.result(1), u"200 Accepted"_s);

    auto *view = f.find<QTableView>("logView");
    view->selectRow(1);
    QGuiApplication::clipboard()->clear();
    f.find<QAction>("copyTextAction")->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"200 Accepted"_s));
    auto *panel = view->parentWidget(); // the window has a copyCurlAction, too
    panel->findChild<QAction *>(u"copyCurlAction"_s)->trigger();
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"curl "_s));
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"$VGAI_KEY"_s));
    panel->findChild<QAction *>(u"copyJsonAction"_s)->trigger();
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u'{'));
}

void TestWindow::selectionAndScrollStayWhileRowsArrive()
{
    auto &f = *m_fixture;
    const QAbstractItemModelTester tester(&f.log());
    f.window().resize(1200, 620);
    // Straight into the journal: sixty sends would take a minute.
    Journal &journal = f.bench().journal();
    const auto addRow = [&journal](int number) {
        Claim claim;
        claim.sendId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        claim.claimedAt = QDateTime::currentDateTimeUtc();
        claim.to = QString::number(number);
        claim.url = QUrl(u"http://127.0.0.1:1/"_s);
        claim.body = "{}";
        (void)journal.claim(claim);
        (void)journal.settle(claim.sendId, {Outcome::Accepted, {}});
    };
    for (int i = 0; i < 60; ++i)
        addRow(i);
    QTRY_COMPARE(f.log().rowCount(), 60);
    const QSignalSpy resets(&f.log(), &QAbstractItemModel::modelReset);
    auto *view = f.find<QTableView>("logView");
    view->setCurrentIndex(f.log().index(30, 0));
    view->verticalScrollBar()->setValue(28);
    const auto topText = [view] {
        const QModelIndex top = view->indexAt(QPoint(1, 1));
        return top.siblingAtColumn(LogModel::ToColumn).data().toString();
    };
    QTRY_VERIFY(!topText().isEmpty());
    const QString before = topText();
    for (int i = 60; i < 70; ++i)
        addRow(i);
    QTRY_COMPARE(f.log().rowCount(), 70);
    QTRY_COMPARE(topText(), before);
    QCOMPARE(view->currentIndex().row(), 40);
    QCOMPARE(resets.count(), 0);
}

// Promise 2: what cannot be recorded is not sent.
void TestWindow::whatCannotBeRecordedIsNotSent()
{
    auto &f = *m_fixture;
    f.quit();
    QVERIFY(QDir(f.folder()).removeRecursively());
    QVERIFY(QDir().mkpath(f.folder() + u"/journal.sqlite/in the way"_s));
    QVERIFY(f.start());
    QVERIFY(f.find<QWidget>("banner")->isVisible());
    const QSignalSpy seen(&f.bench().sandbox(), &Sandbox::requestSeen);
    const QSignalSpy finished(&f.window().sender(), &SendController::finished);
    QTest::mouseClick(f.find<QPushButton>("bannerCloseButton"), Qt::LeftButton);
    f.click("sendButton");
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished.first().at(1).value<SendReport>().outcome, Outcome::NotSent);
    QVERIFY(f.find<QWidget>("banner")->isVisible());
    QVERIFY(f.text("bannerLabel").contains(u"journal"_s));
    QCOMPARE(seen.count(), 0);
}

void TestWindow::everyControlHasAName()
{
    auto &f = *m_fixture;
    QStringList nameless;
    for (auto *widget : f.window().findChildren<QWidget *>()) {
        const auto policy = widget->focusPolicy();
        if (policy == Qt::NoFocus || !widget->isVisibleTo(&f.window())
            || widget->objectName().startsWith(u"qt_"_s))
            continue;
        const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        // A line edit inside a combo box speaks through the combo box.
        if (accessible == nullptr || qobject_cast<QComboBox *>(widget->parentWidget()) != nullptr
            || qobject_cast<QComboBox *>(widget) != nullptr)
            continue;
        if (accessible->text(QAccessible::Name).isEmpty())
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u' '
                            + widget->objectName());
        if ((policy & Qt::TabFocus) == 0)
            nameless.append(u"not by keyboard: "_s + widget->objectName());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
