#pragma once

#include "core/requestcheck.h"
#include "core/templateversion.h"

#include <QWidget>

#include <functional>
#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace icebreaker {

class Composer;
class FieldNote;

/// The parameters of the composer's template card as a form: one field for each, in the
/// order of the template, so that none can be forgotten or be too many.
class SlotForm : public QWidget
{
    Q_OBJECT

public:
    explicit SlotForm(QWidget *parent = nullptr);

    /// Called with every field that is made from now on.
    void setEditHelp(std::function<void(QLineEdit &edit)> help) { m_help = std::move(help); }
    void bind(Composer &composer);
    /// Puts the cursor into the field of a parameter row that has an error.
    void focusRow(int row);

signals:
    /// What the field that has the focus is for.
    void helpWanted(const QString &help);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row {
        QLabel *label;
        QLineEdit *edit;
        QLabel *counter;
        FieldNote *note;
    };

    void follow();
    void rebuild(const TemplateVersion &version);
    Row makeRow(int index, const TemplateVersion &version);
    void showCounters(const TemplateVersion &version, const QStringList &values);
    void showNotes(const QList<int> &parameterRows);

    std::function<void(QLineEdit &edit)> m_help;
    Composer *m_composer = nullptr;
    QGridLayout *m_layout;
    QLabel *m_empty;
    std::vector<Row> m_rows;
    QList<TemplateSlot> m_slots; ///< What the rows were made for.
    QStringList m_labels;
    QList<int> m_parameterRows; ///< Of each slot in the request, or -1.
};

} // namespace icebreaker
