#pragma once

#include "core/sheetshape.h"

#include <QDialog>

#include <memory>

namespace Ui {
class ReadingDialog;
} // namespace Ui

namespace icebreaker {

/// Asks how a file is to be read: because the user wants it otherwise, or because the
/// bytes do not tell.
class ReadingDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param preview  lines read as Windows-1252, if that is the question; else empty
    ReadingDialog(const SheetShape &shape, const QStringList &preview, QWidget *parent = nullptr);
    ~ReadingDialog() override;

    [[nodiscard]] SheetShape shape() const;

private:
    void addChoices();

    std::unique_ptr<Ui::ReadingDialog> m_ui;
};

} // namespace icebreaker
