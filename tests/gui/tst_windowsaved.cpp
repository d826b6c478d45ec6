#include "gui/windowfixture.h"

#include "listen/sandbox.h"
#include "store/collection.h"
#include "store/collectionfiles.h"
#include "ui/collectionmodel.h"
#include "ui/saveddesk.h"
#include "ui/savedpanel.h"

#include <QAbstractItemModelTester>
#include <QDialogButtonBox>
#include <QDir>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextBrowser>
#include <QTreeView>

#include <ctime>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Saved requests through the real window: files, and what happens when somebody else changes
/// them.
class TestWindowSaved : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void aRequestIsSavedAndComesBack();
    void whatIsTypedElsewhereIsNotSaved();
    void anUneditedRequestFollowsItsFile();
    void editsAreNotOverwrittenByTheDisk();
    void theDiskIsNotOverwrittenByEdits();
    void takingTheirsCanBeUndone();
    void aDeletedFileLeavesADraft();
    void aConflictIsSeenAfterARestart();
    void brokenFilesAreShownAndNotOpened();
    void theTreeFollowsTheDiskWithoutAReset();
    void aSearchFindsWhatIsInside();
    void renamingMovesTheOpenRequest();
    void descriptionsAreKeptInTheFile();
    void variablesOfTheCollectionAreFilledIn();
    void manyFilesDoNotHoldUpTheWindow();
    void aSendOpensAgainAndIsNotSent();
    void anAnswerIsKeptAsExampleWithoutNumbers();

