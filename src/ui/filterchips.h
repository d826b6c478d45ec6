#pragma once

#include <QList>
#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace icebreaker {

/// What a filter's text holds, one button for each of its tokens: a click, or Space, Delete
/// or Backspace on it, takes it out. Hidden while there is nothing but free text.
class FilterChips : public QWidget
{
    Q_OBJECT

public:
    explicit FilterChips(QWidget *parent = nullptr);

    void setFilterText(const QString &text);

signals:
    /// The text without the token that was removed.
    void textChanged(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add(qsizetype start, const QString &token, const QString &shown);
    void remove(qsizetype start, qsizetype length);

    QString m_text;
    QHBoxLayout *m_layout;
    QList<QToolButton *> m_chips;
};

} // namespace icebreaker
