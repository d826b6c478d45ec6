#include "gui/windowfixture.h"

#include "app/translations.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "store/profiles.h"
#include "support/deliverysamples.h"
#include "ui/comparedialog.h"
#include "ui/inboxdialog.h"
#include "ui/keydialog.h"
#include "ui/logpanel.h"

#include <QCheckBox>
#include <QClipboard>
#include <QListWidget>
#include <QMenu>
#include <QStatusBar>
#include <QTabWidget>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray bodyWith(const QByteArray &locale, const QByteArray &sendId)
{
    return R"({"components":[{"type":"body","parameters":[{"type":"text","text":"<b>Ana</b>"}]}],)"
           R"("namespace":"n","template":"order","locale":")"
        + locale + R"(","to":"447900000001","agent_id":"a1","channel":"whatsapp",)"
        + R"("status_url":"http://127.0.0.1:1/s/)" + sendId + R"("})";
}

} // namespace

/// The Explain tab and comparisons, through the real window.
class TestExplain : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup() { m_fixture.reset(); }

    void fiveAnswersComeFirst();
    void theTextFollowsWhatIsHeard();
    void aCodeOutsideTheCatalogueIsShownAsItCame();
    void whatCameFromOutsideIsNoMarkup();
    void anUnknownOutcomeIsNotOfferedAgain();
    void anotherSendsButtonsAreGoneAtOnce();
    void sourcesAreThereAtAClick();
    void theButtonsLeadWhereTheySay();
    void aButtonForAnotherProfileSaysSo();
    void theSandboxHasNoButtonsForVonage();
    void allLikeThisFiltersTheLog();
    void theTicketIsCopied();
    void aNoteIsKeptAndShownWithItsEntry();
    void aDamagedFileOfNotesIsToldAndKept();
    void theLastGoodSendIsOneClickAway();
    void withoutAGoodSendThatIsSaid();
    void anyTwoSendsAreCompared();
    void whatDiffersEveryTimeCanBeLookedAt();

