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
class Journal;
class TextTableModel;

/// What was said after one send: fetched on demand, kept, and shown at once the next time.
class ConversationPane : public QWidget
{
    Q_OBJECT

public:
    ConversationPane(Journal &journal, Deliveries &deliveries, ConversationFetcher &fetcher,
                     QWidget *parent = nullptr);
    ~ConversationPane() override;

    /// Shows a journal row and follows its changes; 0 for none.
    void showRow(qint64 row);

signals:
    void failed(const icebreaker::Error &error);

private:
    void bindButtons();
    void loadRecord();
    void loadKept();
    void fetch();
    void readChosen();
    void showAll();
    void showProgress();
    void showReport();
    void showKept();
    [[nodiscard]] QString hint() const;

    std::unique_ptr<Ui::ConversationPane> m_ui;
    Journal &m_journal;
    Deliveries &m_deliveries;
    ConversationFetcher &m_fetcher;
    ConversationView *m_view;
    QWidget *m_filler = nullptr;
    TextTableModel *m_candidates;
    qint64 m_row = 0;
    std::optional<SendRecord> m_record;
    std::optional<KeptConversation> m_kept;
    QTimer m_countdown;
};

} // namespace icebreaker
