#include "ui/filterchips.h"

#include "store/filtertokens.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int LongestShown = 40;

} // namespace

FilterChips::FilterChips(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    setObjectName(u"filterChips"_s);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_layout->addStretch();
    hide();
}

void FilterChips::setFilterText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    for (QToolButton *chip : std::as_const(m_chips)) {
        chip->hide();
        chip->deleteLater(); // it may be the one that was clicked
    }
    m_chips.clear();
    const auto tokens = filterTokens(text);
    bool hasKey = false;
    for (const FilterToken &token : tokens) {
        hasKey = hasKey || !token.key.isEmpty();
        add(token.start, token.raw,
            token.key.isEmpty() ? token.raw : tr("%1: %2").arg(token.key, token.value));
    }
    setVisible(hasKey);
}

void FilterChips::add(qsizetype start, const QString &token, const QString &shown)
{
    auto *chip = new QToolButton(this);
    chip->setObjectName(u"filterChip%1"_s.arg(m_chips.size()));
    QString text = shown.size() > LongestShown ? shown.left(LongestShown) + u'…' : shown;
    text.replace(u'&', u"&&"_s);
    chip->setText(text + u"  ×"_s);
    chip->setAccessibleName(tr("Remove %1 from the filter").arg(token));
    chip->setToolTip(tr("Removes %1 from the filter").arg(token));
    chip->setProperty("chip", true);
    chip->setFocusPolicy(Qt::StrongFocus);
    chip->installEventFilter(this);
    m_layout->insertWidget(static_cast<int>(m_chips.size()), chip);
    m_chips.append(chip);
    connect(chip, &QToolButton::clicked, this,
            [this, start, length = token.size()] { remove(start, length); });
}

bool FilterChips::eventFilter(QObject *watched, QEvent *event)
{
    auto *chip = qobject_cast<QToolButton *>(watched);
    if (chip != nullptr && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
            chip->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterChips::remove(qsizetype start, qsizetype length)
{
    const bool hadFocus = isAncestorOf(focusWidget());
    emit textChanged(withoutFilterToken(m_text, start, length));
    // Somebody who uses the keyboard goes on with the next one.
    if (hadFocus && !m_chips.isEmpty())
        m_chips.first()->setFocus(Qt::OtherFocusReason);
}

} // namespace icebreaker
