#pragma once

#include "words/timingwords.h"

#include <QWidget>

namespace icebreaker {

/// The phases of one send as bars below each other on one time axis. Can be focused: a
/// screen reader then reads it, and Ctrl+C copies it as text.
class WaterfallView : public QWidget
{
    Q_OBJECT

public:
    explicit WaterfallView(QWidget *parent = nullptr);

    /// @param text  the same in words, for screen readers and the clipboard
    void show(const QList<TimingPhase> &phases, const QString &text);
    [[nodiscard]] const QList<TimingPhase> &phases() const { return m_phases; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Columns {
        QRect names;
        QRect bars;
        QRect lengths;
    };

    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] Columns columns() const;
    void paintRow(QPainter &painter, const TimingPhase &phase, int y, const Columns &columns) const;
    void paintBar(QPainter &painter, const TimingPhase &phase, const QRect &area) const;

    QList<TimingPhase> m_phases;
    QString m_text;
};

} // namespace icebreaker
