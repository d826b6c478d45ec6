#pragma once

#include <QDialog>

#include <memory>

namespace Ui {
class DoNotMessageDialog;
} // namespace Ui

namespace icebreaker {

/// Shows and changes the list of numbers that no batch sends to.
class DoNotMessageDialog : public QDialog
{
    Q_OBJECT

public:
    explicit DoNotMessageDialog(const QString &text, QWidget *parent = nullptr);
    ~DoNotMessageDialog() override;

    [[nodiscard]] QString text() const;

private:
    void showNote();
    void addFromFile();

    std::unique_ptr<Ui::DoNotMessageDialog> m_ui;
};

} // namespace icebreaker
