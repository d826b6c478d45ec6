#pragma once

#include "core/error.h"
#include "core/sendrecord.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QPushButton;

namespace Ui {
class DetailPane;
} // namespace Ui

namespace icebreaker {

class Journal;
class TimingPane;

/// One send in full: what it means, what came back, what went out, how long it took.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    explicit DetailPane(Journal &journal, QWidget *parent = nullptr);
    ~DetailPane() override;

    /// Shows a journal row and follows its changes; 0 for none.
    void showRow(qint64 row);
    void addTab(QWidget *page, const QString &title);

signals:
    void sendAgainRequested(const icebreaker::SendRecord &record);
    void higherLimitRequested();
    /// "Is it me or them?", of a send that the network failed.
    void diagnosisRequested(const icebreaker::SendRecord &record);
    void failed(const icebreaker::Error &error);

private:
    void load();
    void show(const SendRecord &record);
    void showNothing();
    void updateAgainButton();

    std::unique_ptr<Ui::DetailPane> m_ui;
    Journal &m_journal;
    TimingPane *m_timing;
    QPushButton *m_diagnoseButton;
    qint64 m_row = 0;
    std::optional<SendRecord> m_record;
    QTimer m_countdown;
};

} // namespace icebreaker
