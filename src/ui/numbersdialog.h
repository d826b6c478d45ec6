#pragma once

#include "store/addressbook.h"

#include <QDialog>

#include <memory>

namespace Ui {
class NumbersDialog;
} // namespace Ui

namespace icebreaker {

class NumbersModel;

/// Names numbers, adds and deletes them, and says which are test numbers. Nothing is taken
/// over before OK.
class NumbersDialog : public QDialog
{
    Q_OBJECT

public:
    struct Target {
        QString profileName;
        QString typed; ///< A number that is probably wanted, as typed in the form.
        bool onlyTestNumbers = false; ///< Profile::onlyTestNumbers
    };

    NumbersDialog(const AddressBook &book, const Target &target, QWidget *parent = nullptr);
    ~NumbersDialog() override;

    [[nodiscard]] AddressBook book() const;

private:
    void showTyped();
    void add();
    void removeSelected();

    std::unique_ptr<Ui::NumbersDialog> m_ui;
    NumbersModel *m_model;
};

} // namespace icebreaker
