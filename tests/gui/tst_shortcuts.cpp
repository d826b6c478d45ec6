#include "gui/windowfixture.h"

#include "app/translations.h"
#include "guide/guidedesk.h"
#include "guide/manualpages.h"
#include "guide/shortcutbook.h"
#include "guide/shortcutdialog.h"

#include <QFile>
#include <QKeySequenceEdit>
#include <QMenuBar>
#include <QTableWidget>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// The keys of the real window's commands.
class TestShortcuts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void noTwoCommandsShareKeys();
    void noMenuHasAMnemonicTwice();
    void everyCommandHasAnId();
    void theManualHasAllKeys();
    void keysAreChangedShownAndRemembered();
    void keysOfAnotherAreOnlyTakenWhenThatIsSaid();
    void whatOneTypesWithIsRefused_data();
    void whatOneTypesWithIsRefused();
    void everythingCanBeReset();
    void aCommandIsFoundByNameAndKeys();
    void aBrokenFileIsToldAndLeavesDefaults();
    void keysThatClashInTheFileAreToldAndLeftOut();

private:
    [[nodiscard]] ShortcutBook &book() { return m_window->window().guide().shortcuts(); }
    [[nodiscard]] QAction *action(const char *name) { return m_window->find<QAction>(name); }
    void startAgainWith(const QByteArray &file);

    std::unique_ptr<WindowFixture> m_window;
};

namespace {

const ShortcutEntry *entryOf(const ShortcutBook &book, const QString &id)
{
    for (const ShortcutEntry &entry : book.entries()) {
        if (entry.id == id)
            return &entry;
    }
    return nullptr;
}

void select(ShortcutDialog &dialog, const QString &command)
{
    auto *search = dialog.findChild<QLineEdit *>(u"shortcutSearch"_s);
    search->setText(command);
    auto *table = dialog.findChild<QTableWidget *>(u"shortcutTable"_s);
    QCOMPARE(table->item(table->currentRow(), 0)->text(), command);
}

void enterKeys(ShortcutDialog &dialog, const QKeySequence &keys)
{
    dialog.findChild<QKeySequenceEdit *>(u"shortcutKeys"_s)->setKeySequence(keys);
}

QString noteOf(const ShortcutDialog &dialog)
{
    return dialog.findChild<QLabel *>(u"shortcutNote"_s)->text();
}

QPushButton *buttonOf(const ShortcutDialog &dialog, const char *name)
{
    return dialog.findChild<QPushButton *>(QLatin1String(name));
}

QSet<QChar> mnemonicsTwice(const QList<QAction *> &actions)
{
    QSet<QChar> met;
    QSet<QChar> twice;
    for (const QAction *each : actions) {
        const QKeySequence keys = QKeySequence::mnemonic(each->text());
        if (keys.isEmpty() || !each->isVisible())
            continue;
        const QChar letter = keys.toString().back();
        if (met.contains(letter))
            twice.insert(letter);
        met.insert(letter);
    }
    return twice;
}

} // namespace

void TestShortcuts::init()
{
    m_window = std::make_unique<WindowFixture>();
    QVERIFY(m_window->start());
}

void TestShortcuts::cleanup()
{
    m_window.reset();
}

void TestShortcuts::noTwoCommandsShareKeys()
{
    const auto &entries = book().entries();
    QVERIFY(entries.size() > 30);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        for (qsizetype k = i + 1; k < entries.size(); ++k)
            QVERIFY2(!keysClash(entries.at(i).standard(), entries.at(k).standard()),
                     qPrintable(entries.at(i).id + u" and "_s + entries.at(k).id));
    }
}

void TestShortcuts::noMenuHasAMnemonicTwice()
{
    auto *bar = m_window->find<QMenuBar>("menuBar");
    QCOMPARE(mnemonicsTwice(bar->actions()), QSet<QChar>());
    const auto menus = bar->findChildren<QMenu *>();
    QVERIFY(menus.size() >= 6);
    for (QMenu *menu : menus) {
        emit menu->aboutToShow();
        const QSet<QChar> twice = mnemonicsTwice(menu->actions());
        QVERIFY2(twice.isEmpty(),
                 qPrintable(menu->title() + u": "_s + QString::fromUtf16(u"")
                            + (twice.isEmpty() ? QString() : QString(*twice.begin()))));
    }
}

void TestShortcuts::everyCommandHasAnId()
{
    const auto menus = m_window->find<QMenuBar>("menuBar")->findChildren<QMenu *>();
    for (const QMenu *menu : menus) {
        const auto actions = menu->actions();
        for (const QAction *each : actions) {
            if (each->isSeparator() || each->menu() != nullptr || !each->isEnabled())
                continue;
            QVERIFY2(!each->objectName().isEmpty(), qPrintable(each->text()));
            QVERIFY2(entryOf(book(), each->objectName()) != nullptr, qPrintable(each->text()));
        }
    }
}

void TestShortcuts::theManualHasAllKeys()
{
    const QString page = ManualPages::markdown(u"shortcuts"_s);
    for (const ShortcutEntry &entry : book().entries()) {
        const QString keys = entry.standard().toString(QKeySequence::PortableText);
        QVERIFY2(keys.isEmpty() || page.contains(u"| "_s + keys + u" |"_s),
                 qPrintable(keys + u": "_s + entry.text));
    }
}

