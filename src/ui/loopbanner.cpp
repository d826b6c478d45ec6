#include "ui/loopbanner.h"

#include "words/inboxwords.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

LoopBanner::LoopBanner(QWidget *parent)
    : QFrame(parent)
    , m_label(new QLabel(this))
    , m_sendButton(new QPushButton(tr("Show the S&end"), this))
{
    setObjectName(u"loopBanner"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    m_label->setObjectName(u"loopLabel"_s);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByKeyboard | Qt::TextSelectableByMouse);
    m_sendButton->setObjectName(u"loopSendButton"_s);
    auto *close = new QPushButton(tr("Got it"), this);
    close->setObjectName(u"loopCloseButton"_s);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_sendButton);
    layout->addWidget(close);
    connect(m_sendButton, &QPushButton::clicked, this, [this] { emit sendRequested(m_sendId); });
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void LoopBanner::show(const LoopAlarm &alarm)
{
    m_sendId = alarm.sendId;
    m_label->setText(loopAlarmText(alarm));
    m_sendButton->setVisible(!m_sendId.isEmpty());
    setVisible(true);
}

} // namespace icebreaker
