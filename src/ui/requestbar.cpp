#include "ui/requestbar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

RequestBar::RequestBar(QWidget *parent)
    : QFrame(parent)
    , m_label(new QLabel(this))
    , m_layout(new QHBoxLayout(this))
{
    setObjectName(u"requestNotice"_s);
    m_label->setObjectName(u"requestNoticeLabel"_s);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_layout->setContentsMargins(16, 4, 12, 4);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_label, 1);
    hide();
}

void RequestBar::show(const QString &text, const QList<Choice> &choices)
{
    for (QWidget *button : std::as_const(m_buttons))
        button->deleteLater(); // it may be the sender
    for (QWidget *button : std::as_const(m_buttons))
        button->hide();
    m_buttons.clear();
    m_label->setText(text);
    for (const Choice &choice : choices) {
        auto *button = new QPushButton(choice.text, this);
        button->setObjectName(choice.name);
        button->setAutoDefault(false);
        m_layout->addWidget(button, 0, Qt::AlignVCenter);
        connect(button, &QPushButton::clicked, this, choice.act);
        m_buttons.append(button);
    }
    setVisible(!text.isEmpty());
}

} // namespace icebreaker
