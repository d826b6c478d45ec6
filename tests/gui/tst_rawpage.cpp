#include "editor/jsoneditor.h"
#include "gui/windowfixture.h"
#include "ui/composer.h"
#include "ui/privacy.h"
#include "ui/rawpage.h"

#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Form and JSON are two views of one request, in the real window.
class TestRawPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void typingInTheTextChangesTheForm();
    void typingInTheFormChangesTheTextWhereItDiffers();
    void unknownFieldsOrderAndLayoutSurviveTheForm();
    void brokenTextLeavesTheFormAlone();
    void nothingIsSentWhileTheTextIsBroken();
    void aLongTextIsReadBeforeItIsSent();
    void saysWhichCountsWhenTheFormChangedMeanwhile();
    void aBrokenTextWaitsForItsOwnRequest();
    void saysWhatTheFormSays();
    void undoInTheTextIsUndoInTheForm();
    void formatsOnlyWhenAsked();
    void showsWhatGoesOut();
    void canOnlyBeReadWhileNumbersAreMasked();

private:
    std::unique_ptr<WindowFixture> m_fixture;

    JsonEditor &editor() { return *m_fixture->find<JsonEditor>("jsonEditor"); }
    Composer &composer() { return m_fixture->window().composer(); }
    void open()
    {
        auto *pages = m_fixture->find<QTabWidget>("pages");
        pages->setCurrentWidget(m_fixture->find<RawPage>("rawPage"));
        editor().setFocus();
    }
    /// As somebody who selects it and types.
    void replace(const QByteArray &before, const QByteArray &after)
    {
        const qsizetype at = editor().content().indexOf(before);
        QVERIFY(at >= 0);
        editor().reveal({at, at + before.size()});
        editor().replaceSelectedText(QString::fromUtf8(after));
    }
    [[nodiscard]] QString problem() { return m_fixture->text("problemLabel"); }
};

void TestRawPage::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
    open();
}

void TestRawPage::cleanup()
{
    privacy::mask().setOn(false);
    m_fixture.reset();
}

void TestRawPage::typingInTheTextChangesTheForm()
{
    auto &f = *m_fixture;
    QVERIFY(editor().content().contains("\"{{inbox}}\""));
    replace("\"+44 7700 900958\"", "\"+44 7700 900959\"");
    QCOMPARE(f.find<QLineEdit>("toEdit")->text(), u"+44 7700 900959"_s);
    QCOMPARE(composer().outgoing().text(Field::To), u"447700900959"_s);
    replace("\"whatsapp\"", "\"sms\"");
    QVERIFY(composer().request().isSms());
}

void TestRawPage::typingInTheFormChangesTheTextWhereItDiffers()
{
    auto &f = *m_fixture;
    const QByteArray before = editor().content();
    f.find<QTabWidget>("pages")->setCurrentIndex(0);
    f.type("toEdit", u"+1 415 555 0100"_s);
    QCOMPARE(editor().content(), QByteArray(before).replace("+44 7700 900958", "+1 415 555 0100"));
}

void TestRawPage::unknownFieldsOrderAndLayoutSurviveTheForm()
{
    auto &f = *m_fixture;
    const QByteArray text = "{ \"zz\": [1.0, {\"y\" : null}],\n\n\t\"to\":\"+44 7946 000958\",\n"
                            "  \"channel\" : \"whatsapp\",   \"client_ref\": 1e2,\n"
                            "\"template\": \"order\", \"locale\":\"en\"}";
    editor().replaceAll(text);
    f.find<QTabWidget>("pages")->setCurrentIndex(0);
    f.type("toEdit", u"447946000123"_s);
    QCOMPARE(editor().content(), QByteArray(text).replace("+44 7946 000958", "447946000123"));
    f.type("agentEdit", u"0123456789abcdef01234567"_s);
    QCOMPARE(editor().content(),
             QByteArray(text)
                 .replace("+44 7946 000958", "447946000123")
                 .replace("\"en\"}", "\"en\",\n\n\t\"agent_id\": \"0123456789abcdef01234567\"}"));
    QCOMPARE(OutboundRequest::fromJson(editor().content()).value(), composer().written());
}

void TestRawPage::brokenTextLeavesTheFormAlone()
{
    auto &f = *m_fixture;
    const OutboundRequest before = composer().written();
    replace("\"to\":", "\"to\"");
    QCOMPARE(composer().written(), before);
    QCOMPARE(f.find<QLineEdit>("toEdit")->text(), u"+44 7700 900958"_s);
    QVERIFY(problem().contains(u"A : is missing"_s));
    QVERIFY(!f.find<QPushButton>("formatButton")->isEnabled());
    replace("\"to\"", "\"to\":");
    QVERIFY(!f.find<QWidget>("problemBar")->isVisible() || !problem().contains(u"missing"_s));
    QCOMPARE(composer().written(), before);
}

// Break it by leaving out the veto in SendController::send().
void TestRawPage::nothingIsSentWhileTheTextIsBroken()
{
    auto &f = *m_fixture;
    replace("\"channel\": \"whatsapp\",", "\"channel\": \"whatsapp\"");
    f.find<QTabWidget>("pages")->setCurrentIndex(0);
    f.click("sendButton");
    f.press(Qt::Key_Return, Qt::ControlModifier);
    f.find<QAction>("sendNowAction")->trigger();
    QCOMPARE(f.log().rowCount(), 0);
    QVERIFY(f.find<RawPage>("rawPage")->isVisible());
    QTRY_VERIFY(editor().hasFocus());
    QVERIFY(f.window().statusBar()->currentMessage().contains(u"Not sent."_s));
    QVERIFY(f.window().statusBar()->currentMessage().contains(u"A comma is missing"_s));
    QCOMPARE(f.log().rowCount(), 0);
    replace("\"whatsapp\"", "\"whatsapp\",");
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QCOMPARE(f.log().rowCount(), 1);
}

