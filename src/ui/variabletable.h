#pragma once

#include "core/variable.h"

#include <QList>
#include <QWidget>

class QPushButton;
class QTableWidget;

namespace icebreaker {

/// Names and values, to be edited.
class VariableTable : public QWidget
{
    Q_OBJECT

public:
    explicit VariableTable(QWidget *parent = nullptr);

    void setVariables(const QList<Variable> &variables);
    /// Without rows that have no name, and each name once.
    [[nodiscard]] QList<Variable> variables() const;

signals:
    /// By the user.
    void edited();

private:
    void append(const Variable &variable);
    void showButtons();

    QTableWidget *m_table;
    QPushButton *m_remove;
    bool m_isShowing = false;
};

} // namespace icebreaker
