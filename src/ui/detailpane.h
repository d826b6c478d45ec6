#pragma once

#include "core/error.h"
#include "core/sendrecord.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace Ui {
class DetailPane;
} // namespace Ui

namespace icebreaker {

class BodyView;
class ConsolePane;
class Journal;
class TimingPane;

/// One send in full: what came back, what went out, how long it took, and what others add.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    explicit DetailPane(Journal &journal, QWidget *parent = nullptr);
    ~DetailPane() override;

    /// Shows a journal row and follows its changes; 0 for none.
    void showRow(qint64 row);
    void addTab(QWidget *page, const QString &title);
    void insertTab(int place, QWidget *page, const QString &title);
    /// Brings a page that was added to the front.
    void showTab(QWidget *page);

signals:
    void failed(const icebreaker::Error &error);

private:
    void load();
    void show(const SendRecord &record);
    void showNothing();

    std::unique_ptr<Ui::DetailPane> m_ui;
    Journal &m_journal;
    BodyView *m_response;
    BodyView *m_request;
    ConsolePane *m_console;
    TimingPane *m_timing;
    std::optional<SendRecord> m_record; ///< That is shown.
    qint64 m_row = 0;
};

} // namespace icebreaker
