#include "gui/windowfixture.h"

#include "app/translations.h"
#include "core/outboundrequest.h"
#include "guide/guidedesk.h"
#include "guide/helpdesk.h"
#include "guide/helptopics.h"
#include "guide/manualpages.h"
#include "guide/manualview.h"
#include "guide/manualwindow.h"
#include "listen/sandboxrecipients.h"
#include "ui/keydialog.h"

#include <QContextMenuEvent>
#include <QFile>
#include <QImage>
#include <QListWidget>
#include <QMenu>
#include <QRegularExpression>
#include <QTextDocument>
#include <QToolButton>
#include <QWhatsThisClickedEvent>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// The manual and "What's this?", through the real window.
class TestManual : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void everyPageIsInTheContents();
    void everyLinkAndPictureIsThere();
    void officialPagesAreTheProviders();
    void everySpecialRecipientIsInIt();
    void everyFieldHasItsHelp();
    void everyHelpLeadsToAPlaceThatIsThere();
    void f1OpensThePageOfTheFocus_data();
    void f1OpensThePageOfTheFocus();
    void f1WorksInDialogs();
    void wordsAreFoundInAllPages();
    void aPageIsSearched();
    void oneGoesBackAndForward();
    void otherAddressesAreOpenedOutsideAndOnlyByAClick();
    void aFieldSaysWhatItIs();
    void aFieldsMenuOffersItsHelp();
    void tablesAndPicturesAreShown();

private:
    [[nodiscard]] ManualWindow *manual()
    {
        return m_window->window().findChild<ManualWindow *>(u"ManualWindow"_s);
    }
    [[nodiscard]] HelpDesk &help() { return m_window->window().guide().help(); }

    std::unique_ptr<WindowFixture> m_window;
};

namespace {

QStringList filesOf(const QString &ending)
{
    QStringList names = QDir(u":/icebreaker/manual"_s).entryList({u"*."_s + ending});
    names.replaceInStrings(u'.' + ending, QString());
    return names;
}

bool isPlace(const QString &place)
{
    const QString page = place.section(u'#', 0, 0);
    const QString text = ManualPages::markdown(page);
    if (text.isEmpty())
        return false;
    if (!place.contains(u'#'))
        return true;
    for (const QString &line : text.split(u'\n')) {
        static const QRegularExpression marks(u"^#+ "_s);
        if (line.startsWith(u'#')
            && headingAnchor(QString(line).remove(marks)) == place.section(u'#', 1))
            return true;
    }
    return false;
}

QStringList targetsOf(const QString &page, bool pictures)
{
    static const QRegularExpression link(u"(!?)\\[[^\\]]*\\]\\(([^)]*)\\)"_s);
    QStringList targets;
    auto matches = link.globalMatch(ManualPages::markdown(page));
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (match.captured(1).isEmpty() != pictures)
            targets.append(match.captured(2));
    }
    return targets;
}

} // namespace

void TestManual::init()
{
    m_window = std::make_unique<WindowFixture>();
    QVERIFY(m_window->start());
}

void TestManual::cleanup()
{
    m_window.reset();
}

void TestManual::everyPageIsInTheContents()
{
    const ManualPages pages;
    QStringList listed{u"contents"_s};
    for (const ManualPage &page : pages.pages()) {
        listed.append(page.name);
        QVERIFY2(!page.section.isEmpty(), qPrintable(page.name));
        const QString text = ManualPages::markdown(page.name);
        QVERIFY2(text.startsWith(u"# "_s + page.title + u'\n'), qPrintable(page.name));
    }
    listed.sort();
    QStringList files = filesOf(u"md"_s);
    files.sort();
    QCOMPARE(listed, files);
    QVERIFY(files.size() >= 20);
}

void TestManual::everyLinkAndPictureIsThere()
{
    QSet<QString> used;
    const QStringList pages = filesOf(u"md"_s);
    for (const QString &page : pages) {
        const QStringList links = targetsOf(page, false);
        for (QString link : links) {
            if (link.startsWith(u"https://"_s))
                continue;
            if (link.startsWith(u'#'))
                link.prepend(page + u".md"_s);
            QVERIFY2(link.contains(u".md"_s), qPrintable(page + u": "_s + link));
            QVERIFY2(isPlace(link.remove(u".md"_s)), qPrintable(page + u": "_s + link));
        }
        const QStringList pictures = targetsOf(page, true);
        for (const QString &picture : pictures) {
            const QFileInfo file(u":/icebreaker/manual/"_s + picture);
            QVERIFY2(file.exists(), qPrintable(page + u": "_s + picture));
            QVERIFY2(file.size() < 80 * 1024, qPrintable(picture));
            QVERIFY2(!QImage(file.filePath()).isNull(), qPrintable(picture));
            used.insert(file.completeBaseName());
        }
    }
    const QStringList pictures = filesOf(u"png"_s);
    QCOMPARE(used, QSet<QString>(pictures.begin(), pictures.end()));
}

