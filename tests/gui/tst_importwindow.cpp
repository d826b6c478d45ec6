#include "core/endpoint.h"
#include "gui/windowfixture.h"
#include "interop/requestimporter.h"
#include "ui/codepage.h"
#include "ui/composer.h"
#include "ui/requestimportdesk.h"
#include "ui/requestimportdialog.h"
#include "ui/requestimportmodel.h"
#include "ui/requesttabs.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

const QString Command = u"curl https://studio-api-eu.ai.vonage.com/messaging/conversation "
                        "-H 'X-Vgai-Key: k3y' --json '{\"to\":\"447946000958\","
                        "\"template\":\"order_update\",\"zap\":1.0}'"_s;

} // namespace

class TestImportWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aPastedCommandOpensInATab();
    void textFieldsStillPasteTheirOwn();
    void onlyWhatIsTickedOpens();
    void nothingIsTakenWithoutAYes();
    void aDroppedFileIsShown();
    void theCodePageShowsWhatIsSent();
    void theKeyIsCopiedOnlyAfterAYes();
    void aKeyIsKeptOnlyIfThatIsTicked();
    void theModelIsSound();

private:
    [[nodiscard]] RequestImportDialog *dialog();
    template <typename T>
    static T *part(const QWidget *parent, const char *name)
    {
        return parent->findChild<T *>(QLatin1String(name));
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestImportWindow::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
}

void TestImportWindow::cleanup()
{
    m_fixture->quit();
    m_fixture.reset();
}

/// When it has read.
RequestImportDialog *TestImportWindow::dialog()
{
    RequestImportDialog *found = nullptr;
    (void)QTest::qWaitFor([&] {
        found = m_fixture->window().findChild<RequestImportDialog *>();
        return found != nullptr
            && !part<QLabel>(found, "headline")->text().startsWith(u"Looking"_s);
    });
    if (found == nullptr)
        qFatal("no dialog");
    return found;
}

void TestImportWindow::aPastedCommandOpensInATab()
{
    auto &f = *m_fixture;
    const QByteArray before = f.window().composer().body();
    QGuiApplication::clipboard()->setText(Command);
    f.find<QTableView>("logView")->setFocus(); // no field
    f.press(Qt::Key_V, Qt::ControlModifier);
    RequestImportDialog *shown = dialog();
    QVERIFY(part<QLabel>(shown, "headline")->text().contains(u"1 request"_s));
    QVERIFY(part<QLabel>(shown, "endpointLabel")->text().contains(u"studio-api-eu"_s));
    QVERIFY(part<QCheckBox>(shown, "keyBox")->isHidden()); // the sandbox is not where it went
    QVERIFY(part<QLabel>(shown, "otherKeysLabel")->text().contains(u"studio-api-eu"_s));
    QCOMPARE(f.window().composer().body(), before);
    QTest::mouseClick(part<QPushButton>(shown, "takeButton"), Qt::LeftButton);
    const JsonObject root = f.window().composer().written().root();
    QCOMPARE(toJson(root, JsonStyle::Compact),
             QByteArray(R"({"to":"447946000958","template":"order_update","zap":1.0})"));
    QVERIFY(!f.find<QPlainTextEdit>("codeView")->toPlainText().contains(u"k3y"_s));
    QCOMPARE(f.log().rowCount(), 0); // nothing was sent
    QTRY_VERIFY(f.window().findChild<RequestImportDialog *>() == nullptr);
}

