#pragma once

#include "core/error.h"
#include "ui/sendfollower.h"

#include <QWidget>

#include <memory>

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

    /// The send that is shown: what a page that is added here looks at, too.
    [[nodiscard]] SendFollower &selected() { return m_selected; }
    void addTab(QWidget *page, const QString &title);
    void insertTab(int place, QWidget *page, const QString &title);
    /// Brings a page that was added to the front.
    void showTab(QWidget *page);

signals:
    void failed(const icebreaker::Error &error);

private:
    void show();

    std::unique_ptr<Ui::DetailPane> m_ui;
    SendFollower m_selected;
    BodyView *m_response;
    BodyView *m_request;
    ConsolePane *m_console;
    TimingPane *m_timing;
};

} // namespace icebreaker
