#pragma once

#include "core/error.h"
#include "store/logfilter.h"
#include "ui/countpause.h"
#include "words/funnelwords.h"

#include <QFuture>
#include <QList>
#include <QWidget>

#include <optional>

class QLabel;
class QSpinBox;
class QVBoxLayout;

namespace icebreaker {

class Deliveries;
class FunnelTile;
class Journal;

/// How many of a set of sends were accepted, submitted, delivered, read, and how long that
/// took. Each figure is a button for the sends that it counts. Follows the journal while
/// it is visible.
class FunnelView : public QWidget
{
    Q_OBJECT

public:
    /// @param columns  of figures; 1 or more
    FunnelView(Deliveries &deliveries, Journal &journal, int columns, QWidget *parent = nullptr);

    /// The set that is counted; nothing for none.
    void setFilter(const std::optional<LogFilter> &filter);
    /// Marks the figure whose sends are looked at: as in partChosen() or unreadChosen().
    void mark(const QString &filterText);
    [[nodiscard]] const Funnel &funnel() const { return m_funnel; }

signals:
    /// What the log's filter has to say for the figure that was chosen; empty for all.
    void chosen(const QString &filterText);
    void failed(const icebreaker::Error &error);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addTiles(QVBoxLayout &layout);
    void addUnread(QVBoxLayout &layout);
    void loadSoon();
    void load();
    void showFunnel();
    [[nodiscard]] QString unreadFilter() const;
    [[nodiscard]] QStringList timeLines(FunnelPart part) const;
    /// So many figures side by side that their times need two lines.
    [[nodiscard]] bool isNarrow() const { return m_columns > 2; }

    Deliveries &m_deliveries;
    const int m_columns;
    std::optional<LogFilter> m_filter;
    Funnel m_funnel;
    QList<FunnelTile *> m_tiles; ///< As in funnelParts().
    QSpinBox *m_hours = nullptr;
    QLabel *m_note = nullptr;
    CountPause m_pause;
    int m_generation = 0; ///< Answers about an earlier set are dropped.
    QFuture<Result<Funnel>> m_question;
    bool m_isLoading = false;
};

} // namespace icebreaker
