#pragma once

#include <QFrame>
#include <QList>

#include <functional>

class QHBoxLayout;
class QLabel;

namespace icebreaker {

/// A line above the form about the request that is shown, with what can be done about it.
/// Hidden while there is nothing to say.
class RequestBar : public QFrame
{
    Q_OBJECT

public:
    struct Choice {
        QString name; ///< Of the button, for tests.
        QString text;
        std::function<void()> act;
    };

    explicit RequestBar(QWidget *parent = nullptr);

    /// An empty @p text hides it.
    void show(const QString &text, const QList<Choice> &choices = {});

private:
    QLabel *m_label;
    QHBoxLayout *m_layout;
    QList<QWidget *> m_buttons;
};

} // namespace icebreaker
