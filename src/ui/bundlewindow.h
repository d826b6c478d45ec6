#pragma once

#include "core/bundleproblem.h"
#include "share/bundlereader.h"

#include <QDialog>

#include <memory>

namespace Ui {
class BundleWindow;
} // namespace Ui

namespace icebreaker {

class TextTableModel;
class TimelineView;
class TimingPane;

/// Somebody's bundle, to look at: its sends with what became of them, as they were redacted.
/// Nothing in it can be sent, and nothing of it gets into the journal.
class BundleWindow : public QDialog
{
    Q_OBJECT

public:
    /// @param name  of the file, for the title
    BundleWindow(OpenedBundle bundle, const QString &name, QWidget *parent = nullptr);
    ~BundleWindow() override;

private:
    void buildTable();
    void addPages();
    void showList();
    void showSend(int position);
    void showShown();

    std::unique_ptr<Ui::BundleWindow> m_ui;
    const OpenedBundle m_bundle;
    TextTableModel *m_model;
    TimelineView *m_timeline;
    TimingPane *m_timing;
    int m_shown = -1;
};

} // namespace icebreaker