private:
    /// Records a send and what was heard of it, and selects it.
    QString addSend(Outcome outcome, int status, const QByteArray &answer = "{}",
                    const QByteArray &locale = "es", const QString &region = u"eu"_s,
                    const QString &profile = u"Shop"_s);
    void hear(const QString &sendId, const QByteArray &json);
    [[nodiscard]] QString explanation() { return m_fixture->explanation(); }
    [[nodiscard]] QStringList actions();
    void choose(const QString &action);
    [[nodiscard]] CompareDialog *dialog()
    {
        return m_fixture->window().findChild<CompareDialog *>();
    }
    template <typename T>
    [[nodiscard]] T *inDialog(const char *name)
    {
        auto *widget = dialog()->findChild<T *>(QLatin1String(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestExplain::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    Profile profile;
    profile.id = u"0d8f7b0e-1111-4222-8333-444444444444"_s;
    profile.name = u"Shop"_s;
    profile.region = Region::Eu;
    QVERIFY(QDir().mkpath(m_fixture->folder()));
    QVERIFY(saveProfiles(m_fixture->folder(), {profile, builtInProfile()}));
    QVERIFY(m_fixture->start());
}

QString TestExplain::addSend(Outcome outcome, int status, const QByteArray &answer,
                             const QByteArray &locale, const QString &region,
                             const QString &profile)
{
    Claim claim = sampleClaim();
    claim.claimedAt = QDateTime::currentDateTimeUtc();
    claim.profile = profile;
    claim.region = region;
    claim.templateName = u"order"_s;
    claim.locale = QString::fromLatin1(locale);
    claim.body = bodyWith(locale, claim.sendId.toLatin1());
    SendReport report = sampleReport(outcome, status);
    report.answer.body = answer;
    const qint64 row = recordSend(m_fixture->bench().journal(), claim, report);
    if (row <= 0)
        qFatal("not recorded");
    const int rows = int(row);
    (void)QTest::qWaitFor([&] { return m_fixture->log().rowCount() == rows; });
    m_fixture->find<QTableView>("logView")->selectRow(0);
    (void)QTest::qWaitFor([&] { return !m_fixture->find<QPushButton>("moreButton")->isHidden(); });
    return claim.sendId;
}

void TestExplain::hear(const QString &sendId, const QByteArray &json)
{
    StatusEvent event = parseStatusEvent(json);
    event.sendId = sendId;
    event.arrivedAt = QDateTime::currentDateTimeUtc();
    Deliveries deliveries(m_fixture->bench().journal());
    QCOMPARE(resultOf(deliveries.take(event, EventSource::Listener)).value(), EventMatch::Path);
}

QStringList TestExplain::actions()
{
    QStringList texts;
    for (const char *name : {"firstButton", "secondButton"}) {
        auto *button = m_fixture->find<QPushButton>(name);
        if (!button->isHidden())
            texts.append(button->toolTip());
    }
    for (const QAction *action : m_fixture->find<QPushButton>("moreButton")->menu()->actions())
        texts.append(action->text().remove(u'&'));
    return texts;
}

void TestExplain::choose(const QString &action)
{
    for (const char *name : {"firstButton", "secondButton"}) {
        auto *button = m_fixture->find<QPushButton>(name);
        if (!button->isHidden() && button->toolTip() == action) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    for (QAction *each : m_fixture->find<QPushButton>("moreButton")->menu()->actions()) {
        if (each->text().remove(u'&') == action)
            return each->trigger();
    }
    qFatal("no %s", qPrintable(action));
}

void TestExplain::fiveAnswersComeFirst()
{
    auto &f = *m_fixture;
    QCOMPARE(f.find<QTabWidget>("tabs")->tabText(0), u"Explain"_s);
    QVERIFY(explanation().contains(u"Select a send"_s));
    QVERIFY(f.find<QPushButton>("moreButton")->isHidden());
    addSend(Outcome::Refused, 401, R"({"message":"no such key"})");
    QTRY_VERIFY(explanation().startsWith(u"401: the API key was not accepted"_s));
    int before = -1;
    for (const char *label : {"What it means", "Did it reach the recipient?",
                              "Is it safe to send again?", "Whose move is it?", "Next step"}) {
        const auto at = explanation().indexOf(QString::fromLatin1(label));
        QVERIFY2(at > before, label);
        before = int(at);
    }
    QVERIFY(explanation().contains(u"✘"_s)); // not by colour alone
    QVERIFY(explanation().contains(u"no such key"_s));
    QVERIFY(f.find<QPushButton>("againButton")->isHidden());
    QCOMPARE(f.find<QPushButton>("firstButton")->text(), u"Enter the &key…"_s);
}

void TestExplain::theTextFollowsWhatIsHeard()
{
    const QString id = addSend(Outcome::Accepted, 200);
    QTRY_VERIFY(explanation().startsWith(u"Accepted, and no delivery status so far"_s));
    hear(id, R"({"status":"submitted"})");
    QTRY_VERIFY(explanation().startsWith(u"Handed to WhatsApp"_s));
    hear(id, R"({"status":"rejected","error":{"type":"x#1030","detail":"(#131026) no"}})");
    QTRY_VERIFY2(explanation().startsWith(u"Meta 131026: The message cannot be delivered"_s),
                 qPrintable(explanation()));
    QVERIFY(explanation().contains(u"(#131026) no"_s));
    QVERIFY(explanation().contains(u"Vonage 1030: Internal error"_s));
}

void TestExplain::aCodeOutsideTheCatalogueIsShownAsItCame()
{
    const QString id = addSend(Outcome::Accepted, 200);
    hear(id, R"({"status":"rejected","error":{"title":"9876","detail":"Brand new"}})");
    QTRY_VERIFY(explanation().contains(u"Vonage’s code 9876 is not in the catalogue."_s));
    QVERIFY(explanation().contains(u"Brand new"_s));
}

// Break it by leaving toHtmlEscaped() out of quoteOf() in explainhtml.cpp.
void TestExplain::whatCameFromOutsideIsNoMarkup()
{
    addSend(Outcome::Refused, 422, R"({"message":"<h1>Big</h1><img src='x'>"})");
    QTRY_VERIFY(explanation().contains(u"<h1>Big</h1><img src='x'>"_s));
}

void TestExplain::anUnknownOutcomeIsNotOfferedAgain()
{
    addSend(Outcome::Unknown, 500);
    QTRY_VERIFY(explanation().startsWith(u"500: the server failed by itself"_s));
    QVERIFY(explanation().contains(u"Cannot be known"_s));
    QVERIFY(explanation().contains(u"before you decide to send again"_s));
    QVERIFY(m_fixture->find<QPushButton>("againButton")->isHidden());
    QVERIFY(!explanation().contains(u"Nothing reached"_s));
}

// Break it by leaving set(std::nullopt, {}) out of SendFollower::follow().
void TestExplain::anotherSendsButtonsAreGoneAtOnce()
{
    auto *view = m_fixture->find<QTableView>("logView");
    auto *again = m_fixture->find<QPushButton>("againButton");
    addSend(Outcome::Unknown, 500);
    addSend(Outcome::NotSent, 0);
    QTRY_VERIFY(!again->isHidden());
    view->selectRow(1);
    QVERIFY(again->isHidden()); // before the journal has answered
    QVERIFY(m_fixture->find<QPushButton>("moreButton")->isHidden());
    QCOMPARE(explanation(), QString());
    QTRY_VERIFY(explanation().startsWith(u"500: the server failed by itself"_s));
    QVERIFY(again->isHidden());
}

void TestExplain::sourcesAreThereAtAClick()
{
    addSend(Outcome::Refused, 401);
    QTRY_VERIFY(explanation().contains(u"Sources, and how sure they are"_s));
    QVERIFY(!explanation().contains(u"Inferred"_s));
    auto *view = m_fixture->find<QTextBrowser>("explainView");
    emit view->anchorClicked(QUrl(u"icebreaker:sources"_s));
    QVERIFY(explanation().contains(u"Inferred, not stated anywhere: AI Studio documentation"_s));
    QVERIFY(explanation().contains(u"https://studio.docs.ai.vonage.com/"_s));
    emit view->anchorClicked(QUrl(u"icebreaker:sources"_s));
    QVERIFY(!explanation().contains(u"Inferred"_s));
}

void TestExplain::theButtonsLeadWhereTheySay()
{
    auto &f = *m_fixture;
    addSend(Outcome::Refused, 401);
    QTRY_VERIFY(actions().contains(u"Enter the key…"_s));
    bool opened = false;
    f.whenDialogOpens<KeyDialog>([&opened](KeyDialog &dialog) {
        opened = true;
        dialog.reject();
    });
    choose(u"Enter the key…"_s);
    QVERIFY(opened);

    const QString id = addSend(Outcome::Accepted, 200);
    QTRY_VERIFY(actions().contains(u"Status inbox…"_s));
    QVERIFY(actions().contains(u"Conversation"_s));
    choose(u"Conversation"_s);
    auto *tabs = f.find<QTabWidget>("tabs");
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"Conversation"_s);
    opened = false;
    f.whenDialogOpens<InboxDialog>([&opened](InboxDialog &dialog) {
        opened = true;
        dialog.reject();
    });
    choose(u"Status inbox…"_s);
    QTRY_VERIFY(opened || f.window().findChild<InboxDialog *>() != nullptr);

    hear(id, R"({"status":"rejected","error":{"title":"1022"}})");
    QTRY_VERIFY(actions().contains(u"Message page"_s));
    auto *pages = f.find<QTabWidget>("pages");
    pages->setCurrentIndex(2);
    choose(u"Message page"_s);
    QCOMPARE(pages->currentIndex(), 0);
}

void TestExplain::aButtonForAnotherProfileSaysSo()
{
    addSend(Outcome::Refused, 401, "{}", "es", u"eu"_s, u"Another"_s);
    QTRY_VERIFY(actions().contains(u"Enter the key…"_s));
    choose(u"Enter the key…"_s);
    QVERIFY(m_fixture->text("bannerLabel").contains(u"“Another”"_s));
}

void TestExplain::theSandboxHasNoButtonsForVonage()
{
    addSend(Outcome::RateLimited, 429, "{}", "es", u"sandbox"_s);
    QTRY_VERIFY(!m_fixture->find<QPushButton>("againButton")->isHidden());
    QVERIFY(!actions().contains(u"Ask Vonage for a higher limit…"_s));
    addSend(Outcome::RateLimited, 429);
    QTRY_VERIFY(actions().contains(u"Ask Vonage for a higher limit…"_s));
}

void TestExplain::allLikeThisFiltersTheLog()
{
    auto &f = *m_fixture;
    addSend(Outcome::Accepted, 200);
    addSend(Outcome::Refused, 422);
    addSend(Outcome::Accepted, 200);
    addSend(Outcome::Refused, 422);
    QTRY_VERIFY(explanation().startsWith(u"422"_s));
    choose(u"All like this"_s);
    QTRY_COMPARE(f.log().rowCount(), 2);
    QCOMPARE(f.find<QLineEdit>("filterEdit")->text(), u"status:422 outcome:refused"_s);
}

void TestExplain::theTicketIsCopied()
{
    const QString id = addSend(Outcome::Refused, 422, R"({"message":"locale?"})");
    QTRY_VERIFY(explanation().startsWith(u"422"_s));
    choose(u"Copy for support"_s);
    QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(id));
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.contains(u"422"_s));
    QVERIFY(text.contains(u"locale?"_s));
    QVERIFY(text.contains(u"Next step"_s));
    // As everything that leaves: numbers can be told apart, but not dialled.
    QVERIFY(!text.contains(sampleClaim().to));
}

void TestExplain::aNoteIsKeptAndShownWithItsEntry()
{
    auto &f = *m_fixture;
    addSend(Outcome::Refused, 401);
    QTRY_VERIFY(explanation().startsWith(u"401"_s));
    choose(u"Your note…"_s);
    auto *edit = f.find<QPlainTextEdit>("noteEdit");
    QVERIFY(edit->isVisible());
    QTest::keyClicks(edit, u"Marta has the key <here>"_s);
    f.click("keepNoteButton");
    QVERIFY(!edit->isVisible());
    QVERIFY(explanation().contains(u"Marta has the key <here>"_s));
    addSend(Outcome::Refused, 422);
    QTRY_VERIFY(explanation().startsWith(u"422"_s));
    QVERIFY(!explanation().contains(u"Marta"_s));

    f.quit(); // and it is there the next time
    QVERIFY(f.start());
    QTRY_COMPARE(f.log().rowCount(), 2);
    f.find<QTableView>("logView")->selectRow(1);
    QTRY_VERIFY(explanation().contains(u"Marta has the key <here>"_s));
    choose(u"Your note…"_s);
    QCOMPARE(f.find<QPlainTextEdit>("noteEdit")->toPlainText(), u"Marta has the key <here>"_s);
    f.find<QPlainTextEdit>("noteEdit")->clear();
    f.click("keepNoteButton");
    QVERIFY(!explanation().contains(u"Marta"_s));
}

void TestExplain::aDamagedFileOfNotesIsToldAndKept()
{
    auto &f = *m_fixture;
    f.quit();
    QFile file(f.folder() + "/catalogue-notes.json"_L1);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"notes\":");
    file.close();
    QVERIFY(f.start());
    QVERIFY(f.text("bannerLabel").contains(u"Nothing is lost"_s));
    const QStringList kept = QDir(f.folder()).entryList({u"catalogue-notes-damaged-*"_s});
    QCOMPARE(kept.size(), 1);
    QVERIFY(f.text("bannerLabel").contains(kept.first()));
}

