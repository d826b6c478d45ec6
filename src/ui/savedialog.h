#pragma once

#include <QDialog>

class QComboBox;
class QLineEdit;

namespace icebreaker {

class CollectionBook;

/// Asks under which name and in which folder a request is to be saved.
class SaveDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param folder  that is chosen at first; the first collection if it is in none
    SaveDialog(const CollectionBook &book, const QString &name, const QString &folder,
               QWidget *parent = nullptr);

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString folder() const;

private:
    QLineEdit *m_name;
    QComboBox *m_folder;
};

} // namespace icebreaker