void TestImportWindow::textFieldsStillPasteTheirOwn()
{
    auto &f = *m_fixture;
    QGuiApplication::clipboard()->setText(u"my_template"_s);
    auto *field = f.find<QLineEdit>("namespaceEdit");
    field->setFocus();
    field->selectAll();
    QTest::keyClick(field, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(field->text(), u"my_template"_s);
    QVERIFY(f.window().findChild<RequestImportDialog *>() == nullptr);
}

void TestImportWindow::onlyWhatIsTickedOpens()
{
    auto &f = *m_fixture;
    f.find<QTableView>("logView")->setFocus();
    QGuiApplication::clipboard()->setText(
        u"{\"to\":\"1\",\"template\":\"a\"}\n{\"to\":\"2\",\"template\":\"b\"}\n"_s);
    f.window().findChild<QAction *>(u"pasteRequestAction"_s)->trigger();
    RequestImportDialog *shown = dialog();
    auto *take = part<QPushButton>(shown, "takeButton");
    QCOMPARE(take->text(), u"&Open 2"_s);
    auto *model = part<QTableView>(shown, "requestView")->model();
    QVERIFY(model->setData(model->index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(take->text(), u"&Open"_s);
    QVERIFY(model->setData(model->index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(!take->isEnabled());
    QVERIFY(model->setData(model->index(0, 0), Qt::Checked, Qt::CheckStateRole));
    QTest::mouseClick(take, Qt::LeftButton);
    QCOMPARE(f.window().composer().written().text(Field::Template), u"a"_s);
}

void TestImportWindow::nothingIsTakenWithoutAYes()
{
    auto &f = *m_fixture;
    const QByteArray before = f.window().composer().body();
    QGuiApplication::clipboard()->setText(u"curl -u a:b https://x.org; wget y"_s);
    f.window().findChild<QAction *>(u"pasteRequestAction"_s)->trigger();
    RequestImportDialog *shown = dialog();
    QCOMPARE(part<QListWidget>(shown, "refusedList")->count(), 2);
    QVERIFY(part<QListWidget>(shown, "refusedList")->item(0)->text().contains(u"--user"_s));
    QVERIFY(!part<QPushButton>(shown, "takeButton")->isEnabled());
    QTest::keyClick(shown, Qt::Key_Escape);
    QTRY_VERIFY(f.window().findChild<RequestImportDialog *>() == nullptr);
    QCOMPARE(f.window().composer().body(), before);
}

void TestImportWindow::aDroppedFileIsShown()
{
    auto &f = *m_fixture;
    QFile file(f.folder() + u"/request.sh"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(Command.toUtf8()) > 0);
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    auto *edit = f.find<QLineEdit>("toEdit");
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(edit, &enter);
    QVERIFY(enter.isAccepted());
    QCoreApplication::sendEvent(edit, &drop);
    QVERIFY(drop.isAccepted());
    RequestImportDialog *shown = dialog();
    QCOMPARE(part<QTableView>(shown, "requestView")->model()->rowCount(), 1);
    shown->reject();
}

void TestImportWindow::theCodePageShowsWhatIsSent()
{
    auto &f = *m_fixture;
    auto *combo = f.find<QComboBox>("formatCombo");
    auto *view = f.find<QPlainTextEdit>("codeView");
    QCOMPARE(combo->count(), 8);
    f.type("namespaceEdit", u"it's"_s);
    for (int i = 0; i < 6; ++i) { // the others are not read back
        combo->setCurrentIndex(i);
        const RequestImport found = importRequests(view->toPlainText().toUtf8());
        QVERIFY2(found.requests.size() == 1, qPrintable(combo->currentText()));
        QCOMPARE(found.requests.first().request.toJson(), f.window().composer().body());
    }
    f.click("copyCodeButton");
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"VGAI_KEY"_s));
}

void TestImportWindow::theKeyIsCopiedOnlyAfterAYes()
{
    auto &f = *m_fixture;
    const QString before = u"before"_s;
    QGuiApplication::clipboard()->setText(before);
    auto *page = f.window().findChild<CodePage *>();
    QVERIFY(page != nullptr);
    f.whenDialogOpens<QMessageBox>(
        [](QMessageBox &box) { box.button(QMessageBox::Cancel)->click(); });
    part<QPushButton>(page, "copyWithKeyButton")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), before);
    f.whenDialogOpens<QMessageBox>([](QMessageBox &box) {
        for (QAbstractButton *button : box.buttons()) {
            if (box.buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
        }
    });
    part<QPushButton>(page, "copyWithKeyButton")->click();
    // The sandbox's key, which everybody knows.
    QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(u"X-Vgai-Key: sandbox"_s));
    QVERIFY(!f.find<QPlainTextEdit>("codeView")->toPlainText().contains(u"Key: sandbox"_s));
}

void TestImportWindow::aKeyIsKeptOnlyIfThatIsTicked()
{
    const QUrl base(u"https://studio-api-eu.ai.vonage.com"_s);
    RequestImportDialog shown({base, u"Mine"_s, origin(base), {}});
    shown.show();
    shown.openText(Command.toUtf8());
    auto *box = part<QCheckBox>(&shown, "keyBox");
    QTRY_VERIFY(box->isVisible());
    QVERIFY(part<QLabel>(&shown, "endpointLabel")->isHidden());
    QVERIFY(!box->isChecked());
    QVERIFY(!shown.keyToKeep());
    box->click();
    QCOMPARE(shown.keyToKeep()->bytes, QByteArray("k3y"));
    QCOMPARE(shown.keyToKeep()->origin, origin(base));
}

void TestImportWindow::theModelIsSound()
{
    RequestImportModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRequests(importRequests(Command.toUtf8()).requests);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.chosen().first().name, u"order_update"_s);
    QVERIFY(model.index(0, RequestImportModel::NotesColumn).data().toString().contains(u"key"_s));
}

QTEST_MAIN(TestImportWindow)
#include "tst_importwindow.moc"
