#include "net/webhooksitepoller.h"
#include "support/fakewebhooksite.h"

#include <QSignalSpy>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = WebhookSiteProblem::Kind;

namespace {

/// A poller in a hurry at a fake site, and what came of it.
struct Polling {
    Polling()
    {
        if (!site.setBase(fake.base()))
            qFatal("Polling: no base");
        site.setLimits({0ms});
        poller.setPace({20ms, 30ms});
        QObject::connect(&poller, &WebhookSitePoller::received, &poller,
                         [this](const QList<WebhookRequest> &requests) {
                             for (const WebhookRequest &request : requests)
                                 bodies.append(request.body);
                             last = requests.constLast().uuid;
                             ++batches;
                         });
        QObject::connect(&poller, &WebhookSitePoller::polled, &poller, [this] { ++rounds; });
        QObject::connect(&poller, &WebhookSitePoller::pollFailed, &poller,
                         [this](const WebhookSiteProblem &problem) { problems.append(problem); });
    }

    FakeWebhookSite fake;
    QString token = fake.addToken();
    WebhookSite site;
    WebhookSitePoller poller{site};
    QByteArrayList bodies;
    QString last;
    int batches = 0;
    int rounds = 0;
    QList<WebhookSiteProblem> problems;
};

QByteArrayList numbers(int from, int to)
{
    QByteArrayList list;
    for (int i = from; i < to; ++i)
        list.append(QByteArray::number(i));
    return list;
}

} // namespace

/// Round after round at webhook.site.
class TestWebhookSitePoller : public QObject
{
    Q_OBJECT

private slots:
    void everyRequestComesOnceAndInOrder();
    void manyPagesAreOneBatch();
    void pollingGoesOnWhereItWas();
    void whatCameInTheSameSecondIsNotLost();
    void expiredMarkMeansEverything();
    void tooManyIsWaitedFor();
    void failuresBackOff();
    void goneAddressEndsPolling();
    void wantedKeyEndsPolling();
    void malformedAnswerIsTriedAgain();
    void hugeRequestIsPassedOver();
    void pagesThatShiftMakeNoDoubles();
    void limitOfTheSiteIsKept();
    void stopStops();
    void stopInsideASignalStops();
    void otherAddressStartsAfresh();
};

void TestWebhookSitePoller::everyRequestComesOnceAndInOrder()
{
    Polling polling;
    polling.fake.addRequest(polling.token, u"/s/1"_s, "0");
    polling.poller.start(polling.token);
    QVERIFY(polling.poller.isPolling());
    QTRY_COMPARE(polling.bodies, numbers(0, 1));
    for (int i = 1; i < 30; ++i) {
        polling.fake.addRequest(polling.token, u"/s/1"_s, QByteArray::number(i));
        if (i % 10 == 0)
            QTRY_COMPARE(polling.bodies.size(), i + 1);
    }
    QTRY_COMPARE(polling.bodies, numbers(0, 30));
    const int rounds = polling.rounds;
    QTRY_VERIFY(polling.rounds > rounds + 3);
    QCOMPARE(polling.bodies, numbers(0, 30));
    QVERIFY(polling.problems.isEmpty());
}

void TestWebhookSitePoller::manyPagesAreOneBatch()
{
    Polling polling;
    for (int i = 0; i < 450; ++i)
        polling.fake.addRequest(polling.token, {}, QByteArray::number(i));
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.bodies, numbers(0, 450));
    QTRY_VERIFY(polling.fake.lists() > 6);
    QCOMPARE(polling.batches, 1);
    QByteArrayList pages;
    for (const HttpRequest &request : polling.fake.requests().first(7))
        pages.append(request.query.mid(request.query.lastIndexOf('=') + 1));
    QCOMPARE(pages.join(' '), QByteArray("1 2 3 4 5 1 1")); // one page for what is known
}

