#include "ui/awaitedsend.h"

#include "core/whendone.h"
#include "store/journal.h"
#include "ui/logpanel.h"

namespace icebreaker {

namespace {

constexpr int RecentSends = 100;

} // namespace

AwaitedSend::AwaitedSend(Journal &journal, LogPanel &log, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_log(log)
{
    connect(&journal, &Journal::changed, this, &AwaitedSend::lookAt);
}

void AwaitedSend::show(const QString &sendId)
{
    m_sendId = sendId;
    whenDone(m_journal.rows({}, 0, RecentSends), this, [this](const Result<QList<qint64>> &rows) {
        if (rows)
            lookAt(*rows);
    });
}

void AwaitedSend::lookAt(const QList<qint64> &rows)
{
    if (m_sendId.isEmpty() || rows.isEmpty())
        return;
    whenDone(m_journal.records(rows), this, [this](const Result<QList<SendRecord>> &records) {
        if (!records)
            return;
        for (const SendRecord &record : *records) {
            if (record.claim.sendId != m_sendId)
                continue;
            m_sendId.clear();
            m_log.select(record.row);
        }
    });
}

} // namespace icebreaker
