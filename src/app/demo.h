#pragma once

#include "core/answer.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTextStream>
#include <QTimer>

#include <functional>

namespace icebreaker {

class Workbench;

/// Drives the real window on the sandbox: one accepted send with its delivery, one over
/// the limit, one with a wrong key. Prints a line for each and ends the program with 0
/// only if all three ended as they must.
class Demo : public QObject
{
    Q_OBJECT

public:
    /// @param screenshot  file for a picture of the window; empty for none
    Demo(Workbench &workbench, QString screenshot);

    void start();

private:
    struct Act {
        QString name;
        Outcome expected;
        std::function<void()> run;
    };

    void next();
    void judge(const SendReport &report);
    void press(const QString &action);
    void finish();

    Workbench &m_workbench;
    QString m_screenshot;
    QList<Act> m_acts;
    qsizetype m_done = 0;
    QString m_acceptedSend; ///< For the picture.
    bool m_failed = false;
    QTextStream m_out;
    QTimer m_deadline;
};

} // namespace icebreaker
