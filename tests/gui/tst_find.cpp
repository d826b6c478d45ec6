#include "gui/windowfixture.h"

#include "app/translations.h"
#include "store/journal.h"
#include "support/storesamples.h"
#include "ui/deletedialog.h"
#include "ui/groupsdialog.h"
#include "ui/likethis.h"
#include "ui/loggroupmodel.h"
#include "ui/logmodel.h"
#include "ui/savedfiltersdialog.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QCompleter>
#include <QInputDialog>
#include <QMenu>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTableWidget>
#include <QToolButton>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Finding sends and deleting them, through the real window.
class TestFind : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void keysAndValuesAreCompleted();
    void chipsAreRemovedByMouseAndKeyboard();
    void nonsenseIsExplained_data();
    void nonsenseIsExplained();
    void filtersAreSavedRenamedAndDeleted();
    void groupsAreCountedAndShown();
    void everyCellFindsItsLike_data();
    void everyCellFindsItsLike();
    void cellsAreFollowedInTheLog();
    void whatTheFilterShowsIsDeleted();
    void whatAReaderHeldUpIsRewrittenLater();
    void nothingIsDeletedWithoutAYes();
    void oldHistoryIsNotKept();
    void anyTextIsFound();

private:
    void select(int row, int column);
    [[nodiscard]] QLineEdit *edit() { return m_window->find<QLineEdit>("filterEdit"); }
    [[nodiscard]] QAbstractItemView *popup() { return edit()->findChild<QCompleter *>()->popup(); }
    [[nodiscard]] QString note() { return m_window->text("filterNote"); }

    std::unique_ptr<WindowFixture> m_window;
};

namespace {

Claim claimAt(int secondsAgo, const QString &to)
{
    Claim claim = sampleClaim();
    claim.to = to;
    claim.claimedAt = QDateTime::currentDateTimeUtc().addSecs(-secondsAgo);
    return claim;
}

constexpr int Day = 86'400;

} // namespace