private:
    [[nodiscard]] QString saved(const QString &name) const
    {
        return m_fixture->folder() + u"/requests/"_s + name;
    }
    [[nodiscard]] QAbstractItemModel &tree()
    {
        return *m_fixture->find<QTreeView>("savedTree")->model();
    }
    /// The newest one in the log. Not by selectRow(): a modifier that was pressed last would count.
    void selectSend()
    {
        m_fixture->find<QTableView>("logView")->selectionModel()->setCurrentIndex(
            m_fixture->log().index(0, 0),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    /// Of a request in Icebreaker's own collection, as the tree shows it.
    [[nodiscard]] QModelIndex row(const QString &name);
    void saveAs(const QString &name);
    void open(const QString &name);
    void overwrite(const QString &name, const QByteArray &bytes) const;
    /// As somebody else would: another template in the file.
    void changeOnDisk(const QString &name, const QString &templateName) const;
    [[nodiscard]] QString templateOnDisk(const QString &name) const;
    [[nodiscard]] QString text(const char *edit)
    {
        return m_fixture->find<QLineEdit>(edit)->text();
    }
    [[nodiscard]] QFrame &notice() { return *m_fixture->find<QFrame>("requestNotice"); }

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestWindowSaved::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
}

void TestWindowSaved::cleanup()
{
    m_fixture.reset();
}

QModelIndex TestWindowSaved::row(const QString &name)
{
    auto *view = m_fixture->find<QTreeView>("savedTree");
    const auto found = tree().match(tree().index(0, 0, view->rootIndex()), Qt::DisplayRole, name, 1,
                                    Qt::MatchExactly | Qt::MatchRecursive);
    return found.value(0);
}

void TestWindowSaved::saveAs(const QString &name)
{
    auto &f = *m_fixture;
    f.whenDialogOpens<QDialog>([&](QDialog &dialog) {
        auto *edit = dialog.findChild<QLineEdit *>(u"saveNameEdit"_s);
        edit->setText(name);
        dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
    });
    f.find<QAction>("saveRequestAsAction")->trigger();
    QTRY_VERIFY(QFile::exists(saved(name + u".json"_s)));
    QTRY_VERIFY(row(name).isValid());
}

void TestWindowSaved::open(const QString &name)
{
    QTRY_VERIFY(row(name).isValid());
    emit m_fixture->find<QTreeView>("savedTree")->activated(row(name));
}

void TestWindowSaved::overwrite(const QString &name, const QByteArray &bytes) const
{
    QFile file(saved(name + u".json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestWindowSaved::changeOnDisk(const QString &name, const QString &templateName) const
{
    auto read = readSavedRequest(saved(name + u".json"_s));
    QVERIFY(read);
    read->saved.request.setText(Field::Template, templateName);
    overwrite(name, savedRequestBytes(read->saved, name));
}

QString TestWindowSaved::templateOnDisk(const QString &name) const
{
    const auto read = readSavedRequest(saved(name + u".json"_s));
    return read ? read->saved.request.text(Field::Template) : QString();
}

void TestWindowSaved::aRequestIsSavedAndComesBack()
{
    auto &f = *m_fixture;
    auto *bar = f.find<QTabBar>("requestBar");
    f.type("toEdit", u"+44 7700 900123"_s);
    saveAs(u"Order update"_s);
    QCOMPARE(bar->tabText(0), u"Order update"_s);
    QCOMPARE(row(u"Order update"_s).siblingAtColumn(1).data().toString(), u"es"_s);
    QFile file(saved(u"Order update.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.contains("\"status_url\": \"{{inbox}}\""));
    QVERIFY(bytes.contains("\"to\": \"+44 7700 900123\""));
    f.type("templateEdit", u"order_shipped"_s);
    QCOMPARE(bar->tabText(0), u"Order update •"_s);
    QCOMPARE(templateOnDisk(u"Order update"_s), u"order_update"_s);
    f.find<QAction>("saveRequestAction")->trigger();
    QTRY_COMPARE(templateOnDisk(u"Order update"_s), u"order_shipped"_s);
    QTRY_COMPARE(bar->tabText(0), u"Order update"_s);
    f.find<QAction>("closeRequestAction")->trigger();
    QCOMPARE(text("templateEdit"), QString());
    open(u"Order update"_s);
    QCOMPARE(text("templateEdit"), u"order_shipped"_s);
    QCOMPARE(text("toEdit"), u"+44 7700 900123"_s);
}

void TestWindowSaved::whatIsTypedElsewhereIsNotSaved()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    f.type("templateEdit", u"mine"_s);
    f.find<QAction>("saveRequestAction")->trigger(); // and before the keychain has answered:
    f.find<QAction>("newRequestAction")->trigger();
    f.type("templateEdit", u"another"_s);
    QTRY_COMPARE(templateOnDisk(u"a"_s), u"mine"_s);
    QCOMPARE(text("templateEdit"), u"another"_s);
}

void TestWindowSaved::anUneditedRequestFollowsItsFile()
{
    saveAs(u"a"_s);
    changeOnDisk(u"a"_s, u"theirs"_s);
    QTRY_COMPARE(text("templateEdit"), u"theirs"_s);
    QVERIFY(notice().isHidden());
    QCOMPARE(m_fixture->find<QTabBar>("requestBar")->tabText(0), u"a"_s);
}

void TestWindowSaved::editsAreNotOverwrittenByTheDisk()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    f.type("templateEdit", u"mine"_s);
    changeOnDisk(u"a"_s, u"theirs"_s);
    QTRY_VERIFY(notice().isVisible());
    QCOMPARE(text("templateEdit"), u"mine"_s);
    f.click("compareConflictButton");
    auto *dialog = f.find<QDialog>("differenceDialog");
    const auto sides = dialog->findChildren<QPlainTextEdit *>();
    QCOMPARE(sides.size(), 2);
    QVERIFY(sides.first()->toPlainText().contains(u"mine"_s));
    QVERIFY(sides.last()->toPlainText().contains(u"theirs"_s));
    QCOMPARE(sides.first()->extraSelections().size(), 1);
    dialog->close();
    f.click("keepMineButton");
    QVERIFY(notice().isHidden());
    QCOMPARE(templateOnDisk(u"a"_s), u"theirs"_s); // until it is saved
    f.find<QAction>("saveRequestAction")->trigger();
    QTRY_COMPARE(templateOnDisk(u"a"_s), u"mine"_s);
}

// Break it by leaving the comparison of hashes out of SavedDesk::save() and writeUnlessChanged().
void TestWindowSaved::theDiskIsNotOverwrittenByEdits()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    f.type("templateEdit", u"mine"_s);
    changeOnDisk(u"a"_s, u"theirs"_s);
    f.find<QAction>("saveRequestAction")->trigger(); // at once, before the disk was looked at
    QTRY_VERIFY(notice().isVisible());
    QCOMPARE(templateOnDisk(u"a"_s), u"theirs"_s);
    f.find<QAction>("saveRequestAction")->trigger(); // and again
    QVERIFY(notice().isVisible());
    QCOMPARE(templateOnDisk(u"a"_s), u"theirs"_s);
    f.click("keepMineButton");
    changeOnDisk(u"a"_s, u"theirs too"_s); // once more, after the decision
    f.find<QAction>("saveRequestAction")->trigger();
    QTRY_VERIFY(notice().isVisible());
    QCOMPARE(templateOnDisk(u"a"_s), u"theirs too"_s);
    QCOMPARE(text("templateEdit"), u"mine"_s);
}

void TestWindowSaved::takingTheirsCanBeUndone()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    f.type("templateEdit", u"mine"_s);
    changeOnDisk(u"a"_s, u"theirs"_s);
    QTRY_VERIFY(notice().isVisible());
    f.click("takeTheirsButton");
    QCOMPARE(text("templateEdit"), u"theirs"_s);
    QVERIFY(notice().isHidden());
    f.find<QAction>("undoAction")->trigger();
    QCOMPARE(text("templateEdit"), u"mine"_s);
    QCOMPARE(templateOnDisk(u"a"_s), u"theirs"_s);
}

