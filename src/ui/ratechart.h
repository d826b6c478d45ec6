#pragma once

#include "ui/ratehistory.h"

#include <QWidget>

namespace icebreaker {

/// What a lane did in the last minute, in a few lines. @param limit  sessions per second
[[nodiscard]] QString lastMinuteText(const RateHistory &history, int limit, const QDateTime &now);

/// A strip chart of the last minute: starts per second against the lane's limit, and each
/// 429 as a red mark. Small for the toolbar, with a caption for the page.
class RateChart : public QWidget
{
    Q_OBJECT

public:
    enum class Size { Small, Large };

    explicit RateChart(Size size, QWidget *parent = nullptr);

    /// @param limit  sessions per second; 0 for none
    void show(const RateHistory &history, int limit, const QDateTime &now);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] double scale() const;
    [[nodiscard]] QPointF place(qint64 msecsAgo, double rate) const;
    void paintRate(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintLimit(QPainter &painter) const;

    Size m_size;
    RateHistory m_history;
    int m_limit = 0;
    QDateTime m_now;
};

} // namespace icebreaker
