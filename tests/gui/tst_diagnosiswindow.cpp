#include "gui/livefixture.h"

#include "support/sending.h"
#include "ui/diagnosisdesk.h"
#include "ui/diagnosisdialog.h"
#include "ui/diagnosismodel.h"
#include "ui/logpanel.h"
#include "ui/theme.h"
#include "ui/timingpane.h"
#include "ui/waterfallview.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QTabWidget>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// "Is it me or them?" and the Timing tab, in the real window.
class TestDiagnosisWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void theSandboxIsFoundHealthy();
    void aClosedPortIsFoundAndCopied();
    void nothingIsPostedAndTheKeyIsNotSent();
    void stopStopsAndChecksAgain();
    void closingTheDialogStopsTheChecks();
    void theButtonBesideAFailedSendChecksItsHost();
    void aDiskThatCannotBeWrittenIsThisComputersFault();
    void everyControlOfTheDialogHasAName();
    void theModelFollowsWithoutAReset();
    void theTimingTabShowsPhasesAndConnection();
    void theWaterfallIsReachedAndReadByKeyboard();
    void picturesInBothSchemes();

private:
    /// Does @p act in the dialog when its checks are over, and closes it.
    template <typename Act>
    void inDialog(Act act, const std::function<void()> &open)
    {
        bool wasOpen = false;
        m_fixture->whenDialogOpens<DiagnosisDialog>([&](DiagnosisDialog &dialog) {
            wasOpen = true;
            act(dialog);
            dialog.close();
        });
        open();
        QVERIFY(wasOpen);
    }
    void waitForVerdict() { QTRY_VERIFY_WITH_TIMEOUT(!diagnoser().isRunning(), 20'000); }
    Diagnoser &diagnoser() { return m_fixture->window().diagnosis().diagnoser(); }
    void trigger() { m_fixture->find<QAction>("diagnoseAction")->trigger(); }
    /// "Is it me or th&em?": where its mnemonic is does not matter.
    QPushButton *shownButton(const QString &text)
    {
        for (auto *button : m_fixture->window().findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().remove(u'&').contains(text))
                return button;
        }
        return nullptr;
    }
    static QString label(const QDialog &dialog, const char *name)
    {
        return dialog.findChild<QLabel *>(QLatin1String(name))->text();
    }
    static QString cell(const QDialog &dialog, const QString &check)
    {
        const auto *model = dialog.findChild<QTableView *>(u"checksView"_s)->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data().toString().endsWith(check))
                return model->index(row, DiagnosisModel::ResultColumn).data().toString();
        }
        return {};
    }

    std::unique_ptr<LiveFixture> m_fixture;
};

void TestDiagnosisWindow::init()
{
    m_fixture = std::make_unique<LiveFixture>();
}

void TestDiagnosisWindow::cleanup()
{
    m_fixture->quit();
    m_fixture.reset();
}

void TestDiagnosisWindow::theSandboxIsFoundHealthy()
{
    QVERIFY(m_fixture->start());
    inDialog(
        [this](DiagnosisDialog &dialog) {
            waitForVerdict();
            QCOMPARE(label(dialog, "culpritLabel"), u"Nothing found."_s);
            QVERIFY(cell(dialog, u"Journal"_s).startsWith(u"Can be written"_s));
            QVERIFY(cell(dialog, u"Status URL"_s).startsWith(u"Arrives, on this computer"_s));
            QVERIFY(cell(dialog, u"Answer"_s).contains(u"HTTP 40"_s));
            QVERIFY(cell(dialog, u"Keychain"_s).isEmpty()); // the sandbox needs none
            const auto *progress = dialog.findChild<QProgressBar *>(u"progress"_s);
            QCOMPARE(progress->value(), progress->maximum());
        },
        [this] { trigger(); });
    QVERIFY(m_fixture->window().diagnosis().lastReport().isDone);
    QCOMPARE(m_fixture->log().rowCount(), 0); // nothing was sent
}

