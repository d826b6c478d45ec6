#pragma once

#include "store/savedfilters.h"

#include <QDialog>

class QPushButton;
class QTableWidget;

namespace icebreaker {

/// Renames, edits and deletes saved filters: a copy of them until OK.
class SavedFiltersDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SavedFiltersDialog(const QList<SavedFilter> &filters, QWidget *parent = nullptr);

    /// As they stand in the table; of two with one name the later one.
    [[nodiscard]] QList<SavedFilter> filters() const;

private:
    void removeSelected();

    QTableWidget *m_table;
    QPushButton *m_remove;
};

} // namespace icebreaker
