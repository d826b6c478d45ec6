#include "gui/windowfixture.h"

#include "app/translations.h"
#include "core/endpoint.h"
#include "net/insights.h"
#include "store/journal.h"
#include "store/profiles.h"
#include "support/scriptedserver.h"
#include "support/storesamples.h"

#include <QListView>
#include <QTabWidget>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray Key = "f00d-0123456789-feed";
const QByteArray Whole =
    R"({"id":"s-1","parameters":{"ORDER":"A-1043"},"transcription":[)"
    R"({"agent":"Hola <b>Marta</b>"},{"user":"Gracias"}],)"
    R"("flow_path":[{"type":"webhook","tags":["crm"],"request":{"verb":"POST",)"
    R"("url":"https://shop.invalid"},"response":{"code":502}}]})";
const QByteArray Partial = R"({"id":"s-1","parameters":{"ORDER":"A-1043"},"transcription":[]})";

Script ok(const QByteArray &body)
{
    return Script::answer("200 OK", body);
}

Script notFound()
{
    return Script::answer("404 Not Found", R"({"message":"no such session"})");
}

} // namespace

/// Conversations through the real window, from a server that stands in for Insights.
class TestConversationPane : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void aConversationIsFetchedShownAndKept();
    void theKeyGoesWhereTheSendWentAndNowhereElse();
    void whatComesLateIsWaitedForVisibly();
    void stoppingEndsItAtOnce();
    void oneFetchAtATime();
    void withoutTranscriptionWhatThereIsIsShown();
    void lessNeverReplacesMore();
    void severalSessionsAreChosenFrom();
    void oddAnswersAreExplained_data();
    void oddAnswersAreExplained();
    void anotherSendDoesNotShowIt();
    void whatWasRefusedHasNoConversation();
    void withoutItsProfileNothingIsAsked();
    void anUnapprovedHostIsNotAsked();
    void theSandboxHasNoConversations();

private:
    [[nodiscard]] Profile profile() const;
    /// Records a send to the server and selects it.
    void addSend(const QByteArray &answer = R"({"session_id":"s-1"})",
                 Outcome outcome = Outcome::Accepted, const QString &profileName = u"Fake"_s);
    void setWaits(const QList<std::chrono::milliseconds> &waits);
    [[nodiscard]] QString report()
    {
        return m_fixture->find<QTextBrowser>("fetchReport")->toPlainText();
    }
    [[nodiscard]] bool isOffered()
    {
        return m_fixture->find<QPushButton>("fetchButton")->isVisible();
    }
    [[nodiscard]] const QAbstractItemModel &chat()
    {
        return *m_fixture->find<QListView>("chatView")->model();
    }

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
};

Profile TestConversationPane::profile() const
{
    Profile profile;
    profile.id = u"0d8f7b0e-1111-4222-8333-444444444444"_s;
    profile.name = u"Fake"_s;
    profile.region = Region::Custom;
    profile.customUrl = m_server->url(QString()).toString();
    profile.approvedHost = origin(m_server->url(QString()));
    return profile;
}

void TestConversationPane::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(QDir().mkpath(m_fixture->folder()));
    QVERIFY(saveProfiles(m_fixture->folder(), {builtInProfile(), profile()}));
    QVERIFY(m_fixture->start());
    m_fixture->bench().vault().keepForSession(profile().id, profile().approvedHost, Key);
    setWaits({1ms, 1ms, 1ms, 1ms, 1ms});
    auto *tabs = m_fixture->find<QTabWidget>("tabs");
    tabs->setCurrentIndex(tabs->count() - 1);
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"Conversation"_s);
}

void TestConversationPane::cleanup()
{
    m_fixture.reset();
    m_server.reset();
}

void TestConversationPane::setWaits(const QList<std::chrono::milliseconds> &waits)
{
    InsightsLimits limits;
    limits.waits = waits;
    m_fixture->bench().insights().setLimits(limits);
}

