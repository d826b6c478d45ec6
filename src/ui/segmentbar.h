#pragma once

#include "core/batch.h"

#include <QWidget>

namespace icebreaker {

/// How far a batch is: accepted, refused, unknown and under way from the left, what waits
/// stays empty. Rows that were left out do not count.
class SegmentBar : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentBar(QWidget *parent = nullptr);

    void setCounts(const BatchCounts &counts);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    BatchCounts m_counts;
};

} // namespace icebreaker
