#include "ui/sendfollower.h"

#include "core/whendone.h"
#include "store/journal.h"

#include <utility>

namespace icebreaker {

SendFollower::SendFollower(Journal &journal, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
{
    connect(&m_journal, &Journal::changed, this, [this](const QList<qint64> &rows) {
        if (m_row != 0 && rows.contains(m_row))
            read();
    });
    connect(&m_journal, &Journal::removed, this, [this] {
        if (m_row != 0)
            read();
    });
}

void SendFollower::follow(qint64 row)
{
    if (row == m_row)
        return;
    m_row = row;
    set(std::nullopt, {});
    if (row != 0)
        read();
}

void SendFollower::read()
{
    whenDone(m_journal.record(m_row), this,
             [this, row = m_row](const Result<std::optional<SendRecord>> &send) {
                 if (row != m_row)
                     return;
                 if (!send)
                     emit failed(send.error());
                 else if (*send)
                     readEvents(**send);
                 else
                     set(std::nullopt, {});
             });
}

void SendFollower::readEvents(const SendRecord &send)
{
    whenDone(m_journal.events(send.claim.sendId), this,
             [this, send](const Result<QList<KeptEvent>> &events) {
                 if (send.row != m_row)
                     return;
                 if (!events)
                     emit failed(events.error());
                 set(send, events.value_or(QList<KeptEvent>()));
             });
}

void SendFollower::set(std::optional<SendRecord> send, QList<KeptEvent> events)
{
    m_send = std::move(send);
    m_events = std::move(events);
    emit changed();
}

} // namespace icebreaker
