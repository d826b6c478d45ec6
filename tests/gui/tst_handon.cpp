#include "gui/windowfixture.h"

#include "editor/textviewer.h"
#include "share/bundlereader.h"
#include "store/journal.h"
#include "support/secretforms.h"
#include "ui/bundlewindow.h"
#include "ui/handondesk.h"
#include "ui/handondialog.h"
#include "ui/privacy.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QMessageBox>
#include <QMimeData>
#include <QStatusBar>
#include <QTabWidget>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QString Number = u"447946000958"_s;

} // namespace

/// Exports, bundles and masked numbers, in the real window.
class TestHandOn : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void anExportIsPreviewedAsItIsSaved();
    void choicesChangeThePreview();
    void aBundleShowsItsFilesAndOpensAgain();
    void aBundleIsForTheSelectedSends();
    void whatIsNoBundleIsExplained();
    void aDroppedBundleOpens();
    void aSendIsCopiedForATicket();
    void aFileThatCannotBeWrittenIsSaid();
    void maskedNumbersAreNowhereOnTheScreen();
    void maskingLastsOverARestart();
    void everyControlHasAName();

private:
    /// Sends the sample to a number and waits for its end.
    void send(const QString &number = Number)
    {
        auto &f = *m_fixture;
        const int before = f.log().rowCount();
        f.type("toEdit", number);
        f.press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(f.log().rowCount(), before + 1);
        QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"read"_s);
    }
    void select(int row)
    {
        auto *view = m_fixture->find<QTableView>("logView");
        view->selectionModel()->setCurrentIndex(view->model()->index(row, 0),
                                                QItemSelectionModel::ClearAndSelect
                                                    | QItemSelectionModel::Rows);
    }
    void trigger(const char *action)
    {
        auto *found = m_fixture->window().findChild<QAction *>(QLatin1String(action));
        QVERIFY(found != nullptr);
        found->trigger();
    }
    /// The dialog, once its preview is there.
    HandOnDialog *opened(const char *action)
    {
        trigger(action);
        auto *dialog = m_fixture->window().findChild<HandOnDialog *>();
        if (dialog == nullptr || !QTest::qWaitFor([&] {
                return part<QPushButton>(dialog, "saveButton")->isEnabled();
            }))
            qFatal("no preview");
        return dialog;
    }
    template <typename T>
    static T *part(QWidget *of, const char *name)
    {
        auto *found = of->findChild<T *>(QLatin1String(name));
        if (found == nullptr)
            qFatal("no %s", name);
        return found;
    }
    static QString preview(HandOnDialog *dialog)
    {
        return part<QPlainTextEdit>(dialog, "previewView")->toPlainText();
    }
    static bool save(HandOnDialog *dialog, const QString &path)
    {
        QSignalSpy saved(dialog, &HandOnDialog::saved);
        dialog->saveTo(path);
        return QTest::qWaitFor([&] { return !saved.isEmpty(); });
    }
    [[nodiscard]] QString path(const QString &name) const
    {
        return m_fixture->folder() + u'/' + name;
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] HandOnDesk &desk() { return *m_fixture->window().findChild<HandOnDesk *>(); }

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestHandOn::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
}

void TestHandOn::cleanup()
{
    m_fixture.reset();
}

void TestHandOn::anExportIsPreviewedAsItIsSaved()
{
    send();
    HandOnDialog *dialog = opened("exportLogAction");
    QVERIFY(preview(dialog).contains(u"+44\u20260958#1"_s));
    QVERIFY(!holdsNumber(preview(dialog).toUtf8(), Number));
    QVERIFY(save(dialog, path(u"out.csv"_s)));
    QVERIFY(part<QLabel>(dialog, "checkLabel")->text().contains(u"written to "_s));
    QCOMPARE(QString::fromUtf8(read(path(u"out.csv"_s))).remove(QChar(0xfeff)).remove(u'\r'),
             preview(dialog).remove(QChar(0xfeff)));
    auto *formats = part<QComboBox>(dialog, "formatCombo");
    formats->setCurrentIndex(2);
    QTRY_VERIFY(preview(dialog).startsWith(u"{\"log\":{\"version\":\"1.2\""_s));
    QTRY_VERIFY(part<QPushButton>(dialog, "saveButton")->isEnabled());
    QVERIFY(save(dialog, path(u"out.har"_s)));
    QVERIFY(readBundle(read(path(u"out.har"_s))).has_value());
}