void TestWebhookSitePoller::pollingGoesOnWhereItWas()
{
    Polling polling;
    const QDateTime hourAgo = QDateTime::currentDateTimeUtc().addSecs(-3600);
    for (int i = 0; i < 130; ++i)
        polling.fake.addRequest(polling.token, {}, QByteArray::number(i), hourAgo.addSecs(i));
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.bodies.size(), 130);
    polling.poller.stop();
    for (int i = 130; i < 150; ++i)
        polling.fake.addRequest(polling.token, {}, QByteArray::number(i));
    polling.bodies.clear();
    polling.poller.start(polling.token, polling.last);
    QTRY_COMPARE(polling.bodies, numbers(130, 150));
    const int rounds = polling.rounds;
    QTRY_VERIFY(polling.rounds > rounds + 3);
    QCOMPARE(polling.bodies, numbers(130, 150));
}

void TestWebhookSitePoller::whatCameInTheSameSecondIsNotLost()
{
    Polling polling;
    const QDateTime second = QDateTime::currentDateTimeUtc().addSecs(-60);
    polling.fake.addRequest(polling.token, {}, "older", second.addSecs(-1));
    polling.fake.addRequest(polling.token, {}, "sibling", second);
    polling.fake.addRequest(polling.token, {}, "last kept", second);
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.bodies.size(), 3);
    polling.bodies.clear();
    polling.poller.start(polling.token, polling.last);
    QTRY_COMPARE(polling.bodies, QByteArrayList({"sibling"}));
}

void TestWebhookSitePoller::expiredMarkMeansEverything()
{
    Polling polling;
    polling.fake.addRequests(polling.token, 120);
    polling.poller.start(polling.token, u"00000000-1111-4222-8333-444444444444"_s);
    QTRY_COMPARE(polling.bodies, numbers(0, 120));
}

void TestWebhookSitePoller::tooManyIsWaitedFor()
{
    Polling polling;
    polling.fake.addRequest(polling.token, {}, "0");
    polling.fake.answerNext({429, {{"Retry-After", "1"}}, {}});
    QElapsedTimer clock;
    clock.start();
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.bodies.size(), 1);
    QVERIFY(clock.elapsed() >= 900);
    QCOMPARE(polling.problems.size(), 1);
    QCOMPARE(polling.problems.front().kind, Kind::TooMany);
    QCOMPARE(polling.problems.front().retryAfter, std::chrono::milliseconds(1s));
}

void TestWebhookSitePoller::failuresBackOff()
{
    Polling polling;
    for (int i = 0; i < 5; ++i)
        polling.fake.answerNext({500, {}, {}});
    QElapsedTimer clock;
    clock.start();
    polling.poller.start(polling.token);
    QTRY_VERIFY(polling.rounds > 0);
    QCOMPARE(polling.problems.size(), 5);
    QVERIFY(clock.elapsed() >= (30 + 60 + 120 + 240 + 480) * 9 / 10); // coarse timers
    polling.fake.answerNext({500, {}, {}});
    clock.restart();
    QTRY_COMPARE(polling.problems.size(), 6);
    const int rounds = polling.rounds;
    QTRY_VERIFY(polling.rounds > rounds); // soon again: it succeeded in between
    QVERIFY(clock.elapsed() < 900); // the sixth in a row would wait for 960
}

void TestWebhookSitePoller::goneAddressEndsPolling()
{
    Polling polling;
    polling.poller.start(polling.token);
    QTRY_VERIFY(polling.rounds > 0);
    polling.fake.remove(polling.token);
    QTRY_COMPARE(polling.problems.size(), 1);
    QCOMPARE(polling.problems.front().kind, Kind::Gone);
    QCOMPARE(polling.problems.front().status, 404);
    QVERIFY(!polling.poller.isPolling());
}

void TestWebhookSitePoller::wantedKeyEndsPolling()
{
    Polling polling;
    polling.fake.requireKey("Api-Key", "k");
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.problems.size(), 1);
    QCOMPARE(polling.problems.front().kind, Kind::Unauthorized);
    QVERIFY(!polling.poller.isPolling());
    QCOMPARE(polling.fake.lists(), 0);
}

