#pragma once

#include "core/conversation.h"

#include <QWidget>

#include <memory>

namespace Ui {
class ConversationView;
} // namespace Ui

namespace icebreaker {

class ChatModel;
class TextTableModel;

/// One conversation that was fetched: what was said, the agent's flow, the parameters, and
/// the answer as it came.
class ConversationView : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationView(QWidget *parent = nullptr);
    ~ConversationView() override;

    void show(const Conversation &conversation);

private:
    void buildChips();
    void buildViews();
    void showStep();
    void copyTurns();

    std::unique_ptr<Ui::ConversationView> m_ui;
    ChatModel *m_turns;
    TextTableModel *m_steps;
    TextTableModel *m_values;
    Conversation m_conversation;
};

/// All that one step of the flow says, with its payloads, as plain text.
[[nodiscard]] QString flowStepDetails(const FlowStep &step);

} // namespace icebreaker
