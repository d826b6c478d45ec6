#pragma once

#include "core/error.h"
#include "ui/sendfollower.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace Ui {
class SidePanel;
} // namespace Ui

namespace icebreaker {

class Composer;
class Journal;

/// Beside the form: the exact body of the next request, or the message as its recipient
/// will see it, and what became of a send.
class SidePanel : public QWidget
{
    Q_OBJECT

public:
    SidePanel(Composer &composer, Journal &journal, QWidget *parent = nullptr);
    ~SidePanel() override;

    /// Shows the delivery of a journal row and follows it; with 0 the last one stays.
    void showRow(qint64 row);

signals:
    /// Events that do not belong to the send that is shown.
    void releaseRequested(const QList<qint64> &events);
    void failed(const icebreaker::Error &error);

private:
    void showBody();
    void showMessage();
    [[nodiscard]] QStringList shownValues() const;
    void showDelivery();

    std::unique_ptr<Ui::SidePanel> m_ui;
    Composer &m_composer;
    SendFollower m_shown;
    qint64 m_newestRow = 0;
    QTimer m_clock; ///< How long it has not been read.
    bool m_hasCard = false;
};

} // namespace icebreaker