void TestDiagnosisWindow::aClosedPortIsFoundAndCopied()
{
    m_fixture->prepare();
    m_fixture->server.close();
    QVERIFY(m_fixture->startLive());
    inDialog(
        [this](DiagnosisDialog &dialog) {
            waitForVerdict();
            QCOMPARE(label(dialog, "culpritLabel"), u"It is this computer."_s);
            QVERIFY(label(dialog, "verdictLabel").startsWith(u"Nothing listens at 127.0.0.1:"_s));
            QVERIFY(cell(dialog, u"Connection (TCP)"_s).startsWith(u"Refused at once"_s));
            QTest::mouseClick(dialog.findChild<QPushButton *>(u"copyButton"_s), Qt::LeftButton);
        },
        [this] { trigger(); });
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.startsWith(u"Is it me or them? It is this computer."_s), qPrintable(copied));
    QVERIFY(copied.contains(u"[fails] Connection (TCP): Refused at once"_s));
    QVERIFY(copied.contains(u"Profile “Shop”"_s));
    QVERIFY(!copied.contains(u"live-key-0123456789"_s));
    QVERIFY(!copied.contains(m_fixture->bench().inbox().listener().secret));
}

void TestDiagnosisWindow::nothingIsPostedAndTheKeyIsNotSent()
{
    m_fixture->prepare();
    QVERIFY(m_fixture->startLive());
    inDialog([this](DiagnosisDialog &) { waitForVerdict(); }, [this] { trigger(); });
    QCOMPARE(m_fixture->server.requests.size(), 1);
    const SeenRequest &request = m_fixture->server.requests.first();
    QCOMPARE(request.method, QByteArray("GET"));
    QCOMPARE(request.target, QByteArray("/"));
    QCOMPARE(m_fixture->server.posts(), 0);
    QVERIFY(!request.head.contains("live-key"));
    QVERIFY(!request.head.toLower().contains("vgai"));
    QCOMPARE(m_fixture->log().rowCount(), 0);
}

void TestDiagnosisWindow::stopStopsAndChecksAgain()
{
    m_fixture->prepare();
    m_fixture->server.setMute(true);
    QVERIFY(m_fixture->startLive());
    inDialog(
        [this](DiagnosisDialog &dialog) {
            auto *run = dialog.findChild<QPushButton *>(u"runButton"_s);
            QTRY_VERIFY(!m_fixture->server.requests.isEmpty()
                        || m_fixture->server.connections >= 2);
            QVERIFY(diagnoser().isRunning());
            QCOMPARE(run->text(), u"&Stop"_s);
            QTest::mouseClick(run, Qt::LeftButton);
            QVERIFY(!diagnoser().isRunning());
            QCOMPARE(label(dialog, "culpritLabel"), u"It cannot be told."_s);
            QVERIFY(cell(dialog, u"Answer"_s).startsWith(u"Stopped"_s));
            QCOMPARE(run->text(), u"Check &Again"_s);
            m_fixture->server.setMute(false);
            QTest::mouseClick(run, Qt::LeftButton);
            QVERIFY(diagnoser().isRunning());
            waitForVerdict();
            QVERIFY(cell(dialog, u"Answer"_s).contains(u"HTTP 200"_s));
        },
        [this] { trigger(); });
}

void TestDiagnosisWindow::closingTheDialogStopsTheChecks()
{
    m_fixture->prepare();
    m_fixture->server.setMute(true);
    QVERIFY(m_fixture->startLive());
    inDialog([](DiagnosisDialog &) {}, [this] { trigger(); });
    QVERIFY(!diagnoser().isRunning());
    QTRY_COMPARE(m_fixture->server.openConnections(), 0);
}

