#include "gui/livefixture.h"

#include "app/translations.h"
#include "guide/commandpalette.h"
#include "guide/palettemodel.h"
#include "store/profiles.h"
#include "ui/guarddialog.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QToolButton>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Ctrl+K through the real window.
class TestPalette : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void everyCommandOfTheMenusIsThere();
    void itIsOpenedAndClosedByKeysAlone();
    void aCommandIsRunByAFewLetters();
    void whatIsNotAvailableSaysSo();
    void whatWasUsedLastComesFirst();
    void aProfileIsChosenAsInItsBox();
    void aSendIsFoundAgain();
    void keysThatSendDoNothingInIt();
    void sendingFromItIsAskedAboutAsAnywhere();
    void theModelKeepsItsPromises();
    void oneOfManyIsShownAtOnce();

private:
    [[nodiscard]] CommandPalette *palette()
    {
        return m_window->find<CommandPalette>("commandPalette");
    }
    [[nodiscard]] QLineEdit *edit() { return m_window->find<QLineEdit>("paletteEdit"); }
    [[nodiscard]] QListView *view() { return m_window->find<QListView>("paletteView"); }
    [[nodiscard]] QString current() { return view()->currentIndex().data().toString(); }
    [[nodiscard]] QStringList shown();
    void open();
    void typeIn(const QString &text);
    void enter() { QTest::keyClick(edit(), Qt::Key_Return); }

    std::unique_ptr<WindowFixture> m_window;
};

namespace {

Profile liveProfile()
{
    Profile profile;
    profile.id = u"11111111-2222-3333-4444-555555555555"_s;
    profile.name = u"Customers of the shop"_s;
    profile.region = Region::Eu;
    profile.live = true;
    return profile;
}

} // namespace

void TestPalette::init()
{
    m_window = std::make_unique<WindowFixture>();
    QVERIFY(QDir().mkpath(m_window->folder()));
    QVERIFY(saveProfiles(m_window->folder(), {builtInProfile(), liveProfile()}));
    QVERIFY(m_window->start());
}

void TestPalette::cleanup()
{
    m_window.reset();
}

QStringList TestPalette::shown()
{
    QStringList texts;
    for (int row = 0; row < view()->model()->rowCount(); ++row)
        texts.append(view()->model()->index(row, 0).data().toString());
    return texts;
}

void TestPalette::open()
{
    m_window->press(Qt::Key_K, Qt::ControlModifier);
    QVERIFY(palette()->isVisible());
    QVERIFY(edit()->hasFocus());
}

void TestPalette::typeIn(const QString &text)
{
    edit()->selectAll();
    QTest::keyClicks(edit(), text);
}

void TestPalette::everyCommandOfTheMenusIsThere()
{
    open();
    const QStringList texts = shown();
    int commands = 0;
    const auto actions = m_window->window().findChildren<QAction *>();
    for (const QAction *action : actions) {
        const auto objects = action->associatedObjects();
        const bool isInMenu = std::any_of(objects.begin(), objects.end(), [](QObject *object) {
            const auto *menu = qobject_cast<QMenu *>(object);
            return menu != nullptr && qobject_cast<QMenuBar *>(menu->parentWidget()) != nullptr;
        });
        if (!isInMenu || action->isSeparator() || action->menu() != nullptr)
            continue;
        QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
        QString text = action->text().remove(u'&').remove(u'…');
        if (action->isChecked())
            text += u" (on)"_s;
        QVERIFY2(texts.contains(text), qPrintable(text));
        ++commands;
    }
    QVERIFY(commands > 30);
    QCOMPARE(palette()->accessibleName(), u"Commands"_s);
    QVERIFY(!edit()->accessibleName().isEmpty());
    QVERIFY(edit()->accessibleDescription().contains(current())); // what a reader reads out
}

