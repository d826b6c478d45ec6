#include "gui/windowfixture.h"

#include "app/translations.h"
#include "store/journal.h"
#include "support/storesamples.h"
#include "ui/barbutton.h"
#include "ui/overviewdialog.h"
#include "ui/spanchart.h"
#include "ui/theme.h"
#include "words/overviewwords.h"

#include <QAccessible>
#include <QDir>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// Sends at a glance, through the real window: every picture leads to its rows.
class TestOverviewWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); } // plural forms
    void init();
    void cleanup();

    void picturesCountWhatTheLogShows();
    void aBarLeadsToItsSends();
    void linesLeadToTheirSends();
    void itFollowsTheFilterAndNewSends();
    void everyPictureIsReachedByKeyboardAndNamed();
    void itLooksRightInBothSchemes();

private:
    void fill();
    OverviewDialog &open();
    [[nodiscard]] BarButton *line(const QString &text);
    [[nodiscard]] QString filterText() { return m_window->find<QLineEdit>("filterEdit")->text(); }

    std::unique_ptr<WindowFixture> m_window;
    OverviewDialog *m_dialog = nullptr;
};

void TestOverviewWindow::init()
{
    m_window = std::make_unique<WindowFixture>();
    QVERIFY(m_window->start());
    fill();
}

void TestOverviewWindow::cleanup()
{
    m_window->quit();
    m_window.reset();
}

/// Two hours: three a second in its first minute, of which every third meets the limit; then one
/// a minute, of which every tenth is refused.
void TestOverviewWindow::fill()
{
    Journal &journal = m_window->bench().journal();
    const QDateTime begin = QDateTime::currentDateTimeUtc().addSecs(-7200);
    const auto add = [&journal](const QDateTime &at, Outcome outcome, int status, int ms) {
        Claim claim = sampleClaim();
        claim.claimedAt = at;
        QVERIFY(resultOf(journal.claim(claim)));
        SendReport report;
        report.outcome = outcome;
        report.answer.status = status;
        report.answer.timing.total = std::chrono::milliseconds(ms);
        QVERIFY(resultOf(journal.settle(claim.sendId, report)));
    };
    for (int i = 0; i < 90; ++i) {
        const QDateTime second =
            QDateTime::fromSecsSinceEpoch(begin.toSecsSinceEpoch() + i / 3, Qt::UTC);
        const bool limited = i % 3 == 2;
        add(second.addMSecs(i % 3 * 300), limited ? Outcome::RateLimited : Outcome::Accepted,
            limited ? 429 : 200, 40 + i);
    }
    for (int i = 0; i < 60; ++i) {
        const bool refused = i % 10 == 0;
        add(begin.addSecs(120 + i * 60), refused ? Outcome::Refused : Outcome::Accepted,
            refused ? 422 : 200, 60 * (i + 1));
    }
    QTRY_COMPARE(m_window->log().rowCount(), 150);
}

OverviewDialog &TestOverviewWindow::open()
{
    m_window->find<QAction>("overviewAction")->trigger();
    m_dialog = m_window->find<OverviewDialog>("overviewDialog");
    if (!QTest::qWaitFor([this] { return m_dialog->isComplete(); }))
        qFatal("the overview does not end");
    return *m_dialog;
}

BarButton *TestOverviewWindow::line(const QString &text)
{
    for (auto *button : m_dialog->findChildren<BarButton *>()) {
        if (button->text() == text)
            return button;
    }
    qFatal("no line %s", qPrintable(text));
}

void TestOverviewWindow::picturesCountWhatTheLogShows()
{
    const Overview &overview = open().overview();
    QCOMPARE(overview.sends, 150);
    QCOMPARE(m_window->find<QPushButton>("overviewPart0")->text(), u"Accepted: 114"_s);
    QCOMPARE(m_window->find<QPushButton>("overviewPart1")->text(),
             u"Too many requests (429): 30"_s);
    QVERIFY(!m_window->find<QPushButton>("overviewPart3")->isVisible()); // none is unknown
    QCOMPARE(m_window->text("paceNote"),
             u"429s began at 3 a second. Who else used the agent is not counted here."_s);
    QCOMPARE(line(u"3 a second"_s)->accessibleName(),
             u"3 a second: 30 of 90 sends were answered with 429."_s);
    QVERIFY(m_window->text("latencyNote").startsWith(u"Half within "_s));
}

