#include "words/checkwords.h"
#include "words/inboxwords.h"

#include <QSet>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

/// Every value of every enum about status inboxes has words of its own.
class TestInboxWords : public QObject
{
    Q_OBJECT

private slots:
    void everySourceHasWords();
    void everyInboxProblemHasWords();
    void everyVerdictHasWordsAndAdvice();
    void wrongStatusesAreToldApart();
    void everyWebhookSiteProblemHasWords();
    void everyImportProblemNamesItsLine();
    void everyAlarmNamesCauseAndMove();
};

void TestInboxWords::everySourceHasWords()
{
    QSet<QString> texts;
    for (int value = 0; value <= static_cast<int>(InboxSource::Elsewhere); ++value)
        texts.insert(inboxSourceText(static_cast<InboxSource>(value)));
    QCOMPARE(texts.size(), static_cast<int>(InboxSource::Elsewhere) + 1);
}

void TestInboxWords::everyInboxProblemHasWords()
{
    QVERIFY(inboxProblemText(InboxProblem::None).isEmpty());
    QSet<QString> texts;
    constexpr int last = static_cast<int>(InboxProblem::NothingTyped);
    for (int value = 1; value <= last; ++value) {
        texts.insert(inboxProblemText(static_cast<InboxProblem>(value)));
        const auto code =
            static_cast<CheckCode>(static_cast<int>(CheckCode::InboxNotPublic) + value - 1);
        QVERIFY(!checkText({Severity::Error, code, Field::StatusUrl, -1, {}, 0}).isEmpty());
    }
    QVERIFY(!texts.contains(QString()));
    QCOMPARE(texts.size(), last);
}

void TestInboxWords::everyVerdictHasWordsAndAdvice()
{
    using Verdict = ProbeReport::Verdict;
    QSet<QString> headlines;
    constexpr int last = static_cast<int>(Verdict::Cancelled);
    for (int value = 0; value <= last; ++value) {
        ProbeReport report;
        report.verdict = static_cast<Verdict>(value);
        report.status = 404;
        const ProbeWords words = probeWords(report, u"https://t.example"_s);
        QVERIFY(!words.headline.isEmpty());
        headlines.insert(words.headline);
        QCOMPARE(words.good, report.verdict == Verdict::Works);
        const bool nothingToDo =
            report.verdict == Verdict::Works || report.verdict == Verdict::Cancelled;
        QCOMPARE(words.advice.isEmpty(), nothingToDo);
    }
    QCOMPARE(headlines.size(), last + 1);
    ProbeReport tls;
    tls.verdict = Verdict::TlsFailed;
    tls.detail = u"expired"_s;
    QVERIFY(probeWords(tls, u"https://t.example"_s).headline.contains(u"expired"_s));
}

void TestInboxWords::wrongStatusesAreToldApart()
{
    QSet<QString> advice;
    for (const int status : {301, 401, 404, 502}) {
        ProbeReport report;
        report.verdict = ProbeReport::Verdict::WrongStatus;
        report.status = status;
        const ProbeWords words = probeWords(report, u"https://t.example"_s);
        QVERIFY(words.headline.contains(QString::number(status)));
        advice.insert(words.advice);
    }
    QCOMPARE(advice.size(), 4);
}

void TestInboxWords::everyWebhookSiteProblemHasWords()
{
    using Kind = WebhookSiteProblem::Kind;
    QSet<QString> texts;
    constexpr int last = static_cast<int>(Kind::WrongStatus);
    for (int value = 0; value <= last; ++value) {
        WebhookSiteProblem problem;
        problem.kind = static_cast<Kind>(value);
        problem.status = 418;
        texts.insert(webhookSiteProblemText(problem));
    }
    QVERIFY(!texts.contains(QString()));
    QCOMPARE(texts.size(), last + 1);
    WebhookSiteProblem busy;
    busy.kind = Kind::TooMany;
    busy.retryAfter = std::chrono::milliseconds(1200);
    QVERIFY(webhookSiteProblemText(busy).contains(u"2 second"_s));
    WebhookSiteProblem offline;
    offline.kind = Kind::Unreachable;
    offline.transport = TransportProblem::NameNotResolved;
    QVERIFY(webhookSiteProblemText(offline).contains(u"online"_s));
}

void TestInboxWords::everyImportProblemNamesItsLine()
{
    QSet<QString> texts;
    constexpr int last = static_cast<int>(ImportProblem::Kind::TooMany);
    for (int value = 0; value <= last; ++value) {
        const QString text = importProblemText({static_cast<ImportProblem::Kind>(value), 7});
        QVERIFY(text.contains(u'7'));
        texts.insert(text);
    }
    QCOMPARE(texts.size(), last + 1);
}

void TestInboxWords::everyAlarmNamesCauseAndMove()
{
    QSet<QString> texts;
    for (int value = 0; value <= static_cast<int>(LoopAlarm::Kind::Unexplained); ++value) {
        LoopAlarm alarm;
        alarm.kind = static_cast<LoopAlarm::Kind>(value);
        alarm.count = 61;
        alarm.window = std::chrono::seconds(60);
        const QString text = loopAlarmText(alarm);
        QVERIFY(text.contains(u"61"_s) && text.contains(u"60"_s));
        QVERIFY(text.contains(u"Status URL of the Vonage Application"_s));
        QVERIFY(text.contains(u"unpublish"_s));
        texts.insert(text);
    }
    QCOMPARE(texts.size(), 3);
}

QTEST_APPLESS_MAIN(TestInboxWords)
#include "tst_inboxwords.moc"