void TestHandOn::choicesChangeThePreview()
{
    send();
    HandOnDialog *dialog = opened("exportLogAction");
    QVERIFY(!preview(dialog).contains(Number));
    part<QCheckBox>(dialog, "numbersCheck")->click();
    QTRY_VERIFY(preview(dialog).contains(Number));
    QVERIFY(preview(dialog).contains(u"[value-hidden:"_s));
    part<QCheckBox>(dialog, "valuesCheck")->click();
    QTRY_VERIFY(!preview(dialog).contains(u"[value-hidden:"_s));
    QVERIFY(!part<QCheckBox>(dialog, "secretsCheck")->isEnabled());
}

void TestHandOn::aBundleShowsItsFilesAndOpensAgain()
{
    send();
    HandOnDialog *dialog = opened("bundleAction");
    auto *files = part<QComboBox>(dialog, "fileCombo");
    QCOMPARE(files->count(), 6);
    QVERIFY(files->itemText(0).startsWith(u"summary.html"_s));
    QVERIFY(preview(dialog).contains(u"200 Accepted"_s));
    files->setCurrentIndex(5);
    QVERIFY(preview(dialog).contains(u"\"icebreaker_bundle\": 1"_s));
    QVERIFY(part<QLabel>(dialog, "checkLabel")->text().startsWith(u"Checked: there is no key"_s));
    const QString zip = path(u"b.zip"_s);
    QVERIFY(save(dialog, zip));
    const int before = m_fixture->log().rowCount();

    desk().openBundle(zip);
    BundleWindow *window = nullptr;
    QTRY_VERIFY((window = m_fixture->window().findChild<BundleWindow *>()) != nullptr);
    QVERIFY(part<QLabel>(window, "bundleBand")->text().contains(u"nothing here can be sent"_s));
    const auto *model = part<QTableView>(window, "bundleView")->model();
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(model->index(0, 1).data().toString(), u"+44\u20260958#1"_s);
    QVERIFY(part<QTextBrowser>(window, "bundleExplainView")->toPlainText().contains(u"Accepted"_s));
    QVERIFY(part<QListView>(window, "bundleTimelineView")->model()->rowCount() >= 3);
    QVERIFY(part<QPlainTextEdit>(window, "bundleRequestView")
                ->toPlainText()
                .contains(u"[value-hidden:"_s));
    QCOMPARE(m_fixture->log().rowCount(), before); // nothing of it is in the journal
    const auto buttons = window->findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 1); // Close
}

void TestHandOn::aBundleIsForTheSelectedSends()
{
    send();
    m_fixture->bench().sandbox().setLimit(5);
    send(u"4915112345678"_s);
    select(1);
    HandOnDialog *dialog = opened("bundleAction");
    QCOMPARE(part<QComboBox>(dialog, "scopeCombo")->currentText(), u"The 1 selected send(s)"_s);
    QVERIFY(preview(dialog).contains(u"+44\u2026"_s));
    QVERIFY(!preview(dialog).contains(u"+49\u2026"_s));
    part<QComboBox>(dialog, "scopeCombo")->setCurrentIndex(1);
    QTRY_VERIFY(preview(dialog).contains(u"+49\u2026"_s));
}

void TestHandOn::whatIsNoBundleIsExplained()
{
    QFile file(path(u"x.zip"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("PK<b>no zip</b>");
    file.close();
    desk().openBundle(file.fileName());
    QMessageBox *box = nullptr;
    QTRY_VERIFY((box = m_fixture->window().findChild<QMessageBox *>()) != nullptr);
    QVERIFY(box->text().contains(u"damaged"_s));
    QCOMPARE(box->textFormat(), Qt::PlainText);
    box->close();
    QTRY_VERIFY(m_fixture->window().findChild<QMessageBox *>() == nullptr);
    desk().openBundle(path(u"nowhere.zip"_s));
    QTRY_VERIFY((box = m_fixture->window().findChild<QMessageBox *>()) != nullptr);
    QVERIFY(box->text().contains(u"could not be read"_s));
    box->close();
}

void TestHandOn::aDroppedBundleOpens()
{
    send();
    const QString zip = path(u"b.zip"_s);
    HandOnDialog *dialog = opened("bundleAction");
    QVERIFY(save(dialog, zip));
    dialog->close(); // while it is open, the window takes nothing
    QTRY_VERIFY(m_fixture->window().findChild<HandOnDialog *>() == nullptr);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(zip)});
    auto *edit = m_fixture->find<QLineEdit>("toEdit");
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(edit, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(edit, &drop);
    QVERIFY(drop.isAccepted());
    QTRY_VERIFY(m_fixture->window().findChild<BundleWindow *>() != nullptr);
}

void TestHandOn::aSendIsCopiedForATicket()
{
    send();
    select(0);
    QGuiApplication::clipboard()->clear();
    trigger("copyTicketAction");
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.contains(u"Result: 200 Accepted"_s));
    QVERIFY(text.contains(u"+44\u20260958#1"_s));
    QVERIFY(!holdsNumber(text.toUtf8(), Number));
    QTRY_VERIFY(m_fixture->window().statusBar()->currentMessage().startsWith(u"Copied"_s));
}