void TestManual::officialPagesAreTheProviders()
{
    QStringList addresses;
    const QStringList pages = filesOf(u"md"_s);
    for (const QString &page : pages)
        addresses += targetsOf(page, false).filter(u"https://"_s);
    for (const FieldHelp &each : fieldHelps()) {
        if (!each.official.isEmpty())
            addresses.append(each.official);
    }
    QVERIFY(addresses.size() > 5);
    for (const QString &address : std::as_const(addresses)) {
        const QString host = QUrl(address).host();
        QVERIFY2(host == u"studio.docs.ai.vonage.com"_s || host == u"developer.vonage.com"_s,
                 qPrintable(address));
    }
}

void TestManual::everySpecialRecipientIsInIt()
{
    const QString page = ManualPages::markdown(u"sandbox"_s).remove(u' ');
    for (const SpecialRecipient &each : specialRecipients())
        QVERIFY2(page.contains(u'+' + each.number), qPrintable(each.number));
    static const QRegularExpression number(u"\\+44\\d{10}"_s);
    qsizetype listed = 0;
    auto matches = number.globalMatch(page);
    for (; matches.hasNext(); matches.next())
        ++listed;
    QCOMPARE(listed, specialRecipients().size()); // and no other
}

void TestManual::everyFieldHasItsHelp()
{
    const QString fields = ManualPages::markdown(u"sending"_s);
    for (const Field field :
         {Field::Namespace, Field::Template, Field::Locale, Field::To, Field::AgentId,
          Field::Channel, Field::StatusUrl, Field::Components, Field::SessionParameters}) {
        const QString name = memberName(field);
        QVERIFY2(fields.contains(u'`' + name + u'`'), qPrintable(name));
        const bool isHelped =
            std::any_of(fieldHelps().begin(), fieldHelps().end(), [&name](const FieldHelp &each) {
                return each.apiName == name && each.widget.startsWith(u"ComposerPage."_s);
            });
        QVERIFY2(isHelped, qPrintable(name));
    }
    auto *form = m_window->find<QWidget>("form");
    int labelled = 0;
    const auto labels = form->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        const QWidget *buddy = label->buddy();
        if (buddy == nullptr || buddy->isHidden()
            || label->parentWidget() != form) // those of a card's own fields
            continue;
        const QWidget *field = buddy->objectName() == u"cardChooser"_s
            ? buddy->findChild<QWidget *>(u"cardCombo"_s)
            : buddy;
        QVERIFY2(fieldHelp(*field) != nullptr, qPrintable(field->objectName()));
        QVERIFY2(!field->whatsThis().isEmpty(), qPrintable(field->objectName()));
        ++labelled;
    }
    QVERIFY(labelled >= 9);
    for (const char *name : {"profileCombo", "regionCombo", "keyButton", "filterEdit"})
        QVERIFY2(!m_window->find<QWidget>(name)->whatsThis().isEmpty(), name);
}

void TestManual::everyHelpLeadsToAPlaceThatIsThere()
{
    for (const FieldHelp &each : fieldHelps()) {
        QVERIFY2(isPlace(each.place), qPrintable(each.widget + u": "_s + each.place));
        QVERIFY(!each.text.isEmpty() && !each.title.isEmpty());
    }
    const auto widgets = m_window->window().findChildren<QWidget *>();
    for (const QWidget *widget : widgets)
        QVERIFY2(isPlace(manualPlaceOf(widget)), qPrintable(manualPlaceOf(widget)));
}