void TestWebhookSitePoller::malformedAnswerIsTriedAgain()
{
    Polling polling;
    polling.fake.addRequest(polling.token, {}, "0");
    polling.fake.answerNext({200, {}, "<html>maintenance</html>"});
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.bodies.size(), 1);
    QCOMPARE(polling.problems.size(), 1);
    QCOMPARE(polling.problems.front().kind, Kind::Malformed);
}

void TestWebhookSitePoller::hugeRequestIsPassedOver()
{
    Polling polling;
    polling.fake.addRequest(polling.token, {}, "0");
    polling.fake.addRequest(polling.token, {}, QByteArray(5'000'000, 'x'));
    polling.fake.addRequest(polling.token, {}, "1");
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.bodies, numbers(0, 2));
    polling.fake.addRequest(polling.token, {}, "2");
    QTRY_COMPARE(polling.bodies, numbers(0, 3));
    QVERIFY(polling.problems.isEmpty());
}

void TestWebhookSitePoller::pagesThatShiftMakeNoDoubles()
{
    Polling polling;
    for (int i = 0; i < 300; ++i)
        polling.fake.addRequest(polling.token, {}, QByteArray::number(i));
    polling.site.setLimits({60ms}); // time for more to come in between two pages
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.fake.lists(), 1);
    for (int i = 300; i < 310; ++i)
        polling.fake.addRequest(polling.token, {}, QByteArray::number(i));
    QTRY_COMPARE(polling.bodies.size(), 310);
    const int rounds = polling.rounds;
    QTRY_VERIFY(polling.rounds > rounds + 2);
    QCOMPARE(polling.bodies, numbers(0, 310));
}

void TestWebhookSitePoller::limitOfTheSiteIsKept()
{
    Polling polling;
    polling.fake.addRequests(polling.token, 350);
    polling.site.setLimits({}); // the real ones
    polling.poller.setPace({0ms, 0ms});
    polling.poller.start(polling.token);
    QTRY_VERIFY_WITH_TIMEOUT(polling.fake.lists() >= 5, 8000);
    const QList<qint64> times = polling.fake.listTimes();
    // 500 ms each, but for how long the first and the last took to get there.
    QVERIFY(times.constLast() - times.constFirst() >= (times.size() - 1) * 500 - 200);
    QVERIFY(polling.problems.isEmpty());
}

void TestWebhookSitePoller::stopStops()
{
    Polling polling;
    polling.poller.start(polling.token);
    QTRY_VERIFY(polling.rounds > 1);
    polling.poller.stop();
    QVERIFY(!polling.poller.isPolling());
    const int rounds = polling.rounds;
    const auto lists = polling.fake.lists();
    polling.fake.addRequest(polling.token, {}, "0");
    QVERIFY(!QTest::qWaitFor([&] { return polling.rounds > rounds; }, 200));
    QVERIFY(polling.fake.lists() <= lists + 1);
    QVERIFY(polling.bodies.isEmpty());
}

void TestWebhookSitePoller::stopInsideASignalStops()
{
    Polling polling;
    polling.fake.addRequest(polling.token, {}, "0");
    connect(&polling.poller, &WebhookSitePoller::received, &polling.poller,
            [&polling] { polling.poller.stop(); });
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.batches, 1);
    QCOMPARE(polling.rounds, 0);
    QVERIFY(!QTest::qWaitFor([&] { return polling.rounds > 0; }, 200));
}

void TestWebhookSitePoller::otherAddressStartsAfresh()
{
    Polling polling;
    const QString second = polling.fake.addToken();
    polling.fake.addRequest(polling.token, {}, "of the first");
    polling.fake.addRequest(second, {}, "of the second");
    polling.poller.start(polling.token);
    polling.poller.start(second);
    QTRY_COMPARE(polling.bodies, QByteArrayList({"of the second"}));
    polling.poller.start(polling.token);
    QTRY_COMPARE(polling.bodies, QByteArrayList({"of the second", "of the first"}));
}

QTEST_GUILESS_MAIN(TestWebhookSitePoller)
#include "tst_webhooksitepoller.moc"