void TestConversationPane::addSend(const QByteArray &answer, Outcome outcome,
                                   const QString &profileName)
{
    Claim claim = sampleClaim();
    claim.claimedAt = QDateTime::currentDateTimeUtc().addSecs(-2);
    claim.profile = profileName;
    claim.region = regionName(Region::Custom);
    claim.url = m_server->url();
    SendReport report = sampleReport(outcome, outcome == Outcome::Refused ? 422 : 200);
    report.answer.body = answer;
    const qint64 row = recordSend(m_fixture->bench().journal(), claim, report);
    QVERIFY(row > 0);
    m_fixture->window().showSend(claim.sendId);
    const bool isFetchable = outcome != Outcome::Refused;
    QTRY_COMPARE(m_fixture->find<QTableView>("logView")->currentIndex().row(), 0);
    QTRY_COMPARE(isOffered(), isFetchable);
}

void TestConversationPane::aConversationIsFetchedShownAndKept()
{
    auto &f = *m_fixture;
    addSend();
    QVERIFY(f.text("conversationHint").contains(u"nothing is sent to the customer"_s));
    m_server->willDo(ok(Whole));
    f.click("fetchButton");
    QTRY_COMPARE(chat().rowCount(), 2);
    QVERIFY(chat().index(0, 0).data().toString().contains(u"Hola <b>Marta</b>"_s)); // text
    QVERIFY(chat().index(1, 0).data().toString().startsWith(u"Customer"_s));
    QTRY_VERIFY(f.text("fetchedLabel").startsWith(u"Fetched at "_s));
    QVERIFY(!f.find<QTextBrowser>("fetchReport")->isVisible());
    QCOMPARE(f.find<QPushButton>("fetchButton")->text(), u"&Fetch again"_s);
    QCOMPARE(f.find<QTableView>("stepsView")->model()->index(0, 2).data().toString(), u"502"_s);
    QCOMPARE(f.find<QTableView>("valuesView")->model()->index(0, 1).data().toString(), u"A-1043"_s);
    const auto asked = m_server->requests.size();

    f.quit(); // and the next time it is there at once, without asking
    QVERIFY(f.start());
    QTRY_COMPARE(f.log().rowCount(), 1);
    f.find<QTableView>("logView")->selectRow(0);
    QTRY_COMPARE(chat().rowCount(), 2);
    QVERIFY(f.text("fetchedLabel").startsWith(u"Fetched at "_s));
    QCOMPARE(m_server->requests.size(), asked);
}

// Break it by asking profiles().first() in ConversationFetcher::targetOf().
void TestConversationPane::theKeyGoesWhereTheSendWentAndNowhereElse()
{
    addSend();
    m_server->willDo(ok(Whole));
    m_fixture->click("fetchButton");
    QTRY_COMPARE(chat().rowCount(), 2);
    QCOMPARE(m_server->requests.size(), 1);
    const SeenRequest &request = m_server->requests.first();
    QCOMPARE(request.method, "GET");
    QVERIFY(request.target.startsWith("/insights/sessions/s-1/parameters"));
    QCOMPARE(request.values("x-vgai-key"), QByteArrayList{Key});
    // Not in anything that is shown.
    for (const QPlainTextEdit *edit : m_fixture->window().findChildren<QPlainTextEdit *>())
        QVERIFY(!edit->toPlainText().contains(QString::fromLatin1(Key)));
}

void TestConversationPane::whatComesLateIsWaitedForVisibly()
{
    auto &f = *m_fixture;
    setWaits({2s, 2s, 2s, 2s, 2s});
    addSend();
    for (int path = 0; path < 4; ++path)
        m_server->willDo(notFound());
    f.click("fetchButton");
    QTRY_VERIFY(f.text("fetchProgress").startsWith(u"Not there yet. Next try in"_s));
    QVERIFY(f.find<QPushButton>("stopFetchButton")->isVisible());
    QVERIFY(!isOffered());
    m_server->willDo(ok(Whole));
    QTRY_COMPARE(chat().rowCount(), 2);
    QTRY_VERIFY(!f.find<QPushButton>("stopFetchButton")->isVisible());
}

