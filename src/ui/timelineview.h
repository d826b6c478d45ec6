#pragma once

#include "ui/timelinemodel.h"

#include <QListView>

namespace icebreaker {

/// The Delivery panel's timeline of one send: rows can be copied, looked at as they came,
/// and, where they were tied by a guess or by hand, be said not to belong here.
class TimelineView : public QListView
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);

    void showDelivery(const SendRecord &record, const QList<KeptEvent> &events,
                      const QDateTime &now);
    void clear();
    /// Nothing can be said about events that are not the journal's.
    void setReadOnly(bool readOnly);

signals:
    /// These events do not belong to the send.
    void releaseRequested(const QList<qint64> &events);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QList<const TimelineStep *> selectedSteps() const;
    [[nodiscard]] QList<qint64> releasable() const;
    void showActions();
    void copyText();
    void showRawEvents();

    TimelineModel *m_model;
    QAction *m_raw;
    QAction *m_copy;
    QAction *m_release;
};

} // namespace icebreaker