void TestManual::f1OpensThePageOfTheFocus_data()
{
    QTest::addColumn<QByteArray>("widget");
    QTest::addColumn<QString>("page");
    QTest::newRow("agent") << QByteArray("agentEdit") << u"glossary"_s;
    QTest::newRow("number") << QByteArray("toEdit") << u"numbers"_s;
    QTest::newRow("status URL") << QByteArray("statusUrlEdit") << u"status"_s;
    QTest::newRow("parameters") << QByteArray("parameterTable") << u"templates"_s;
    QTest::newRow("log") << QByteArray("logView") << u"log"_s;
    QTest::newRow("filter") << QByteArray("filterEdit") << u"log"_s;
    QTest::newRow("key") << QByteArray("keyButton") << u"keys"_s;
    QTest::newRow("Send") << QByteArray("sendButton") << u"sending"_s;
    QTest::newRow("Explain") << QByteArray("explainView") << u"explain"_s;
}

void TestManual::f1OpensThePageOfTheFocus()
{
    QFETCH(const QByteArray, widget);
    QFETCH(const QString, page);
    auto *focus = m_window->find<QWidget>(widget.constData());
    focus->setFocus();
    QTest::keyClick(focus, Qt::Key_F1);
    QTRY_VERIFY(manual() != nullptr);
    QVERIFY(manual()->isVisible());
    QCOMPARE(manual()->view().page(), page);
    auto *list = manual()->findChild<QListWidget *>(u"manualList"_s);
    QCOMPARE(list->currentItem()->data(Qt::UserRole).toString(), page);
    QTest::keyClick(manual(), Qt::Key_Escape);
    QTRY_VERIFY(manual() == nullptr);
}

void TestManual::f1WorksInDialogs()
{
    QString page;
    bool isUsable = false;
    m_window->whenDialogOpens<KeyDialog>([&](KeyDialog &dialog) {
        auto *edit = dialog.findChild<QLineEdit *>(u"keyEdit"_s);
        edit->setFocus();
        QVERIFY(!edit->whatsThis().isEmpty());
        QTest::keyClick(edit, Qt::Key_F1);
        if (auto *shown = dialog.findChild<ManualWindow *>()) {
            page = shown->view().page();
            // A modal dialog locks other windows, but not its own.
            isUsable = QApplication::activeModalWidget() == &dialog && shown->isEnabled()
                && shown->parentWidget() == &dialog;
            shown->close();
        }
        dialog.reject();
    });
    m_window->find<QAction>("keyAction")->trigger();
    QCOMPARE(page, u"keys"_s);
    QVERIFY(isUsable);
}

void TestManual::wordsAreFoundInAllPages()
{
    help().openManual(u"first-steps"_s);
    auto *search = manual()->findChild<QLineEdit *>(u"manualSearch"_s);
    auto *list = manual()->findChild<QListWidget *>(u"manualList"_s);
    QTest::keyClicks(search, u"unknown never sent again"_s);
    QVERIFY(list->count() > 0);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(!manual()->view().extraSelections().isEmpty());
    search->clear();
    QTest::keyClicks(search, u"HIGHER limit"_s);
    QCOMPARE(list->item(0)->data(Qt::UserRole).toString(),
             u"limits#ask-for-a-higher-limit"_s); // what has them in its heading comes first
    QVERIFY(list->item(0)->text().contains(u'\n')); // with its context
    search->setText(u"xyzzy"_s);
    QCOMPARE(list->count(), 1);
    QVERIFY(list->item(0)->flags() == Qt::NoItemFlags);
    search->clear();
    QVERIFY(list->count() > 20);
    QVERIFY(manual()->view().extraSelections().isEmpty());
}

