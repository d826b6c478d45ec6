#pragma once

#include "core/error.h"
#include "store/historyreader.h"
#include "store/logfilter.h"

#include <QWidget>

#include <memory>
#include <optional>

class QToolButton;

namespace Ui {
class LogPanel;
} // namespace Ui

namespace icebreaker {

class FilterChips;
class FilterCompleter;
class Journal;
class LogModel;

/// The live log with its filter box and outcome chips.
class LogPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LogPanel(Journal &journal, QWidget *parent = nullptr);
    ~LogPanel() override;

    void focusFilter();
    /// Selects a journal row as soon as it is in the window.
    void select(qint64 journalRow);
    /// What can be done with the selected rows.
    [[nodiscard]] QList<QAction *> rowActions() const;
    /// Adds one to the menu over the rows.
    void addRowAction(QAction *action);
    /// Journal rows, from the top.
    [[nodiscard]] QList<qint64> selectedRows() const;

    /// How many rows the table has so far.
    [[nodiscard]] qint64 shownCount() const;

    /// Puts a widget right of the filter's box, behind the chips, or between the bar and
    /// the table.
    void addBesideFilter(QWidget *widget);
    void addToBar(QWidget *widget);
    void addPanel(QWidget *panel);
    /// What the filter's completion may propose.
    void setSeenValues(const SeenValues &values);
    [[nodiscard]] QString filterText() const;
    void setFilterText(const QString &text);
    /// What the table shows: text and chip together; nothing while the text makes no sense.
    [[nodiscard]] std::optional<LogFilter> filter() const;

signals:
    /// setSeenValues() had better be called.
    void valuesWanted();
    /// The journal row that the selection is on, 0 for none.
    void currentChanged(qint64 journalRow);
    /// selectedRows() are others.
    void selectionChanged();
    /// filter() is another one.
    void filterChanged();
    /// A template card is to be made of what was sent. @param body  of that request
    void cardRequested(const QByteArray &body);
    void failed(const icebreaker::Error &error);

private:
    void addChips();
    void applyFilter();
    void followInsert(int first, int last);
    void selectAwaited();
    void copyText();
    void copyRecords(bool asCurl);
    void forgetRemoved();
    void requestCard();
    void filterLikeCurrent(bool narrow);

    std::unique_ptr<Ui::LogPanel> m_ui;
    Journal &m_journal;
    LogModel *m_model;
    FilterCompleter *m_completer;
    FilterChips *m_filterChips;
    QList<QToolButton *> m_chips;
    qint64 m_awaited = 0;
    qint64 m_current = 0; ///< Journal row that was last selected.
};

} // namespace icebreaker
