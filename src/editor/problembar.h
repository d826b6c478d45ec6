#pragma once

#include "editor/jsoneditor.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace icebreaker {

/// One line below an editor: how much is wrong in it, and what is wrong at the cursor, or
/// first. Takes no room while nothing is.
class ProblemBar : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemBar(JsonEditor &editor, QWidget *parent = nullptr);

    /// Shows the editor's marks as they are now.
    void follow();

private:
    JsonEditor &m_editor;
    QLabel *m_text;
    QPushButton *m_next;
};

} // namespace icebreaker
