#include "gui/windowfixture.h"

#include "app/translations.h"
#include "core/statusevent.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "support/storesamples.h"
#include "ui/funneltile.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QListView>
#include <QSpinBox>
#include <QToolButton>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int UntilHeard = 5000; // ms

/// A callback that says only its number.
StatusEvent callback(const QString &to, const QString &status, const QString &uuid = newId())
{
    StatusEvent event = parseStatusEvent(
        uR"({"to":"%1","status":"%2","message_uuid":"%3","timestamp":"%4","channel":"whatsapp"})"_s
            .arg(to, status, uuid, QDateTime::currentDateTimeUtc().toString(Qt::ISODate))
            .toUtf8());
    event.arrivedAt = QDateTime::currentDateTimeUtc();
    return event;
}

/// A send that was accepted a moment ago.
Claim recentClaim(const QString &to)
{
    Claim claim = sampleClaim();
    claim.claimedAt = QDateTime::currentDateTimeUtc().addSecs(-2);
    claim.to = to;
    return claim;
}

} // namespace

/// What becomes of sends, through the real window: sandbox, sockets, journal, panels.
class TestDeliveryWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void everySpecialNumberDoesWhatTheManualSays_data();
    void everySpecialNumberDoesWhatTheManualSays();
    void aSendOnItsWayIsNeitherSuccessNorFailure();
    void anUnknownSendThatReachedSaysSoEverywhere();
    void aGuessIsMarkedAndCanBeTakenBack();
    void anUnmatchedStatusIsTiedByHand();
    void withoutUnmatchedStatusesTheListSaysSo();
    void theFunnelCountsWhatTheLogShows();
    void figuresOfTheFunnelFilterTheLog();
    void theTimelineSurvivesARestart();
    void everyControlHasAName();

private:
    [[nodiscard]] QStringList timeline();
    [[nodiscard]] QString tile(const char *name);
    void send(const QString &to);
    void take(const StatusEvent &event);

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestDeliveryWindow::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->start());
    m_fixture->bench().sandbox().setLimit(0);
}

void TestDeliveryWindow::cleanup()
{
    m_fixture.reset();
}

QStringList TestDeliveryWindow::timeline()
{
    const auto *model = m_fixture->find<QListView>("deliveryView")->model();
    QStringList rows;
    for (int row = 0; row < model->rowCount(); ++row)
        rows.append(model->index(row, 0).data().toString());
    return rows;
}

QString TestDeliveryWindow::tile(const char *name)
{
    return m_fixture->find<FunnelTile>(name)->accessibleName();
}

void TestDeliveryWindow::send(const QString &to)
{
    m_fixture->type("toEdit", to);
    m_fixture->find<QAction>("sendNowAction")->trigger();
}

void TestDeliveryWindow::take(const StatusEvent &event)
{
    QVERIFY(resultOf(m_fixture->bench().deliveries().take(event, EventSource::Listener)));
}

void TestDeliveryWindow::everySpecialNumberDoesWhatTheManualSays_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("delivery"); // in the log
    QTest::addColumn<QStringList>("steps"); // beginnings, or parts after "…"
    const auto row = [](const char *name, const QString &number, const QString &delivery,
                        const QStringList &steps) {
        QTest::newRow(name) << number << delivery << steps;
    };
    const QString waitingSubmitted = u"Submitted · waiting"_s;
    const QString waitingDelivered = u"Delivered · waiting"_s;
    const QString waitingRead = u"Read · waiting"_s;
    const QStringList allWaiting{waitingSubmitted, waitingDelivered, waitingRead};
    row("normal", u"447700900958"_s, u"read"_s,
        {u"200 Accepted"_s, u"Submitted"_s, u"Delivered"_s, u"Read"_s});
    row("wrong key", u"447700900401"_s, u"—"_s, {u"401 Key refused"_s});
    row("unpublished", u"447700900404"_s, u"—"_s, {u"404 Refused"_s});
    row("unprocessable", u"447700900422"_s, u"—"_s, {u"422 Refused"_s});
    row("over the limit", u"447700900429"_s, u"—"_s, {u"429 Too many requests"_s});
    row("redirect", u"447700900302"_s, u"—"_s, {u"302 Refused"_s});
    row("server error", u"447700900500"_s, u"—"_s,
        QStringList{u"500 Outcome unknown"_s} + allWaiting);
    row("web page", u"447700900200"_s, u"—"_s, QStringList{u"200 Outcome unknown"_s} + allWaiting);
    row("closed unanswered", u"447700900444"_s, u"read"_s,
        {u"Outcome unknown, but it reached the recipient"_s, u"Submitted"_s, u"Delivered"_s,
         u"Read"_s});
    row("half an answer", u"447700900206"_s, u"read"_s,
        {u"200 Accepted"_s, u"Submitted"_s, u"Delivered"_s, u"Read"_s});
    row("without submitted", u"447700900601"_s, u"read"_s,
        {u"200 Accepted"_s, u"Submitted · no status of it came"_s, u"Delivered"_s, u"Read"_s});
    row("read before delivered", u"447700900602"_s, u"read"_s,
        {u"200 Accepted"_s, u"Submitted"_s, u"Delivered…out of order"_s, u"Read"_s});
    row("duplicates", u"447700900603"_s, u"read"_s,
        {u"200 Accepted"_s, u"Submitted…came 2 times"_s, u"Delivered…came 2 times"_s,
         u"Read…came 2 times"_s});
    row("rejected", u"447700900604"_s, u"rejected 1022"_s,
        {u"200 Accepted"_s, u"Submitted"_s,
         u"Rejected 1022…The sandbox rejected the template or its parameters."_s});
    row("undeliverable", u"447700900605"_s, u"undeliverable"_s,
        {u"200 Accepted"_s, u"Undeliverable"_s});
    row("never read", u"447700900606"_s, u"delivered"_s,
        {u"200 Accepted"_s, u"Submitted"_s,
         u"Delivered…price 0.0000 EUR · marketing conversation"_s, waitingRead});
}

