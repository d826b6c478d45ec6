#pragma once

#include "core/sendrecord.h"

#include <QScrollArea>

class QLabel;

namespace icebreaker {

class WaterfallView;

/// How long each phase of a send took, what cannot be known of it, and what its connection
/// showed of TLS.
class TimingPane : public QScrollArea
{
    Q_OBJECT

public:
    explicit TimingPane(QWidget *parent = nullptr);

    void show(const SendRecord &record);
    void clear();

private:
    WaterfallView *m_waterfall;
    QLabel *m_notes;
    QLabel *m_connection;
};

} // namespace icebreaker
