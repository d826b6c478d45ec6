#pragma once

#include "core/variables.h"

#include <QObject>
#include <QStringListModel>

class QCompleter;
class QLineEdit;

namespace icebreaker {

class Composer;

/// `{{name}}` in the form's fields: shown by colour, its value under the pointer, and names
/// offered as soon as two braces are typed.
class VariableHelp : public QObject
{
    Q_OBJECT

public:
    /// @param composer  whose variables; outlives this
    explicit VariableHelp(Composer &composer, QObject *parent = nullptr);

    /// Also for an editor that is gone before this.
    void attach(QLineEdit &edit);

    /// What the variables of @p text stand for, a line each, as a tooltip; empty if there are none.
    [[nodiscard]] static QString toolTip(const QString &text, const Variables &variables);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void offer(QLineEdit &edit);
    void insert(const QString &name);
    static void mark(QLineEdit &edit);

    Composer &m_composer;
    QStringListModel m_names;
    QCompleter *m_completer;
};

} // namespace icebreaker
