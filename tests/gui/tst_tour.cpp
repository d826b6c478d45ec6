#include "gui/windowfixture.h"

#include "guide/guidestate.h"
#include "guide/tour.h"
#include "store/profiles.h"

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

/// The tour that a newcomer gets, through the real window.
class TestTour : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void aNewcomerIsShownAroundInAtMostFiveSteps();
    void itIsTakenByKeysAlone();
    void escSkipsItAndItNeverComesAgain();
    void itComesOnlyInTheSandbox();
    void theMenuStartsItAgain();
    void itFollowsTheWindow();

private:
    [[nodiscard]] bool start();
    void quit();
    [[nodiscard]] Tour *tour() { return m_bench->window()->findChild<Tour *>(u"tour"_s); }
    [[nodiscard]] QPushButton *button(const char *name)
    {
        return tour()->findChild<QPushButton *>(QLatin1String(name));
    }
    [[nodiscard]] QString title() { return tour()->findChild<QLabel *>(u"tourTitle"_s)->text(); }
    [[nodiscard]] int logged()
    {
        return m_bench->window()->findChild<QTableView *>(u"logView"_s)->model()->rowCount();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Workbench> m_bench;
};

void TestTour::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestTour::cleanup()
{
    m_bench.reset();
}

bool TestTour::start()
{
    m_bench = std::make_unique<Workbench>(Workbench::Options{m_dir->path(), false, true});
    const QSignalSpy ready(m_bench.get(), &Workbench::ready);
    m_bench->start();
    if (!QTest::qWaitFor([&] { return !ready.isEmpty(); })
        || !QTest::qWaitForWindowExposed(m_bench->window()))
        return false;
    QApplication::setActiveWindow(m_bench->window()); // there is no window manager to do it
    return true;
}

void TestTour::quit()
{
    m_bench->window()->close();
    m_bench.reset();
}

void TestTour::aNewcomerIsShownAroundInAtMostFiveSteps()
{
    QVERIFY(start());
    QVERIFY(tour()->isVisible());
    QVERIFY(!button("tourBack")->isEnabled());
    QStringList titles;
    while (tour()->isVisible()) {
        titles.append(title());
        QVERIFY(titles.size() <= 5);
        QVERIFY(m_bench->window()->rect().contains(tour()->geometry()));
        button("tourNext")->click();
    }
    QCOMPARE(titles.size(), 5);
    QCOMPARE(QSet<QString>(titles.begin(), titles.end()).size(), 5);
    QCOMPARE(logged(), 0); // nothing was sent by it
    QVERIFY(m_bench->window()->sender().state() == SendController::State::Ready);
    quit();
    QVERIFY(loadGuideState(m_dir->path())->isTourDone);
    QVERIFY(start());
    QVERIFY(!tour()->isVisible());
}

void TestTour::itIsTakenByKeysAlone()
{
    QVERIFY(start());
    QTRY_VERIFY(button("tourNext")->hasFocus());
    const QString first = title();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(title() != first);
    QVERIFY(button("tourNext")->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(button("tourSkip")->hasFocus()); // around, within the bubble
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(button("tourBack")->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(title(), first);
}

void TestTour::escSkipsItAndItNeverComesAgain()
{
    QVERIFY(start());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!tour()->isVisible());
    QVERIFY(loadGuideState(m_dir->path())->isTourDone); // even if the computer dies now
    m_bench.reset();
    QVERIFY(start());
    QVERIFY(!tour()->isVisible());
}

void TestTour::itComesOnlyInTheSandbox()
{
    Profile live;
    live.id = u"11111111-2222-3333-4444-555555555555"_s;
    live.name = u"Customers"_s;
    live.region = Region::Eu;
    live.live = true;
    QVERIFY(saveProfiles(m_dir->path(), {live, builtInProfile()}));
    QVERIFY(start());
    QVERIFY(!tour()->isVisible());
    QVERIFY(!loadGuideState(m_dir->path())->isTourDone);
}

void TestTour::theMenuStartsItAgain()
{
    QVERIFY(start());
    button("tourSkip")->click();
    auto *action = m_bench->window()->findChild<QAction *>(u"tourAction"_s);
    action->trigger();
    QVERIFY(tour()->isVisible());
    action->trigger(); // twice is once
    QTest::keyClick(m_bench->window(), Qt::Key_Escape); // from anywhere in the window
    QVERIFY(!tour()->isVisible());
}

void TestTour::itFollowsTheWindow()
{
    QVERIFY(start());
    m_bench->window()->resize(1100, 760);
    for (int step = 0; step < 5; ++step) {
        QTRY_VERIFY(m_bench->window()->rect().contains(tour()->geometry()));
        button("tourNext")->click();
    }
    QVERIFY(!tour()->isVisible());
}

QTEST_MAIN(TestTour)
#include "tst_tour.moc"
