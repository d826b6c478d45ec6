#include "receive/inboxhub.h"
#include "secrets/vault.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "support/fakewebhooksite.h"
#include "support/rawclient.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Id = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
const QByteArray Delivered = R"({"status":"delivered","message_uuid":"m-1"})";

/// A journal that remembers, and refuses when it is told to.
struct Kept {
    QList<std::pair<StatusEvent, EventSource>> events;
    bool refuse = false;

    EventKeeper keeper()
    {
        EventKeeper keeper;
        keeper.keep = [this](const StatusEvent &event, EventSource source) {
            if (refuse)
                return QtFuture::makeReadyFuture(
                    Result<void>(failure(ErrorKind::StorageFull, u"full"_s)));
            events.append({event, source});
            return QtFuture::makeReadyFuture(Result<void>());
        };
        return keeper;
    }
};

/// The program's part that receives, on a folder of its own.
class Receiver
{
public:
    Receiver() { restart(); }

    void restart()
    {
        m_hub.reset();
        m_hub = std::make_unique<InboxHub>(m_dir.filePath(u"data"_s), kept.keeper(), vault);
        m_hub->webhooks().setTiming({20ms, 20ms}, {1ms, 10, 5000ms});
    }
    InboxHub &hub() { return *m_hub; }
    [[nodiscard]] QString folder() const { return m_dir.filePath(u"data"_s); }

    Kept kept;
    Vault vault;

private:
    QTemporaryDir m_dir;
    std::unique_ptr<InboxHub> m_hub;
};

Profile profileWith(InboxSource source)
{
    Profile profile;
    profile.id = u"6c6f6f70-6261-4b00-8000-000000000009"_s;
    profile.name = u"P"_s;
    profile.region = Region::Eu;
    profile.inboxSource = source;
    return profile;
}

/// The status that a POST of @p body to @p url is answered with.
int post(const QUrl &url, const QByteArray &body)
{
    RawClient client(static_cast<quint16>(url.port()));
    client.post(url.path().toLatin1(), body, "Connection: close\r\n");
    (void)QTest::qWaitFor([&client] { return client.received.contains("\r\n\r\n"); });
    return client.status();
}

template <typename T>
T result(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 15'000))
        qFatal("never finished");
    return future.result();
}

} // namespace

/// The hub over real sockets and a real keyring: see with-keyring.sh.
class TestInboxHub : public QObject
{
    Q_OBJECT

private slots:
    void aStatusIsKeptAndAnswered();
    void aRestartKeepsTheSecret();
    void anUnusableFileIsSetAside();
    void aTakenPortIsToldAndTheSandboxStillWorks();
    void aTakenPortIsNotApplied();
    void aNewSecretTurnsEarlierSendsAway();
    void theProbeComesBack();

    void webhookSiteIsReadPostsOnly();
    void aRestartGoesOnWhereItWas();
    void whatIsNotRecordedIsFetchedAgain();
    void anotherProfilesAddressIsNotAsked();
    void onlyOneOfTwoProgramsAsks();
    void theKeyGoesToItsOwnSiteAlone();

    void aLoopIsSuspectedOnce();
    void importsGoIntoTheJournal();
};

void TestInboxHub::aStatusIsKeptAndAnswered()
{
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const QSignalSpy kept(&receiver.hub(), &InboxHub::eventKept);
    const auto address =
        receiver.hub().addressFor(profileWith(InboxSource::BuiltIn), Region::Sandbox, Id);
    QCOMPARE(post(QUrl(address.url), Delivered), 200);
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(receiver.kept.events.size(), 1);
    QCOMPARE(receiver.kept.events.first().first.sendId, Id);
    QCOMPARE(receiver.kept.events.first().second, EventSource::Listener);
    receiver.kept.refuse = true;
    QCOMPARE(post(QUrl(address.url), Delivered), 503);
    QCOMPARE(receiver.hub().counts().notKept, 1);
}