void TestWindowSaved::aDeletedFileLeavesADraft()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    f.type("templateEdit", u"mine"_s);
    QVERIFY(QFile::remove(saved(u"a.json"_s)));
    QTRY_VERIFY(!row(u"a"_s).isValid());
    QCOMPARE(text("templateEdit"), u"mine"_s);
    QTRY_COMPARE(f.find<QTabBar>("requestBar")->tabText(0), u"a •"_s);
}

void TestWindowSaved::aConflictIsSeenAfterARestart()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    f.type("templateEdit", u"mine"_s);
    f.quit();
    changeOnDisk(u"a"_s, u"theirs"_s);
    QVERIFY(f.start());
    QTRY_VERIFY(notice().isVisible());
    QCOMPARE(text("templateEdit"), u"mine"_s);
    QCOMPARE(templateOnDisk(u"a"_s), u"theirs"_s);
}

void TestWindowSaved::brokenFilesAreShownAndNotOpened()
{
    saveAs(u"a"_s);
    m_fixture->type("templateEdit", u"mine"_s);
    const QByteArray merge = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n";
    overwrite(u"a"_s, merge);
    QTRY_COMPARE(row(u"a"_s).siblingAtColumn(1).data().toString(), u"broken"_s);
    QVERIFY(row(u"a"_s).data(Qt::ToolTipRole).toString().contains(u"not valid JSON"_s));
    QTRY_VERIFY(notice().isVisible());
    m_fixture->find<QAction>("saveRequestAction")->trigger();
    QCOMPARE(text("templateEdit"), u"mine"_s);
    QFile file(saved(u"a.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), merge);
}

void TestWindowSaved::theTreeFollowsTheDiskWithoutAReset()
{
    saveAs(u"b"_s);
    const QAbstractItemModelTester tester(&tree());
    const QSignalSpy resets(&tree(), &QAbstractItemModel::modelReset);
    auto *view = m_fixture->find<QTreeView>("savedTree");
    view->setCurrentIndex(row(u"b"_s));
    QVERIFY(QDir().mkpath(saved(u"folder/inner"_s)));
    for (const QString &name : {u"a"_s, u"c"_s, u"folder/inner/d"_s})
        QVERIFY(QFile::copy(saved(u"b.json"_s), saved(name + u".json"_s)));
    QTRY_VERIFY(row(u"a"_s).isValid() && row(u"c"_s).isValid() && row(u"d"_s).isValid());
    QCOMPARE(view->currentIndex().data().toString(), u"b"_s);
    QVERIFY(QDir(saved(u"folder"_s)).removeRecursively());
    QVERIFY(QFile::rename(saved(u"a.json"_s), saved(u"z.json"_s)));
    QTRY_VERIFY(!row(u"a"_s).isValid() && row(u"z"_s).isValid() && !row(u"d"_s).isValid());
    QCOMPARE(view->currentIndex().data().toString(), u"b"_s);
    QCOMPARE(resets.count(), 0);
}

void TestWindowSaved::aSearchFindsWhatIsInside()
{
    saveAs(u"a"_s);
    m_fixture->type("templateEdit", u"appointment"_s);
    saveAs(u"b"_s);
    m_fixture->type("savedSearch", u"APPOINT"_s);
    QVERIFY(!row(u"a"_s).isValid());
    QVERIFY(row(u"b"_s).isValid());
    m_fixture->type("savedSearch", u"nothing like it"_s);
    QVERIFY(m_fixture->find<QLabel>("savedHint")->isVisible());
    m_fixture->type("savedSearch", {});
    QVERIFY(row(u"a"_s).isValid());
}

void TestWindowSaved::renamingMovesTheOpenRequest()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    auto *view = f.find<QTreeView>("savedTree");
    (void)tree().setData(row(u"a"_s), u"b/c"_s);
    QTRY_VERIFY(row(u"b/c"_s).isValid());
    QVERIFY(QFile::exists(saved(u"b-c.json"_s)));
    f.type("templateEdit", u"mine"_s);
    f.find<QAction>("saveRequestAction")->trigger();
    QTRY_COMPARE(templateOnDisk(u"b-c"_s), u"mine"_s);
    QVERIFY(!QFile::exists(saved(u"a.json"_s)));
    QVERIFY(QDir().mkpath(saved(u"folder"_s)));
    QTRY_VERIFY(row(u"folder"_s).isValid());
    const std::unique_ptr<QMimeData> dragged(tree().mimeData({row(u"b/c"_s)}));
    QVERIFY(tree().canDropMimeData(dragged.get(), Qt::MoveAction, -1, -1, row(u"folder"_s)));
    (void)tree().dropMimeData(dragged.get(), Qt::MoveAction, -1, -1, row(u"folder"_s));
    QTRY_COMPARE(row(u"b/c"_s).parent().data().toString(), u"folder"_s);
    f.type("templateEdit", u"moved"_s);
    f.find<QAction>("saveRequestAction")->trigger();
    QTRY_COMPARE(templateOnDisk(u"folder/b-c"_s), u"moved"_s);
    QVERIFY(view->isVisible());
}

void TestWindowSaved::descriptionsAreKeptInTheFile()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    f.type("templateEdit", u"mine"_s);
    f.find<QTreeView>("savedTree")->setCurrentIndex(row(u"a"_s));
    f.click("editDescriptionButton");
    QTest::keyClicks(f.find<QPlainTextEdit>("descriptionEdit"), u"For *Monday*<b>x</b>"_s);
    f.click("editDescriptionButton");
    const auto description = [this] {
        const auto read = readSavedRequest(saved(u"a.json"_s));
        return read ? read->saved.description : QString();
    };
    QTRY_COMPARE(description(), u"For *Monday*<b>x</b>"_s);
    QTRY_VERIFY(f.find<QTextBrowser>("descriptionView")->toPlainText().startsWith(u"For Monday"_s));
    QVERIFY(notice().isHidden()); // our own change is no conflict
    f.find<QAction>("saveRequestAction")->trigger();
    QTRY_COMPARE(templateOnDisk(u"a"_s), u"mine"_s);
    QCOMPARE(description(), u"For *Monday*<b>x</b>"_s);
}

