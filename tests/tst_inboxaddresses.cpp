#include "receive/inboxaddresses.h"

#include "core/statusevent.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

/// The Status URL of one send, for every source and endpoint.
class TestInboxAddresses : public QObject
{
    Q_OBJECT

private slots:
    void everySourceGivesItsUrl_data();
    void everySourceGivesItsUrl();
    void theIdGoesToTheEndOfThePath_data();
    void theIdGoesToTheEndOfThePath();
    void aUrlOfTheUsersIsSentAsTyped();
    void anUrlThatABatchFillsInGetsNoId();
};

namespace {

const QString Id = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
const QString Token = u"7c9e6679-7425-40de-944b-e07fc1f90ae7"_s;
const QString Secret = u"secretsecretsecret"_s;

Profile profileWith(InboxSource source, const QString &url = {})
{
    Profile profile;
    profile.id = u"p"_s;
    profile.inboxSource = source;
    profile.statusUrl = url;
    return profile;
}

InboxFile kept(const QString &publicBase = {}, const QString &site = {})
{
    InboxFile file;
    file.listener.secret = Secret;
    file.listener.publicBase = publicBase;
    if (!site.isEmpty())
        file.places.insert(u"p"_s, {site, Token, {}, {}, false});
    return file;
}

ListenerAddress here(InboxProblem problem = InboxProblem::None)
{
    return {QUrl("http://127.0.0.1:7420/"_L1 + Secret), problem};
}

} // namespace

void TestInboxAddresses::everySourceGivesItsUrl_data()
{
    QTest::addColumn<InboxFile>("file");
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<Region>("region");
    QTest::addColumn<ListenerAddress>("listener");
    QTest::addColumn<QString>("url");
    QTest::addColumn<InboxSource>("source");
    QTest::addColumn<InboxProblem>("problem");
    using enum InboxProblem;
    const Profile builtIn = profileWith(InboxSource::BuiltIn);
    const Profile site = profileWith(InboxSource::WebhookSite);
    const Profile own = profileWith(InboxSource::Elsewhere, u"https://h.org/x"_s);
    const QString local = "http://127.0.0.1:7420/"_L1 + Secret + "/s/"_L1 + Id;
    const QString world = "https://t.example/in/"_L1 + Secret + "/s/"_L1 + Id;
    const QString atSite = "https://webhook.site/"_L1 + Token + "/s/"_L1 + Id;
    const auto row = [](const char *name, const InboxFile &file, const Profile &profile,
                        Region region, const ListenerAddress &listener, const QString &url,
                        InboxSource source, InboxProblem problem = None) {
        QTest::newRow(name) << file << profile << region << listener << url << source << problem;
    };
    const InboxFile none = kept();
    const InboxFile tunnel = kept(u"https://t.example/in/"_s);
    const InboxFile webhook = kept({}, u"https://webhook.site"_s);
    row("built-in, sandbox", none, builtIn, Region::Sandbox, here(), local, InboxSource::BuiltIn);
    row("built-in, cloud", none, builtIn, Region::Eu, here(), local, InboxSource::BuiltIn,
        NotPublic);
    row("built-in, cloud, nobody listens", none, builtIn, Region::Us, {}, {}, InboxSource::BuiltIn,
        NotPublic);
    row("built-in, tunnel, cloud", tunnel, builtIn, Region::Us, here(), world,
        InboxSource::BuiltIn);
    row("built-in, tunnel, nobody listens", tunnel, builtIn, Region::Us, {}, world,
        InboxSource::BuiltIn);
    row("built-in, tunnel, port taken", tunnel, builtIn, Region::Eu, here(PortTaken), world,
        InboxSource::BuiltIn, PortTaken);
    row("built-in, tunnel, port taken, sandbox", tunnel, builtIn, Region::Sandbox, here(PortTaken),
        local, InboxSource::BuiltIn);
    row("built-in, tunnel, sandbox", tunnel, builtIn, Region::Sandbox, here(), local,
        InboxSource::BuiltIn);
    row("built-in, sandbox, nobody listens", none, builtIn, Region::Sandbox, {}, {},
        InboxSource::BuiltIn, NotListening);
    Profile local8080 = builtIn;
    local8080.customUrl = u"http://127.0.0.1:8080"_s;
    row("built-in, endpoint here", none, local8080, Region::Custom, here(), local,
        InboxSource::BuiltIn);
    Profile gateway = builtIn;
    gateway.customUrl = u"https://gateway.example"_s;
    row("built-in, gateway", none, gateway, Region::Custom, here(), local, InboxSource::BuiltIn,
        NotPublic);
    row("webhook.site, cloud", webhook, site, Region::Eu, here(), atSite, InboxSource::WebhookSite);
    row("webhook.site, sandbox", webhook, site, Region::Sandbox, here(), local,
        InboxSource::BuiltIn);
    row("webhook.site here, sandbox", kept({}, u"http://127.0.0.1:99/site"_s), site,
        Region::Sandbox, here(), "http://127.0.0.1:99/site/"_L1 + Token + "/s/"_L1 + Id,
        InboxSource::WebhookSite);
    row("webhook.site, no address", none, site, Region::Eu, here(), {}, InboxSource::WebhookSite,
        NoAddressYet);
    row("elsewhere, cloud", none, own, Region::Eu, here(), u"https://h.org/x"_s,
        InboxSource::Elsewhere);
    row("elsewhere, sandbox", none, own, Region::Sandbox, here(), local, InboxSource::BuiltIn);
    row("elsewhere here, sandbox", none,
        profileWith(InboxSource::Elsewhere, u"http://127.0.0.1:1/"_s), Region::Sandbox, here(),
        u"http://127.0.0.1:1/"_s, InboxSource::Elsewhere);
    row("elsewhere, nothing typed", none, profileWith(InboxSource::Elsewhere), Region::Us, here(),
        {}, InboxSource::Elsewhere, NothingTyped);
}

