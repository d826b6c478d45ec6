#pragma once

#include "core/error.h"
#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <QList>
#include <QObject>

#include <optional>

namespace icebreaker {

class Journal;

/// One send of the journal with its events, read again whenever it is different there. What
/// it tells of is always the row that was asked for last, never the one before it.
class SendFollower : public QObject
{
    Q_OBJECT

public:
    /// @param journal  outlives this
    explicit SendFollower(Journal &journal, QObject *parent = nullptr);

    /// 0 for none. Another row than before: send() is nothing until that is read.
    void follow(qint64 row);
    [[nodiscard]] qint64 row() const { return m_row; }
    /// Nothing while it is read, and if there is no such row (any more).
    [[nodiscard]] const std::optional<SendRecord> &send() const { return m_send; }
    [[nodiscard]] const QList<KeptEvent> &events() const { return m_events; }

signals:
    /// row(), send() or events() are different.
    void changed();
    void failed(const icebreaker::Error &error);

private:
    void read();
    void readEvents(const SendRecord &send);
    void set(std::optional<SendRecord> send, QList<KeptEvent> events);

    Journal &m_journal;
    qint64 m_row = 0;
    std::optional<SendRecord> m_send;
    QList<KeptEvent> m_events;
};

} // namespace icebreaker