void TestConversationPane::stoppingEndsItAtOnce()
{
    auto &f = *m_fixture;
    setWaits({60s, 60s, 60s, 60s, 60s});
    addSend();
    for (int path = 0; path < 4; ++path)
        m_server->willDo(notFound());
    f.click("fetchButton");
    QTRY_VERIFY(f.text("fetchProgress").startsWith(u"Not there yet"_s));
    const auto asked = m_server->requests.size();
    f.click("stopFetchButton");
    QVERIFY(report().contains(u"Stopped."_s));
    QVERIFY(isOffered());
    QCOMPARE(m_server->requests.size(), asked);
    QCOMPARE(f.bench().insights().inFlight(), 0);
}

// Break it by leaving the look at isFetching out of ConversationFetcher::fetch().
void TestConversationPane::oneFetchAtATime()
{
    auto &f = *m_fixture;
    addSend();
    m_server->willDo(Script::stall());
    auto *button = f.find<QPushButton>("fetchButton");
    button->click();
    button->click(); // the key is still being fetched
    QTRY_COMPARE(m_server->requests.size(), 1);
    button->click(); // and now the question is under way
    const auto askedTwice = [&] {
        return m_server->requests.size() > 1 || f.bench().insights().inFlight() > 1;
    };
    QVERIFY(!QTest::qWaitFor(askedTwice, 500)); // a question takes less than 50 ms
    f.click("stopFetchButton");
    QTRY_COMPARE(f.bench().insights().inFlight(), 0);
}

void TestConversationPane::withoutTranscriptionWhatThereIsIsShown()
{
    auto &f = *m_fixture;
    setWaits({});
    addSend();
    m_server->willDo(ok(Partial));
    f.click("fetchButton");
    QTRY_VERIFY(f.text("fetchedLabel").contains(u"without a transcription"_s));
    QVERIFY(report().contains(u"no transcription yet"_s));
    QCOMPARE(f.find<QTableView>("valuesView")->model()->rowCount(), 1);
    QVERIFY(f.find<QLabel>("noTurnsNote")->isVisible());
}

void TestConversationPane::lessNeverReplacesMore()
{
    auto &f = *m_fixture;
    setWaits({});
    addSend();
    m_server->willDo(ok(Whole));
    f.click("fetchButton");
    QTRY_COMPARE(chat().rowCount(), 2);
    for (int path = 0; path < 4; ++path)
        m_server->willDo(ok(Partial));
    f.click("fetchButton");
    QTRY_VERIFY(report().contains(u"no transcription yet"_s));
    QCOMPARE(chat().rowCount(), 2);
}

void TestConversationPane::severalSessionsAreChosenFrom()
{
    auto &f = *m_fixture;
    addSend("{}");
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    const QByteArray two =
        uR"({"sessions":[{"id":"s-1","session_start_time":"%1","source":"447900000001"},)"
        uR"({"id":"s-2","session_start_time":"%1","source":"447900000001"}]})"_s.arg(now)
            .toUtf8();
    m_server->willDo(ok(two));
    f.click("fetchButton");
    auto *sessions = f.find<QTableView>("sessionView");
    QTRY_COMPARE(sessions->model()->rowCount(), 2);
    QVERIFY(report().contains(u"not certain which session"_s));
    QVERIFY(!f.find<QPushButton>("readSessionButton")->isEnabled());
    QCOMPARE(sessions->model()->index(0, 3).data().toString(), u"s-1"_s);
    sessions->selectRow(0);
    m_server->willDo(ok(Whole));
    f.click("readSessionButton");
    QTRY_COMPARE(chat().rowCount(), 2);
    QVERIFY(!sessions->isVisible());
    QVERIFY(f.find<QLabel>("fetchedLabel")->toolTip().contains(u"Chosen by you"_s));
    QVERIFY(m_server->requests.last().target.startsWith("/insights/sessions/s-1/"));
}