void TestInboxHub::aRestartKeepsTheSecret()
{
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const QString secret = receiver.hub().listener().secret;
    QCOMPARE(secret.size(), 22);
    const auto port = receiver.hub().listening().port;
    ListenerSettings settings = receiver.hub().listener();
    settings.port = port; // as behind a tunnel
    QVERIFY(receiver.hub().applyListener(settings));
    const auto before =
        receiver.hub().addressFor(profileWith(InboxSource::BuiltIn), Region::Sandbox, Id);

    receiver.restart();
    QVERIFY(receiver.hub().start());
    QCOMPARE(receiver.hub().listener().secret, secret);
    const auto after =
        receiver.hub().addressFor(profileWith(InboxSource::BuiltIn), Region::Sandbox, Id);
    QCOMPARE(after.url, before.url);
    QCOMPARE(post(QUrl(before.url), Delivered), 200);

    const QFileInfo file(receiver.folder() + "/inbox.json"_L1);
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestInboxHub::anUnusableFileIsSetAside()
{
    Receiver receiver;
    QVERIFY(QDir().mkpath(receiver.folder()));
    QFile file(receiver.folder() + "/inbox.json"_L1);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"listener\":");
    file.close();
    QVERIFY(receiver.hub().start());
    QVERIFY(receiver.hub().setAside());
    QVERIFY(QFile::exists(*receiver.hub().setAside()));
    QVERIFY(receiver.hub().listening().port != 0);
}

void TestInboxHub::aTakenPortIsToldAndTheSandboxStillWorks()
{
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    ListenerSettings settings = receiver.hub().listener();
    settings.port = receiver.hub().listening().port;
    settings.publicBase = u"https://t.example"_s;
    QVERIFY(receiver.hub().applyListener(settings));
    receiver.restart(); // lets the port go

    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, settings.port));
    QVERIFY(receiver.hub().start());
    QCOMPARE(receiver.hub().listening().problem, InboxProblem::PortTaken);
    QVERIFY(receiver.hub().listening().port != settings.port);
    QCOMPARE(receiver.hub().listener().port, settings.port); // still what is wanted
    const Profile profile = profileWith(InboxSource::BuiltIn);
    const auto sandbox = receiver.hub().addressFor(profile, Region::Sandbox, Id);
    QCOMPARE(sandbox.problem, InboxProblem::None);
    QCOMPARE(post(QUrl(sandbox.url), Delivered), 200);
    const auto live = receiver.hub().addressFor(profile, Region::Eu, Id);
    QCOMPARE(live.problem, InboxProblem::PortTaken);
    QVERIFY(live.url.startsWith("https://t.example/"_L1));

    other.close();
    QVERIFY(receiver.hub().applyListener(receiver.hub().listener())); // a second try
    QCOMPARE(receiver.hub().listening().port, settings.port);
    QCOMPARE(receiver.hub().listening().problem, InboxProblem::None);
}

void TestInboxHub::aTakenPortIsNotApplied()
{
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const auto before = receiver.hub().listener();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ListenerSettings settings = before;
    settings.port = other.serverPort();
    const auto applied = receiver.hub().applyListener(settings);
    QVERIFY(!applied);
    QCOMPARE(applied.error().kind, ErrorKind::Network);
    QVERIFY(receiver.hub().listener() == before);
    QCOMPARE(receiver.hub().listening().problem, InboxProblem::None);
    QVERIFY(receiver.hub().listening().port != 0);
    settings = before;
    settings.publicBase = u"https://user@h.org"_s;
    QCOMPARE(receiver.hub().applyListener(settings).error().kind, ErrorKind::InvalidInput);
    QVERIFY(receiver.hub().listener() == before);
}

void TestInboxHub::aNewSecretTurnsEarlierSendsAway()
{
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const Profile profile = profileWith(InboxSource::BuiltIn);
    ListenerSettings settings = receiver.hub().listener();
    settings.port = receiver.hub().listening().port;
    QVERIFY(receiver.hub().applyListener(settings));
    const auto early = receiver.hub().addressFor(profile, Region::Sandbox, Id);
    settings.secret.clear();
    QVERIFY(receiver.hub().applyListener(settings));
    QCOMPARE(post(QUrl(early.url), Delivered), 404);
    QCOMPARE(receiver.hub().counts().wrongPath, 1);
    const auto late = receiver.hub().addressFor(profile, Region::Sandbox, Id);
    QCOMPARE(post(QUrl(late.url), Delivered), 200);
}

void TestInboxHub::theProbeComesBack()
{
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const auto report = result(receiver.hub().probe());
    QCOMPARE(report.verdict, ProbeReport::Verdict::Works);
    QVERIFY(receiver.kept.events.isEmpty()); // it is no status
}