void TestExplain::theLastGoodSendIsOneClickAway()
{
    const QString good = addSend(Outcome::Accepted, 200, R"({"session_id":"s-1"})");
    hear(good, R"({"status":"delivered"})");
    addSend(Outcome::Accepted, 200); // newer, but nobody knows whether it was delivered
    addSend(Outcome::Refused, 422, R"({"message":"no such locale"})", "es_ES");
    QTRY_VERIFY(explanation().startsWith(u"422"_s));
    choose(u"Compare with the last good one"_s);
    QTRY_VERIFY(dialog() != nullptr);
    const auto *list = inDialog<QListWidget>("differencesView");
    QStringList said;
    for (int row = 0; row < list->count(); ++row)
        said.append(list->item(row)->text());
    QVERIFY2(said.contains(u"Locale: “es_ES” instead of “es”"_s), qPrintable(said.join(u'\n')));
    QVERIFY(said.contains(u"Result: “422 Refused” instead of “200 Accepted”"_s));
    QVERIFY(said.contains(u"Statuses: “none” instead of “delivered”"_s));
    const QString sides = inDialog<QTextBrowser>("compareView")->toPlainText();
    QVERIFY(sides.contains(u"≠"_s)); // not by colour alone
    QVERIFY(sides.contains(u"<b>Ana</b>"_s)); // text, not markup
    QVERIFY(inDialog<QTextBrowser>("compareView")->toHtml().contains(u"underline"_s));
    QTest::mouseClick(inDialog<QPushButton>("copyButton"), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"- Locale: “es_ES” instead of “es”"_s));
    QTest::mouseClick(inDialog<QPushButton>("exchangeButton"), Qt::LeftButton);
    QVERIFY(dialog()->text().contains(u"- Locale: “es” instead of “es_ES”"_s));
    QTest::mouseClick(inDialog<QPushButton>("closeButton"), Qt::LeftButton);
    QTRY_VERIFY(dialog() == nullptr);
}