void TestShortcuts::keysAreChangedShownAndRemembered()
{
    {
        ShortcutDialog dialog(book(), &m_window->window());
        select(dialog, u"Sandbox Numbers"_s);
        enterKeys(dialog, QKeySequence(u"Ctrl+Alt+N"_s));
        QCOMPARE(noteOf(dialog), u"In force now: Ctrl+Alt+N"_s);
    }
    QCOMPARE(action("sandboxHelpAction")->shortcut(), QKeySequence(u"Ctrl+Alt+N"_s));
    m_window->quit();
    QVERIFY(m_window->start());
    QCOMPARE(action("sandboxHelpAction")->shortcut(), QKeySequence(u"Ctrl+Alt+N"_s));
    QVERIFY(entryOf(book(), u"sandboxHelpAction"_s)->standard().isEmpty());
    book().set(u"commandsAction"_s, QKeySequence(u"Ctrl+P"_s));
    QCOMPARE(m_window->find<QToolButton>("paletteButton")->text(), u"Ctrl+P commands"_s);
}

void TestShortcuts::keysOfAnotherAreOnlyTakenWhenThatIsSaid()
{
    ShortcutDialog dialog(book(), &m_window->window());
    select(dialog, u"Sandbox Numbers"_s);
    const QKeySequence find(u"Ctrl+F"_s);
    enterKeys(dialog, find);
    QCOMPARE(noteOf(dialog), u"Ctrl+F belongs to “Filter the Log”."_s);
    QCOMPARE(action("findAction")->shortcut(), find);
    QVERIFY(action("sandboxHelpAction")->shortcut().isEmpty());
    QVERIFY(!buttonOf(dialog, "takeOverButton")->isHidden());
    buttonOf(dialog, "takeOverButton")->click();
    QVERIFY(action("findAction")->shortcut().isEmpty());
    QCOMPARE(action("sandboxHelpAction")->shortcut(), find);
    QVERIFY(buttonOf(dialog, "takeOverButton")->isHidden());
}

void TestShortcuts::whatOneTypesWithIsRefused_data()
{
    QTest::addColumn<QString>("keys");
    QTest::newRow("letter") << u"A"_s;
    QTest::newRow("capital") << u"Shift+A"_s;
    QTest::newRow("Return") << u"Return"_s;
    QTest::newRow("copy") << u"Ctrl+C"_s;
    QTest::newRow("undo") << u"Ctrl+Z"_s;
}

void TestShortcuts::whatOneTypesWithIsRefused()
{
    QFETCH(const QString, keys);
    ShortcutDialog dialog(book(), &m_window->window());
    select(dialog, u"Sandbox Numbers"_s);
    enterKeys(dialog, QKeySequence(keys));
    QVERIFY(action("sandboxHelpAction")->shortcut().isEmpty());
    QVERIFY(!noteOf(dialog).startsWith(u"In force"_s));
}

void TestShortcuts::everythingCanBeReset()
{
    ShortcutDialog dialog(book(), &m_window->window());
    const QKeySequence find(u"Ctrl+F"_s);
    select(dialog, u"Filter the Log"_s);
    buttonOf(dialog, "clearShortcutButton")->click();
    QVERIFY(action("findAction")->shortcut().isEmpty());
    buttonOf(dialog, "resetShortcutButton")->click();
    QCOMPARE(action("findAction")->shortcut(), find);
    enterKeys(dialog, QKeySequence(u"Ctrl+Alt+F"_s));
    QCOMPARE(action("findAction")->shortcut(), QKeySequence(u"Ctrl+Alt+F"_s));
    buttonOf(dialog, "resetAllShortcutsButton")->click();
    QCOMPARE(action("findAction")->shortcut(), find);
    QVERIFY(book().chosen().isEmpty());
}

void TestShortcuts::aCommandIsFoundByNameAndKeys()
{
    ShortcutDialog dialog(book(), &m_window->window());
    auto *search = dialog.findChild<QLineEdit *>(u"shortcutSearch"_s);
    auto *table = dialog.findChild<QTableWidget *>(u"shortcutTable"_s);
    search->setText(u"ctrl+shift+m"_s);
    QCOMPARE(table->item(table->currentRow(), 0)->text(), u"Mask Numbers"_s);
    search->setText(u"no such thing"_s);
    QCOMPARE(table->currentRow(), -1);
    QVERIFY(!dialog.findChild<QKeySequenceEdit *>(u"shortcutKeys"_s)->isEnabled());
}

void TestShortcuts::startAgainWith(const QByteArray &bytes)
{
    m_window->quit();
    QFile file(m_window->folder() + u"/guide.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    QVERIFY(m_window->start());
}

void TestShortcuts::aBrokenFileIsToldAndLeavesDefaults()
{
    startAgainWith("{");
    QVERIFY(m_window->text("bannerLabel").contains(u"guide-damaged"_s));
    QVERIFY(!m_window->find<QLabel>("bannerLabel")->isHidden());
    QCOMPARE(action("findAction")->shortcut(), QKeySequence(u"Ctrl+F"_s));
}

void TestShortcuts::keysThatClashInTheFileAreToldAndLeftOut()
{
    startAgainWith(R"({"shortcuts":{"sandboxHelpAction":"Ctrl+F","quitAction":"no keys",
        "aboutAction":"A","findOfTheFuture":"Ctrl+J","numbersAction":"Ctrl+Alt+N"}})");
    QCOMPARE(action("findAction")->shortcut(), QKeySequence(u"Ctrl+F"_s));
    QVERIFY(action("sandboxHelpAction")->shortcut().isEmpty());
    QVERIFY(action("aboutAction")->shortcut().isEmpty());
    QCOMPARE(action("quitAction")->shortcut(), QKeySequence(u"Ctrl+Q"_s));
    QCOMPARE(action("numbersAction")->shortcut(), QKeySequence(u"Ctrl+Alt+N"_s));
    QVERIFY2(m_window->text("bannerLabel").startsWith(u"3 keyboard shortcuts"_s),
             qPrintable(m_window->text("bannerLabel")));
}

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
