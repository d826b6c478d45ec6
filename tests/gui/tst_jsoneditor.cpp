#include "editor/findbar.h"
#include "editor/jsoneditor.h"
#include "editor/problembar.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace icebreaker;
using namespace Qt::StringLiterals;

/// The editor by itself: what it proposes, marks, finds and leaves alone.
class TestJsonEditor : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void proposesNamesThatAreNotThereYet();
    void proposesLocalesAndTakesOneWithItsQuotes();
    void proposesTheParametersTypesAndNames();
    void goesThroughTheProblemsByKeyboard();
    void undoesAnEditFromElsewhereInOneStep();
    void leavesCursorAndScrollBarWhereTheyAre();
    void findsAndReplaces();
    void tabLeavesAReadOnlyViewAndTheEditorAfterEscape();
    void leavesMenuKeysToTheWindow();
    void staysQuickWithAMegabyte();

private:
    std::unique_ptr<QWidget> m_window;
    JsonEditor *m_editor = nullptr;
    FindBar *m_find = nullptr;

    void put(const QByteArray &text)
    {
        m_editor->load(text);
        m_editor->SendScintilla(QsciScintillaBase::SCI_GOTOPOS, static_cast<int>(text.size()));
    }
};

void TestJsonEditor::init()
{
    m_window = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(m_window.get());
    auto *before = new QLineEdit;
    before->setObjectName(u"before"_s);
    m_editor = new JsonEditor;
    m_find = new FindBar(*m_editor);
    column->addWidget(before);
    column->addWidget(m_editor, 1);
    column->addWidget(m_find);
    column->addWidget(new ProblemBar(*m_editor));
    m_window->resize(600, 400);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QApplication::setActiveWindow(m_window.get());
    m_editor->setFocus();
}

void TestJsonEditor::cleanup()
{
    m_window.reset();
}

void TestJsonEditor::proposesNamesThatAreNotThereYet()
{
    put("{\"to\": \"1\", \"locale\": \"en\", ");
    const QStringList names = m_editor->proposals();
    QVERIFY(names.contains(u"agent_id"_s) && names.contains(u"session_parameters"_s));
    QVERIFY(!names.contains(u"to"_s) && !names.contains(u"locale"_s));
}

