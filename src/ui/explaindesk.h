#pragma once

#include "core/error.h"
#include "core/explanation.h"
#include "core/sendcomparison.h"

#include <QFuture>
#include <QObject>
#include <QString>

class QAction;
class QMenu;
class QWidget;

namespace icebreaker {

class Deliveries;
class DetailPane;
class ExplainPane;
class Journal;
class LogPanel;

/// Everything in the window that explains a send: the Explain tab, and comparisons of two
/// sends. What the window itself must do is requested.
class ExplainDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        QWidget &window;
        LogPanel &log;
        DetailPane &detail;
        QMenu &logMenu;
    };

    /// @param folder  where the users' notes are kept
    ExplainDesk(Place place, Journal &journal, Deliveries &deliveries, const QString &folder,
                QObject *parent = nullptr);
    ~ExplainDesk() override;

    /// Reads the users' notes: call it when the signals are heard.
    void start();
    /// actionRequested() is heard for this one, too; not needed for those named there.
    void offer(NextAction action);

    /// Compares two journal rows: the newer one with the older one.
    void compareRows(qint64 one, qint64 other);
    /// Compares a journal row with the last good send to the same template.
    void compareWithLastGood(qint64 row);

signals:
    void sendAgainRequested(const icebreaker::SendRecord &record);
    /// EnterKey, OpenInbox, AskHigherLimit, EditProfile, OpenForm or CopyForSupport (of the
    /// selected send), and what was offered.
    /// @param profile  that the send went out for, by its name
    void actionRequested(icebreaker::NextAction action, const QString &profile);
    /// The way to the server that the send took may explain it; if Diagnose is offered.
    void diagnosisRequested(const icebreaker::SendRecord &record);
    /// For the status bar.
    void reported(const QString &text);
    /// Stays until it is read.
    void warned(const QString &text);
    void failed(const icebreaker::Error &error);

private:
    void addActions();
    void take(NextAction action);
    void showConversation();
    void showAlike();
    void compareSelected();

    Place m_place;
    Journal &m_journal;
    Deliveries &m_deliveries;
    ExplainPane *m_pane;
    QAction *m_compareAction = nullptr;
    QFuture<Result<std::optional<qint64>>> m_question;
};

} // namespace icebreaker