void TestHandOn::aFileThatCannotBeWrittenIsSaid()
{
    send();
    for (const char *action : {"exportLogAction", "bundleAction"}) {
        HandOnDialog *dialog = opened(action);
        dialog->saveTo(path(u"nowhere/x"_s));
        QTRY_VERIFY(part<QLabel>(dialog, "checkLabel")->text().contains(u"could not be written"_s));
        QVERIFY(part<QPushButton>(dialog, "saveButton")->isEnabled());
        dialog->close();
        QTRY_VERIFY(m_fixture->window().findChild<HandOnDialog *>() == nullptr);
    }
}

void TestHandOn::maskedNumbersAreNowhereOnTheScreen()
{
    auto &f = *m_fixture;
    send();
    QTRY_VERIFY(f.find<CodeView>("requestView")->content().contains(Number.toUtf8()));
    f.press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.logCell(0, u"To"_s), u"+44\u20260958"_s);
    for (const char *view : {"codeView", "previewView"}) {
        const QString text = f.find<QPlainTextEdit>(view)->toPlainText();
        QVERIFY2(!holdsNumber(text.toUtf8(), Number), view);
    }
    for (const char *view : {"requestView", "responseView", "consoleView"})
        QVERIFY2(!holdsNumber(f.find<CodeView>(view)->content(), Number), view);
    const QByteArray json = f.find<CodeView>("maskedJson")->content();
    QVERIFY(!holdsNumber(json, Number) && json.contains("+44\u20260958"));
    QTRY_VERIFY(f.find<CodeView>("requestView")->content().contains("+44\u20260958"));
    const auto labels = f.window().findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QVERIFY2(!holdsNumber(label->text().toUtf8(), Number), qPrintable(label->objectName()));
    QVERIFY(f.text("band").contains(u"Numbers are masked"_s));
    QVERIFY(f.window().windowTitle().contains(u"numbers masked"_s));
    QCOMPARE(f.find<QLineEdit>("toEdit")->echoMode(), QLineEdit::PasswordEchoOnEdit);
    // What is sent and copied stays what it is.
    select(0);
    trigger("copyTextAction");
    QVERIFY(QGuiApplication::clipboard()->text().contains(Number));
    f.press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.logCell(0, u"To"_s), Number);
    QVERIFY(!f.text("band").contains(u"masked"_s));
    QCOMPARE(f.find<QLineEdit>("toEdit")->echoMode(), QLineEdit::Normal);
    QTRY_VERIFY(f.find<CodeView>("requestView")->content().contains(Number.toUtf8()));
}

void TestHandOn::maskingLastsOverARestart()
{
    trigger("maskNumbersAction");
    QVERIFY(privacy::mask().isOn());
    m_fixture->quit();
    privacy::mask().setOn(false);
    QVERIFY(m_fixture->start());
    QVERIFY(privacy::mask().isOn());
    QVERIFY(m_fixture->text("band").contains(u"Numbers are masked"_s));
    QVERIFY(m_fixture->window().windowTitle().contains(u"numbers masked"_s));
}

void TestHandOn::everyControlHasAName()
{
    send();
    HandOnDialog *dialog = opened("bundleAction");
    const auto widgets = dialog->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        const bool isControl = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible();
        if (!isControl)
            continue;
        const auto *interface = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(interface != nullptr && !interface->text(QAccessible::Name).isEmpty(),
                 qPrintable(widget->objectName()));
    }
}

QTEST_MAIN(TestHandOn)
#include "tst_handon.moc"
