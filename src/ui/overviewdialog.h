#pragma once

#include "core/error.h"
#include "core/overviewcounter.h"
#include "store/logfilter.h"
#include "ui/countpause.h"

#include <QDialog>

#include <functional>
#include <memory>
#include <optional>

class QPushButton;
class QVBoxLayout;

namespace Ui {
class OverviewDialog;
} // namespace Ui

namespace icebreaker {

class BarButton;
class History;
class SpanChart;
struct OverviewStep;

/// A set of sends as pictures: over time, what went wrong, how long answers took, and 429s
/// against how much was sent at a time. Whatever is clicked asks for its sends.
class OverviewDialog : public QDialog
{
    Q_OBJECT

public:
    explicit OverviewDialog(History &history, QWidget *parent = nullptr);
    ~OverviewDialog() override;

    /// The set that is shown. @param filter  nothing while the text makes no sense
    void setFilter(const std::optional<LogFilter> &filter, const QString &text);
    [[nodiscard]] const Overview &overview() const { return m_overview; }
    /// Everything is counted.
    [[nodiscard]] bool isComplete() const { return !m_isCounting; }

signals:
    /// What the log's filter has to say besides the set's own; empty for the whole set.
    void chosen(const QString &filterTokens);
    void failed(const icebreaker::Error &error);

private:
    /// A line of one of the lists.
    struct Entry {
        QString text;
        QString figure;
        QString sentence; ///< For screen readers and the tooltip.
        QString tokens;
        qint64 count = 0;
        qint64 second = 0; ///< Of `count`.
        QBrush brush;
    };
    void addLegend();
    void begin();
    void count(qint64 before);
    void take(const OverviewStep &step);
    void showOverview();
    void showLegend();
    [[nodiscard]] BarButton *makeLine();
    void fill(QVBoxLayout &list, const QList<Entry> &entries);
    [[nodiscard]] QList<Entry> errorEntries() const;
    [[nodiscard]] QList<Entry> latencyEntries() const;
    [[nodiscard]] QList<Entry> paceEntries() const;

    std::unique_ptr<Ui::OverviewDialog> m_ui;
    History &m_history;
    SpanChart *m_chart = nullptr;
    QList<QPushButton *> m_legend; ///< By OverviewPart.
    std::optional<LogFilter> m_filter;
    std::optional<OverviewCounter> m_counter;
    Overview m_overview;
    CountPause m_again;
    bool m_isCounting = false;
    bool m_wasChanged = false;
    int m_generation = 0; ///< Answers about an earlier set are dropped.
};

} // namespace icebreaker