void TestManual::aPageIsSearched()
{
    help().openManual(u"limits"_s);
    QApplication::setActiveWindow(manual());
    QTest::keyClick(manual(), Qt::Key_F, Qt::ControlModifier);
    auto *find = manual()->findChild<QLineEdit *>(u"manualFind"_s);
    QTRY_VERIFY(find->hasFocus());
    QTest::keyClicks(find, u"429"_s);
    const auto places = manual()->view().extraSelections().size();
    QVERIFY(places > 2);
    QCOMPARE(manual()->findChild<QLabel *>(u"manualNote"_s)->text(), u"%1 places"_s.arg(places));
    QTest::keyClick(find, Qt::Key_Return);
    const int first = manual()->view().textCursor().position();
    QTest::keyClick(manual(), Qt::Key_F3);
    QVERIFY(manual()->view().textCursor().position() > first);
    QTest::keyClick(manual(), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(manual()->view().textCursor().position(), first);
}

void TestManual::oneGoesBackAndForward()
{
    help().openManual(u"limits"_s);
    QApplication::setActiveWindow(manual());
    ManualView &view = manual()->view();
    auto *back = manual()->findChild<QToolButton *>(u"manualBack"_s);
    QVERIFY(!back->isEnabled());
    emit view.anchorClicked(QUrl(u"outcomes.md#unknown"_s));
    QCOMPARE(view.page(), u"outcomes"_s);
    QCOMPARE(view.textCursor().block().text(), u"Unknown"_s);
    QVERIFY(back->isEnabled());
    back->click();
    QCOMPARE(view.page(), u"limits"_s);
    QTest::keyClick(manual(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(view.page(), u"outcomes"_s);
}

void TestManual::otherAddressesAreOpenedOutsideAndOnlyByAClick()
{
    QList<QUrl> opened;
    help().setOpener([&opened](const QUrl &url) { opened.append(url); });
    help().openManual(u"glossary#agent-id"_s);
    ManualView &view = manual()->view();
    QVERIFY(view.toPlainText().contains(u"outbound WhatsApp agents"_s));
    QVERIFY(opened.isEmpty());
    const QUrl official(u"https://studio.docs.ai.vonage.com/properties-1/parameters"_s);
    emit view.anchorClicked(official);
    QCOMPARE(opened, QList<QUrl>{official});
    QCOMPARE(view.page(), u"glossary"_s);
}

void TestManual::aFieldSaysWhatItIs()
{
    auto *agent = m_window->find<QLineEdit>("agentEdit");
    QVERIFY(agent->whatsThis().contains(u"agent_id"_s));
    agent->setFocus();
    m_window->find<QAction>("whatsThisAction")->trigger();
    const auto widgets = QApplication::topLevelWidgets();
    auto *bubble = std::find_if(widgets.begin(), widgets.end(),
                                [](const QWidget *each) {
                                    return each->inherits("QWhatsThat") && each->isVisible();
                                })
            != widgets.end()
        ? agent
        : nullptr;
    QVERIFY(bubble != nullptr);
    QList<QUrl> opened;
    help().setOpener([&opened](const QUrl &url) { opened.append(url); });
    QWhatsThisClickedEvent documentation(u"manual:glossary#agent-id"_s);
    QVERIFY(QCoreApplication::sendEvent(agent, &documentation));
    QTRY_VERIFY(manual() != nullptr);
    QCOMPARE(manual()->view().page(), u"glossary"_s);
    QVERIFY(opened.isEmpty());
    QWhatsThisClickedEvent official(fieldHelp(*agent)->official);
    QCoreApplication::sendEvent(agent, &official);
    QCOMPARE(opened.size(), 1);
}

void TestManual::aFieldsMenuOffersItsHelp()
{
    auto *to = m_window->find<QLineEdit>("toEdit");
    QContextMenuEvent ask(QContextMenuEvent::Keyboard, QPoint(4, 4), to->mapToGlobal(QPoint(4, 4)));
    QCoreApplication::sendEvent(to, &ask);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QVERIFY(menu->actions().size() > 4); // beside those that a line has
    const auto actions = menu->actions();
    for (QAction *action : actions) {
        if (action->objectName() == u"fieldDocumentationAction"_s)
            action->trigger();
    }
    menu->close();
    QTRY_VERIFY(manual() != nullptr);
    QCOMPARE(manual()->view().page(), u"numbers"_s);
}

void TestManual::tablesAndPicturesAreShown()
{
    help().openManual(u"first-steps"_s);
    const ManualView &view = manual()->view();
    int pictures = 0;
    for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            if (!it.fragment().charFormat().isImageFormat())
                continue;
            const QUrl url(it.fragment().charFormat().toImageFormat().name());
            const QVariant data = view.document()->resource(QTextDocument::ImageResource,
                                                            view.source().resolved(url));
            QVERIFY2(data.isValid() && !data.isNull(), qPrintable(url.toString()));
            ++pictures;
        }
    }
    QVERIFY(pictures > 0);
    help().openManual(u"window"_s);
    QVERIFY(view.toPlainText().contains(u"Status bar"_s));
    QVERIFY(!view.toPlainText().contains(u'|')); // a table, not its Markdown
}

QTEST_MAIN(TestManual)
#include "tst_manual.moc"
