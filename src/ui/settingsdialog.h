#pragma once

#include "store/settings.h"

#include <QDialog>

#include <memory>

namespace Ui {
class SettingsDialog;
} // namespace Ui

namespace icebreaker {

/// Time-outs, colours, and how long history is kept.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(const Settings &settings, QWidget *parent = nullptr);
    ~SettingsDialog() override;

    /// The settings given, with what was chosen here.
    [[nodiscard]] Settings settings() const;

private:
    void showKeeping();

    std::unique_ptr<Ui::SettingsDialog> m_ui;
    Settings m_settings;
};

} // namespace icebreaker
