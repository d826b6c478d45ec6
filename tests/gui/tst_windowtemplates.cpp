#include "editor/codeview.h"
#include "gui/windowfixture.h"

#include "app/translations.h"
#include "core/json.h"
#include "core/outboundrequest.h"
#include "support/scriptedserver.h"
#include "ui/bubbleview.h"
#include "ui/carddialog.h"
#include "ui/fetchdialog.h"
#include "ui/parametermodel.h"

#include <QBuffer>
#include <QCheckBox>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QHeaderView>
#include <QMessageBox>
#include <QProcess>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Template cards through the real window.
class TestWindowTemplates : public QObject
{
    Q_OBJECT

public slots:
    void openedOutside(const QUrl &url) { m_opened.append(url); }

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void aPastedTextBecomesACardAndAForm();
    void theFormIsTheWholeTruth();
    void whatTheFormSendsIsWhatTheJournalHas();
    void anotherLanguageHasItsOwnWords();
    void whatHasNoPlaceIsLeftOutAndCanComeBack();
    void aTooLongTextBlocksSending();
    void aRestartBringsTheCardBack();
    void thePreviewIsWhatThePhoneShows();
    void nothingIsFetchedOrOpenedWithoutAClick();
    void whatWhatsAppWouldNotTakeIsSaid_data();
    void whatWhatsAppWouldNotTakeIsSaid();
    void aSentRequestBecomesACard();
    void aCardIsEditedAndDeleted();
    void otherWordsReplaceACardOnlyAfterAYes();
    void manyTemplatesAreKeptAtOnce();
    void whatIsNoTemplateIsExplained();
    void smsHasNoTemplate();
    void templatesAreFetchedWithASignedToken();
    void refusedFetchesAreExplained();
    void everyControlOfTheDialogsHasAName();

private:
    template <typename T>
    static T *child(const QWidget &dialog, const char *name)
    {
        return dialog.findChild<T *>(QLatin1String(name));
    }
    static QByteArray sample();
    static QByteArray privateKey();
    /// Pastes @p text and saves the card that comes of it, after @p act.
    void paste(const QByteArray &text, const std::function<void(CardDialog &)> &act = {});
    void choose(int row);
    [[nodiscard]] QLineEdit *slot(int index)
    {
        return m_fixture->find<QLineEdit>(qPrintable(u"slotEdit%1"_s.arg(index)));
    }
    void fill(int index, const QString &text)
    {
        const auto isAscii = [](QChar c) { return c.unicode() < 128; };
        if (std::all_of(text.begin(), text.end(), isAscii)) {
            m_fixture->type(qPrintable(u"slotEdit%1"_s.arg(index)), text);
            return;
        }
        QGuiApplication::clipboard()->setText(text); // QTest has no such keys
        slot(index)->selectAll();
        slot(index)->paste();
    }
    [[nodiscard]] OutboundRequest request()
    {
        return *OutboundRequest::fromJson(
            m_fixture->find<QPlainTextEdit>("previewView")->toPlainText().toUtf8());
    }
    [[nodiscard]] QString bubble()
    {
        return m_fixture->find<BubbleView>("bubbleView")->plainText();
    }
    [[nodiscard]] QString note(const char *name) { return m_fixture->text(name); }

    std::unique_ptr<WindowFixture> m_fixture;
    QList<QUrl> m_opened;
};

QByteArray TestWindowTemplates::sample()
{
    return R"({"data":[
        {"name":"order_shipped","language":"en","status":"APPROVED","category":"UTILITY",
         "components":[{"type":"HEADER","format":"IMAGE"},
         {"type":"BODY","text":"Hi *{{1}}*, order {{2}} is on its way.",
          "example":{"body_text":[["Maria","A-7"]]}},{"type":"FOOTER","text":"Reply STOP"},
         {"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://e.org/{{1}}"},
          {"type":"QUICK_REPLY","text":"Help"}]}]},
        {"name":"order_shipped","language":"he","status":"APPROVED","category":"UTILITY",
         "components":[{"type":"BODY","text":"שלום {{1}}, הזמנה {{2}} בדרך."}]}]})";
}

