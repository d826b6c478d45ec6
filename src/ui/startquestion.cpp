#include "ui/startquestion.h"

#include "ui/regionwords.h"
#include "words/batchwords.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct StartWords {
    Q_DECLARE_TR_FUNCTIONS(StartQuestion)
};

QString headline(const StartFacts &facts)
{
    const QString messages =
        StartWords::tr("%n message(s)", nullptr, static_cast<int>(facts.sends));
    const QString people = StartWords::tr("%n person(s)", nullptr, static_cast<int>(facts.people));
    return facts.region == Region::Sandbox
        ? StartWords::tr("Send %1 to %2 on the sandbox?").arg(messages, people)
        : StartWords::tr("Send %1 to %2?").arg(messages, people);
}

} // namespace

QStringList startDetails(const StartFacts &facts)
{
    const QString where = facts.region == Region::Custom ? facts.host : regionText(facts.region);
    const auto took = sendingTime(facts.sends, facts.limit);
    const QDateTime end = QDateTime::currentDateTime().addMSecs(took.count());
    const bool today = end.date() == QDate::currentDate();
    QStringList lines{
        StartWords::tr("%1 to %2")
            .arg(StartWords::tr("%n message(s)", nullptr, static_cast<int>(facts.sends)),
                 StartWords::tr("%n person(s)", nullptr, static_cast<int>(facts.people))),
        StartWords::tr("Profile: %1").arg(facts.profile),
        StartWords::tr("Region: %1").arg(where),
        StartWords::tr("Agent: %1").arg(facts.agentId),
        StartWords::tr("Limit: %n session(s) per second", nullptr, facts.limit),
        StartWords::tr("Takes %1, done at %2")
            .arg(spanText(took),
                 today ? end.toString(u"HH:mm:ss"_s)
                       : QLocale().toString(end, QLocale::ShortFormat))};
    if (facts.leftOut > 0)
        lines << StartWords::tr("%n row(s) did not pass the checks and will be left out.", nullptr,
                                static_cast<int>(facts.leftOut));
    if (facts.limit > facts.profileLimit)
        lines << StartWords::tr(
                     "The profile says %1 per second. Above what the agent is approved for, "
                     "sends are answered with 429 and have to be repeated.")
                     .arg(facts.profileLimit);
    return lines;
}

bool confirmStart(QWidget *parent, const StartFacts &facts)
{
    const bool real = facts.region != Region::Sandbox;
    QMessageBox box(real ? QMessageBox::Warning : QMessageBox::Question,
                    StartWords::tr("Start “%1”").arg(facts.name), headline(facts),
                    QMessageBox::Cancel, parent);
    const QString where =
        real ? QString() : StartWords::tr("Nothing leaves this computer.") + u"\n\n"_s;
    box.setInformativeText(where + startDetails(facts).join(u'\n'));
    auto *start =
        box.addButton(StartWords::tr("&Start %n send(s)", nullptr, static_cast<int>(facts.sends)),
                      QMessageBox::AcceptRole);
    if (real)
        box.setDefaultButton(QMessageBox::Cancel);
    else
        box.setDefaultButton(start);
    box.exec();
    return box.clickedButton() == start;
}

} // namespace icebreaker