void TestInboxHub::webhookSiteIsReadPostsOnly()
{
    FakeWebhookSite site;
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const Profile profile = profileWith(InboxSource::WebhookSite);
    receiver.hub().setProfiles({profile}, profile.id);
    QVERIFY(!receiver.hub().isAgreed(site.base()));
    QVERIFY(result(receiver.hub().createWebhookAddress(profile.id, site.base())));
    QVERIFY(receiver.hub().isAgreed(site.base()));

    const auto address = receiver.hub().addressFor(profile, Region::Eu, Id);
    QCOMPARE(address.problem, InboxProblem::None);
    RawClient look(static_cast<quint16>(site.base().port()));
    look.send("GET " + QUrl(address.url).path().toLatin1() + " HTTP/1.1\r\nHost: h\r\n\r\n");
    QTRY_COMPARE(look.status(), 200);
    QCOMPARE(post(QUrl(address.url), Delivered), 200);
    QTRY_COMPARE(receiver.kept.events.size(), 1);
    const auto [event, source] = receiver.kept.events.first();
    QCOMPARE(event.sendId, Id);
    QCOMPARE(event.status, DeliveryStatus::Delivered);
    QCOMPARE(event.raw, Delivered);
    QCOMPARE(source, EventSource::WebhookSite);
    const auto rounds = site.lists();
    QTRY_VERIFY(site.lists() > rounds + 2);
    QCOMPARE(receiver.kept.events.size(), 1); // neither the look nor the same one again
    QCOMPARE(receiver.hub().webhooks().state(profile.id).kept, 1);
}

void TestInboxHub::aRestartGoesOnWhereItWas()
{
    FakeWebhookSite site;
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const Profile profile = profileWith(InboxSource::WebhookSite);
    receiver.hub().setProfiles({profile}, profile.id);
    const auto made = result(receiver.hub().createWebhookAddress(profile.id, site.base()));
    QVERIFY(made);
    const QDateTime second = QDateTime::currentDateTimeUtc();
    for (const char *number : {"1", "2", "3"})
        site.addRequest(made->token, "/s/"_L1 + Id, number, second);
    QTRY_COMPARE(receiver.kept.events.size(), 3);
    QTRY_COMPARE(receiver.hub().webhooks().place(profile.id).seen.size(), 3);

    receiver.restart();
    site.addRequest(made->token, "/s/"_L1 + Id, "4", second);
    QVERIFY(receiver.hub().start());
    receiver.hub().setProfiles({profile}, profile.id);
    QTRY_COMPARE(receiver.kept.events.size(), 4);
    const auto rounds = site.lists();
    QTRY_VERIFY(site.lists() > rounds + 2);
    QCOMPARE(receiver.kept.events.size(), 4);
    QCOMPARE(receiver.kept.events.last().first.raw, QByteArray("4"));
}

void TestInboxHub::whatIsNotRecordedIsFetchedAgain()
{
    FakeWebhookSite site;
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const Profile profile = profileWith(InboxSource::WebhookSite);
    receiver.hub().setProfiles({profile}, profile.id);
    const auto made = result(receiver.hub().createWebhookAddress(profile.id, site.base()));
    QVERIFY(made);
    receiver.kept.refuse = true;
    site.addRequest(made->token, "/s/"_L1 + Id, Delivered);
    QTRY_VERIFY(receiver.hub().webhooks().state(profile.id).notKept);
    QVERIFY(receiver.hub().webhooks().place(profile.id).since.isEmpty());

    receiver.restart(); // at once what otherwise takes 10 s
    receiver.kept.refuse = false;
    QVERIFY(receiver.hub().start());
    receiver.hub().setProfiles({profile}, profile.id);
    QTRY_COMPARE(receiver.kept.events.size(), 1);
}

void TestInboxHub::anotherProfilesAddressIsNotAsked()
{
    FakeWebhookSite site;
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    Profile profile = profileWith(InboxSource::WebhookSite);
    receiver.hub().setProfiles({profile}, profile.id);
    QVERIFY(result(receiver.hub().createWebhookAddress(profile.id, site.base())));
    QTRY_VERIFY(site.lists() > 0);
    profile.inboxSource = InboxSource::BuiltIn;
    receiver.hub().setProfiles({profile}, profile.id);
    QVERIFY(!receiver.hub().webhooks().state(profile.id).polling);
    profile.inboxSource = InboxSource::WebhookSite; // the address is still there
    receiver.hub().setProfiles({profile}, profile.id);
    QTRY_VERIFY(receiver.hub().webhooks().state(profile.id).polling);
}

