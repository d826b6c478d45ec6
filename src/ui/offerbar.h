#pragma once

#include "core/batch.h"

#include <QFrame>

class QLabel;

namespace icebreaker {

class Batches;

/// Offers to go on with a batch that was interrupted. Hidden while there is none.
class OfferBar : public QFrame
{
    Q_OBJECT

public:
    explicit OfferBar(Batches &batches, QWidget *parent = nullptr);

    /// Offers the newest of @p records that nobody runs and that nobody stopped.
    void offer(const QList<BatchRecord> &records);
    /// No longer an offer if it is about this one.
    void withdraw(qint64 batch);

signals:
    void resumeRequested(qint64 batch);

private:
    Batches &m_batches;
    QLabel *m_label;
    qint64 m_batch = 0;
};

} // namespace icebreaker