void TestJsonEditor::proposesLocalesAndTakesOneWithItsQuotes()
{
    put("{\"locale\": \"pt_B");
    QVERIFY(m_editor->proposals().contains(u"pt_BR"_s));
    QTest::keyClick(m_editor, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(m_editor->SendScintilla(QsciScintillaBase::SCI_AUTOCACTIVE) != 0);
    QTest::keyClick(m_editor, Qt::Key_Tab);
    QCOMPARE(m_editor->content(), "{\"locale\": \"pt_BR\"");
    m_editor->setWords({{u"xx_XX"_s}, {}});
    put("{\"locale\": ");
    QCOMPARE(m_editor->proposals().first(), u"xx_XX"_s);
}

void TestJsonEditor::proposesTheParametersTypesAndNames()
{
    put("{\"components\":[{\"type\":\"");
    QCOMPARE(m_editor->proposals(), (QStringList{u"header"_s, u"body"_s, u"button"_s}));
    put("{\"components\":[{\"parameters\":[{\"type\":\"");
    QVERIFY(m_editor->proposals().contains(u"date_time"_s));
    m_editor->setWords({{}, {u"CUSTOMER_NAME"_s}});
    put("{\"session_parameters\":[{\"name\":\"");
    QCOMPARE(m_editor->proposals(), QStringList{u"CUSTOMER_NAME"_s});
    put("{\"channel\":\"");
    QCOMPARE(m_editor->proposals(), (QStringList{u"whatsapp"_s, u"sms"_s}));
    put("{\"to\":\"");
    QVERIFY(m_editor->proposals().isEmpty());
}

void TestJsonEditor::goesThroughTheProblemsByKeyboard()
{
    put("{\"a\": 1, \"b\": 2}");
    m_editor->setMarks(
        {{Severity::Warning, {6, 7}, u"first"_s}, {Severity::Error, {14, 15}, u"second"_s}}, false);
    m_window->findChild<ProblemBar *>()->follow();
    auto *label = m_window->findChild<QLabel *>(u"problemLabel"_s);
    QTest::keyClick(m_editor, Qt::Key_F8);
    QCOMPARE(m_editor->selectedText(), u"1"_s);
    QTRY_VERIFY(label->text().contains(u"Line 1, column 7: first"_s));
    QTest::keyClick(m_editor, Qt::Key_F8);
    QCOMPARE(m_editor->selectedText(), u"2"_s);
    QTRY_VERIFY(label->text().contains(u"second"_s));
    QTest::keyClick(m_editor, Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(m_editor->selectedText(), u"1"_s);
}

void TestJsonEditor::undoesAnEditFromElsewhereInOneStep()
{
    put("{\"a\": 1, \"b\": 2}");
    QSignalSpy edited(m_editor, &JsonEditor::edited);
    m_editor->apply({{14, 15, "22"}, {6, 7, "11"}});
    QCOMPARE(m_editor->content(), "{\"a\": 11, \"b\": 22}");
    QVERIFY(edited.isEmpty());
    m_editor->undo();
    QCOMPARE(m_editor->content(), "{\"a\": 1, \"b\": 2}");
    QVERIFY(!edited.isEmpty());
    m_editor->load("{}");
    QVERIFY(!m_editor->isUndoAvailable());
}

void TestJsonEditor::leavesCursorAndScrollBarWhereTheyAre()
{
    QByteArray text = "[\n";
    for (int line = 0; line < 500; ++line)
        text += "  1,\n";
    put(text + "  0\n]");
    m_editor->setCursorPosition(300, 2);
    m_editor->setFirstVisibleLine(290);
    m_editor->apply({{4, 5, "\"longer\""}});
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    QCOMPARE(line, 300);
    QCOMPARE(column, 2);
    QCOMPARE(m_editor->firstVisibleLine(), 290);
}

void TestJsonEditor::findsAndReplaces()
{
    put("{\"\u00c9a\": \"x\", \"b\": \"\u00e9A\"}");
    QTest::keyClick(m_editor, Qt::Key_H, Qt::ControlModifier);
    auto *wanted = m_find->findChild<QLineEdit *>(u"findEdit"_s);
    QTRY_VERIFY(wanted->hasFocus());
    wanted->setText(u"\u00e9a"_s);
    QCOMPARE(m_find->findChild<QLabel *>(u"findCount"_s)->text(), u"1 of 2"_s);
    QCOMPARE(m_editor->selectedText(), u"\u00c9a"_s);
    QTest::keyClick(wanted, Qt::Key_Return);
    QCOMPARE(m_editor->selectedText(), u"\u00e9A"_s);
    m_find->findChild<QLineEdit *>(u"replaceEdit"_s)->setText(u"z"_s);
    QTest::mouseClick(m_find->findChild<QPushButton *>(u"replaceAllButton"_s), Qt::LeftButton);
    QCOMPARE(m_editor->content(), "{\"z\": \"x\", \"b\": \"z\"}");
    QTest::keyClick(wanted, Qt::Key_Escape);
    QVERIFY(!m_find->isVisible());
    QVERIFY(m_editor->hasFocus());
}

void TestJsonEditor::tabLeavesAReadOnlyViewAndTheEditorAfterEscape()
{
    put("[");
    QTest::keyClick(m_editor, Qt::Key_Tab);
    QVERIFY(m_editor->hasFocus());
    QVERIFY(m_editor->content().startsWith("[ "));
    QTest::keyClick(m_editor, Qt::Key_Escape);
    QTest::keyClick(m_editor, Qt::Key_Tab);
    QVERIFY(!m_editor->hasFocus());
    m_editor->setFocus();
    QTest::keyClick(m_editor, Qt::Key_Tab, Qt::ControlModifier);
    QVERIFY(!m_editor->hasFocus());
    m_editor->setReadOnly(true);
    m_editor->setFocus();
    QTest::keyClick(m_editor, Qt::Key_Tab);
    QVERIFY(!m_editor->hasFocus());
}

void TestJsonEditor::leavesMenuKeysToTheWindow()
{
    put("[\n1\n]");
    for (const auto key :
         {Qt::Key_D, Qt::Key_K, Qt::Key_L, Qt::Key_M, Qt::Key_N, Qt::Key_T, Qt::Key_Return}) {
        QKeyEvent event(QEvent::ShortcutOverride, key, Qt::ControlModifier);
        event.ignore();
        QApplication::sendEvent(m_editor, &event);
        QVERIFY2(!event.isAccepted(), qPrintable(QKeySequence(key).toString()));
    }
    QKeyEvent undo(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    undo.ignore();
    QApplication::sendEvent(m_editor, &undo);
    QVERIFY(undo.isAccepted());
}

void TestJsonEditor::staysQuickWithAMegabyte()
{
    QByteArray text = "[\n";
    while (text.size() < 1'000'000)
        text += "  {\"name\": \"a value of some length\", \"number\": 12345},\n";
    put(text + "  0\n]");
    m_editor->setCursorPosition(3, 0);
    QElapsedTimer clock;
    clock.start();
    constexpr int keys = 20;
    for (int key = 0; key < keys; ++key)
        QTest::keyClick(m_editor, Qt::Key_Space);
    const auto perKey = clock.elapsed() / keys;
    QVERIFY2(perKey < 100, qPrintable(QString::number(perKey)));
}

QTEST_MAIN(TestJsonEditor)
#include "tst_jsoneditor.moc"
