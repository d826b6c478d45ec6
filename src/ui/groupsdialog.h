#pragma once

#include "core/error.h"
#include "store/historyreader.h"
#include "store/logfilter.h"

#include <QDialog>

#include <optional>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QTableView;

namespace icebreaker {

class History;
class LogGroupModel;

/// What the sends that the log shows have in common, with counts: by recipient, agent,
/// template or error. Counts step by step and shows what it has meanwhile; a double click
/// or Enter shows the sends of a group in the log.
class GroupsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit GroupsDialog(History &history, QWidget *parent = nullptr);

    /// The set that is counted, and how it was typed; nothing for none.
    void setFilter(const std::optional<LogFilter> &filter, const QString &text);

signals:
    /// A token of a filter: everything of one group.
    void chosen(const QString &token);
    void failed(const icebreaker::Error &error);

private:
    [[nodiscard]] QHBoxLayout *makeGroupings();
    void count();
    void countStep(qint64 before);
    void showState(bool isDone);
    void choose();

    History &m_history;
    LogGroupModel *m_model;
    QTableView *m_view;
    QButtonGroup *m_groupings;
    QLabel *m_scope;
    QLabel *m_note;
    QPushButton *m_showButton;
    std::optional<LogFilter> m_filter;
    int m_generation = 0; ///< Answers to an earlier question are dropped.
};

} // namespace icebreaker
