#include "store/profiles.h"
#include "ui/requesttabs.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

/// Several requests, each with its own edits, on the disk and back.
class TestRequestTabs : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void everyTabKeepsItsOwnRequest();
    void typingIntoOneFieldIsOneStep();
    void everyKindOfEditIsTakenBack();
    void undoIsOfTheTabThatIsShown();
    void whatWasTypedSurvivesAKill();
    void whatWasClosedComesBackAsItWas();
    void theLastTabLeavesAnEmptyOne();
    void tabsOfAnotherProfileAreItsOwn();
    void aFileIsOpenOnce();
    void theMarkTellsOfUnsavedEdits();
    void movingATabKeepsTheShownOne();

private:
    void start();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Composer> m_composer;
    std::unique_ptr<RequestTabs> m_tabs;
    Profile m_profile;
};

void TestRequestTabs::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_profile = builtInProfile();
    m_profile.region = Region::Eu;
    m_profile.agentId = u"agent"_s;
    start();
}

void TestRequestTabs::cleanup()
{
    m_tabs.reset();
    m_composer.reset();
}

/// As the program does; also after a kill, which stores nothing.
void TestRequestTabs::start()
{
    m_tabs.reset();
    m_composer = std::make_unique<Composer>([](const QString &id) {
        return InboxAddress{u"http://127.0.0.1/"_s + id, InboxSource::BuiltIn, InboxProblem::None};
    });
    m_tabs = std::make_unique<RequestTabs>(m_dir->path(), *m_composer);
    m_tabs->load(m_profile);
}

void TestRequestTabs::everyTabKeepsItsOwnRequest()
{
    m_composer->setText(Field::Template, u"one"_s);
    m_tabs->openEmpty();
    m_composer->setText(Field::Template, u"two"_s);
    m_composer->setRecipient(u"+44 7946 000958"_s);
    m_tabs->select(0);
    QCOMPARE(m_composer->request().text(Field::Template), u"one"_s);
    QCOMPARE(m_composer->typedRecipient(), QString());
    m_tabs->select(1);
    QCOMPARE(m_composer->request().text(Field::Template), u"two"_s);
    QCOMPARE(m_composer->typedRecipient(), u"+44 7946 000958"_s);
    QCOMPARE(m_tabs->title(0), u"one"_s);
}

void TestRequestTabs::typingIntoOneFieldIsOneStep()
{
    const auto before = m_composer->state();
    for (const QString &typed : {u"o"_s, u"or"_s, u"order"_s})
        m_composer->setText(Field::Template, typed);
    for (const QString &typed : {u"n"_s, u"ns"_s})
        m_composer->setText(Field::Namespace, typed);
    QCOMPARE(m_tabs->undo().activeStack()->count(), 2);
    m_tabs->endRun(); // the field was left
    m_composer->setText(Field::Namespace, u"nst"_s);
    QCOMPARE(m_tabs->undo().activeStack()->count(), 3);
    m_tabs->undo().undo();
    QCOMPARE(m_composer->request().text(Field::Namespace), u"ns"_s);
    m_tabs->undo().undo();
    m_tabs->undo().undo();
    QVERIFY(m_composer->state() == before);
    m_tabs->undo().redo();
    QCOMPARE(m_composer->request().text(Field::Template), u"order"_s);
}

void TestRequestTabs::everyKindOfEditIsTakenBack()
{
    QList<Composer::State> states{m_composer->state()};
    const auto step = [&](const auto &edit) {
        m_tabs->endRun();
        edit();
        QVERIFY(!(m_composer->state() == states.last()));
        states.append(m_composer->state());
    };
    step([&] { m_composer->setRecipient(u"+44 (0)7946 000958"_s); });
    step([&] { m_composer->addParameter({Part::Body, 0, ParameterType::Text, u"a"_s}); });
    step([&] { m_composer->addParameter({Part::Body, 0, ParameterType::Text, u"b\nc"_s}); });
    step([&] { m_composer->moveParameterUp(1); });
    step([&] {
        m_composer->mend({Severity::Error, CheckCode::ValueLineBreak, Field::Components, 0, {}, 0});
    });
    step([&] { m_composer->removeParameter(0); });
    step([&] { m_composer->addSessionParameter({u"N"_s, u"v"_s}); });
    step([&] { m_composer->setSessionParameter(0, {u"N"_s, u"w"_s}); });
    step([&] { m_composer->setBuiltInInbox(false); });
    step([&] { m_composer->setText(Field::Channel, u"sms"_s); });
    step([&] {
        m_composer->setWritten(
            *OutboundRequest::fromJson(R"({"to":"+1 415","x":[1.0],"status_url":"{{inbox}}"})"));
    });
    step([&] { m_composer->replace({R"({"to":"44"})", false, u"+44"_s}); });
    for (qsizetype i = states.size() - 2; i >= 0; --i) {
        m_tabs->undo().undo();
        QVERIFY2(m_composer->state() == states.at(i), qPrintable(QString::number(i)));
    }
    QVERIFY(!m_tabs->undo().canUndo());
    for (qsizetype i = 1; i < states.size(); ++i) {
        m_tabs->undo().redo();
        QVERIFY2(m_composer->state() == states.at(i), qPrintable(QString::number(i)));
    }
}

void TestRequestTabs::undoIsOfTheTabThatIsShown()
{
    m_composer->setText(Field::Template, u"one"_s);
    m_tabs->openEmpty();
    QVERIFY(!m_tabs->undo().canUndo());
    m_composer->setText(Field::Template, u"two"_s);
    m_tabs->select(0);
    m_tabs->undo().undo();
    QCOMPARE(m_composer->request().text(Field::Template), QString());
    m_tabs->select(1);
    QCOMPARE(m_composer->request().text(Field::Template), u"two"_s);
}

