#include "ui/chiprow.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace icebreaker {

ChipRow::ChipRow(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int key, bool on) {
        if (on)
            emit chosenChanged(key);
    });
}

void ChipRow::add(int key, const QString &objectName, const QString &purpose)
{
    auto *button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setAccessibleName(purpose);
    button->setToolTip(purpose);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setProperty("chip", true);
    button->setChecked(m_group->buttons().isEmpty());
    m_group->addButton(button, key);
    m_layout->addWidget(button);
}

void ChipRow::show(int key, const QString &text, bool visible)
{
    auto *button = m_group->button(key);
    button->setText(text);
    button->setAccessibleName(button->toolTip() + QStringLiteral(": ") + text);
    button->setVisible(visible || button->isChecked());
}

void ChipRow::choose(int key)
{
    m_group->button(key)->setChecked(true);
}

int ChipRow::chosen() const
{
    return m_group->checkedId();
}

} // namespace icebreaker
