#pragma once

#include "core/loopdetector.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace icebreaker {

/// Says that callbacks seem to go round in a loop. Hidden until then, and stays until it is
/// read.
class LoopBanner : public QFrame
{
    Q_OBJECT

public:
    explicit LoopBanner(QWidget *parent = nullptr);

    void show(const LoopAlarm &alarm);

signals:
    void sendRequested(const QString &sendId);

private:
    QLabel *m_label;
    QPushButton *m_sendButton;
    QString m_sendId;
};

} // namespace icebreaker
