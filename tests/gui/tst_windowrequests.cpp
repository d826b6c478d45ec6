#include "gui/windowfixture.h"

#include "listen/sandbox.h"
#include "ui/parametermodel.h"
#include "ui/requesttabs.h"

#include <QTabBar>
#include <QToolButton>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Tabs, undo and variables through the real window.
class TestWindowRequests : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void undoTakesBackWhatWasTypedIntoAField();
    void undoWorksAcrossFormAndTables();
    void aCellThatIsTypedIntoKeepsItsOwnUndo();
    void tabsOpenCloseAndComeBack();
    void tabsSurviveACrash();
    void anotherTabCannotChangeWhatWaits();
    void aRequestOnItsWayIsNotSentAgainAfterAVisitElsewhere();
    void aVariableIsFilledInAndItsNameIsOffered();
    void anUnknownVariableIsNotSent();

private:
    [[nodiscard]] QTabBar &bar() { return *m_fixture->find<QTabBar>("requestBar"); }
    [[nodiscard]] QString text(const char *edit)
    {
        return m_fixture->find<QLineEdit>(edit)->text();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestWindowRequests::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
}

void TestWindowRequests::cleanup()
{
    m_fixture.reset();
}

void TestWindowRequests::undoTakesBackWhatWasTypedIntoAField()
{
    auto &f = *m_fixture;
    f.type("templateEdit", u"order_shipped"_s);
    f.type("namespaceEdit", u"abc"_s);
    auto *field = f.find<QLineEdit>("namespaceEdit");
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(text("namespaceEdit"), u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s);
    QCOMPARE(text("templateEdit"), u"order_shipped"_s);
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier); // another field's, from this one
    QCOMPARE(text("templateEdit"), u"order_update"_s);
    QVERIFY(!f.find<QAction>("undoAction")->isEnabled());
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(text("templateEdit"), u"order_shipped"_s);
    QCOMPARE(text("namespaceEdit"), u"abc"_s);
    QVERIFY(f.find<QPlainTextEdit>("previewView")->toPlainText().contains(u"\"abc\""));
}

void TestWindowRequests::undoWorksAcrossFormAndTables()
{
    auto &f = *m_fixture;
    const QByteArray before = f.window().composer().written().toJson();
    auto *table = f.find<QTableView>("parameterTable");
    table->model()->setData(table->model()->index(0, ParameterModel::ValueColumn), u"Anna"_s);
    table->setCurrentIndex(table->model()->index(1, 0));
    QTest::mouseClick(f.find<QToolButton>("removeParameterButton"), Qt::LeftButton);
    QCOMPARE(table->model()->rowCount(), 2);
    f.type("toEdit", u"+44 7700 900123"_s);
    for (int i = 0; i < 3; ++i)
        f.find<QAction>("undoAction")->trigger();
    QCOMPARE(f.window().composer().written().toJson(), before);
    QCOMPARE(table->model()->rowCount(), 3);
    QCOMPARE(table->model()->index(0, ParameterModel::ValueColumn).data().toString(), u"Marta"_s);
    f.find<QAction>("redoAction")->trigger();
    QCOMPARE(table->model()->index(0, ParameterModel::ValueColumn).data().toString(), u"Anna"_s);
}

void TestWindowRequests::aCellThatIsTypedIntoKeepsItsOwnUndo()
{
    auto &f = *m_fixture;
    f.type("templateEdit", u"order_shipped"_s);
    auto *table = f.find<QTableView>("parameterTable");
    table->setFocus();
    const QModelIndex cell = table->model()->index(0, ParameterModel::ValueColumn);
    table->setCurrentIndex(cell);
    table->edit(cell);
    auto *editor = table->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor != nullptr);
    editor->setFocus();
    editor->selectAll();
    QTest::keyClicks(editor, u"Annabel"_s);
    QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->text(), u"Marta"_s);
    QCOMPARE(text("templateEdit"), u"order_shipped"_s);
}