void TestDeliveryWindow::everySpecialNumberDoesWhatTheManualSays()
{
    QFETCH(const QString, number);
    QFETCH(const QString, delivery);
    QFETCH(const QStringList, steps);
    auto &f = *m_fixture;
    const QAbstractItemModelTester tester(f.find<QListView>("deliveryView")->model());
    send(number);
    const auto matches = [&] {
        const QStringList rows = timeline();
        bool all = rows.size() == steps.size();
        for (qsizetype i = 0; all && i < rows.size(); ++i) {
            const QStringList parts = steps.at(i).split(u'…');
            all = rows.at(i).startsWith(parts.first()) && rows.at(i).contains(parts.last());
        }
        return all;
    };
    const bool came = QTest::qWaitFor(matches, UntilHeard);
    QVERIFY2(came, qPrintable(timeline().join(u"\n"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(f.logCell(0, u"Delivery"_s), delivery, UntilHeard);
}

void TestDeliveryWindow::aSendOnItsWayIsNeitherSuccessNorFailure()
{
    send(u"447700900408"_s); // the sandbox never answers
    QTRY_COMPARE(timeline().size(), 1);
    QVERIFY(timeline().first().startsWith(u"Sending…"_s));
}

void TestDeliveryWindow::anUnknownSendThatReachedSaysSoEverywhere()
{
    auto &f = *m_fixture;
    send(u"447700900444"_s);
    QTRY_COMPARE_WITH_TIMEOUT(f.logCell(0, u"Delivery"_s), u"read"_s, UntilHeard);
    QTRY_VERIFY(f.text("deliverySummary").contains(u"it did reach the recipient"_s));
    QTRY_VERIFY(f.result(0).contains(u"it reached the recipient"_s));
    QTRY_VERIFY(f.explanation().contains(u"Do not send it again"_s));
    f.find<QAction>("funnelAction")->trigger();
    QTRY_COMPARE(tile("funnelUnknownReached"), u"Unknown, reached: 1 · 100 %"_s);
    QTRY_COMPARE(tile("funnelAccepted"), u"Accepted: 0 · 0 %"_s);
}

void TestDeliveryWindow::aGuessIsMarkedAndCanBeTakenBack()
{
    auto &f = *m_fixture;
    const Claim claim = recentClaim(u"447700900123"_s);
    (void)recordSend(f.bench().journal(), claim, sampleReport());
    take(callback(claim.to, u"delivered"_s));
    f.window().showSend(claim.sendId);
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"perhaps delivered"_s);
    QTRY_VERIFY(timeline().value(1).startsWith(u"Perhaps delivered"_s));
    QVERIFY(timeline().at(1).contains(u"a guess: same number, close in time"_s));
    QVERIFY(f.text("deliverySummary").contains(u"guess"_s));
    QVERIFY(f.find<QToolButton>("unmatchedHint")->isHidden());

    auto *view = f.find<QListView>("deliveryView");
    auto *release = f.find<QAction>("releaseEventAction");
    view->setCurrentIndex(view->model()->index(0, 0));
    QVERIFY(!release->isEnabled()); // the answer is a fact
    view->setCurrentIndex(view->model()->index(1, 0));
    QVERIFY(release->isEnabled());
    release->trigger();
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s), u"—"_s);
    QTRY_VERIFY(f.find<QToolButton>("unmatchedHint")->isVisible());
    QCOMPARE(f.find<QToolButton>("unmatchedHint")->text(), u"1 status matches no send"_s);
}

