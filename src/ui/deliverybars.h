#pragma once

#include "core/batch.h"

#include <QWidget>

namespace icebreaker {

/// Accepted, delivered, read and rejected of a batch as bars of one scale.
class DeliveryBars : public QWidget
{
    Q_OBJECT

public:
    explicit DeliveryBars(QWidget *parent = nullptr);

    void setCounts(const BatchCounts &counts);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Bar {
        QString text;
        qint64 count = 0;
        QColor colour;
    };
    [[nodiscard]] QList<Bar> bars() const;

    BatchCounts m_counts;
};

} // namespace icebreaker