void TestDiagnosisWindow::theButtonBesideAFailedSendChecksItsHost()
{
    QVERIFY(m_fixture->start());
    Journal &journal = m_fixture->bench().journal();
    Claim claim;
    claim.sendId = u"5c1d3b8e-0000-4000-8000-00000000d1a6"_s;
    claim.claimedAt = QDateTime::currentDateTimeUtc();
    claim.region = u"custom"_s;
    claim.url = QUrl(u"http://127.0.0.1:9/messaging/conversation"_s);
    (void)journal.claim(claim);
    SendReport report;
    report.outcome = Outcome::NotSent;
    report.answer.problem = TransportProblem::ConnectionRefused;
    (void)journal.settle(claim.sendId, report);
    QTRY_COMPARE(m_fixture->log().rowCount(), 1);
    m_fixture->window().showSend(claim.sendId);
    QPushButton *button = nullptr;
    QTRY_VERIFY((button = shownButton(u"me or them"_s)) != nullptr);
    inDialog(
        [this](DiagnosisDialog &dialog) {
            waitForVerdict();
            QVERIFY(label(dialog, "verdictLabel").contains(u"127.0.0.1:9 "_s));
        },
        [button] { QTest::mouseClick(button, Qt::LeftButton); });
}

void TestDiagnosisWindow::aDiskThatCannotBeWrittenIsThisComputersFault()
{
    QVERIFY(m_fixture->start());
    // The desk is told of a folder that is not there.
    DiagnosisDesk desk({m_fixture->window(), *m_fixture->find<QMenu>("toolsMenu")},
                       {m_fixture->folder() + u"/gone"_s, m_fixture->bench().journal(),
                        m_fixture->bench().vault(), m_fixture->bench().inbox()},
                       [this] {
                           return DiagnosisDesk::Target{builtInProfile(), Region::Sandbox,
                                                        m_fixture->bench().sandbox().baseUrl()};
                       });
    inDialog(
        [&desk](DiagnosisDialog &dialog) {
            QTRY_VERIFY_WITH_TIMEOUT(!desk.diagnoser().isRunning(), 20'000);
            QVERIFY(cell(dialog, u"Journal"_s).startsWith(u"Cannot be written"_s));
            QCOMPARE(label(dialog, "culpritLabel"), u"It is this computer."_s);
        },
        [&desk] { desk.open(); });
}

void TestDiagnosisWindow::everyControlOfTheDialogHasAName()
{
    QVERIFY(m_fixture->start());
    inDialog(
        [this](DiagnosisDialog &dialog) {
            waitForVerdict();
            for (const QWidget *widget : dialog.findChildren<QWidget *>()) {
                if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
                    continue;
                const auto *found =
                    QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
                QVERIFY2(!found->text(QAccessible::Name).isEmpty(),
                         qPrintable(widget->objectName()));
            }
            const auto *model = dialog.findChild<QTableView *>(u"checksView"_s)->model();
            QCOMPARE(model->index(1, 0).data(Qt::AccessibleTextRole).toString(), u"Proxy: works"_s);
        },
        [this] { trigger(); });
}

void TestDiagnosisWindow::theModelFollowsWithoutAReset()
{
    QVERIFY(m_fixture->start());
    DiagnosisModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    DiagnosisReport report;
    report.hosts = {DiagnosedHost{}};
    CheckLine name;
    report.hosts.first().lines = {name};
    model.show(report);
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(model.isHeading(0));
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    report.hosts.first().lines.first().state = CheckState::Bad;
    report.hosts.first().lines.first().finding = Finding::NameUnknown;
    model.show(report);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(changes.size(), 1);
    QVERIFY(model.index(1, 0).data().toString().startsWith(u"✗"_s));
}

void TestDiagnosisWindow::theTimingTabShowsPhasesAndConnection()
{
    QVERIFY(m_fixture->start());
    m_fixture->press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_fixture->result(0), u"200 Accepted"_s);
    auto *waterfall = m_fixture->find<WaterfallView>("waterfall");
    QTRY_VERIFY(!waterfall->phases().isEmpty());
    QCOMPARE(waterfall->phases().last().kind, TimingPhase::Kind::Receiving);
    QVERIFY(m_fixture->find<QLabel>("timingNotes")->text().contains(u"Not known:"_s));
    QVERIFY(m_fixture->find<QLabel>("connectionFacts")->text().contains(u"there was no TLS"_s));
}