void TestPalette::itIsOpenedAndClosedByKeysAlone()
{
    auto *agent = m_window->find<QLineEdit>("agentEdit");
    agent->setFocus();
    open();
    QTest::keyClick(edit(), Qt::Key_Escape);
    QVERIFY(!palette()->isVisible());
    QVERIFY(agent->hasFocus());
    open();
    QTest::keyClick(edit(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(!palette()->isVisible());
    QVERIFY(agent->hasFocus());
    open();
    const QString first = current();
    QTest::keyClick(edit(), Qt::Key_Down);
    QVERIFY(current() != first);
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(current(), first);
    QTest::keyClick(edit(), Qt::Key_Up); // around
    QCOMPARE(view()->currentIndex().row(), view()->model()->rowCount() - 1);
    m_window->find<QLineEdit>("filterEdit")->setFocus();
    QVERIFY(!palette()->isVisible()); // and the focus stays where it went
    QVERIFY(m_window->find<QLineEdit>("filterEdit")->hasFocus());
    auto *button = m_window->find<QToolButton>("paletteButton");
    QCOMPARE(button->text(), u"Ctrl+K commands"_s);
    button->click();
    QVERIFY(palette()->isVisible());
}

void TestPalette::aCommandIsRunByAFewLetters()
{
    open();
    typeIn(u"filt log"_s);
    QCOMPARE(current(), u"Filter the Log"_s);
    enter();
    QVERIFY(!palette()->isVisible());
    QVERIFY(m_window->find<QLineEdit>("filterEdit")->hasFocus());
    open();
    typeIn(u"zzzz"_s);
    QCOMPARE(view()->model()->rowCount(), 0);
    QCOMPARE(m_window->text("paletteNote"), u"Nothing is called like that."_s);
    enter();
    QVERIFY(palette()->isVisible()); // nothing to choose
}

void TestPalette::whatIsNotAvailableSaysSo()
{
    open();
    typeIn(u"stop waiting"_s);
    QCOMPARE(current(), u"Stop Waiting"_s);
    enter();
    QVERIFY(palette()->isVisible());
    QVERIFY(m_window->text("paletteNote").contains(u"not available now"_s));
}

void TestPalette::whatWasUsedLastComesFirst()
{
    open();
    typeIn(u"mask num"_s);
    QCOMPARE(current(), u"Mask Numbers"_s);
    enter();
    open();
    QCOMPARE(current(), u"Mask Numbers (on)"_s);
    enter();
    m_window->quit();
    QVERIFY(m_window->start()); // and it is remembered
    open();
    QCOMPARE(current(), u"Mask Numbers"_s);
}

void TestPalette::aProfileIsChosenAsInItsBox()
{
    auto *combo = m_window->find<QComboBox>("profileCombo");
    open();
    typeIn(u"customers"_s);
    QCOMPARE(current(), u"Customers of the shop"_s);
    enter();
    QCOMPARE(combo->currentText(), u"Customers of the shop"_s);
    const QString band = m_window->text("band");
    const QString title = m_window->window().windowTitle();
    QVERIFY(title.contains(u"LIVE"_s));
    combo->setCurrentIndex(0);
    emit combo->activated(0);
    QVERIFY(m_window->text("band") != band);
    emit combo->activated(1);
    QCOMPARE(m_window->text("band"), band);
    QCOMPARE(m_window->window().windowTitle(), title);
    QCOMPARE(m_window->log().rowCount(), 0); // nothing was sent by it
}

void TestPalette::aSendIsFoundAgain()
{
    m_window->type("toEdit", u"+44 7700 900111"_s);
    m_window->find<QAction>("sendAction")->trigger();
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    m_window->type("filterEdit", u"agent:nobody"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 0);
    open();
    typeIn(u"900111"_s);
    QTRY_VERIFY(current().contains(u"447700900111"_s));
    enter();
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    QTRY_COMPARE(m_window->find<QTableView>("logView")->currentIndex().row(), 0);
}

void TestPalette::keysThatSendDoNothingInIt()
{
    open();
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(palette()->isVisible());
    QVERIFY(m_window->window().sender().state() == SendController::State::Ready);
    QCOMPARE(m_window->log().rowCount(), 0);
}

void TestPalette::sendingFromItIsAskedAboutAsAnywhere()
{
    LiveFixture live;
    live.prepare();
    QVERIFY(live.startLive());
    bool wasAsked = false;
    live.whenDialogOpens<GuardDialog>([&wasAsked](GuardDialog &dialog) {
        wasAsked = true;
        dialog.reject();
    });
    const QSignalSpy withheld(&live.window().sender(), &SendController::withheld);
    live.press(Qt::Key_K, Qt::ControlModifier);
    auto *line = live.find<QLineEdit>("paletteEdit");
    QTest::keyClicks(line, u"send"_s);
    QCOMPARE(live.find<QListView>("paletteView")->currentIndex().data().toString(), u"Send"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(withheld.size(), 1);
    QVERIFY(wasAsked);
    QCOMPARE(live.log().rowCount(), 0);
    QCOMPARE(live.server.connections, 0);
}

void TestPalette::theModelKeepsItsPromises()
{
    PaletteModel model;
    const QAbstractItemModelTester tester(&model);
    model.add({{u"a"_s, u"Export"_s, u"Log"_s, {}, {}, {}, {}},
               {u"b"_s, u"Open"_s, u"File"_s, {}, {}, {}, {}}});
    QCOMPARE(model.rowCount(), 2);
    model.setPattern(u"log"_s); // by what it belongs to
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.entry(0).id, u"a"_s);
    model.setRecent({u"b"_s});
    model.setPattern({});
    QCOMPARE(model.entry(0).id, u"b"_s);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestPalette::oneOfManyIsShownAtOnce()
{
    PaletteModel model;
    QList<PaletteEntry> entries;
    for (int i = 0; i < 5000; ++i)
        entries.append({QString::number(i),
                        u"Request %1 of somebody"_s.arg(i),
                        u"Saved request · folder %1"_s.arg(i % 50),
                        {},
                        {},
                        {},
                        {}});
    model.add(entries);
    model.setPattern(u"req 4711"_s);
    QCOMPARE(model.entry(0).text, u"Request 4711 of somebody"_s);
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
