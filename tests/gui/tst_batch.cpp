#include "gui/windowfixture.h"

#include "app/translations.h"
#include "core/outboundrequest.h"
#include "store/batches.h"
#include "ui/batchmappingmodel.h"
#include "ui/batchpage.h"
#include "ui/offerbar.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QMessageBox>
#include <QMimeData>
#include <QTabWidget>
#include <QToolButton>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto People = "phone,first_name,order_no\n"
                        "+44 7700 900001,Marta,A-1043\n"
                        "+44 7700 900002,Luis,A-1044\n"
                        "12,Ana,A-1045\n";

} // namespace

/// Batches through the real window: file, mapping, checks, sends on the sandbox, results.
class TestBatch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void aFileIsReadMappedAndChecked();
    void aCellIsMendedInPlace();
    void rowsArePasted();
    void aFileIsDroppedAnywhere();
    void duplicatesAndDoNotMessageAreLeftOut();
    void thePreviewIsTheRow();
    void mappingsAreRemembered();
    void nothingIsSentUnlessTheStartIsConfirmed();
    void aBatchRunsToItsEndAndIsExported();
    void itPausesAndGoesOn();
    void aRefusedKeyPausesAtOnce();
    void a429IsCountedAndItsRowWaitsAgain();
    void anInterruptedBatchIsOffered();
    void closingWhileRunningAsks();
    void everyControlOfThePageHasAName();

private:
    [[nodiscard]] QString file(const QString &name, const QByteArray &bytes) const;
    void open(const QByteArray &bytes, const QString &name = u"June pilot.csv"_s);
    void startConfirmed();
    [[nodiscard]] QAbstractItemModel &sheet();
    [[nodiscard]] QAbstractItemModel &rows();
    [[nodiscard]] static QString cell(const QAbstractItemModel &model, int row,
                                      const QString &heading);
    [[nodiscard]] BatchPage &page();
    [[nodiscard]] QString chip(const char *name);
    void shoot(const QString &name);

    std::unique_ptr<WindowFixture> m_fixture;
    QTemporaryDir m_dir;
};

void TestBatch::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
    m_fixture->bench().sandbox().setLimit(0); // the pace has tests of its own
}

void TestBatch::cleanup()
{
    m_fixture.reset();
}

QString TestBatch::file(const QString &name, const QByteArray &bytes) const
{
    const QString path = m_dir.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the test's file");
    return path;
}