void TestRawPage::aLongTextIsReadBeforeItIsSent()
{
    auto &f = *m_fixture;
    replace("{\n", "{\n  \"padding\": \"" + QByteArray(100'000, 'x') + "\",\n");
    replace("+44 7700 900958", "+44 7700 900111");
    QVERIFY(composer().written().text(Field::To) != u"+44 7700 900111"_s); // not at every key
    f.find<QAction>("sendAction")->trigger();
    QCOMPARE(composer().written().text(Field::To), u"+44 7700 900111"_s);
    QTRY_COMPARE(f.logCell(0, u"To"_s), u"447700900111"_s);
}

void TestRawPage::saysWhichCountsWhenTheFormChangedMeanwhile()
{
    auto &f = *m_fixture;
    replace("\"to\":", "\"to\"");
    f.type("toEdit", u"447946000123"_s);
    QVERIFY(editor().content().contains("+44 7700 900958"));
    replace("\"to\"", "\"to\":");
    // Both are requests now, and differ.
    QCOMPARE(composer().written().text(Field::To), u"447946000123"_s);
    QVERIFY(f.find<QPushButton>("useTextButton")->isVisible());
    f.find<QAction>("sendAction")->trigger();
    QCOMPARE(f.log().rowCount(), 0);
    QVERIFY(f.window().statusBar()->currentMessage().contains(u"which one counts"_s));
    f.click("useFormButton");
    QVERIFY(editor().content().contains("447946000123"));
    QVERIFY(!f.find<QPushButton>("useTextButton")->isVisible());
    editor().undo();
    QCOMPARE(composer().written().text(Field::To), u"+44 7700 900958"_s);
}

void TestRawPage::aBrokenTextWaitsForItsOwnRequest()
{
    auto &f = *m_fixture;
    replace("\"channel\":", "\"channel\"");
    const QByteArray broken = editor().content();
    const QString document = composer().document();
    const Composer::State state = composer().state();
    composer().open(u"another"_s, Composer::stateOf(Draft{R"({"to":"1"})", false, {}}));
    QVERIFY(!editor().content().contains("channel"));
    QVERIFY(!editor().isUndoAvailable());
    composer().open(document, state);
    QCOMPARE(editor().content(), broken);
    QVERIFY(problem().contains(u"A : is missing"_s));
    f.find<QAction>("sendAction")->trigger();
    QCOMPARE(f.log().rowCount(), 0);
}

void TestRawPage::saysWhatTheFormSays()
{
    auto &f = *m_fixture;
    replace("\"+44 7700 900958\"", "\"+44 x\"");
    const QString said = f.text("toNote");
    const auto &marks = editor().marks();
    const auto mark = std::find_if(marks.begin(), marks.end(), [](const EditorMark &each) {
        return each.text.startsWith(u"To: ");
    });
    QVERIFY(mark != marks.end());
    QVERIFY(said.contains(mark->text.mid(4).toHtmlEscaped()) || said.contains(mark->text.mid(4)));
    QCOMPARE(editor().content().mid(mark->span.begin, mark->span.end - mark->span.begin),
             "\"+44 x\"");
    // Send goes there, not to the form.
    f.find<QAction>("sendAction")->trigger();
    QVERIFY(f.find<RawPage>("rawPage")->isVisible());
    QCOMPARE(f.log().rowCount(), 0);
}

void TestRawPage::undoInTheTextIsUndoInTheForm()
{
    auto &f = *m_fixture;
    replace("+44 7700 900958", "+44 7700 900111");
    QCOMPARE(f.find<QLineEdit>("toEdit")->text(), u"+44 7700 900111"_s);
    QTest::keyClick(&editor(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f.find<QLineEdit>("toEdit")->text(), u"+44 7700 900958"_s);
}

void TestRawPage::formatsOnlyWhenAsked()
{
    const QByteArray text = R"({"to":"1","x":{"a":1}})";
    editor().replaceAll(text);
    QCOMPARE(editor().content(), text);
    m_fixture->click("formatButton");
    QCOMPARE(editor().content(), "{\n  \"to\": \"1\",\n  \"x\": {\"a\": 1}\n}");
    editor().undo();
    QCOMPARE(editor().content(), text);
}

void TestRawPage::showsWhatGoesOut()
{
    auto &f = *m_fixture;
    QVERIFY(f.text("differsLabel").contains(u"to, status_url"_s));
    f.click("showOutgoingButton");
    QCOMPARE(f.find<CodeView>("outgoingJson")->content(), composer().body());
    QCOMPARE(f.find<QPlainTextEdit>("previewView")->toPlainText().toUtf8(), composer().body());
}

void TestRawPage::canOnlyBeReadWhileNumbersAreMasked()
{
    auto &f = *m_fixture;
    f.click("showOutgoingButton");
    f.press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    auto *masked = f.find<CodeView>("maskedJson");
    QVERIFY(masked->isVisible() && masked->isReadOnly() && !editor().isVisible());
    QVERIFY(f.find<QLabel>("maskedNote")->isVisible());
    for (const char *view : {"maskedJson", "outgoingJson"}) {
        const QByteArray text = f.find<CodeView>(view)->content();
        QVERIFY2(text.contains("+44\u20260958"), view);
        QVERIFY2(!text.contains("900958"), view);
    }
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    f.press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(editor().isVisible());
    QVERIFY(editor().content().contains("+44 7700 900958"));
    QVERIFY(masked->content().isEmpty());
}

QTEST_MAIN(TestRawPage)
#include "tst_rawpage.moc"
