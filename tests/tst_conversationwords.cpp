#include "words/conversationwords.h"

#include <QSet>
#include <QTest>

using namespace icebreaker;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int Ends = static_cast<int>(FetchEnd::Cancelled) + 1;

FetchReport reportWith(FetchEnd end, int status = 200)
{
    FetchReport report;
    report.end = end;
    report.answer.status = status;
    report.answer.problem =
        end == FetchEnd::NoAnswer ? TransportProblem::TlsFailed : TransportProblem::None;
    return report;
}

} // namespace

class TestConversationWords : public QObject
{
    Q_OBJECT

private slots:
    void everyEndSaysWhatHappenedAndWhoseMoveItIs();
    void everyEndHasItsOwnHeadline();
    void unauthorizedMayBeTheParameters();
    void onlyANamedSessionIsCalledStarted();
    void candidatesAreCounted();
    void limitSaysHowLong();
    void stepsAndRolesAreReadable();
    void waitingCountsWholeSeconds();
};

void TestConversationWords::everyEndSaysWhatHappenedAndWhoseMoveItIs()
{
    for (int end = 0; end < Ends; ++end) {
        const Gist text = explain(reportWith(static_cast<FetchEnd>(end)));
        const QByteArray which = QByteArray::number(end);
        QVERIFY2(!text.headline.isEmpty() && !text.reached.isEmpty(), which.constData());
        QVERIFY2(text.next.startsWith("Your move: "_L1) || text.next.startsWith("Nothing to do"_L1),
                 which.constData());
        QVERIFY2(!text.mayOfferAgain, which.constData()); // reading says nothing about sending
        if (static_cast<FetchEnd>(end) != FetchEnd::Found)
            QVERIFY2(!text.meaning.isEmpty(), which.constData());
    }
}

void TestConversationWords::everyEndHasItsOwnHeadline()
{
    QSet<QString> headlines;
    for (int end = 0; end < Ends; ++end)
        headlines.insert(explain(reportWith(static_cast<FetchEnd>(end))).headline);
    QCOMPARE(headlines.size(), Ends);
}

void TestConversationWords::unauthorizedMayBeTheParameters()
{
    const Gist text = explain(reportWith(FetchEnd::Unauthorized, 401));
    QVERIFY(text.headline.startsWith("401"_L1));
    QVERIFY(text.meaning.contains("key"_L1) && text.meaning.contains("parameters"_L1));
    const Gist forbidden = explain(reportWith(FetchEnd::Unauthorized, 403));
    QVERIFY(forbidden.headline.startsWith("403"_L1));
    QVERIFY(!forbidden.meaning.contains("parameters"_L1));
}

void TestConversationWords::onlyANamedSessionIsCalledStarted()
{
    QSet<QString> texts;
    for (const FoundBy foundBy : {FoundBy::Answer, FoundBy::Search, FoundBy::Choice}) {
        FetchReport report = reportWith(FetchEnd::Found);
        report.kept = KeptConversation{{}, {}, foundBy};
        const QString reached = explain(report).reached;
        texts.insert(reached);
        QCOMPARE(reached.startsWith("AI Studio did start"_L1), foundBy == FoundBy::Answer);
        QVERIFY(explain(report).meaning.startsWith(foundByText(foundBy)));
    }
    QCOMPARE(texts.size(), 3);
}

void TestConversationWords::candidatesAreCounted()
{
    FetchReport report = reportWith(FetchEnd::Ambiguous);
    report.candidates.resize(1);
    QVERIFY(explain(report).meaning.startsWith("One session"_L1));
    report.candidates.resize(3);
    QVERIFY(explain(report).meaning.startsWith("3 sessions"_L1));
}

void TestConversationWords::limitSaysHowLong()
{
    FetchReport report = reportWith(FetchEnd::RateLimited, 429);
    const QString unknown = explain(report).next;
    report.answer.retryAfter = 20s;
    QVERIFY(explain(report).next.contains("20.0 s"_L1));
    QVERIFY(explain(report).next != unknown);
}

void TestConversationWords::stepsAndRolesAreReadable()
{
    FlowStep step;
    QCOMPARE(flowStepText(step), u"Step"_s);
    for (const auto &[type, text] :
         {std::pair{u"webhook"_s, u"Webhook"_s}, std::pair{u"SEND_MESSAGE"_s, u"Send message"_s},
          std::pair{u" end-conversation "_s, u"End conversation"_s}}) {
        step.type = type;
        QCOMPARE(flowStepText(step), text);
    }
    QCOMPARE(speakerText(Speaker::Agent), u"Agent"_s);
    QCOMPARE(speakerText(Speaker::Customer), u"Customer"_s);
    QVERIFY(!speakerText(Speaker::Unknown).isEmpty());
    QVERIFY(fetchPlaceText(FetchPlace::Search) != fetchPlaceText(FetchPlace::Session));
}

void TestConversationWords::waitingCountsWholeSeconds()
{
    QVERIFY(fetchWaitingText(4001ms, 3).contains("in 5 s"_L1));
    QVERIFY(fetchWaitingText(0ms, 1).contains("in 0 s"_L1));
    QVERIFY(fetchWaitingText(-3s, 1).contains("in 0 s"_L1));
    QVERIFY(fetchWaitingText(4001ms, 3).contains("left: 3"_L1));
}

QTEST_APPLESS_MAIN(TestConversationWords)
#include "tst_conversationwords.moc"