void TestInboxAddresses::everySourceGivesItsUrl()
{
    QFETCH(const InboxFile, file);
    QFETCH(const Profile, profile);
    QFETCH(const Region, region);
    QFETCH(const ListenerAddress, listener);
    const InboxAddress address = inboxAddress(file, profile, region, listener, Id);
    QTEST(address.url, "url");
    QTEST(address.source, "source");
    QTEST(address.problem, "problem");
}

void TestInboxAddresses::theIdGoesToTheEndOfThePath_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    const QString end = "/s/"_L1 + Id;
    QTest::newRow("host") << u"https://h.org"_s << "https://h.org"_L1 + end;
    QTest::newRow("slash") << u"https://h.org/"_s << "https://h.org"_L1 + end;
    QTest::newRow("path") << u"https://h.org/x//"_s << "https://h.org/x"_L1 + end;
    QTest::newRow("query") << u"https://h.org/x?job=1&to=a/b"_s
                           << "https://h.org/x"_L1 + end + "?job=1&to=a/b"_L1;
    QTest::newRow("query at the host")
        << u"https://h.org?a=%2F"_s << "https://h.org"_L1 + end + "?a=%2F"_L1;
    QTest::newRow("fragment") << u"https://h.org/x#y?z"_s << "https://h.org/x"_L1 + end + "#y?z"_L1;
    QTest::newRow("percent") << u"https://h.org/%C3%BC?q=%20"_s
                             << "https://h.org/%C3%BC"_L1 + end + "?q=%20"_L1;
}

void TestInboxAddresses::theIdGoesToTheEndOfThePath()
{
    QFETCH(const QString, typed);
    QTEST(withSendId(typed, Id), "url");
    Profile profile = profileWith(InboxSource::Elsewhere, typed);
    profile.appendSendId = true;
    QTEST(inboxAddress({}, profile, Region::Eu, {}, Id).url, "url");
    // What comes in there and is pasted later finds its send.
    QFETCH(const QString, url);
    QCOMPARE(sendIdInPath(QUrl(url).path()), Id);
}

void TestInboxAddresses::aUrlOfTheUsersIsSentAsTyped()
{
    const QString typed = u"HTTPS://Host.example:443/a b/ü?x=1&&"_s;
    QCOMPARE(inboxAddress({}, profileWith(InboxSource::Elsewhere, typed), Region::Eu, {}, Id).url,
             typed);
}

void TestInboxAddresses::anUrlThatABatchFillsInGetsNoId()
{
    Profile profile = profileWith(InboxSource::Elsewhere, u"https://h.org/{{row}}"_s);
    profile.appendSendId = true;
    QCOMPARE(inboxAddress({}, profile, Region::Eu, {}, Id).url, profile.statusUrl);
}

QTEST_APPLESS_MAIN(TestInboxAddresses)
#include "tst_inboxaddresses.moc"