void TestOverviewWindow::aBarLeadsToItsSends()
{
    const OverviewDialog &dialog = open();
    auto *chart = dialog.findChild<SpanChart *>();
    const OverviewBar &bar = dialog.overview().bars.first();
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->barPlace(0).center().toPoint());
    QCOMPARE(filterText(), overviewSpanFilter(bar, dialog.overview().step));
    QTRY_COMPARE(m_window->log().rowCount(), int(bar.total()));
    QVERIFY(bar.total() < 150);

    // The pictures stay those of the whole set.
    QCOMPARE(dialog.overview().sends, 150);
    QTest::mouseClick(m_window->find<QPushButton>("overviewAllButton"), Qt::LeftButton);
    QTRY_COMPARE(m_window->log().rowCount(), 150);
}

void TestOverviewWindow::linesLeadToTheirSends()
{
    open();
    QTest::mouseClick(line(u"HTTP status 422"_s), Qt::LeftButton);
    QCOMPARE(filterText(), u"status:422"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 6);

    QTest::keyClick(line(u"3 a second"_s), Qt::Key_Space);
    QCOMPARE(filterText(), u"outcome:rate_limited"_s);
    QTRY_COMPARE(m_window->log().rowCount(), 30);

    QTest::mouseClick(m_window->find<QPushButton>("overviewPart2"), Qt::LeftButton);
    QTRY_COMPARE(m_window->log().rowCount(), 6);

    for (auto *button : m_dialog->findChildren<BarButton *>()) {
        if (!button->text().startsWith(u"up to"_s))
            continue;
        const int count = button->accessibleName().section(u' ', -1).toInt();
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(filterText().startsWith(u"took:"_s));
        QTRY_COMPARE(m_window->log().rowCount(), count);
    }
}

void TestOverviewWindow::itFollowsTheFilterAndNewSends()
{
    const OverviewDialog &dialog = open();
    m_window->type("filterEdit", u"status:429"_s);
    QTRY_COMPARE(dialog.overview().sends, 30);
    QCOMPARE(m_window->text("overviewScope"), u"Sends with status:429"_s);
    m_window->type("filterEdit", u"status:nonsense"_s);
    QTRY_COMPARE(dialog.overview().sends, 0);
    m_window->type("filterEdit", {});
    QTRY_COMPARE(dialog.overview().sends, 150);
    Claim claim = sampleClaim();
    claim.claimedAt = QDateTime::currentDateTimeUtc();
    QVERIFY(resultOf(m_window->bench().journal().claim(claim)));
    QTRY_COMPARE(dialog.overview().counts.at(std::size_t(OverviewPart::InFlight)), 1);
}

void TestOverviewWindow::everyPictureIsReachedByKeyboardAndNamed()
{
    const OverviewDialog &dialog = open();
    auto *chart = dialog.findChild<SpanChart *>();
    QVERIFY(chart->focusPolicy() & Qt::TabFocus);
    QTest::keyClick(chart, Qt::Key_Home);
    QTest::keyClick(chart, Qt::Key_Right);
    QCOMPARE(chart->current(), 1);
    QVERIFY(chart->accessibleDescription().contains(u"Sends: "_s));
    QTest::keyClick(chart, Qt::Key_Return);
    QVERIFY(filterText().startsWith(u"since:"_s));
    for (const auto *widget : dialog.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        auto *accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        QVERIFY(accessible);
        QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
    }
}

void TestOverviewWindow::itLooksRightInBothSchemes()
{
    OverviewDialog &dialog = open();
    const QByteArray folder = qgetenv("ICEBREAKER_PICTURES"); // for a person to look at
    for (const auto scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
        theme::apply(*qApp, scheme);
        dialog.resize(960, 640);
        QTRY_VERIFY(line(u"3 a second"_s)->isVisible());
        const QImage picture = dialog.grab().toImage();
        QVERIFY(!picture.isNull());
        auto *chart = dialog.findChild<SpanChart *>();
        // The first bar is the highest one: accepted at its foot, limited at its head.
        const QRect place = chart->barPlace(0).toRect();
        const QImage bars = chart->grab().toImage();
        QCOMPARE(bars.pixelColor(place.center().x(), place.bottom() - 3),
                 theme::barFor(RowState::Accepted));
        QVERIFY(bars.pixelColor(place.center().x(), place.top() + 3)
                != bars.pixelColor(place.center().x(), place.bottom() - 3));
        if (!folder.isEmpty())
            picture.save(QString::fromLocal8Bit(folder)
                         + (theme::isDark() ? "/overview-dark.png"_L1 : "/overview-light.png"_L1));
    }
    theme::apply(*qApp, theme::Scheme::System);
}

QTEST_MAIN(TestOverviewWindow)
#include "tst_overviewwindow.moc"
