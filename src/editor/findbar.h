#pragma once

#include "editor/textsearch.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace icebreaker {

class CodeView;

/// Find and replace in a CodeView: hidden until it is asked for (Ctrl+F, Ctrl+H), gone with
/// Esc. Searches beside the window's thread, so that a text of any size may be searched.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(CodeView &view, QWidget *parent = nullptr);

    void open(bool replace);
    /// Goes to the next place behind the cursor, or before it, and around.
    void goOn(bool backwards);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void search(bool reveal);
    void take(const SearchResult &result, bool reveal);
    void showCount();
    void replaceOne();
    void replaceEach();

    CodeView &m_view;
    QLineEdit *m_wanted;
    QLineEdit *m_replacement;
    QWidget *m_replaceRow;
    QCheckBox *m_case;
    QLabel *m_count;
    SearchResult m_found;
    qsizetype m_current = -1;
    quint64 m_round = 0; ///< Of searches: only the newest one's result counts.
};

} // namespace icebreaker