void TestInboxHub::onlyOneOfTwoProgramsAsks()
{
    FakeWebhookSite site;
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const Profile profile = profileWith(InboxSource::WebhookSite);
    receiver.hub().setProfiles({profile}, profile.id);
    QVERIFY(result(receiver.hub().createWebhookAddress(profile.id, site.base())));
    QTRY_VERIFY(receiver.hub().webhooks().state(profile.id).polling);

    Kept other;
    InboxHub second(receiver.folder(), other.keeper(), receiver.vault);
    QVERIFY(second.start());
    second.setProfiles({profile}, profile.id);
    QVERIFY(second.webhooks().isOtherAsking());
    QVERIFY(!second.webhooks().state(profile.id).polling);
    QVERIFY(!receiver.hub().webhooks().isOtherAsking());
}

void TestInboxHub::theKeyGoesToItsOwnSiteAlone()
{
    FakeWebhookSite site;
    FakeWebhookSite foreign;
    site.requireKey("Api-Key", "site-key-1");
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const Profile profile = profileWith(InboxSource::WebhookSite);
    receiver.hub().setProfiles({profile}, profile.id);
    const auto refused = result(receiver.hub().createWebhookAddress(profile.id, site.base()));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, WebhookSiteProblem::Kind::Unauthorized);

    QVERIFY(result(receiver.vault.store(profile.id, origin(site.base()), "site-key-1")));
    receiver.hub().webhooks().noteKey(profile.id, site.base(), true);
    QVERIFY(result(receiver.hub().createWebhookAddress(profile.id, site.base())));
    QTRY_VERIFY(receiver.hub().webhooks().state(profile.id).lastPolled.isValid());

    receiver.restart(); // the key comes out of the keychain again
    QVERIFY(receiver.hub().start());
    receiver.hub().setProfiles({profile}, profile.id);
    QTRY_VERIFY(receiver.hub().webhooks().state(profile.id).lastPolled.isValid());

    QVERIFY(result(receiver.hub().createWebhookAddress(profile.id, foreign.base())));
    QTRY_VERIFY(foreign.lists() > 0);
    const auto requests = foreign.requests();
    for (const HttpRequest &request : requests)
        QVERIFY(headerValue(request.headers, "Api-Key").isEmpty());
    QVERIFY(!receiver.hub().webhooks().place(profile.id).keyInKeychain);
}

void TestInboxHub::aLoopIsSuspectedOnce()
{
    Receiver receiver;
    QVERIFY(receiver.hub().start());
    const QSignalSpy alarms(&receiver.hub(), &InboxHub::loopSuspected);
    const auto address =
        receiver.hub().addressFor(profileWith(InboxSource::BuiltIn), Region::Sandbox, Id);
    for (int i = 0; i <= LoopLimits().copies + 3; ++i)
        QCOMPARE(post(QUrl(address.url), Delivered), 200);
    QTRY_COMPARE(alarms.size(), 1);
    const auto alarm = alarms.first().first().value<LoopAlarm>();
    QCOMPARE(alarm.kind, LoopAlarm::Kind::SameAgain);
    QCOMPARE(alarm.sendId, Id);
}

void TestInboxHub::importsGoIntoTheJournal()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    Deliveries deliveries(journal);
    QVERIFY(result(journal.open()));
    Vault vault;
    InboxHub hub(dir.path(), keeperOver(deliveries), vault);
    QVERIFY(hub.start());
    QSignalSpy alarms(&hub, &InboxHub::loopSuspected);
    StatusEvent tied = parseStatusEvent(Delivered);
    tied.sendId = Id;
    const StatusEvent stray = parseStatusEvent(R"({"status":"read","to":"447700900958"})");
    const auto taken = result(hub.import({tied, stray}));
    QVERIFY(taken);
    QCOMPARE(taken->tied + taken->unmatched + taken->guessed, 2);
    QVERIFY(alarms.isEmpty()); // old statuses are no loop
}

QTEST_GUILESS_MAIN(TestInboxHub)
#include "tst_inboxhub.moc"