void TestWindowRequests::tabsOpenCloseAndComeBack()
{
    auto &f = *m_fixture;
    QCOMPARE(bar().count(), 1);
    QCOMPARE(bar().tabText(0), u"order_update"_s);
    f.press(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(bar().count(), 2);
    QCOMPARE(bar().currentIndex(), 1);
    QCOMPARE(text("templateEdit"), QString());
    f.type("templateEdit", u"a&b"_s);
    QCOMPARE(bar().tabText(1), u"a&&b •"_s);
    QTest::mouseClick(&bar(), Qt::LeftButton, {}, bar().tabRect(0).center());
    QCOMPARE(text("templateEdit"), u"order_update"_s);
    QTest::mouseClick(&bar(), Qt::MiddleButton, {}, bar().tabRect(1).center());
    QCOMPARE(bar().count(), 1);
    f.press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bar().count(), 2);
    QCOMPARE(text("templateEdit"), u"a&b"_s);
    bar().moveTab(0, 1);
    QCOMPARE(text("templateEdit"), u"a&b"_s);
    QCOMPARE(bar().currentIndex(), 0);
    f.press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(text("templateEdit"), u"order_update"_s);
}

void TestWindowRequests::tabsSurviveACrash()
{
    auto &f = *m_fixture;
    f.press(Qt::Key_T, Qt::ControlModifier);
    f.type("templateEdit", u"second"_s);
    QTRY_VERIFY([&f] {
        const auto drafts = QDir(f.folder() + u"/drafts"_s).entryInfoList({u"*.json"_s});
        QFile file(drafts.isEmpty() ? f.folder() : drafts.first().filePath());
        return !drafts.isEmpty() && file.open(QIODevice::ReadOnly)
            && file.readAll().contains("second");
    }());
    f.crash();
    QVERIFY(f.start());
    QCOMPARE(bar().count(), 2);
    QCOMPARE(bar().tabText(1), u"second •"_s);
    QCOMPARE(text("templateEdit"), u"second"_s);
}

// Break it by taking the Composer's request in enqueueWithKey().
void TestWindowRequests::anotherTabCannotChangeWhatWaits()
{
    auto &f = *m_fixture;
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    const QSignalSpy seen(&f.bench().sandbox(), &Sandbox::requestSeen);
    f.type("templateEdit", u"that_waits"_s);
    f.click("sendButton");
    f.press(Qt::Key_T, Qt::ControlModifier);
    f.type("templateEdit", u"another"_s);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    f.find<QAction>("sendNowAction")->trigger();
    QTRY_COMPARE(f.log().rowCount(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(f.result(0), u"200 Accepted"_s, 5000);
    QVERIFY(f.logCell(0, u"Template"_s).startsWith(u"that_waits"_s));
    QCOMPARE(seen.count(), 1);
    QCOMPARE(text("templateEdit"), u"another"_s);
    QVERIFY(f.find<QPushButton>("sendButton")->isEnabled());
}

// Break it by setting Ready in SendController when another document is opened.
void TestWindowRequests::aRequestOnItsWayIsNotSentAgainAfterAVisitElsewhere()
{
    auto &f = *m_fixture;
    f.type("toEdit", u"447700900408"_s); // the sandbox never answers
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"Sending…"_s);
    QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
    f.press(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(f.find<QPushButton>("sendButton")->isEnabled()); // another request
    QTest::mouseClick(&bar(), Qt::LeftButton, {}, bar().tabRect(0).center());
    QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
    f.press(Qt::Key_Return, Qt::ControlModifier);
    f.find<QAction>("sendNowAction")->trigger();
    f.press(Qt::Key_W, Qt::ControlModifier);
    f.press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
    QCOMPARE(f.log().rowCount(), 1);
}

void TestWindowRequests::aVariableIsFilledInAndItsNameIsOffered()
{
    auto &f = *m_fixture;
    f.window().composer().setProfileVariables({{u"shop"_s, u"order_update"_s}});
    f.type("templateEdit", u"{{sh"_s);
    QWidget *popup = nullptr;
    QTRY_VERIFY((popup = QApplication::activePopupWidget()) != nullptr);
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(text("templateEdit"), u"{{shop}}"_s);
    QVERIFY(f.find<QPlainTextEdit>("previewView")->toPlainText().contains(u"\"order_update\""));
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QVERIFY(f.logCell(0, u"Template"_s).startsWith(u"order_update"_s));
    QCOMPARE(text("templateEdit"), u"{{shop}}"_s);
}

void TestWindowRequests::anUnknownVariableIsNotSent()
{
    auto &f = *m_fixture;
    auto *table = f.find<QTableView>("sessionTable");
    table->model()->setData(table->model()->index(0, 1), u"{{nobody}}"_s);
    f.click("sendButton");
    QVERIFY(f.text("sessionNote").contains(u"nobody"_s));
    QCOMPARE(f.log().rowCount(), 0);
    table->model()->setData(table->model()->index(0, 1), u"{{send_id}}"_s);
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
}

QTEST_MAIN(TestWindowRequests)
#include "tst_windowrequests.moc"