/// Newest first: rejected, limited, accepted (parcel), accepted.
void TestFind::init()
{
    m_window = std::make_unique<WindowFixture>();
    QVERIFY(m_window->start());
    Journal &journal = m_window->bench().journal();
    recordSend(journal, claimAt(50 * Day, u"447900000001"_s), sampleReport());
    Claim parcel = claimAt(20 * Day, u"447900000002"_s);
    parcel.templateName = u"parcel_on_its_way"_s;
    recordSend(journal, parcel, sampleReport());
    recordSend(journal, claimAt(2 * Day, u"447900000001"_s),
               sampleReport(Outcome::RateLimited, 429));
    const Claim rejected = claimAt(3600, u"447900000003"_s);
    recordSend(journal, rejected, sampleReport());
    StatusEvent event = parseStatusEvent(
        R"({"status":"rejected","error":{"title":"1022","detail":"(#131026) Caf\u00e9"}})");
    event.sendId = rejected.sendId;
    event.arrivedAt = QDateTime::currentDateTimeUtc();
    QVERIFY(resultOf(journal.append(event)));
    QTRY_COMPARE(m_window->log().rowCount(), 4);
    QTRY_COMPARE(m_window->logCell(0, u"To"_s), u"447900000003"_s);
}

void TestFind::cleanup()
{
    if (m_window)
        m_window->quit();
    m_window.reset();
}

void TestFind::select(int row, int column)
{
    auto *view = m_window->find<QTableView>("logView");
    view->setFocus();
    view->setCurrentIndex(view->model()->index(row, column));
}

void TestFind::keysAndValuesAreCompleted()
{
    edit()->setFocus();
    QTest::keyClicks(edit(), u"tem"_s);
    QTRY_VERIFY(popup()->isVisible());
    QCOMPARE(popup()->model()->rowCount(), 1);
    QVERIFY(popup()->model()->index(0, 0).data().toString().startsWith(u"template:"_s));
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(edit()->text(), u"template:"_s);
    // Values that were seen, without being asked for.
    QTRY_VERIFY(popup()->isVisible());
    QTRY_COMPARE(popup()->model()->rowCount(), 2);
    QTest::keyClicks(edit(), u"parc"_s);
    QTRY_COMPARE(popup()->model()->rowCount(), 1);
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(edit()->text(), u"template:parcel_on_its_way "_s);
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    QVERIFY(!popup()->isVisible());
    // Of a list only the last one.
    m_window->type("filterEdit", u"outcome:accepted,rat"_s);
    QTRY_COMPARE(popup()->model()->rowCount(), 1);
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(edit()->text(), u"outcome:accepted,rate_limited "_s);
    // Free words are left alone.
    m_window->type("filterEdit", u"zwetschge"_s);
    QVERIFY(!popup()->isVisible());
    // All keys, by keyboard.
    m_window->type("filterEdit", {});
    QTest::keyClick(edit(), Qt::Key_Down);
    QTRY_VERIFY(popup()->isVisible());
    QCOMPARE(popup()->model()->rowCount(), filterKeys().size());
    QTest::keyClick(popup(), Qt::Key_Escape);
    QVERIFY(!popup()->isVisible());
}

void TestFind::chipsAreRemovedByMouseAndKeyboard()
{
    auto *chips = m_window->find<QWidget>("filterChips");
    QVERIFY(!chips->isVisible());
    edit()->setText(u"to:4479 \"two words\" template:parcel status:200"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 0);
    QVERIFY(chips->isVisible());
    QTest::mouseClick(m_window->find<QToolButton>("filterChip1"), Qt::LeftButton);
    QCOMPARE(edit()->text(), u"to:4479 template:parcel status:200"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    QTRY_COMPARE(chips->findChildren<QToolButton *>().size(), 3);
    auto *last = m_window->find<QToolButton>("filterChip2");
    QVERIFY(last->accessibleName().contains(u"status:200"_s));
    last->setFocus();
    QTest::keyClick(last, Qt::Key_Delete);
    QCOMPARE(edit()->text(), u"to:4479 template:parcel"_s);
    QTRY_COMPARE(chips->findChildren<QToolButton *>().size(), 2);
    QVERIFY(chips->isAncestorOf(QApplication::focusWidget())); // and on with the next
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(edit()->text(), u"template:parcel"_s);
    edit()->setText(u"only words"_s);
    QVERIFY(!chips->isVisible());
}

void TestFind::nonsenseIsExplained_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("right");
    QTest::newRow("typo") << u"x tempate:a"_s << u"tempate:a"_s << u"template:"_s;
    QTest::newRow("unknown") << u"colour:red"_s << u"colour:red"_s << u"took"_s;
    QTest::newRow("since") << u"since:soon"_s << u"since:soon"_s << u"yesterday"_s;
    QTest::newRow("took") << u"took:2s"_s << u"took:2s"_s << u">2s"_s;
    QTest::newRow("code") << u"code:a+b"_s << u"code:a+b"_s << u"131026"_s;
    QTest::newRow("no time") << u"since:1h until:2h"_s << u"until:2h"_s << u"no time"_s;
    QTest::newRow("two batches") << u"batch:1 batch:2"_s << u"batch:2"_s << u"another"_s;
    QTest::newRow("quote") << u"\"open"_s << u"\"open"_s << u"quote"_s;
}

void TestFind::nonsenseIsExplained()
{
    QFETCH(const QString, text);
    QFETCH(const QString, token);
    QFETCH(const QString, right);
    edit()->setText(text);
    QVERIFY(m_window->find<QLabel>("filterNote")->isVisible());
    QVERIFY2(note().contains(token), qPrintable(note()));
    QVERIFY2(note().contains(right), qPrintable(note()));
}

void TestFind::filtersAreSavedRenamedAndDeleted()
{
    auto *menu = m_window->find<QMenu>("savedFilterMenu");
    const auto names = [menu] {
        QStringList texts;
        emit menu->aboutToShow();
        const auto actions = menu->actions();
        for (const QAction *action : actions) {
            if (action->isCheckable())
                texts.append(action->text());
        }
        return texts;
    };
    const auto trigger = [&](const char *name) {
        (void)names();
        menu->findChild<QAction *>(QLatin1String(name))->trigger();
    };
    QVERIFY(names().isEmpty());
    edit()->setText(u"code:1022 since:2d"_s);
    m_window->whenDialogOpens<QInputDialog>([](QInputDialog &dialog) {
        dialog.setTextValue(u"Rejected & new"_s);
        dialog.accept();
    });
    trigger("saveFilterAction");
    QCOMPARE(names(), QStringList{u"Rejected && new"_s});
    edit()->clear();
    (void)names();
    menu->actions().first()->trigger();
    QCOMPARE(edit()->text(), u"code:1022 since:2d"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    m_window->whenDialogOpens<SavedFiltersDialog>([](SavedFiltersDialog &dialog) {
        dialog.findChild<QTableWidget *>()->item(0, 0)->setText(u"Rejected"_s);
        dialog.accept();
    });
    trigger("manageFiltersAction");
    QCOMPARE(names(), QStringList{u"Rejected"_s});
    QVERIFY(QFile::exists(m_window->folder() + u"/filters.json"_s));
    m_window->whenDialogOpens<SavedFiltersDialog>([](SavedFiltersDialog &dialog) {
        dialog.findChild<QPushButton *>(u"removeFilterButton"_s)->click();
        dialog.accept();
    });
    trigger("manageFiltersAction");
    QVERIFY(names().isEmpty());
    edit()->setText(u"since:never"_s); // what makes no sense is not saved
    (void)names();
    QVERIFY(!menu->findChild<QAction *>(u"saveFilterAction"_s)->isEnabled());
}

void TestFind::groupsAreCountedAndShown()
{
    edit()->setText(u"to:4479"_s);
    m_window->press(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_window->window().findChild<GroupsDialog *>() != nullptr);
    auto *view = m_window->find<QTableView>("groupView");
    const auto cells = [view] {
        QStringList texts;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            texts.append(view->model()->index(row, LogGroupModel::ValueColumn).data().toString()
                         + u' '
                         + view->model()->index(row, LogGroupModel::CountColumn).data().toString());
        return texts;
    };
    const QAbstractItemModelTester tester(view->model(),
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(cells(),
                 (QStringList{u"447900000001 2"_s, u"447900000002 1"_s, u"447900000003 1"_s}));
    QVERIFY(m_window->text("groupScope").contains(u"to:4479"_s));
    QVERIFY(m_window->text("groupNote").contains(u"3 groups"_s));
    view->sortByColumn(LogGroupModel::ValueColumn, Qt::DescendingOrder);
    QCOMPARE(cells().first(), u"447900000003 1"_s);
    // A double click shows them; the dialog goes on showing the whole.
    const QRect cell = view->visualRect(view->model()->index(2, 0));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, cell.center());
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(edit()->text(), u"to:447900000001"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 2);
    QCOMPARE(cells().size(), 3);
    m_window->find<QToolButton>("groupBy3")->click();
    QTRY_COMPARE(cells(), (QStringList{u"HTTP 429 1"_s, u"Rejected with code 131026 1"_s}));
    view->selectRow(0);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(edit()->text(), u"to:4479 status:429"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    // It follows the log's filter.
    edit()->setText(u"template:parcel"_s);
    m_window->find<QToolButton>("groupBy2")->click();
    QTRY_COMPARE(cells(), QStringList{u"parcel_on_its_way 1"_s});
    m_window->window().findChild<GroupsDialog *>()->close();
    QTRY_VERIFY(m_window->window().findChild<GroupsDialog *>() == nullptr);
}

void TestFind::everyCellFindsItsLike_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("filter");
    QTest::newRow("to") << int(LogModel::ToColumn) << u"to:447900000001"_s;
    QTest::newRow("template") << int(LogModel::TemplateColumn) << u"template:order_confirmed"_s;
    QTest::newRow("agent") << int(LogModel::AgentColumn) << u"agent:1a20bc"_s;
    QTest::newRow("result") << int(LogModel::ResultColumn) << u"outcome:accepted"_s;
    QTest::newRow("delivery") << int(LogModel::DeliveryColumn) << u"delivery:none"_s;
    QTest::newRow("took") << int(LogModel::TookColumn) << QString();
}

void TestFind::everyCellFindsItsLike()
{
    QFETCH(const int, column);
    QFETCH(const QString, filter);
    SendRecord record;
    record.claim = sampleClaim();
    record.outcome = Outcome::Accepted;
    record.answer = sampleReport().answer;
    QCOMPARE(likeThis(record, column), filter);
    QVERIFY(parseLogFilter(filter));
    QVERIFY(parseLogFilter(likeThis(record, LogModel::TimeColumn)));
    record.outcome = Outcome::Refused;
    record.answer.status = 422;
    record.delivery = DeliveryStatus::Rejected;
    record.deliveryMatch = EventMatch::Path;
    record.deliveryError = u"1022"_s;
    QCOMPARE(likeThis(record, LogModel::ResultColumn), u"status:422"_s);
    QCOMPARE(likeThis(record, LogModel::DeliveryColumn), u"code:1022"_s);
    record.deliveryMeta = u"131026"_s;
    QCOMPARE(likeThis(record, LogModel::DeliveryColumn), u"code:131026"_s);
}

void TestFind::cellsAreFollowedInTheLog()
{
    edit()->setText(u"since:60d"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 4);
    QTRY_VERIFY(!m_window->logCell(0, u"To"_s).isEmpty());
    select(0, LogModel::TemplateColumn);
    m_window->find<QAction>("narrowAction")->trigger();
    QCOMPARE(edit()->text(), u"since:60d template:order_confirmed"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 3);
    QTRY_COMPARE(m_window->logCell(1, u"Result"_s).isEmpty(), false);
    select(1, LogModel::ResultColumn);
    m_window->find<QAction>("likeThisAction")->trigger();
    QCOMPARE(edit()->text(), u"status:429"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    QTRY_VERIFY(!m_window->logCell(0, u"To"_s).isEmpty());
    select(0, LogModel::TookColumn);
    m_window->find<QAction>("likeThisAction")->trigger(); // nothing in common there
    QCOMPARE(edit()->text(), u"status:429"_s);
}

void TestFind::whatTheFilterShowsIsDeleted()
{
    edit()->setText(u"to:447900000001"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 2);
    m_window->find<QAction>("deleteShownAction")->trigger();
    auto *button = m_window->find<QPushButton>("deleteButton");
    QTRY_VERIFY(button->isEnabled());
    QVERIFY(m_window->text("deleteText").contains(u"2 sends"_s));
    QVERIFY(m_window->text("deleteText").contains(u"cannot be undone"_s));
    QVERIFY(!button->isDefault());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->text("deleteNote").contains(u"Nothing of them"_s), 20'000);
    m_window->click("keepButton");
    QTRY_COMPARE(m_window->log().rowCount(), 0);
    edit()->clear();
    QTRY_COMPARE(m_window->log().rowCount(), 2);
    QTRY_VERIFY(m_window->window().findChild<DeleteDialog *>() == nullptr);
}

void TestFind::whatAReaderHeldUpIsRewrittenLater()
{
    {
        auto reader = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"reader"_s);
        reader.setDatabaseName(m_window->folder() + u"/journal.sqlite"_s);
        QVERIFY(reader.open());
        QVERIFY(reader.transaction());
        QSqlQuery query(u"SELECT count(*) FROM send"_s, reader); // from here on it reads
        QVERIFY(query.next());

        edit()->setText(u"to:447900000001"_s);
        m_window->find<QAction>("deleteShownAction")->trigger();
        auto *button = m_window->find<QPushButton>("deleteButton");
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        auto *rewrite = m_window->find<QPushButton>("rewriteButton");
        QTRY_VERIFY_WITH_TIMEOUT(rewrite->isVisible(), 90'000); // several attempts
        QVERIFY(m_window->text("deleteNote").contains(u"may remain"_s));
        query.finish();
        QVERIFY(reader.commit());
    }
    QSqlDatabase::removeDatabase(u"reader"_s);
    m_window->click("rewriteButton");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->text("deleteNote").contains(u"Nothing of them"_s), 20'000);
    QVERIFY(!m_window->find<QPushButton>("rewriteButton")->isVisible());
    m_window->click("keepButton");
}

void TestFind::nothingIsDeletedWithoutAYes()
{
    edit()->setText(u"to:447900000001"_s);
    m_window->find<QAction>("deleteShownAction")->trigger();
    QTRY_VERIFY(m_window->find<QPushButton>("deleteButton")->isEnabled());
    QTest::keyClick(m_window->find<QPushButton>("keepButton"), Qt::Key_Return); // the default
    QTRY_VERIFY(m_window->window().findChild<DeleteDialog *>() == nullptr);
    QCOMPARE(resultOf(m_window->bench().journal().count()).value(), 4);
    edit()->setText(u"since:soon"_s);
    QVERIFY(!m_window->find<QAction>("deleteShownAction")->isEnabled());
}

void TestFind::oldHistoryIsNotKept()
{
    m_window->whenDialogOpens<QDialog>([](QDialog &dialog) {
        auto *keep = dialog.findChild<QComboBox *>(u"keepCombo"_s);
        keep->setCurrentIndex(keep->findData(30));
        QVERIFY(dialog.findChild<QLabel *>(u"keepNote"_s)->text().contains(u"cannot be undone"_s));
        dialog.accept();
    });
    m_window->find<QAction>("settingsAction")->trigger();
    QTRY_COMPARE(m_window->log().rowCount(), 3);
    // At the next start, too.
    Claim old = claimAt(31 * Day, u"447900000009"_s);
    recordSend(m_window->bench().journal(), old, sampleReport());
    QTRY_COMPARE(m_window->log().rowCount(), 4);
    m_window->quit();
    QVERIFY(m_window->start());
    QTRY_COMPARE(m_window->log().rowCount(), 3);
}

void TestFind::anyTextIsFound()
{
    edit()->setText(u"CAFÉ"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    edit()->setText(u"+44 7900 000002"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 1);
    QTRY_COMPARE(m_window->logCell(0, u"To"_s), u"447900000002"_s);
}

QTEST_MAIN(TestFind)
#include "tst_find.moc"