void TestDiagnosisWindow::theWaterfallIsReachedAndReadByKeyboard()
{
    QVERIFY(m_fixture->start());
    m_fixture->press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_fixture->result(0), u"200 Accepted"_s);
    auto *tabs = m_fixture->find<QTabWidget>("tabs");
    tabs->setCurrentWidget(m_fixture->find<QWidget>("timingTab"));
    auto *waterfall = m_fixture->find<WaterfallView>("waterfall");
    QTRY_VERIFY(waterfall->isVisible());
    tabs->setFocus();
    for (int i = 0; i < 4 && !waterfall->hasFocus(); ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(waterfall->hasFocus());
    QVERIFY(waterfall->accessibleDescription().contains(u"Waiting for the answer: "_s));
    QTest::keyClick(waterfall, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), waterfall->accessibleDescription());
}

void TestDiagnosisWindow::picturesInBothSchemes()
{
    // Both are painted; ICEBREAKER_PICTURES names a folder for those who want to look.
    QVERIFY(m_fixture->start());
    const QString folder = qEnvironmentVariable("ICEBREAKER_PICTURES");
    ScriptedServer untrusted(ScriptedServer::Transport::Tls);
    DiagnosedHost other;
    other.region = u"eu"_s;
    other.base = untrusted.url(QString());
    diagnoser().setComparison(other);
    SendRecord record;
    record.claim.url = QUrl(u"https://studio-api-eu.ai.vonage.com/messaging/conversation"_s);
    record.claim.claimedAt = QDateTime::currentDateTimeUtc().addSecs(-10);
    record.settledAt = record.claim.claimedAt.addMSecs(330);
    record.outcome = Outcome::Accepted;
    record.answer.status = 200;
    record.answer.timing = {24ms, 131ms, 132ms, 300ms, 302ms, false};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    record.answer.connection = ConnectionFacts{
        u"TLS 1.3"_s,
        u"TLS_AES_128_GCM_SHA256"_s,
        {{u"CN=studio-api-eu.ai.vonage.com"_s, u"CN=Amazon RSA 2048 M01, O=Amazon, C=US"_s,
          QByteArray("3f5a9c01").repeated(8), now.addDays(-380), now.addDays(12)},
         {u"CN=Amazon RSA 2048 M01, O=Amazon, C=US"_s, u"CN=Amazon Root CA 1, O=Amazon, C=US"_s,
          QByteArray("91be02d7").repeated(8), now.addDays(-1000), now.addDays(1000)}},
        TrustAnchor::System,
        {},
        false};
    for (const auto scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
        theme::apply(*qApp, scheme);
        TimingPane pane;
        pane.show(record);
        pane.resize(440, 520);
        pane.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        const QPixmap picture = pane.grab();
        QVERIFY(!picture.isNull());
        QCOMPARE(picture.toImage().pixelColor(2, picture.height() - 2).lightness() < 128,
                 scheme == theme::Scheme::Dark);
        if (folder.isEmpty())
            continue;
        const QString name = scheme == theme::Scheme::Dark ? u"dark"_s : u"light"_s;
        picture.save(folder + u"/timing-"_s + name + u".png"_s);
        inDialog(
            [&](DiagnosisDialog &dialog) {
                waitForVerdict();
                dialog.grab().save(folder + u"/diagnosis-"_s + name + u".png"_s);
            },
            [this] { trigger(); });
    }
    theme::apply(*qApp, theme::Scheme::Light);
}

QTEST_MAIN(TestDiagnosisWindow)
#include "tst_diagnosiswindow.moc"
