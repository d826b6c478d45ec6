#include "app/demo.h"

#include "app/workbench.h"
#include "ui/mainwindow.h"
#include "words/sendwords.h"

#include <QAction>
#include <QApplication>
#include <QPixmap>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Deadline = 60s; // the acts take about 6 s
constexpr auto Settle = 500ms; // until the panels have read the journal
constexpr auto UntilRead = 4s; // the sandbox's last callback comes after 3 s

} // namespace

Demo::Demo(Workbench &workbench, QString screenshot)
    : m_workbench(workbench)
    , m_screenshot(std::move(screenshot))
    , m_out(stdout)
{
    m_acts = {
        {tr("A first send"), Outcome::Accepted, [this] { press(u"sendAction"_s); }},
        {tr("A second one at once, ignoring the limit"), Outcome::RateLimited,
         [this] { press(u"sendNowAction"_s); }},
        {tr("One with a wrong key"), Outcome::Refused,
         [this] {
             auto &sender = m_workbench.window()->sender();
             m_workbench.vault().keepForSession(sender.profileId(), sender.keyOrigin(), "wrong");
             sender.refreshKeyPlace();
             press(u"sendAction"_s);
         }},
    };
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_out << tr("The demo did not end in time.") << Qt::endl;
        m_failed = true;
        finish();
    });
    connect(&m_workbench.window()->sender(), &SendController::finished, this,
            [this](const QString &sendId, const SendReport &report) {
                if (report.outcome == Outcome::Accepted)
                    m_acceptedSend = sendId;
                judge(report);
            });
}

void Demo::start()
{
    m_deadline.start(Deadline);
    next();
}

void Demo::next()
{
    if (m_done < m_acts.size())
        m_acts.at(m_done).run();
    else
        QTimer::singleShot(UntilRead, this, [this] {
            m_workbench.window()->showSend(m_acceptedSend);
            QTimer::singleShot(Settle, this, &Demo::finish);
        });
}

void Demo::judge(const SendReport &report)
{
    const Act &act = m_acts.at(m_done++);
    const bool asExpected = report.outcome == act.expected;
    m_failed = m_failed || !asExpected;
    m_out << (asExpected ? tr("ok") : tr("FAILED")) << ": " << act.name << ": "
          << outcomeText(report.outcome);
    if (report.answer.status > 0)
        m_out << " (HTTP " << report.answer.status << ", "
              << durationText(report.answer.timing.total) << ")";
    m_out << Qt::endl;
    // From the event loop: the window hears of this end after us.
    QTimer::singleShot(0, this, &Demo::next);
}

void Demo::press(const QString &action)
{
    m_workbench.window()->findChild<QAction *>(action)->trigger();
}

void Demo::finish()
{
    m_deadline.stop();
    if (!m_screenshot.isEmpty()) {
        if (m_workbench.window()->grab().save(m_screenshot)) {
            m_out << tr("Screenshot: %1").arg(m_screenshot) << Qt::endl;
        } else {
            m_out << tr("The screenshot could not be saved to %1.").arg(m_screenshot) << Qt::endl;
            m_failed = true;
        }
    }
    QApplication::exit(m_failed ? 1 : 0);
}

} // namespace icebreaker