QByteArray TestWindowTemplates::privateKey()
{
    QProcess openssl;
    openssl.start(
        u"openssl"_s,
        {u"genpkey"_s, u"-algorithm"_s, u"RSA"_s, u"-pkeyopt"_s, u"rsa_keygen_bits:2048"_s});
    openssl.waitForFinished();
    return openssl.readAllStandardOutput();
}

void TestWindowTemplates::init()
{
    m_opened.clear();
    QDesktopServices::setUrlHandler(u"https"_s, this, "openedOutside");
    QDesktopServices::setUrlHandler(u"http"_s, this, "openedOutside");
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
}

void TestWindowTemplates::cleanup()
{
    m_fixture.reset();
    QDesktopServices::unsetUrlHandler(u"https"_s);
    QDesktopServices::unsetUrlHandler(u"http"_s);
}

void TestWindowTemplates::paste(const QByteArray &text,
                                const std::function<void(CardDialog &)> &act)
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
    bool seen = false;
    m_fixture->whenDialogOpens<CardDialog>([&](CardDialog &dialog) {
        seen = true;
        if (act)
            act(dialog);
        QTest::mouseClick(child<QPushButton>(dialog, "saveButton"), Qt::LeftButton);
        if (dialog.isVisible())
            dialog.reject();
    });
    m_fixture->find<QToolButton>("pasteCardButton")->click();
    QVERIFY(seen);
}

void TestWindowTemplates::choose(int row)
{
    auto *combo = m_fixture->find<QComboBox>("cardCombo");
    combo->setCurrentIndex(row);
    emit combo->activated(row);
}

void TestWindowTemplates::aPastedTextBecomesACardAndAForm()
{
    auto &f = *m_fixture;
    QVERIFY(f.find<QTableView>("parameterTable")->isVisible());
    QVERIFY(!f.find<QWidget>("slotForm")->isVisible());
    paste("Hello {{first_name}}, your code is *{{code}}*.", [](CardDialog &dialog) {
        auto *name = child<QLineEdit>(dialog, "nameEdit");
        name->selectAll();
        QTest::keyClicks(name, u"my_code"_s);
        auto *locale = child<QLineEdit>(dialog, "localeEdit");
        locale->selectAll();
        QTest::keyClicks(locale, u"en_GB"_s);
        QCOMPARE(child<QTableWidget>(dialog, "exampleTable")->rowCount(), 2);
        child<QTableWidget>(dialog, "exampleTable")->item(0, 1)->setText(u"Maria"_s);
        QVERIFY(child<BubbleView>(dialog, "cardBubble")->plainText().contains(u"Hello Maria"_s));
    });
    QCOMPARE(f.find<QComboBox>("cardCombo")->currentText(), u"my_code (en_GB)"_s);
    QVERIFY(!f.find<QTableView>("parameterTable")->isVisible());
    QVERIFY(slot(0)->isVisible());
    QCOMPARE(slot(0)->accessibleName(), u"Body {{first_name}}"_s);
    QCOMPARE(slot(0)->placeholderText(), u"e.g. Maria"_s);
    QCOMPARE(f.find<QLineEdit>("templateEdit")->text(), u"my_code"_s);
    QVERIFY(f.find<QLineEdit>("templateEdit")->isReadOnly());
    QCOMPARE(request().text(Field::Locale), u"en_GB"_s);
    QVERIFY(QFile::exists(f.folder() + "/templates/my_code.json"_L1));
    fill(0, u"Ben"_s);
    fill(1, u"77"_s);
    QCOMPARE(bubble(), u"Hello Ben, your code is 77."_s);
    const QByteArray named = toJson(request().components()->at(0), JsonStyle::Compact);
    const QByteArray wanted =
        R"({"type":"body","parameters":[{"type":"text","text":"Ben","parameter_name":"first_name"},)"
        R"({"type":"text","text":"77","parameter_name":"code"}]})";
    QCOMPARE(named, wanted);
}

