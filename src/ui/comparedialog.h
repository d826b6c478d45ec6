#pragma once

#include "core/sendcomparison.h"

#include <QDialog>

#include <memory>

namespace Ui {
class CompareDialog;
} // namespace Ui

namespace icebreaker {

/// Two sends side by side, their differences in words on top. Bodies are shown as they were
/// kept; the key is in none of them.
class CompareDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param left  the send in question; @param right  what it is compared with
    CompareDialog(const ComparedSend &left, const ComparedSend &right, QWidget *parent = nullptr);
    ~CompareDialog() override;

    /// What "Copy as Text" copies.
    [[nodiscard]] QString text() const;

private:
    void showDifferences();
    void showLines();
    void exchange();

    std::unique_ptr<Ui::CompareDialog> m_ui;
    ComparedSend m_left;
    ComparedSend m_right;
    QList<ComparedLine> m_lines;
};

} // namespace icebreaker
