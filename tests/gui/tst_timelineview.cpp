#include "ui/timelineview.h"

#include "editor/codeview.h"
#include "ui/chatmodel.h"
#include "ui/conversationview.h"
#include "ui/rawdialog.h"
#include "ui/texttablemodel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

const QDateTime Start({2026, 11, 23}, {10, 0, 0}, Qt::UTC);

SendRecord accepted()
{
    SendRecord record;
    record.claim.claimedAt = Start;
    record.outcome = Outcome::Accepted;
    record.answer.status = 200;
    record.settledAt = Start.addMSecs(200);
    return record;
}

KeptEvent heard(qint64 number, DeliveryStatus status, EventMatch match = EventMatch::Path)
{
    KeptEvent kept;
    kept.number = number;
    kept.match = match;
    kept.source = EventSource::Listener;
    kept.event.status = status;
    kept.event.messageUuid = u"m-1"_s;
    kept.event.eventAt = Start.addSecs(number);
    kept.event.arrivedAt = Start.addSecs(number);
    kept.event.raw = R"({"number":)" + QByteArray::number(number) + '}';
    return kept;
}

} // namespace

/// The lists that show what came from outside: as text, whatever it looks like.
class TestTimelineView : public QObject
{
    Q_OBJECT

private slots:
    void aFurtherEventLeavesTheOtherRowsAlone();
    void everyRowIsReadOutAsAWhole();
    void selectedRowsAreCopied();
    void onlyWhatIsNoFactCanBeSaidNotToBelong();
    void theRawStatusIsShownAsText();
    void narrowRowsWrap();
    void markupInAChatIsText();
    void theStepsPayloadsAreShownOnDemand();
    void aTableOfTextsIsAProperModel();
};

void TestTimelineView::aFurtherEventLeavesTheOtherRowsAlone()
{
    TimelineModel model;
    const QAbstractItemModelTester tester(&model);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.show(accepted(), {}, Start);
    QCOMPARE(model.rowCount(), 4); // with what is awaited
    const QPersistentModelIndex sent(model.index(0));
    model.show(accepted(), {heard(1, DeliveryStatus::Submitted)}, Start);
    model.show(accepted(),
               {heard(1, DeliveryStatus::Submitted), heard(2, DeliveryStatus::Delivered),
                heard(3, DeliveryStatus::Delivered)},
               Start);
    QCOMPARE(model.rowCount(), 5);
    QVERIFY(sent.isValid());
    QCOMPARE(sent.row(), 0);
    QVERIFY(model.index(2).data().toString().startsWith(u"Delivered · "_s));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(resets.count(), 0);
}

void TestTimelineView::everyRowIsReadOutAsAWhole()
{
    TimelineModel model;
    model.show(accepted(), {heard(1, DeliveryStatus::Read, EventMatch::NumberAndTime)}, Start);
    const QString text = model.index(1).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(text.startsWith(u"Perhaps read · "_s), qPrintable(text));
    QVERIFY(text.contains(u"a guess: same number, close in time"_s));
    QCOMPARE(model.index(1).data(TimelineModel::MarkRole).value<TimelineModel::Mark>(),
             TimelineModel::Mark::Guess);
    QCOMPARE(model.index(2).data(TimelineModel::MarkRole).value<TimelineModel::Mark>(),
             TimelineModel::Mark::Open);
}

void TestTimelineView::selectedRowsAreCopied()
{
    TimelineView view;
    view.showDelivery(accepted(), {heard(1, DeliveryStatus::Submitted)}, Start);
    view.selectAll();
    view.findChild<QAction *>(u"copyEventAction"_s)->trigger();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.startsWith(u"200 Accepted · "_s), qPrintable(text));
    QVERIFY(text.contains(u"\nSubmitted · "_s));
    QVERIFY(text.endsWith(u"Read · waiting"_s));
}

// Break it by leaving the match out of releasable().
void TestTimelineView::onlyWhatIsNoFactCanBeSaidNotToBelong()
{
    TimelineView view;
    const QSignalSpy released(&view, &TimelineView::releaseRequested);
    const auto *release = view.findChild<QAction *>(u"releaseEventAction"_s);
    view.showDelivery(accepted(),
                      {heard(1, DeliveryStatus::Submitted),
                       heard(2, DeliveryStatus::Delivered, EventMatch::MessageUuid),
                       heard(3, DeliveryStatus::Read, EventMatch::NumberAndTime),
                       heard(4, DeliveryStatus::Other, EventMatch::ByHand)},
                      Start);
    for (const auto &[row, isOffered] :
         {std::pair{0, false}, {1, false}, {2, false}, {3, true}, {4, true}}) {
        view.setCurrentIndex(view.model()->index(row, 0));
        QCOMPARE(release->isEnabled(), isOffered);
    }
    view.selectAll();
    view.findChild<QAction *>(u"releaseEventAction"_s)->trigger();
    QCOMPARE(released.count(), 1);
    QCOMPARE(released.first().first().value<QList<qint64>>(), (QList<qint64>{3, 4}));
}

