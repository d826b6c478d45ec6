#pragma once

#include "core/conversation.h"
#include "core/error.h"
#include "core/sendrecord.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

namespace Ui {
class ConversationPane;
} // namespace Ui

namespace icebreaker {

class ConversationFetcher;
class ConversationView;
class Deliveries;
class SendFollower;
class TextTableModel;

/// What was said after one send: fetched on demand, kept, and shown at once the next time.
class ConversationPane : public QWidget
{
    Q_OBJECT

public:
    /// Everything outlives this.
    ConversationPane(SendFollower &shown, Deliveries &deliveries, ConversationFetcher &fetcher,
                     QWidget *parent = nullptr);
    ~ConversationPane() override;

signals:
    void failed(const icebreaker::Error &error);

private:
    void bindButtons();
    void follow();
    void loadKept();
    void fetch();
    void readChosen();
    void showAll();
    void showProgress();
    void showReport();
    void showKept();
    [[nodiscard]] QString hint() const;

    std::unique_ptr<Ui::ConversationPane> m_ui;
    SendFollower &m_shown;
    Deliveries &m_deliveries;
    ConversationFetcher &m_fetcher;
    ConversationView *m_view;
    QWidget *m_filler = nullptr;
    TextTableModel *m_candidates;
    qint64 m_row = 0;
    std::optional<KeptConversation> m_kept;
    QTimer m_countdown;
};

} // namespace icebreaker