void TestBatch::open(const QByteArray &bytes, const QString &name)
{
    m_fixture->find<QTabWidget>("pages")->setCurrentWidget(&page());
    page().openFile(file(name, bytes));
    auto *start = m_fixture->find<QPushButton>("startBatchButton");
    QTRY_VERIFY_WITH_TIMEOUT(start->isVisible() && start->text() != u"&Start"_s, 10'000);
}

/// Presses Start and says yes.
void TestBatch::startConfirmed()
{
    m_fixture->whenDialogOpens<QMessageBox>([](QMessageBox &box) {
        for (auto *button : box.buttons()) {
            if (box.buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
    });
    m_fixture->click("startBatchButton");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->find<QTableView>("batchView")->isVisible(), 10'000);
}

QAbstractItemModel &TestBatch::sheet()
{
    return *m_fixture->find<QTableView>("sheetView")->model();
}

QAbstractItemModel &TestBatch::rows()
{
    return *m_fixture->find<QTableView>("batchView")->model();
}

QString TestBatch::cell(const QAbstractItemModel &model, int row, const QString &heading)
{
    for (int column = 0; column < model.columnCount(); ++column) {
        if (model.headerData(column, Qt::Horizontal).toString() == heading)
            return model.index(row, column).data().toString();
    }
    return u"no such column"_s;
}

BatchPage &TestBatch::page()
{
    return *m_fixture->find<BatchPage>("BatchPage");
}

QString TestBatch::chip(const char *name)
{
    return m_fixture->find<QToolButton>(name)->text();
}

void TestBatch::shoot(const QString &name)
{
    if (const auto to = qEnvironmentVariable("SHOTS"); !to.isEmpty())
        (void)m_fixture->window().grab().save(to + u'/' + name + u".png"_s);
}

void TestBatch::aFileIsReadMappedAndChecked()
{
    auto &f = *m_fixture;
    open(People);
    QCOMPARE(sheet().rowCount(), 3);
    QCOMPARE(chip("chipReady"), u"2 ready"_s);
    QCOMPARE(chip("chipBad"), u"1 cannot be sent"_s);
    QCOMPARE(f.find<QPushButton>("startBatchButton")->text(), u"&Start 2 sends"_s);
    QCOMPARE(cell(sheet(), 0, u"To"_s), u"447700900001"_s);
    QCOMPARE(cell(sheet(), 0, u"Check"_s), u"✓"_s);
    QVERIFY(cell(sheet(), 2, u"Check"_s).contains(u"Too short"_s));
    QVERIFY(f.find<QComboBox>("batchCombo")->currentText().contains(u"UTF-8"_s));

    shoot(u"sheet"_s);
    QTest::mouseClick(f.find<QToolButton>("chipBad"), Qt::LeftButton);
    QCOMPARE(sheet().rowCount(), 1);
    QCOMPARE(cell(sheet(), 0, u"Row"_s), u"3"_s);

    const auto &mapping = *f.find<QTableView>("mappingTable")->model();
    QCOMPARE(mapping.index(0, 0).data().toString(), u"To"_s);
    QCOMPARE(mapping.index(0, 1).data().toString(), u"phone ▾"_s);
    QCOMPARE(mapping.index(0, 2).data().toString(), u"447700900001"_s);
}

void TestBatch::aCellIsMendedInPlace()
{
    auto &f = *m_fixture;
    open(People);
    const QAbstractItemModelTester tester(&sheet());
    QTest::mouseClick(f.find<QToolButton>("chipBad"), Qt::LeftButton);
    auto *view = f.find<QTableView>("sheetView");
    view->setFocus();
    view->setCurrentIndex(sheet().index(0, 1));
    QTest::keyClick(view, Qt::Key_F2);
    auto *editor = view->findChild<QLineEdit *>();
    QVERIFY(editor != nullptr);
    editor->selectAll();
    QTest::keyClicks(editor, u"+44 7700 900003"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(f.find<QPushButton>("startBatchButton")->text(), u"&Start 3 sends"_s);
    QTRY_COMPARE(sheet().rowCount(), 0); // it is not bad any more
}

void TestBatch::rowsArePasted()
{
    QGuiApplication::clipboard()->setText(u"phone\tfirst_name\n447700900001\tMarta\n"_s);
    m_fixture->find<QTabWidget>("pages")->setCurrentWidget(&page());
    m_fixture->find<QPushButton>("dropOpenButton")->setFocus();
    QTest::keyClick(m_fixture->find<QPushButton>("dropOpenButton"), Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(sheet().rowCount(), 1);
    QTRY_COMPARE(chip("chipReady"), u"1 ready"_s);
    QVERIFY(m_fixture->find<QComboBox>("batchCombo")->currentText().contains(u"tab"_s));
}

void TestBatch::aFileIsDroppedAnywhere()
{
    auto &f = *m_fixture;
    f.find<QTabWidget>("pages")->setCurrentIndex(0);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file(u"dropped.csv"_s, People))});
    auto *edit = f.find<QLineEdit>("agentEdit"); // would take the path for text
    const QString before = edit->text();
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(edit, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(edit, &drop);
    QVERIFY(drop.isAccepted());
    QCOMPARE(edit->text(), before);
    QVERIFY(page().isVisible());
    QTRY_COMPARE(sheet().rowCount(), 3);
}

void TestBatch::duplicatesAndDoNotMessageAreLeftOut()
{
    auto &f = *m_fixture;
    f.whenDialogOpens<QDialog>([](QDialog &dialog) {
        dialog.findChild<QPlainTextEdit *>(u"numbersEdit"_s)
            ->setPlainText(u"+44 (7700) 900-002 # asked on 2 May"_s);
        dialog.accept();
    });
    open("phone,first_name\n447700900001,Marta\n447700900002,Luis\n+447700900001,Marta\n");
    f.click("doNotMessageButton");
    QTRY_COMPARE(chip("chipDoNotMessage"), u"1 do not message"_s);
    QCOMPARE(chip("chipDuplicate"), u"1 duplicate"_s);
    QTRY_COMPARE(cell(sheet(), 2, u"Check"_s), u"Same recipient and content as row 1"_s);
    QCOMPARE(f.find<QPushButton>("startBatchButton")->text(), u"&Start 1 send"_s);
    f.quit();
    QVERIFY(f.start()); // the list is kept
    open("phone\n447700900002\n");
    QCOMPARE(chip("chipDoNotMessage"), u"1 do not message"_s);
    QVERIFY(!f.find<QPushButton>("startBatchButton")->isEnabled());
}

void TestBatch::thePreviewIsTheRow()
{
    auto &f = *m_fixture;
    open(People);
    auto *view = f.find<QTableView>("sheetView");
    view->setCurrentIndex(sheet().index(1, 0));
    const QByteArray preview = f.find<QPlainTextEdit>("rowPreviewView")->toPlainText().toUtf8();
    const auto body = OutboundRequest::fromJson(preview);
    QVERIFY(body);
    QCOMPARE(body->text(Field::To), u"447700900002"_s);
    QVERIFY(f.text("rowPreviewLabel").contains(u"row 2"_s));
    // A text with a column in it, typed into the mapping.
    auto *mapping = f.find<QTableView>("mappingTable")->model();
    QVERIFY(mapping->setData(mapping->index(1, BatchMappingModel::SourceColumn),
                             u"Dear {{first_name}}"_s));
    QVERIFY(f.find<QPlainTextEdit>("rowPreviewView")->toPlainText().contains(u"Dear Luis"_s));
    QVERIFY(
        mapping->setData(mapping->index(1, BatchMappingModel::SourceColumn), u"Dear {{nobody}}"_s));
    QTRY_VERIFY(f.text("sheetNote").contains(u"nobody"_s));
    QVERIFY(!f.find<QPushButton>("startBatchButton")->isEnabled());
}

void TestBatch::mappingsAreRemembered()
{
    auto &f = *m_fixture;
    open("who,what\n447700900001,hello\n");
    QVERIFY(f.text("sheetNote").contains(u"Which column"_s));
    QVERIFY(!f.find<QPushButton>("startBatchButton")->isEnabled());
    auto *mapping = f.find<QTableView>("mappingTable")->model();
    QVERIFY(mapping->setData(mapping->index(0, BatchMappingModel::SourceColumn), u"{{who}}"_s));
    QTRY_COMPARE(f.find<QPushButton>("startBatchButton")->text(), u"&Start 1 send"_s);
    f.quit();
    QVERIFY(f.start());
    open("who,what\n447700900009,hi\n", u"July.csv"_s);
    QCOMPARE(cell(sheet(), 0, u"To"_s), u"447700900009"_s);
}

void TestBatch::nothingIsSentUnlessTheStartIsConfirmed()
{
    auto &f = *m_fixture;
    const QSignalSpy seen(&f.bench().sandbox(), &Sandbox::requestSeen);
    open(People);
    QString question;
    f.whenDialogOpens<QMessageBox>([&question](QMessageBox &box) {
        question = box.text() + box.informativeText();
        box.reject();
    });
    f.click("startBatchButton");
    QVERIFY(question.contains(u"2 messages to 2 people"_s));
    QVERIFY(question.contains(u"Sandbox"_s));
    QVERIFY(question.contains(u"1 row did not pass"_s));
    const auto started = [&] { return !f.find<QTableView>("sheetView")->isVisible(); };
    QVERIFY(!QTest::qWaitFor(started, 700)); // confirmed, it takes less than 100 ms
    QCOMPARE(seen.count(), 0);
    QCOMPARE(f.log().rowCount(), 0);
}

void TestBatch::aBatchRunsToItsEndAndIsExported()
{
    auto &f = *m_fixture;
    page().setLimit(5);
    open("phone,first_name,note\n447700900001,Marta,=1+1\n447700900422,Petra,x\n"
         "447700900444,Luis,y\n12,Ana,z\n");
    page().setLimit(5);
    startConfirmed();
    const QAbstractItemModelTester tester(&rows());
    const QSignalSpy resets(&rows(), &QAbstractItemModel::modelReset);
    QTRY_COMPARE_WITH_TIMEOUT(f.text("batchStateLabel"), u"June pilot.csv: finished"_s, 10'000);
    QCOMPARE(rows().rowCount(), 4);
    QTRY_COMPARE(cell(rows(), 0, u"Result"_s), u"200 Accepted"_s);
    QTRY_COMPARE(cell(rows(), 1, u"Result"_s), u"422 Refused"_s);
    QTRY_VERIFY(cell(rows(), 2, u"Result"_s).startsWith(u"Outcome unknown"_s));
    QTRY_COMPARE(cell(rows(), 3, u"Result"_s), u"not sent"_s);
    QVERIFY(cell(rows(), 3, u"Check"_s).contains(u"Too short"_s));
    QTRY_COMPARE(cell(rows(), 0, u"Delivery"_s), u"read"_s);
    QCOMPARE(resets.count(), 0);
    QTRY_VERIFY(f.text("batchLine").startsWith(u"1 accepted · 1 refused · 1 unknown"_s));
    QVERIFY(f.text("batchNote").contains(u"To find out"_s));
    QTRY_VERIFY(f.text("batchEnds").startsWith(u"All sent "_s));
    QTRY_VERIFY(f.text("batchEnds").contains(u"all delivered, read or failed "_s));
    shoot(u"done"_s);

    QTest::mouseClick(f.find<QToolButton>("chipBatchRefused"), Qt::LeftButton);
    QTRY_COMPARE(rows().rowCount(), 1);
    QTRY_COMPARE(cell(rows(), 0, u"To"_s), u"447700900422"_s);

    f.click("copySummaryButton");
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"1 accepted"_s));
    const QString path = m_dir.filePath(u"results.csv"_s);
    emit page().exportRequested(path);
    QTRY_VERIFY(QFile::exists(path));
    QFile results(path);
    QVERIFY(results.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = results.readAll().split('\n');
    QVERIFY(lines.at(0).contains("phone,first_name,note,row,outcome,http_status,session_id"));
    QVERIFY2(lines.at(1).startsWith("447700900001,Marta,'=1+1,1,accepted,200,"),
             lines.at(1).constData());
    QVERIFY(lines.at(2).contains(",2,refused,422,"));
    QVERIFY(lines.at(3).contains(",3,unknown,"));
    QVERIFY(lines.at(4).contains(",4,excluded,"));
    QCOMPARE(f.log().rowCount(), 3);

    // The rows are not offered a second time.
    auto *combo = f.find<QComboBox>("batchCombo");
    QCOMPARE(combo->itemText(0), u"New batch"_s);
}

void TestBatch::itPausesAndGoesOn()
{
    auto &f = *m_fixture;
    const QSignalSpy seen(&f.bench().sandbox(), &Sandbox::requestSeen);
    QByteArray many = "phone,first_name\n";
    for (int i = 0; i < 6; ++i)
        many += "44770090010" + QByteArray::number(i) + ",N" + QByteArray::number(i) + '\n';
    open(many);
    page().setLimit(5);
    startConfirmed();
    auto *pause = f.find<QPushButton>("pauseBatchButton");
    QTRY_COMPARE(pause->text(), u"&Pause"_s);
    f.click("pauseBatchButton");
    QTRY_COMPARE(pause->text(), u"&Resume"_s);
    QTRY_COMPARE(f.text("batchStateLabel"), u"June pilot.csv: paused"_s);
    f.click("pauseBatchButton");
    QTRY_COMPARE_WITH_TIMEOUT(f.text("batchStateLabel"), u"June pilot.csv: finished"_s, 15'000);
    QCOMPARE(seen.count(), 6);
}

void TestBatch::aRefusedKeyPausesAtOnce()
{
    auto &f = *m_fixture;
    open("phone,first_name\n447700900401,Petra\n447700900001,Marta\n447700900002,Luis\n");
    startConfirmed();
    QTRY_COMPARE_WITH_TIMEOUT(f.text("batchStateLabel"), u"June pilot.csv: paused"_s, 10'000);
    QVERIFY(f.text("batchNote").contains(u"API key was refused"_s));
    f.click("pauseBatchButton");
    QTRY_COMPARE_WITH_TIMEOUT(f.text("batchStateLabel"), u"June pilot.csv: finished"_s, 15'000);
    QVERIFY(f.find<QPushButton>("retryRefusedButton")->isVisible());
}

void TestBatch::a429IsCountedAndItsRowWaitsAgain()
{
    auto &f = *m_fixture;
    open("phone,first_name\n447700900429,Petra\n447700900001,Marta\n");
    startConfirmed();
    QTRY_VERIFY(f.text("batchNote").startsWith(u"1 answer with 429 so far"_s));
    QTRY_VERIFY(f.text("limitLabel").endsWith(u"429s in last min: 1"_s));
    const QString lastMinute = f.find<QLabel>("limitLabel")->toolTip();
    QVERIFY2(lastMinute.contains(u"in the last minute"_s)
                 && lastMinute.contains(u"1 answer with 429"_s),
             qPrintable(lastMinute));
    QVERIFY(f.find<QWidget>("toolBarChart")->toolTip().contains(u"1 answer with 429"_s));
    QTRY_COMPARE(cell(rows(), 0, u"Result"_s), u"waiting again"_s);
    QVERIFY(f.find<QWidget>("toolBarChart")->isVisible());
    f.click("stopBatchButton");
    QTRY_COMPARE(f.text("batchStateLabel"), u"June pilot.csv: stopped"_s);
    // What was stopped can be resumed.
    QTRY_COMPARE(f.find<QPushButton>("pauseBatchButton")->text(), u"&Resume"_s);
    QVERIFY(f.find<QPushButton>("pauseBatchButton")->isEnabled());
}

void TestBatch::anInterruptedBatchIsOffered()
{
    auto &f = *m_fixture;
    QByteArray many = "phone,first_name\n";
    for (int i = 0; i < 5; ++i)
        many += "44770090010" + QByteArray::number(i) + ",N" + QByteArray::number(i) + '\n';
    open(many);
    startConfirmed();
    QTRY_VERIFY(f.log().rowCount() > 0);
    f.crash();

    QVERIFY(f.start());
    QTRY_VERIFY(f.find<QWidget>("offerBar")->isVisible());
    shoot(u"offer"_s);
    QVERIFY(f.text("offerLabel").contains(u"“June pilot.csv” stopped at"_s));
    f.click("offerResumeButton");
    QTRY_VERIFY(f.find<QTableView>("batchView")->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(f.text("batchStateLabel"), u"June pilot.csv: finished"_s, 20'000);
    QVERIFY(!f.find<QWidget>("offerBar")->isVisible());
    QCOMPARE(f.log().rowCount(), 5); // each row once
}

void TestBatch::closingWhileRunningAsks()
{
    auto &f = *m_fixture;
    QByteArray many = "phone\n";
    for (int i = 0; i < 20; ++i)
        many += "4477009001" + QByteArray::number(i + 10) + '\n';
    open(many);
    startConfirmed();
    QTRY_VERIFY(f.log().rowCount() > 0);
    f.whenDialogOpens<QMessageBox>([](QMessageBox &box) { box.reject(); });
    f.window().close();
    QVERIFY(f.window().isVisible());
    f.whenDialogOpens<QMessageBox>([](QMessageBox &box) {
        for (auto *button : box.buttons()) {
            if (box.buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
        }
    });
    f.window().close();
    QTRY_VERIFY(!f.window().isVisible());
    f.quit();
    QVERIFY(f.start());
    QTRY_VERIFY(f.find<QWidget>("offerBar")->isVisible());
}

void TestBatch::everyControlOfThePageHasAName()
{
    auto &f = *m_fixture;
    const auto check = [&f](const QString &where) {
        QStringList nameless;
        for (auto *widget : f.window().findChildren<QWidget *>()) {
            const auto policy = widget->focusPolicy();
            if (policy == Qt::NoFocus || !widget->isVisibleTo(&f.window())
                || widget->objectName().startsWith(u"qt_"_s)
                || qobject_cast<QComboBox *>(widget) != nullptr)
                continue;
            const auto *accessible = QAccessible::queryAccessibleInterface(widget);
            if (accessible == nullptr
                || qobject_cast<QComboBox *>(widget->parentWidget()) != nullptr)
                continue;
            if (accessible->text(QAccessible::Name).isEmpty() || (policy & Qt::TabFocus) == 0)
                nameless.append(where + QString::fromLatin1(widget->metaObject()->className())
                                + u' ' + widget->objectName());
        }
        return nameless;
    };
    shoot(u"empty"_s);
    QStringList nameless = check(u"empty: "_s);
    open(People);
    nameless += check(u"sheet: "_s);
    startConfirmed();
    nameless += check(u"run: "_s);
    shoot(u"run"_s);
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

QTEST_MAIN(TestBatch)
#include "tst_batch.moc"