void TestConversationPane::oddAnswersAreExplained_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    QTest::newRow("unauthorized") << QByteArray("401 Unauthorized") << QByteArray("{}")
                                  << u"AI Studio documents 401 for invalid parameters"_s;
    QTest::newRow("nothing") << QByteArray("404 Not Found") << QByteArray("{}")
                             << u"No session was found"_s;
    QTest::newRow("page") << QByteArray("200 OK") << QByteArray("<html><b>Login</b></html>")
                          << u"This says nothing about the message"_s;
    QTest::newRow("garbage") << QByteArray("200 OK") << QByteArray("{\"id\":")
                             << u"cannot be understood"_s;
    QTest::newRow("another's") << QByteArray("200 OK")
                               << QByteArray(R"({"id":"s-9","transcription":[{"agent":"x"}]})")
                               << u"cannot be understood"_s;
    QTest::newRow("server error") << QByteArray("503 Unavailable") << QByteArray("oops")
                                  << u"failed to answer"_s;
    QTest::newRow("limit") << QByteArray("429 Too Many Requests") << QByteArray("{}")
                           << u"Too many requests"_s;
}

void TestConversationPane::oddAnswersAreExplained()
{
    QFETCH(const QByteArray, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, words);
    setWaits({});
    addSend();
    for (int path = 0; path < 5; ++path)
        m_server->willDo(Script::answer(status, body));
    m_fixture->click("fetchButton");
    const bool told = QTest::qWaitFor([&] { return report().contains(words); }, 5000);
    QVERIFY2(told, qPrintable(report()));
    QVERIFY(isOffered()); // again
    QVERIFY(!m_fixture->find<QLabel>("fetchedLabel")->isVisible());
    QCOMPARE(chat().rowCount(), 0);
}

void TestConversationPane::anotherSendDoesNotShowIt()
{
    auto &f = *m_fixture;
    addSend();
    m_server->willDo(Script::stall());
    f.click("fetchButton");
    QTRY_COMPARE(m_server->requests.size(), 1);
    addSend();
    QVERIFY(isOffered());
    QVERIFY(!f.find<QLabel>("fetchProgress")->isVisible());
    f.find<QTableView>("logView")->selectRow(1); // it goes on meanwhile
    QTRY_VERIFY(f.find<QLabel>("fetchProgress")->isVisible());
    f.click("stopFetchButton");
    QTRY_VERIFY(isOffered());
}

void TestConversationPane::whatWasRefusedHasNoConversation()
{
    addSend("{}", Outcome::Refused);
    QTRY_VERIFY(m_fixture->text("conversationHint").contains(u"there is no conversation"_s));
    QVERIFY(!isOffered());
    addSend(R"({"session_id":"s-1"})", Outcome::Unknown);
}

void TestConversationPane::withoutItsProfileNothingIsAsked()
{
    addSend(R"({"session_id":"s-1"})", Outcome::Accepted, u"Gone"_s);
    m_fixture->click("fetchButton");
    QTRY_VERIFY(report().contains(u"“Gone”"_s));
    QVERIFY(m_server->requests.isEmpty());
}

// Break it by leaving approvedHost out of ConversationFetcher::targetOf().
void TestConversationPane::anUnapprovedHostIsNotAsked()
{
    auto &f = *m_fixture;
    f.quit();
    Profile unapproved = profile();
    unapproved.approvedHost = u"https://elsewhere.invalid:443"_s;
    QVERIFY(saveProfiles(f.folder(), {builtInProfile(), unapproved}));
    QVERIFY(f.start());
    f.bench().vault().keepForSession(unapproved.id, origin(m_server->url()), Key);
    auto *tabs = f.find<QTabWidget>("tabs");
    tabs->setCurrentIndex(tabs->count() - 1);
    addSend();
    f.click("fetchButton");
    QTRY_VERIFY(report().contains(u"Agree to that in the profile"_s));
    QVERIFY(m_server->requests.isEmpty());
}

void TestConversationPane::theSandboxHasNoConversations()
{
    auto &f = *m_fixture;
    f.click("sendButton");
    QTRY_COMPARE(f.result(0), u"200 Accepted"_s);
    QTRY_VERIFY(isOffered());
    f.click("fetchButton");
    QTRY_VERIFY(report().contains(u"The sandbox has no agent"_s));
    QCOMPARE(f.bench().insights().inFlight(), 0);
}

QTEST_MAIN(TestConversationPane)
#include "tst_conversationpane.moc"