void TestWindowTemplates::theFormIsTheWholeTruth()
{
    auto &f = *m_fixture;
    paste(sample());
    QCOMPARE(f.window().findChildren<QLineEdit *>(QRegularExpression(u"^slotEdit"_s)).size(), 5);
    QCOMPARE(slot(0)->accessibleName(), u"Header image"_s);
    QCOMPARE(slot(3)->accessibleName(), u"Button “Track”"_s);
    // Nothing is missing: an empty one is there, and blocks sending.
    fill(0, u"https://e.org/parcel.jpg"_s);
    fill(1, u"Ben"_s);
    fill(2, {});
    fill(3, u"A-9"_s);
    QCOMPARE(request().parameters().size(), 4);
    QVERIFY(note("slotNote2").contains(u"empty value"_s));
    QVERIFY(slot(2)->property("faulty").toBool());
    f.click("sendButton");
    QCOMPARE(f.log().rowCount(), 0);
    QCOMPARE(QApplication::focusWidget(), slot(2));
    fill(2, u"A-9"_s);
    QVERIFY(!slot(2)->property("faulty").toBool());
    QCOMPARE(f.text("slotCounter1"), u"3 / 993"_s); // 1024 less 28 of its words and 3 of {{2}}
    // The quick reply's payload may stay empty, and is in the message only if it is not.
    QCOMPARE(request().parameters().size(), 4);
    fill(4, u"HELP"_s);
    QCOMPARE(request().parameters().size(), 5);
    QCOMPARE(request().parameters().at(4).value, u"HELP"_s);
    fill(4, {});
    QCOMPARE(request().parameters().size(), 4);
    // A link that is none.
    fill(0, u"parcel.jpg"_s);
    QVERIFY(note("slotNote0").contains(u"https://"_s));
    // The free table again, with what the form made.
    choose(0);
    QVERIFY(f.find<QTableView>("parameterTable")->isVisible());
    QCOMPARE(f.find<QTableView>("parameterTable")->model()->rowCount(), 4);
    QVERIFY(!f.find<QLineEdit>("templateEdit")->isReadOnly());
    QVERIFY(bubble().contains(u"Choose a template card"_s));
}

void TestWindowTemplates::whatTheFormSendsIsWhatTheJournalHas()
{
    auto &f = *m_fixture;
    paste(sample());
    fill(0, u"https://e.org/parcel.jpg"_s);
    fill(1, u"Žofie 🎉"_s);
    fill(2, u"A-9"_s);
    fill(3, u"A-9"_s);
    const QByteArray preview = f.find<QPlainTextEdit>("previewView")->toPlainText().toUtf8();
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QTRY_VERIFY(f.find<CodeView>("requestView")->content().endsWith(preview));
    QVERIFY(preview.contains("Žofie 🎉"));
}

void TestWindowTemplates::anotherLanguageHasItsOwnWords()
{
    auto &f = *m_fixture;
    paste(sample());
    auto *locales = f.find<QComboBox>("localeCombo");
    QCOMPARE(locales->count(), 2); // the card's
    fill(1, u"Ben"_s);
    fill(2, u"A-9"_s);
    locales->setCurrentIndex(1);
    QCOMPARE(request().text(Field::Locale), u"he"_s);
    QCOMPARE(f.window().findChildren<QLineEdit *>(QRegularExpression(u"^slotEdit"_s)).size(), 2);
    QCOMPARE(slot(0)->text(), u"Ben"_s); // {{1}} is {{1}} in every language
    QCOMPARE(bubble(), u"שלום Ben, הזמנה A-9 בדרך."_s);
    QCOMPARE(request().parameters().size(), 2);
    locales->setCurrentText(u"fr"_s);
    QVERIFY(note("localeNote").contains(u"it has en, he"_s));
    QVERIFY(!locales->property("faulty").toBool()); // a warning
    choose(0);
    QVERIFY(locales->count() > 100);
    QCOMPARE(request().text(Field::Locale), u"fr"_s);
}

void TestWindowTemplates::whatHasNoPlaceIsLeftOutAndCanComeBack()
{
    auto &f = *m_fixture;
    auto *table = f.find<QTableView>("parameterTable");
    const int before = table->model()->rowCount();
    QVERIFY(before > 1);
    const JsonArray components = *request().components();
    paste("Only {{1}}.");
    QVERIFY(note("cardNote").contains(u"left out"_s));
    QCOMPARE(request().parameters().size(), 1);
    emit f.find<QLabel>("cardNote")->linkActivated(u"action:undo"_s);
    QCOMPARE(*request().components(), components);
    QVERIFY(table->isVisible());
    QCOMPARE(f.find<QComboBox>("cardCombo")->currentIndex(), 0);
}

