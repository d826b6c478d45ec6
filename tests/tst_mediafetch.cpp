#include "core/whendone.h"
#include "net/mediafetch.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Looking at a header's link, against a server that counts what arrives.
class TestMediaFetch : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void everythingIsRead();
    void factsNeedNoBody();
    void nothingIsFollowed();
    void whatIsNoWebAddressIsNotAskedFor_data();
    void whatIsNoWebAddressIsNotAskedFor();
    void problemsAreTold_data();
    void problemsAreTold();
    void moreThanTheMostIsNotRead();
    void anotherFetchEndsTheOneBefore();
    void endsWithItsOwner();

private:
    /// @return once it is there
    MediaFetcher::Fetched fetch(const QUrl &url, MediaFetcher::Wanted wanted)
    {
        const auto future = m_fetcher->fetch(url, wanted);
        (void)QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000);
        return future.isFinished() ? future.result()
                                   : tl::unexpected(MediaProblem{MediaProblem::Kind::Cancelled});
    }

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<MediaFetcher> m_fetcher;
};

void TestMediaFetch::init()
{
    m_fetcher = std::make_unique<MediaFetcher>();
    m_server = std::make_unique<ScriptedServer>();
}

void TestMediaFetch::everythingIsRead()
{
    m_server->willDo(Script::answer("200 OK", "bytes", "Content-Type: Image/PNG; q=1\r\n"));
    const auto fetched = fetch(m_server->url(u"/a.png"_s), MediaFetcher::Wanted::Everything);
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->type, u"image/png"_s);
    QCOMPARE(fetched->bytes, QByteArray("bytes"));
    QCOMPARE(fetched->size, 5);
    QCOMPARE(m_server->requests.size(), 1);
    const SeenRequest &request = m_server->requests.first();
    QCOMPARE(request.method, QByteArray("GET"));
    for (const char *header : {"cookie", "authorization", "referer", "x-vgai-key"})
        QVERIFY2(request.values(header).isEmpty(), header);
}

void TestMediaFetch::factsNeedNoBody()
{
    m_server->willDo({"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n"
                      "Content-Length: 90000000\r\n\r\n"}); // and nothing more
    const auto fetched = fetch(m_server->url(u"/a.mp4"_s), MediaFetcher::Wanted::Facts);
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->type, u"video/mp4"_s);
    QCOMPARE(fetched->size, 90'000'000);
    QVERIFY(fetched->bytes.isEmpty());
}

void TestMediaFetch::nothingIsFollowed()
{
    ScriptedServer elsewhere;
    const QByteArray location = elsewhere.url(u"/a.png"_s).toEncoded();
    m_server->willDo(Script::answer("302 Found", {}, "Location: " + location + "\r\n"));
    const auto fetched = fetch(m_server->url(u"/a.png"_s), MediaFetcher::Wanted::Everything);
    QVERIFY(!fetched && fetched.error().kind == MediaProblem::Kind::LeadsOn);
    QCOMPARE(fetched.error().status, 302);
    QCOMPARE(elsewhere.connections, 0);
}

void TestMediaFetch::whatIsNoWebAddressIsNotAskedFor_data()
{
    QTest::addColumn<QUrl>("url");
    for (const char *url : {"", "file:///etc/passwd", "ftp://127.0.0.1/a", "a.png", "https://"})
        QTest::newRow(*url == '\0' ? "nothing" : url) << QUrl(QString::fromLatin1(url));
}

void TestMediaFetch::whatIsNoWebAddressIsNotAskedFor()
{
    QFETCH(const QUrl, url);
    const auto fetched = fetch(url, MediaFetcher::Wanted::Everything);
    QVERIFY(!fetched && fetched.error().kind == MediaProblem::Kind::NoLink);
}

void TestMediaFetch::problemsAreTold_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<MediaProblem::Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::newRow("gone") << Script::answer("410 Gone").bytes << MediaProblem::Kind::Refused << 410;
    QTest::newRow("broken") << Script::answer("503 Busy").bytes << MediaProblem::Kind::Refused
                            << 503;
    QTest::newRow("no answer") << QByteArray() << MediaProblem::Kind::Unreachable << 0;
    QTest::newRow("cut") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
                         << MediaProblem::Kind::Unreachable << 200;
}

void TestMediaFetch::problemsAreTold()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const MediaProblem::Kind, kind);
    QFETCH(const int, status);
    m_server->willDo(Script::raw(answer, Script::End::Close));
    m_server->willDo(Script::raw(answer, Script::End::Close)); // Qt repeats a GET
    const auto fetched = fetch(m_server->url(u"/a"_s), MediaFetcher::Wanted::Everything);
    QVERIFY(!fetched);
    QCOMPARE(fetched.error().kind, kind);
    QCOMPARE(fetched.error().status, status);
}

void TestMediaFetch::moreThanTheMostIsNotRead()
{
    Script flood{"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"}; // of unknown length
    flood.flood = MediaFetcher::Most + 1'000'000;
    flood.end = Script::End::Close;
    m_server->willDo(flood);
    const auto fetched = fetch(m_server->url(u"/a.png"_s), MediaFetcher::Wanted::Everything);
    QVERIFY(!fetched && fetched.error().kind == MediaProblem::Kind::TooLarge);
}

void TestMediaFetch::anotherFetchEndsTheOneBefore()
{
    m_server->willDo(Script::stall());
    const auto first = m_fetcher->fetch(m_server->url(u"/a"_s), MediaFetcher::Wanted::Facts);
    QTRY_COMPARE(m_server->requests.size(), 1);
    m_server->willDo(Script::answer("200 OK", "x", "Content-Type: image/png\r\n"));
    const auto second = fetch(m_server->url(u"/b"_s), MediaFetcher::Wanted::Everything);
    QVERIFY(first.isFinished());
    QVERIFY(first.result().error().kind == MediaProblem::Kind::Cancelled);
    QVERIFY(second.has_value());
}

void TestMediaFetch::endsWithItsOwner()
{
    m_server->willDo(Script::stall());
    const auto future = m_fetcher->fetch(m_server->url(u"/a"_s), MediaFetcher::Wanted::Facts);
    QTRY_COMPARE(m_server->requests.size(), 1);
    m_fetcher.reset();
    QVERIFY(future.isFinished());
    QVERIFY(future.result().error().kind == MediaProblem::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TestMediaFetch)
#include "tst_mediafetch.moc"