void TestDeliveryWindow::anUnmatchedStatusIsTiedByHand()
{
    auto &f = *m_fixture;
    const Claim first = recentClaim(u"447700900123"_s);
    const Claim second = recentClaim(u"447700900123"_s); // so that nobody can tell
    (void)recordSend(f.bench().journal(), first, sampleReport());
    (void)recordSend(f.bench().journal(), second, sampleReport());
    const QString message = newId();
    take(callback(first.to, u"delivered"_s, message));
    take(callback(u"15550001"_s, u"read"_s));
    auto *hint = f.find<QToolButton>("unmatchedHint");
    QTRY_COMPARE(hint->text(), u"2 statuses match no send"_s);
    QVERIFY(hint->isVisible());
    QTest::mouseClick(hint, Qt::LeftButton);

    auto *events = f.find<QTableView>("unmatchedView");
    const QAbstractItemModelTester tester(events->model());
    QTRY_COMPARE(events->model()->rowCount(), 2);
    auto *candidates = f.find<QTableView>("candidateView");
    QTRY_VERIFY(f.text("candidateNote").contains(u"Nothing was sent to this number"_s));
    events->selectRow(1);
    QTRY_COMPARE(candidates->model()->rowCount(), 2);
    QVERIFY(f.find<QPlainTextEdit>("unmatchedRawView")->toPlainText().contains(message));
    QVERIFY(!f.find<QPushButton>("assignButton")->isEnabled()); // nothing is chosen for us
    f.find<QAction>("copyUnmatchedAction")->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(message));
    f.find<QAction>("copyRawAction")->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"{\"to\":\"447700900123\""_s));

    candidates->selectRow(0);
    f.click("assignButton");
    QTRY_COMPARE(events->model()->rowCount(), 1);
    QTRY_VERIFY(f.text("unmatchedNote").contains(u"1 status tied"_s));
    QTRY_COMPARE(hint->text(), u"1 status matches no send"_s);
    QTRY_COMPARE(f.logCell(0, u"Delivery"_s) + f.logCell(1, u"Delivery"_s), u"delivered—"_s);
    f.window().showSend(second.sendId); // the newer one is likelier
    QTRY_VERIFY(timeline().join(u'\n').contains(u"tied by hand"_s));
}

void TestDeliveryWindow::withoutUnmatchedStatusesTheListSaysSo()
{
    auto &f = *m_fixture;
    QVERIFY(!f.find<QToolButton>("unmatchedHint")->isVisible());
    f.find<QAction>("unmatchedAction")->trigger();
    QTRY_VERIFY(f.text("unmatchedIntro").startsWith(u"Every status that arrived is tied"_s));
    QVERIFY(!f.find<QTableView>("unmatchedView")->isVisible());
    take(callback(u"15550001"_s, u"read"_s)); // while it is open
    QTRY_VERIFY(f.find<QTableView>("unmatchedView")->isVisible());
}

void TestDeliveryWindow::theFunnelCountsWhatTheLogShows()
{
    auto &f = *m_fixture;
    QVERIFY(!f.find<QWidget>("funnelView")->isVisible());
    send(u"447700900606"_s);
    QTRY_COMPARE_WITH_TIMEOUT(f.logCell(0, u"Delivery"_s), u"delivered"_s, UntilHeard);
    QTest::mouseClick(f.find<QToolButton>("funnelButton"), Qt::LeftButton);
    QVERIFY(f.find<QWidget>("funnelView")->isVisible());
    QTRY_COMPARE(tile("funnelSends"), u"Sends: 1"_s);
    QTRY_COMPARE(tile("funnelDelivered"), u"Delivered: 1 · 100 %"_s);
    QCOMPARE(tile("funnelRead"), u"Read: 0 · 0 %"_s);
    // It follows what happens...
    send(u"447700900958"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tile("funnelRead"), u"Read: 1 · 50 %"_s, UntilHeard);
    QCOMPARE(tile("funnelSends"), u"Sends: 2"_s);
    QVERIFY(f.find<FunnelTile>("funnelRead")->accessibleDescription().contains(u"95 % within"_s));
    // ...and the log's filter.
    f.type("filterEdit", u"to:447700900606"_s);
    QTRY_COMPARE(tile("funnelSends"), u"Sends: 1"_s);
    QTRY_COMPARE(tile("funnelRead"), u"Read: 0 · 0 %"_s);
}