void TestWindowTemplates::aTooLongTextBlocksSending()
{
    auto &f = *m_fixture;
    paste("{{1}} {{2}}");
    fill(0, QString(600, u'x'));
    fill(1, QString(400, u'y'));
    QVERIFY(!note("slotNote0").contains(u"characters"_s));
    fill(1, QString(500, u'y'));
    QVERIFY(note("slotNote0").contains(u"1101 characters"_s));
    QCOMPARE(f.text("slotCounter1"), u"500 / 423"_s);
    f.click("sendButton");
    QCOMPARE(f.log().rowCount(), 0);
}

void TestWindowTemplates::aRestartBringsTheCardBack()
{
    auto &f = *m_fixture;
    paste(sample());
    fill(1, u"Ben"_s);
    QFile broken(f.folder() + "/templates/broken.json"_L1);
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{");
    broken.close();
    f.quit();
    QVERIFY(f.start());
    QCOMPARE(f.find<QComboBox>("cardCombo")->currentText(), u"order_shipped (en, he)"_s);
    QCOMPARE(slot(1)->text(), u"Ben"_s);
    QVERIFY(QFile::exists(broken.fileName()));
}

void TestWindowTemplates::thePreviewIsWhatThePhoneShows()
{
    auto &f = *m_fixture;
    auto *tabs = f.find<QTabWidget>("previewTabs");
    QCOMPARE(tabs->currentIndex(), 0);
    paste(sample());
    QCOMPARE(tabs->currentIndex(), 1);
    for (int i = 0; i < 5; ++i)
        fill(i, {});
    QCOMPARE(bubble(),
             u"[Image: No link yet]\nHi {{1}}, order {{2}} is on its way.\nReply STOP\n"
             u"Button: Track\nButton: Help"_s);
    fill(0, u"https://e.org/pictures/parcel.jpg"_s);
    fill(1, u"Ben"_s);
    fill(3, u"A/9"_s);
    QCOMPARE(bubble(),
             u"[parcel.jpg: https://e.org/pictures/parcel.jpg]\nHi Ben, order {{2}} is on its "
             u"way.\nReply STOP\nButton: Track, opens https://e.org/A/9\nButton: Help"_s);
    const auto *view = f.find<BubbleView>("bubbleView");
    QCOMPARE(view->accessibleDescription(), bubble());
    // Painted: a value makes the picture another one.
    const QImage before = f.find<BubbleView>("bubbleView")->grab().toImage();
    fill(2, u"B"_s);
    QVERIFY(f.find<BubbleView>("bubbleView")->grab().toImage() != before);
}

// Break it by calling MediaPreview::look() from BubbleView::setMessage().
void TestWindowTemplates::nothingIsFetchedOrOpenedWithoutAClick()
{
    auto &f = *m_fixture;
    ScriptedServer server;
    QImage photo(300, 200, QImage::Format_RGB32);
    photo.fill(Qt::darkGreen);
    QByteArray png;
    QBuffer buffer(&png);
    QVERIFY(photo.save(&buffer, "PNG"));
    server.willDo(Script::answer("200 OK", png, "Content-Type: image/png\r\n"));
    paste(sample());
    fill(0, server.url(u"/parcel.png"_s).toString());
    fill(3, u"A-9"_s);
    auto *view = f.find<BubbleView>("bubbleView");
    const QPoint middle(100, 90);
    QVERIFY(view->grab().toImage().pixelColor(middle) != QColor(Qt::darkGreen));
    QCOMPARE(server.connections, 0);
    QVERIFY(m_opened.isEmpty());
    // The first click shows the picture here, the second one opens it outside.
    QTest::mouseClick(view, Qt::LeftButton, {}, middle);
    QTRY_VERIFY2(bubble().contains(u"300 × 200, "_s), qPrintable(bubble()));
    QCOMPARE(view->grab().toImage().pixelColor(middle), QColor(Qt::darkGreen));
    QCOMPARE(server.requests.size(), 1);
    QVERIFY(server.requests.first().values("cookie").isEmpty());
    QVERIFY(m_opened.isEmpty());
    QTest::mouseClick(view, Qt::LeftButton, {}, middle);
    QCOMPARE(m_opened, (QList{server.url(u"/parcel.png"_s)}));
    // Typing on shows nothing that was not looked at.
    fill(0, server.url(u"/other.png"_s).toString());
    QVERIFY(!bubble().contains(u"300 × 200"_s));
    QCOMPARE(server.requests.size(), 1);
    // By keyboard: the picture, then the button.
    view->setFocus(Qt::TabFocusReason);
    QTest::keyClick(view, Qt::Key_Tab);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(m_opened.value(1), QUrl(u"https://e.org/A-9"_s));
    // What is no web address is never opened.
    fill(0, u"file:///etc/passwd"_s);
    QTest::mouseClick(view, Qt::LeftButton, {}, middle);
    QCOMPARE(m_opened.size(), 2);
    QCOMPARE(server.requests.size(), 1);
}

void TestWindowTemplates::whatWhatsAppWouldNotTakeIsSaid_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const Script &script, const QString &words) {
        QTest::newRow(name) << script.bytes << words;
    };
    row("another format", Script::answer("200 OK", "GIF89a....", "Content-Type: image/gif\r\n"),
        u"image/gif: WhatsApp takes JPEG and PNG pictures"_s);
    row("a web page", Script::answer("200 OK", "<html>", "Content-Type: text/html\r\n"),
        u"text/html: WhatsApp takes JPEG and PNG"_s);
    row("damaged", Script::answer("200 OK", "\x89PNG\r\n\x1a\nxxxx", "Content-Type: image/png\r\n"),
        u"The picture is damaged"_s);
    row("gone", Script::answer("404 Not Found"), u"The server answers 404."_s);
    row("elsewhere", Script::answer("302 Found", {}, "Location: http://127.0.0.1:1/secret\r\n"),
        u"another address (302)"_s);
    row("far too large",
        {"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99000000\r\n\r\n"},
        u"Larger than 21.0 MB."_s);
}