void TestRequestTabs::whatWasTypedSurvivesAKill()
{
    m_composer->setText(Field::Template, u"one"_s);
    m_tabs->openEmpty();
    m_composer->setRecipient(u"+44 7946 {{x}}"_s);
    m_tabs->openEmpty();
    m_tabs->select(1);
    const QString id = m_composer->document();
    QTRY_COMPARE(loadTabs(m_dir->path(), m_profile.id).value_or(TabSet()).current, 1);
    start();
    QCOMPARE(m_tabs->count(), 3);
    QCOMPARE(m_tabs->current(), 1);
    QCOMPARE(m_composer->document(), id);
    QCOMPARE(m_composer->typedRecipient(), u"+44 7946 {{x}}"_s);
    m_tabs->select(0);
    QCOMPARE(m_composer->request().text(Field::Template), u"one"_s);
}

void TestRequestTabs::whatWasClosedComesBackAsItWas()
{
    m_tabs->openEmpty();
    m_composer->setText(Field::Template, u"two"_s);
    m_tabs->openEmpty();
    m_composer->setText(Field::Template, u"three"_s);
    m_tabs->close(2);
    m_tabs->close(1);
    QCOMPARE(m_tabs->count(), 1);
    m_tabs->store();
    start(); // also after a restart
    m_tabs->reopenClosed();
    QCOMPARE(m_composer->request().text(Field::Template), u"two"_s);
    m_tabs->reopenClosed();
    QCOMPARE(m_composer->request().text(Field::Template), u"three"_s);
    QVERIFY(!m_tabs->canReopen());
}

void TestRequestTabs::theLastTabLeavesAnEmptyOne()
{
    m_composer->setText(Field::Template, u"one"_s);
    m_tabs->close(0);
    QCOMPARE(m_tabs->count(), 1);
    QCOMPARE(m_composer->request().text(Field::Template), QString());
    QCOMPARE(m_composer->request().text(Field::AgentId), u"agent"_s);
    QVERIFY(m_tabs->canReopen());
    m_tabs->close(0); // nothing was typed into it
    m_tabs->reopenClosed();
    QCOMPARE(m_composer->request().text(Field::Template), u"one"_s);
    QVERIFY(!m_tabs->canReopen());
}

void TestRequestTabs::tabsOfAnotherProfileAreItsOwn()
{
    m_composer->setText(Field::Template, u"one"_s);
    m_tabs->store();
    Profile other = m_profile;
    other.id = u"11111111-1111-4111-8111-111111111111"_s;
    m_tabs->load(other);
    QCOMPARE(m_composer->request().text(Field::Template), QString());
    m_composer->setText(Field::Template, u"other"_s);
    m_tabs->store();
    m_tabs->load(m_profile);
    QCOMPARE(m_composer->request().text(Field::Template), u"one"_s);
}

void TestRequestTabs::aFileIsOpenOnce()
{
    m_tabs->openFile({u"/a/b.json"_s, "1"},
                     Composer::stateOf(Draft{R"({"template":"b"})", true, {}}));
    m_tabs->select(0);
    m_tabs->openFile({u"/a/b.json"_s, "2"},
                     Composer::stateOf(Draft{R"({"template":"other"})", true, {}}));
    QCOMPARE(m_tabs->count(), 2);
    QCOMPARE(m_tabs->current(), 1);
    QCOMPARE(m_composer->request().text(Field::Template), u"b"_s);
    m_composer->setText(Field::Template, u"mine"_s);
    m_tabs->close(1);
    m_tabs->openFile({u"/a/b.json"_s, "1"},
                     Composer::stateOf(Draft{R"({"template":"b"})", true, {}}));
    m_tabs->reopenClosed();
    QCOMPARE(m_composer->request().text(Field::Template), u"mine"_s);
    QCOMPARE(m_tabs->file(m_tabs->current()).path, QString()); // the other tab has it
}

void TestRequestTabs::theMarkTellsOfUnsavedEdits()
{
    m_tabs->openFile({u"/a/b.json"_s, "1"},
                     Composer::stateOf(Draft{R"({"template":"b"})", true, {}}));
    QVERIFY(!m_tabs->isModified(1));
    m_composer->setText(Field::Template, u"c"_s);
    QVERIFY(m_tabs->isModified(1));
    m_tabs->undo().undo();
    QVERIFY(!m_tabs->isModified(1));
    m_tabs->undo().redo();
    m_tabs->store();
    start();
    QVERIFY(m_tabs->isModified(1));
    m_tabs->noteSaved(1, {u"/a/b.json"_s, "2"}, m_composer->state());
    QVERIFY(!m_tabs->isModified(1));
}

void TestRequestTabs::movingATabKeepsTheShownOne()
{
    for (const QString &name : {u"one"_s, u"two"_s}) {
        m_composer->setText(Field::Template, name);
        m_tabs->openEmpty();
    }
    m_composer->setText(Field::Template, u"three"_s);
    m_tabs->select(1);
    const QSignalSpy opened(m_composer.get(), &Composer::opened);
    m_tabs->move(0, 2);
    QCOMPARE(m_tabs->current(), 0);
    QCOMPARE(m_tabs->title(0), u"two"_s);
    QCOMPARE(m_tabs->title(2), u"one"_s);
    m_tabs->move(0, 1);
    QCOMPARE(m_tabs->current(), 1);
    QCOMPARE(opened.count(), 0);
    QCOMPARE(m_composer->request().text(Field::Template), u"two"_s);
}

QTEST_GUILESS_MAIN(TestRequestTabs)
#include "tst_requesttabs.moc"
