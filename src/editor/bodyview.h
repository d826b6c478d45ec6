#pragma once

#include "editor/bodytext.h"
#include "editor/brokenlines.h"

#include <QWidget>

#include <functional>
#include <memory>

class QAction;
class QButtonGroup;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace icebreaker {

class FindBar;
class JsonTreeModel;
class TextViewer;

/// What a BodyView shows.
struct ShownBody {
    QString summary; ///< "HTTP 200 OK"; may be empty.
    QByteArray head; ///< Lines of the head, UTF-8.
    QByteArray body; ///< Exactly the bytes.
    QByteArray contentType; ///< As declared.
    QStringList notes; ///< Sentences about it, e.g. that it was cut.
    QString emptyText; ///< What an empty body means.
    QString fileName; ///< Proposed for saving, without its ending.
};

/// A head and body from outside: laid out, raw, the headers, as a tree; with find, wrap,
/// copies of a value or its path, and saving. Everything that takes time happens beside the
/// window's thread.
class BodyView : public QWidget
{
    Q_OBJECT

public:
    /// What hides something of the texts on the screen; called in other threads.
    using Hide = std::function<QString(const QString &)>;

    explicit BodyView(const QString &viewerName, QWidget *parent = nullptr);
    ~BodyView() override;

    /// @param hide  may be empty; the tree is not shown with one
    void show(const ShownBody &shown, const Hide &hide);
    /// Nothing but @p text, e.g. "No answer yet."
    void showNothing(const QString &text);
    [[nodiscard]] bool isBusy() const { return m_isReading; }
    [[nodiscard]] TextViewer &viewer() { return *m_viewer; }

    enum Page { PrettyPage, RawPage, HeadersPage, TreePage };
    void showPage(Page page);

private:
    struct Read;

    void build(const QString &viewerName);
    void addTools(QWidget &tools);
    void addTree();
    void take(const Read &read);
    void showCurrent();
    void showSummary(const QString &kind);
    void copyFromTree(int role);
    void copyAll();
    void save();

    ShownBody m_shown;
    std::shared_ptr<const Read> m_read;
    Page m_page = PrettyPage;
    bool m_isReading = false;
    quint64 m_round = 0; ///< Of reading: only the newest one's result counts.
    QButtonGroup *m_pages;
    QStackedWidget *m_stack;
    TextViewer *m_viewer;
    QTreeView *m_tree;
    JsonTreeModel *m_model;
    QLabel *m_summary;
    QLabel *m_notes;
    QToolButton *m_wrap;
};

} // namespace icebreaker
