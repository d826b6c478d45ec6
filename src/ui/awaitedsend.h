#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace icebreaker {

class Journal;
class LogPanel;

/// Selects a send in the log as soon as the journal has it.
class AwaitedSend : public QObject
{
    Q_OBJECT

public:
    /// Both outlive this.
    AwaitedSend(Journal &journal, LogPanel &log, QObject *parent = nullptr);

    /// One that is about to be recorded.
    void await(const QString &sendId) { m_sendId = sendId; }
    /// One that may be recorded already; then it is among the newest.
    void show(const QString &sendId);

private:
    void lookAt(const QList<qint64> &rows);

    Journal &m_journal;
    LogPanel &m_log;
    QString m_sendId; ///< Empty: none is awaited.
};

} // namespace icebreaker