void TestWindowTemplates::whatWhatsAppWouldNotTakeIsSaid()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, words);
    ScriptedServer server;
    server.willDo(Script::raw(answer, Script::End::KeepOpen));
    paste(sample());
    fill(0, server.url(u"/parcel"_s).toString());
    QTest::mouseClick(m_fixture->find<BubbleView>("bubbleView"), Qt::LeftButton, {}, {100, 90});
    QTRY_VERIFY2(bubble().contains(words), qPrintable(bubble()));
    QCOMPARE(server.requests.size(), 1);
}

void TestWindowTemplates::aSentRequestBecomesACard()
{
    auto &f = *m_fixture;
    const qsizetype sent = request().parameters().size();
    QVERIFY(sent > 1);
    const QString name = request().text(Field::Template);
    const QString value = request().parameters().last().value;
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    f.find<QTableView>("logView")->selectRow(0);
    f.type("templateEdit", u"something_else"_s);
    bool seen = false;
    f.whenDialogOpens<CardDialog>([&](CardDialog &dialog) {
        seen = true;
        QCOMPARE(child<QLineEdit>(dialog, "nameEdit")->text(), name);
        QTest::mouseClick(child<QPushButton>(dialog, "saveButton"), Qt::LeftButton);
    });
    f.find<QAction>("makeCardAction")->trigger();
    QTRY_VERIFY(seen);
    QTRY_VERIFY(note("cardNote").contains(name));
    QCOMPARE(request().text(Field::Template), u"something_else"_s); // the form is left alone
    QCOMPARE(f.find<QComboBox>("cardCombo")->count(), 2);
    QFile file(f.folder() + u"/templates/%1.json"_s.arg(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(value.toUtf8())); // values are about a person
    // Once more: there is one already.
    f.find<QAction>("makeCardAction")->trigger();
    QTRY_VERIFY(note("cardNote").contains(u"already"_s));
    choose(1);
    QCOMPARE(request().text(Field::Template), name);
    QCOMPARE(f.window().findChildren<QLineEdit *>(QRegularExpression(u"^slotEdit"_s)).size(), sent);
}

void TestWindowTemplates::aCardIsEditedAndDeleted()
{
    auto &f = *m_fixture;
    paste(sample());
    fill(1, u"Ben"_s);
    f.whenDialogOpens<CardDialog>([](CardDialog &dialog) {
        auto *body = child<QPlainTextEdit>(dialog, "bodyEdit");
        body->setPlainText(u"Hey {{1}}!"_s);
        auto *buttons = child<QTableWidget>(dialog, "buttonTable");
        buttons->item(0, 1)->setText(u"Follow"_s);
        QTest::mouseClick(child<QPushButton>(dialog, "saveButton"), Qt::LeftButton);
    });
    f.find<QToolButton>("editCardButton")->click();
    QVERIFY(bubble().contains(u"Hey Ben!"_s));
    QVERIFY(bubble().contains(u"Button: Follow"_s));
    QCOMPARE(f.window().findChildren<QLineEdit *>(QRegularExpression(u"^slotEdit"_s)).size(), 4);
    QCOMPARE(QDir(f.folder() + "/templates"_L1).entryList(QDir::Files).size(), 1);

    f.whenDialogOpens<CardDialog>([&f](CardDialog &dialog) {
        f.whenDialogOpens<QMessageBox>([](QMessageBox &box) {
            for (QAbstractButton *button : box.buttons()) {
                if (box.buttonRole(button) == QMessageBox::DestructiveRole)
                    button->click();
            }
        });
        QTest::mouseClick(child<QPushButton>(dialog, "deleteButton"), Qt::LeftButton);
    });
    f.find<QToolButton>("editCardButton")->click();
    QCOMPARE(f.find<QComboBox>("cardCombo")->count(), 1);
    QVERIFY(QDir(f.folder() + "/templates"_L1).entryList(QDir::Files).isEmpty());
    QVERIFY(f.find<QTableView>("parameterTable")->isVisible());
}

void TestWindowTemplates::otherWordsReplaceACardOnlyAfterAYes()
{
    auto &f = *m_fixture;
    const auto answer = [&f](QMessageBox::ButtonRole role) {
        f.whenDialogOpens<QMessageBox>([role](QMessageBox &box) {
            for (QAbstractButton *button : box.buttons()) {
                if (box.buttonRole(button) == role)
                    button->click();
            }
        });
    };
    paste(sample());
    QVERIFY(bubble().contains(u"is on its way"_s));
    // No: the dialog comes back.
    QGuiApplication::clipboard()->setText(u"Other words for {{1}}"_s);
    f.whenDialogOpens<CardDialog>([&](CardDialog &dialog) {
        QCOMPARE(child<QLineEdit>(dialog, "nameEdit")->text(), u"order_shipped"_s);
        f.whenDialogOpens<QMessageBox>([&](QMessageBox &box) {
            QVERIFY(box.text().contains(u"order_shipped"_s));
            f.whenDialogOpens<CardDialog>([](CardDialog &again) { again.reject(); });
            box.reject();
        });
        QTest::mouseClick(child<QPushButton>(dialog, "saveButton"), Qt::LeftButton);
    });
    f.find<QToolButton>("pasteCardButton")->click();
    QVERIFY(bubble().contains(u"is on its way"_s));
    // Yes: and the other language stays.
    paste("Other words for {{1}}", [&](CardDialog &) { answer(QMessageBox::AcceptRole); });
    QVERIFY(bubble().contains(u"Other words for"_s));
    QCOMPARE(f.find<QComboBox>("cardCombo")->currentText(), u"order_shipped (en, he)"_s);
    // A new one begins empty where the words are known already.
    f.whenDialogOpens<CardDialog>([](CardDialog &dialog) {
        QVERIFY(child<QLineEdit>(dialog, "nameEdit")->text().isEmpty());
        dialog.reject();
    });
    f.find<QToolButton>("newCardButton")->click();
}

void TestWindowTemplates::manyTemplatesAreKeptAtOnce()
{
    auto &f = *m_fixture;
    QGuiApplication::clipboard()->setText(
        u"[{\"name\":\"b\",\"language\":\"en\",\"components\":[{\"type\":\"BODY\",\"text\":\"x\"}]}"
        u","
        u"{\"name\":\"a\",\"language\":\"en\",\"components\":[{\"type\":\"BODY\",\"text\":\"y\"}]}]"_s);
    f.find<QToolButton>("pasteCardButton")->click();
    QCOMPARE(f.find<QComboBox>("cardCombo")->count(), 3);
    QVERIFY(note("cardNote").contains(u"2 template cards"_s));
    QCOMPARE(f.find<QComboBox>("cardCombo")->currentIndex(), 0);
}

void TestWindowTemplates::whatIsNoTemplateIsExplained()
{
    auto &f = *m_fixture;
    const auto said = [&](const QString &text) {
        QGuiApplication::clipboard()->setText(text);
        f.find<QToolButton>("pasteCardButton")->click();
        return note("cardNote");
    };
    QVERIFY(said(u"{\"a\":}"_s).contains(u"Line 1"_s));
    QVERIFY(said(u"{\"a\":1}"_s).contains(u"no template in it"_s));
    QVERIFY(said(u" "_s).contains(u"nothing to read"_s));
}

void TestWindowTemplates::smsHasNoTemplate()
{
    auto &f = *m_fixture;
    paste(sample());
    f.find<QComboBox>("channelCombo")->setCurrentText(u"sms"_s);
    QVERIFY(!slot(0)->isEnabled());
    QVERIFY(!f.find<QComboBox>("cardCombo")->isEnabled());
    QVERIFY(request().components() == nullptr);
    QVERIFY(bubble().contains(u"Choose a template card"_s));
    f.find<QComboBox>("channelCombo")->setCurrentText(u"whatsapp"_s);
    QVERIFY(slot(0)->isEnabled());
}

void TestWindowTemplates::templatesAreFetchedWithASignedToken()
{
    auto &f = *m_fixture;
    ScriptedServer server;
    QByteArray page = sample();
    server.willDo(Script::answer("200 OK", page.replace("\"data\"", "\"templates\"")));
    const QByteArray key = privateKey();
    f.whenDialogOpens<FetchDialog>([&](FetchDialog &dialog) {
        QTest::keyClicks(child<QLineEdit>(dialog, "wabaEdit"), u"4711"_s);
        QTest::keyClicks(child<QLineEdit>(dialog, "applicationEdit"), u"my-app"_s);
        child<QLineEdit>(dialog, "serverEdit")->setText(server.url({}).toString());
        const auto *message = child<QLabel>(dialog, "messageLabel");
        QTest::mouseClick(child<QPushButton>(dialog, "fetchButton"), Qt::LeftButton);
        QTRY_VERIFY(message->text().contains(u"private key first"_s));
        QGuiApplication::clipboard()->setText(u"not a key"_s);
        QTest::mouseClick(child<QPushButton>(dialog, "pasteKeyButton"), Qt::LeftButton);
        QVERIFY(message->text().contains(u"BEGIN PRIVATE KEY"_s));
        QGuiApplication::clipboard()->setText(QString::fromLatin1(key));
        QTest::mouseClick(child<QPushButton>(dialog, "pasteKeyButton"), Qt::LeftButton);
        QTRY_COMPARE(child<QLabel>(dialog, "keyLabel")->text(), u"in keychain"_s);
        QTest::mouseClick(child<QPushButton>(dialog, "fetchButton"), Qt::LeftButton);
        QTRY_VERIFY(!dialog.isVisible());
    });
    f.find<QToolButton>("fetchCardButton")->click();
    QCOMPARE(f.find<QComboBox>("cardCombo")->count(), 2);
    QCOMPARE(server.requests.size(), 1);
    const QByteArray token = server.requests.first().values("authorization").value(0);
    QVERIFY(token.startsWith("Bearer ey"));
    QCOMPARE(token.count('.'), 2);
    // The key is in no file of ours.
    const QByteArray secret = key.mid(100, 40);
    for (const QString &path : {u"/templatesource.json"_s, u"/templates/order_shipped.json"_s}) {
        QFile file(f.folder() + path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(!bytes.contains(secret) && !bytes.contains("PRIVATE"));
    }
    // The next time it is there.
    server.willDo(Script::answer("200 OK", R"({"templates":[]})"));
    f.whenDialogOpens<FetchDialog>([&](FetchDialog &dialog) {
        QTRY_COMPARE(child<QLabel>(dialog, "keyLabel")->text(), u"in keychain"_s);
        QCOMPARE(child<QLineEdit>(dialog, "wabaEdit")->text(), u"4711"_s);
        QTest::mouseClick(child<QPushButton>(dialog, "fetchButton"), Qt::LeftButton);
        QTRY_VERIFY(child<QLabel>(dialog, "messageLabel")->text().contains(u"no templates"_s));
        QTest::mouseClick(child<QPushButton>(dialog, "forgetKeyButton"), Qt::LeftButton);
        QTRY_COMPARE(child<QLabel>(dialog, "keyLabel")->text(), u"missing"_s);
        dialog.reject();
    });
    f.find<QToolButton>("fetchCardButton")->click();
    QCOMPARE(server.requests.size(), 2);
}

void TestWindowTemplates::refusedFetchesAreExplained()
{
    auto &f = *m_fixture;
    ScriptedServer server;
    server.willDo(Script::answer("401 Unauthorized", R"({"detail":"bad token"})"));
    server.willDo(Script::answer("404 Not Found"));
    server.willDo(Script::answer("429 Too Many Requests", "{}", "Retry-After: 3\r\n"));
    const QByteArray key = privateKey();
    f.whenDialogOpens<FetchDialog>([&](FetchDialog &dialog) {
        QTest::keyClicks(child<QLineEdit>(dialog, "wabaEdit"), u"1"_s);
        QTest::keyClicks(child<QLineEdit>(dialog, "applicationEdit"), u"app"_s);
        auto *serverEdit = child<QLineEdit>(dialog, "serverEdit");
        const auto *message = child<QLabel>(dialog, "messageLabel");
        auto *fetch = child<QPushButton>(dialog, "fetchButton");
        serverEdit->setText(u"https://example.org"_s);
        QTest::mouseClick(fetch, Qt::LeftButton);
        QVERIFY(message->text().contains(u"server of Vonage's"_s));
        serverEdit->setText(server.url({}).toString());
        child<QCheckBox>(dialog, "sessionCheck")->setChecked(true);
        QGuiApplication::clipboard()->setText(QString::fromLatin1(key));
        QTest::mouseClick(child<QPushButton>(dialog, "pasteKeyButton"), Qt::LeftButton);
        QTRY_COMPARE(child<QLabel>(dialog, "keyLabel")->text(), u"this session only"_s);
        for (const QString &words : {u"(401)"_s, u"(404)"_s, u"again in 3 s"_s}) {
            QTest::mouseClick(fetch, Qt::LeftButton);
            QTRY_VERIFY2(message->text().contains(words), qPrintable(message->text()));
        }
        dialog.reject();
    });
    f.find<QToolButton>("fetchCardButton")->click();
    QCOMPARE(server.requests.size(), 3);
}

void TestWindowTemplates::everyControlOfTheDialogsHasAName()
{
    auto &f = *m_fixture;
    const auto check = [](const QDialog &dialog) {
        for (const QWidget *widget : dialog.findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
                || widget->objectName().startsWith(u"qt_"_s))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool named = !widget->accessibleName().isEmpty()
                || (button != nullptr && !button->text().isEmpty())
                || qobject_cast<const QLabel *>(widget) != nullptr
                || qobject_cast<const QHeaderView *>(widget) != nullptr;
            QVERIFY2(named, qPrintable(widget->objectName()));
        }
    };
    f.whenDialogOpens<CardDialog>([&](CardDialog &dialog) {
        check(dialog);
        dialog.reject();
    });
    f.find<QToolButton>("newCardButton")->click();
    f.whenDialogOpens<FetchDialog>([&](FetchDialog &dialog) {
        check(dialog);
        dialog.reject();
    });
    f.find<QToolButton>("fetchCardButton")->click();
}

QTEST_MAIN(TestWindowTemplates)
#include "tst_windowtemplates.moc"
