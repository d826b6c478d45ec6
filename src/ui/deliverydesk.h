#pragma once

#include "core/error.h"
#include "store/logfilter.h"
#include "ui/conversationfetcher.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <optional>

class QAction;
class QMenu;
class QToolButton;

namespace icebreaker {

class ConversationPane;
class DetailPane;
class FunnelView;
class Journal;
class LogPanel;
class SidePanel;
class UnmatchedDialog;

/// Everything in the window about what became of sends, beside the log itself: the funnel
/// over it, the statuses that match no send, the conversations, and what the timeline's
/// reader says about an event.
class DeliveryDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        QWidget &window;
        LogPanel &log;
        DetailPane &detail;
        SidePanel &side;
        QMenu &logMenu;
    };

    DeliveryDesk(Place place, Journal &journal, ConversationFetcher::Services services,
                 QObject *parent = nullptr);
    ~DeliveryDesk() override;

    /// Shows in the log what @p filterText, typed into its filter, would show.
    void showFiltered(const QString &filterText);

signals:
    /// Somebody said that a status is of this send.
    void sendAssigned(const QString &sendId);
    void failed(const icebreaker::Error &error);

private:
    void addFunnel(Journal &journal);
    void addUnmatched();
    void addConversation();
    void choosePart(const QString &filterText);
    void followFilter();
    void countUnmatched();
    void showUnmatched();
    void release(const QList<qint64> &events);

    /// What the log showed before a figure of the funnel was chosen: that is what the
    /// funnel goes on counting.
    struct Whole {
        QString text;
        std::optional<LogFilter> filter;
    };

    Place m_place;
    Deliveries &m_deliveries;
    ConversationFetcher m_fetcher;
    FunnelView *m_funnel = nullptr;
    QToolButton *m_funnelButton = nullptr;
    QAction *m_unmatchedAction = nullptr;
    QToolButton *m_unmatchedHint = nullptr;
    QPointer<UnmatchedDialog> m_unmatched;
    std::optional<Whole> m_whole; ///< While a figure is chosen.
    std::optional<LogFilter> m_chosen; ///< The log's filter with it.
    bool m_isChoosing = false;
    bool m_isCounting = false;
    bool m_countAgain = false;
};

} // namespace icebreaker