void TestTimelineView::theRawStatusIsShownAsText()
{
    TimelineView view;
    KeptEvent odd = heard(1, DeliveryStatus::Submitted);
    odd.event.raw = "<b>not JSON</b>";
    view.showDelivery(accepted(), {odd}, Start);
    view.setCurrentIndex(view.model()->index(1, 0));
    view.findChild<QAction *>(u"rawEventAction"_s)->trigger();
    auto *dialog = view.findChild<QDialog *>(u"rawDialog"_s);
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->findChild<CodeView *>()->content(), "<b>not JSON</b>");
    dialog->close();
    QTRY_VERIFY(view.findChild<QDialog *>(u"rawDialog"_s) == nullptr);
}

void TestTimelineView::narrowRowsWrap()
{
    TimelineView view;
    KeptEvent wordy = heard(1, DeliveryStatus::Rejected);
    wordy.event.errorDetail = QString(u"a long reason "_s).repeated(20);
    view.showDelivery(accepted(), {wordy}, Start);
    view.resize(800, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const auto height = [&] { return view.visualRect(view.model()->index(1, 0)).height(); };
    view.resize(240, 400);
    QTRY_VERIFY(height() > 10 * view.fontMetrics().height());
    view.resize(800, 400);
    QTRY_VERIFY(height() < 8 * view.fontMetrics().height());
}

void TestTimelineView::markupInAChatIsText()
{
    Conversation conversation;
    conversation.turns = {{Speaker::Agent, u"Hello <img src=\"http://127.0.0.1:1/x\">"_s, Start},
                          {Speaker::Customer, u"<b>Hi</b>"_s, {}},
                          {Speaker::Unknown, u"?"_s, {}}};
    conversation.turnsInOrder = false;
    ConversationView view;
    view.show(conversation);
    auto *chat = view.findChild<QListView *>(u"chatView"_s);
    const QAbstractItemModelTester tester(chat->model());
    QCOMPARE(chat->model()->rowCount(), 3);
    QCOMPARE(chat->model()->index(1, 0).data(ChatModel::TextRole).toString(), u"<b>Hi</b>"_s);
    QVERIFY(chat->model()->index(0, 0).data().toString().startsWith(u"Agent · "_s));
    QVERIFY(chat->model()->index(2, 0).data().toString().startsWith(u"Not said"_s));
    QVERIFY(!view.findChild<QLabel *>(u"orderNote"_s)->isHidden());
    chat->selectAll();
    view.findChild<QAction *>(u"copyTurnsAction"_s)->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"Customer: <b>Hi</b>"_s));
    QVERIFY(!view.QWidget::grab().isNull()); // and painting it fetches nothing
}

void TestTimelineView::theStepsPayloadsAreShownOnDemand()
{
    FlowStep webhook;
    webhook.type = u"webhook"_s;
    webhook.tags = {u"crm"_s, u"vip"_s};
    webhook.verb = u"POST"_s;
    webhook.url = u"https://example.invalid/x"_s;
    webhook.requestPayload = uR"({"a":1})"_s;
    webhook.responseCode = u"502"_s;
    webhook.responsePayload = u"<html>bad gateway</html>"_s;
    FlowStep speak;
    speak.type = u"speak"_s;
    Conversation conversation;
    conversation.steps = {speak, webhook};
    conversation.parameters = {{u"ORDER"_s, u"A-1043"_s}};
    conversation.raw = R"({"id":"x"})";
    ConversationView view;
    view.show(conversation);
    auto *steps = view.findChild<QTableView *>(u"stepsView"_s);
    QCOMPARE(steps->model()->rowCount(), 2);
    QCOMPARE(steps->model()->index(1, 2).data().toString(), u"502"_s);
    steps->selectRow(1);
    const QString details = view.findChild<QPlainTextEdit *>(u"stepDetails"_s)->toPlainText();
    for (const QString &part : {u"crm, vip"_s, u"POST https://example.invalid/x"_s, u"\"a\": 1"_s,
                                u"Response code: 502"_s, u"<html>bad gateway</html>"_s})
        QVERIFY2(details.contains(part), qPrintable(details));
    QCOMPARE(view.findChild<QTableView *>(u"valuesView"_s)->model()->index(0, 1).data().toString(),
             u"A-1043"_s);
    QVERIFY(view.findChild<QPlainTextEdit *>(u"conversationRaw"_s)
                ->toPlainText()
                .contains(u"\"id\": \"x\""_s));
}

void TestTimelineView::aTableOfTextsIsAProperModel()
{
    TextTableModel model({u"Name"_s, u"Value"_s});
    const QAbstractItemModelTester tester(&model);
    model.show({{u"a"_s, u"<i>1</i>"_s}});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 1).data().toString(), u"<i>1</i>"_s);
    QVERIFY(model.index(0, 1).data(Qt::ToolTipRole).toString().contains(u"&lt;i&gt;"_s));
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Value"_s);
    model.show({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