void TestWindowSaved::variablesOfTheCollectionAreFilledIn()
{
    auto &f = *m_fixture;
    f.type("templateEdit", u"{{tpl}}"_s);
    saveAs(u"a"_s);
    QVERIFY(f.text("templateNote").contains(u"tpl"_s));
    QFile file(variablesPath(f.folder() + u"/requests"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(variablesFileBytes({{u"tpl"_s, u"order_update"_s}}));
    file.close();
    QTRY_VERIFY(f.find<QPlainTextEdit>("previewView")->toPlainText().contains(u"\"order_update\""));
    f.find<QAction>("newRequestAction")->trigger(); // in no collection
    f.type("templateEdit", u"{{tpl}}"_s);
    QVERIFY(f.text("templateNote").contains(u"tpl"_s));
}

void TestWindowSaved::manyFilesDoNotHoldUpTheWindow()
{
    auto &f = *m_fixture;
    QTemporaryDir folder;
    for (int i = 0; i < 5000; ++i) {
        const QString inner = folder.filePath(u"f%1"_s.arg(i % 100));
        QVERIFY(QDir().mkpath(inner));
        QFile file(inner + u"/r%1.json"_s.arg(i));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"icebreaker_request":1,"request":{"template":"t","locale":"de"}})");
    }
    // The thread's own work: how long others have the processor is not ours.
    const auto worked = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000; // ms
    };
    qint64 longest = 0;
    qint64 last = worked();
    QTimer heart;
    connect(&heart, &QTimer::timeout, this, [&] {
        const qint64 now = worked();
        longest = std::max(longest, now - last);
        last = now;
    });
    heart.start(1);
    auto *panel = f.window().findChild<SavedPanel *>();
    auto &model = panel->model();
    f.window().findChild<SavedDesk *>()->book().open(folder.path());
    QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() == 2 && model.rowCount(model.index(1, 0)) == 100,
                             30'000);
    qInfo() << "longest hold-up" << longest << "ms";
    QVERIFY(longest < 500); // with sanitizers; 50 ms are usual
    heart.stop();
}

