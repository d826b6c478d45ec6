#pragma once

#include "core/error.h"
#include "core/explanation.h"
#include "store/entrynotes.h"

#include <QList>
#include <QPushButton>
#include <QSet>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QMenu;

namespace Ui {
class ExplainPane;
} // namespace Ui

namespace icebreaker {

class SendFollower;

/// Why one send ended as it did, in words first, with the next step as a button.
class ExplainPane : public QWidget
{
    Q_OBJECT

public:
    /// @param shown  outlives this
    /// @param folder  where the users' notes are kept
    ExplainPane(SendFollower &shown, const QString &folder, QWidget *parent = nullptr);
    ~ExplainPane() override;

    /// Reads the notes: call it when failed() is heard.
    void loadNotes();
    /// Somebody takes this action: without that its button is not there.
    void offer(NextAction action);

    /// The send whose buttons are there; nothing for none.
    [[nodiscard]] const std::optional<SendRecord> &record() const;

signals:
    /// A button was pressed, for record().
    void actionRequested(icebreaker::NextAction action);
    void failed(const icebreaker::Error &error);
    /// Stays until it is read.
    void warned(const QString &text);

private:
    void bindNotes();
    void show();
    void showText();
    void showActions();
    void addAction(NextAction action, qsizetype place);
    [[nodiscard]] bool isPossible(NextAction action) const;
    void updateAgainButton();
    void editNote();
    void keepNote();
    void closeNote();
    void showNoteEditor(bool on);

    std::unique_ptr<Ui::ExplainPane> m_ui;
    SendFollower &m_shown;
    EntryNotes m_notes;
    qint64 m_row = 0; ///< Whose note may be under way.
    Explanation m_explanation;
    QSet<int> m_offered; ///< NextAction
    QList<NextAction> m_buttons; ///< Those whose buttons are there.
    std::unique_ptr<QMenu> m_more;
    QString m_notedEntry; ///< Whose note is being edited.
    bool m_withSources = false;
    QTimer m_countdown;
};

} // namespace icebreaker