void TestExplain::withoutAGoodSendThatIsSaid()
{
    addSend(Outcome::Refused, 422);
    QTRY_VERIFY(explanation().startsWith(u"422"_s));
    choose(u"Compare with the last good one"_s);
    QTRY_VERIFY(m_fixture->window().statusBar()->currentMessage().contains(
        u"No earlier send to the same template"_s));
    QVERIFY(dialog() == nullptr);
}

void TestExplain::anyTwoSendsAreCompared()
{
    auto &f = *m_fixture;
    auto *compare = f.find<QAction>("compareAction");
    auto *lastGood = f.find<QAction>("compareLastGoodAction");
    QVERIFY(!compare->isEnabled());
    QVERIFY(!lastGood->isEnabled());
    addSend(Outcome::Accepted, 200, "{}", "es");
    addSend(Outcome::Accepted, 200, "{}", "en");
    addSend(Outcome::Accepted, 200, "{}", "de");
    QVERIFY(!compare->isEnabled());
    QVERIFY(lastGood->isEnabled());
    auto *view = f.find<QTableView>("logView");
    QVERIFY(view->actions().contains(compare));
    view->selectionModel()->select(view->model()->index(2, 0),
                                   QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(compare->isEnabled());
    QVERIFY(!lastGood->isEnabled());
    compare->trigger();
    QTRY_VERIFY(dialog() != nullptr);
    QVERIFY(dialog()->text().contains(u"- Locale: “de” instead of “es”"_s)); // the newer first
    QTest::mouseClick(inDialog<QPushButton>("closeButton"), Qt::LeftButton);
    QTRY_VERIFY(dialog() == nullptr);
}

void TestExplain::whatDiffersEveryTimeCanBeLookedAt()
{
    auto &f = *m_fixture;
    addSend(Outcome::Accepted, 200);
    const QString id = addSend(Outcome::Accepted, 200);
    auto *view = f.find<QTableView>("logView");
    view->selectAll();
    f.find<QAction>("compareAction")->trigger();
    QTRY_VERIFY(dialog() != nullptr);
    QCOMPARE(inDialog<QLabel>("differencesLabel")->text(),
             u"Nothing differs but what is different every time."_s);
    const auto *sides = inDialog<QTextBrowser>("compareView");
    QVERIFY(!sides->toPlainText().contains(id));
    inDialog<QCheckBox>("volatileCheck")->click();
    QVERIFY(sides->toPlainText().contains(id));
    QVERIFY(sides->toPlainText().contains(u"~"_s));
    QVERIFY(sides->toPlainText().contains(u"Status URL"_s));
}

QTEST_MAIN(TestExplain)
#include "tst_explain.moc"