void TestWindowSaved::aSendOpensAgainAndIsNotSent()
{
    auto &f = *m_fixture;
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    f.find<QAction>("newRequestAction")->trigger();
    const QSignalSpy seen(&f.bench().sandbox(), &Sandbox::requestSeen);
    selectSend();
    QTRY_VERIFY(f.find<QAction>("editAgainAction")->isEnabled());
    f.find<QAction>("editAgainAction")->trigger();
    QTRY_COMPARE(text("templateEdit"), u"order_update"_s);
    QVERIFY(f.window().composer().usesBuiltInInbox());
    QVERIFY(notice().isVisible());
    QVERIFY(f.text("requestNoticeLabel").contains(u"200 Accepted"_s));
    QCOMPARE(f.find<QTabBar>("requestBar")->count(), 3);
    QCOMPARE(seen.count(), 0);
    QCOMPARE(f.log().rowCount(), 1);
    f.find<QTabBar>("requestBar")->setCurrentIndex(0);
    QVERIFY(notice().isHidden());
    f.find<QTabBar>("requestBar")->setCurrentIndex(2);
    f.click("noticeCloseButton");
    QVERIFY(notice().isHidden());
}

void TestWindowSaved::anAnswerIsKeptAsExampleWithoutNumbers()
{
    auto &f = *m_fixture;
    saveAs(u"a"_s);
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    selectSend();
    QTRY_VERIFY(f.find<QAction>("saveExampleAction")->isEnabled());
    f.find<QAction>("saveExampleAction")->trigger();
    QTRY_VERIFY(QFile::exists(saved(u"a.answers/200 Accepted.json"_s)));
    QFile file(saved(u"a.answers/200 Accepted.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.contains("200"));
    QVERIFY(!bytes.contains("447700900958"));
    f.find<QTreeView>("savedTree")->setCurrentIndex(row(u"a"_s));
    QTRY_VERIFY(f.find<QTextBrowser>("descriptionView")->toPlainText().contains(u"200 Accepted"_s));
}

QTEST_MAIN(TestWindowSaved)
#include "tst_windowsaved.moc"
