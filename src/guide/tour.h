#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QString>

class QLabel;
class QPushButton;
class QShortcut;

namespace icebreaker {

/// One thing that the tour points at.
struct TourStep {
    QString widget; ///< Object name.
    QString title;
    QString text;
};

/// A bubble that points at parts of the window, one after another. It shows and does nothing:
/// no step sends, changes or chooses anything. Esc ends it from anywhere in the window.
class Tour : public QFrame
{
    Q_OBJECT

public:
    /// Hidden. Steps whose widget is not there, or not to be seen, are left out.
    Tour(QWidget &window, QList<TourStep> steps);
    ~Tour() override;
    Q_DISABLE_COPY_MOVE(Tour)

public slots:
    void start();

signals:
    /// It is over: to the end, or skipped.
    void ended();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void go(qsizetype step);
    void place();
    void end();
    [[nodiscard]] QWidget *target(qsizetype step) const;

    QWidget &m_window;
    QList<TourStep> m_steps;
    qsizetype m_at = 0;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_count;
    QPushButton *m_skip;
    QPushButton *m_back;
    QPushButton *m_next;
    QShortcut *m_escape;
    QWidget *m_ring; ///< Around the target.
    QPointer<QWidget> m_before; ///< Had the focus.
};

/// The five steps of Icebreaker's window.
[[nodiscard]] QList<TourStep> windowTour();

} // namespace icebreaker