void TestDeliveryWindow::figuresOfTheFunnelFilterTheLog()
{
    auto &f = *m_fixture;
    send(u"447700900606"_s);
    QTRY_COMPARE_WITH_TIMEOUT(f.logCell(0, u"Delivery"_s), u"delivered"_s, UntilHeard);
    send(u"447700900958"_s);
    QTRY_COMPARE_WITH_TIMEOUT(f.logCell(0, u"Delivery"_s), u"read"_s, UntilHeard);
    f.type("filterEdit", u"to:4477"_s);
    f.find<QAction>("funnelAction")->trigger();
    QTRY_COMPARE(tile("funnelRead"), u"Read: 1 · 50 %"_s);
    auto *read = f.find<FunnelTile>("funnelRead");
    read->setFocus();
    QTest::keyClick(read, Qt::Key_Space);
    QCOMPARE(f.find<QLineEdit>("filterEdit")->text(), u"to:4477 delivery:read"_s);
    QTRY_COMPARE(f.log().rowCount(), 1);
    QVERIFY(read->isChecked());
    QCOMPARE(tile("funnelRead"), u"Read: 1 · 50 %"_s); // of the same sends as before
    // Another figure takes its place, and once more gives everything back.
    QTest::mouseClick(f.find<FunnelTile>("funnelDelivered"), Qt::LeftButton);
    QCOMPARE(f.find<QLineEdit>("filterEdit")->text(), u"to:4477 delivery:delivered,read"_s);
    QTRY_COMPARE(f.log().rowCount(), 2);
    QVERIFY(!read->isChecked());
    QTest::mouseClick(f.find<FunnelTile>("funnelDelivered"), Qt::LeftButton);
    QCOMPARE(f.find<QLineEdit>("filterEdit")->text(), u"to:4477"_s);

    f.find<QSpinBox>("unreadHours")->setValue(3);
    f.click("unreadButton");
    QCOMPARE(f.find<QLineEdit>("filterEdit")->text(), u"to:4477 unread:3h"_s);
    QVERIFY(!f.find<QLabel>("filterNote")->isVisible()); // understood
    QTRY_COMPARE(f.log().rowCount(), 0); // both are younger
    for (const char *name : {"funnelAccepted", "funnelSubmitted", "funnelFailed", "funnelSilent",
                             "funnelUnknownReached", "funnelSends"}) {
        QTest::mouseClick(f.find<FunnelTile>(name), Qt::LeftButton);
        QVERIFY2(!f.find<QLabel>("filterNote")->isVisible(), name);
    }
}

void TestDeliveryWindow::theTimelineSurvivesARestart()
{
    auto &f = *m_fixture;
    send(u"447700900604"_s);
    QTRY_COMPARE_WITH_TIMEOUT(f.logCell(0, u"Delivery"_s), u"rejected 1022"_s, UntilHeard);
    QTRY_COMPARE(timeline().size(), 3);
    const QStringList before = timeline();
    f.quit();
    QVERIFY(f.start());
    QTRY_COMPARE(f.log().rowCount(), 1);
    f.find<QTableView>("logView")->selectRow(0);
    QTRY_COMPARE(timeline(), before);
}

void TestDeliveryWindow::everyControlHasAName()
{
    auto &f = *m_fixture;
    f.find<QAction>("funnelAction")->trigger();
    f.find<QAction>("unmatchedAction")->trigger();
    for (const char *name :
         {"deliveryView", "funnelView", "unreadHours", "unmatchedView", "candidateView",
          "unmatchedRawView", "chatView", "stepsView", "valuesView", "sessionView"})
        QVERIFY2(!f.find<QWidget>(name)->accessibleName().isEmpty(), name);
    for (const FunnelTile *each : f.window().findChildren<FunnelTile *>()) {
        QVERIFY(!each->accessibleName().isEmpty());
        QVERIFY((each->focusPolicy() & Qt::TabFocus) != 0);
    }
}

QTEST_MAIN(TestDeliveryWindow)
#include "tst_deliverywindow.moc"
