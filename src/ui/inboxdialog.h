#pragma once

#include "core/profile.h"

#include <QDialog>

#include <memory>

namespace Ui {
class InboxDialog;
} // namespace Ui

namespace icebreaker {

class InboxHub;
class ListenerPane;
class Vault;
class WebhookPane;

/// Where the statuses of one profile's sends are to go, and everything that this needs.
class InboxDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param region  where the profile's sends go at the moment
    InboxDialog(InboxHub &hub, Vault &vault, const Profile &profile, Region region,
                QWidget *parent = nullptr);
    ~InboxDialog() override;

    /// With the source that was chosen; after accept().
    [[nodiscard]] const Profile &profile() const { return m_profile; }

    void accept() override;

private:
    [[nodiscard]] InboxSource source() const;
    void showSource();
    void showElsewhere();
    /// What is wrong with the own URL; empty if nothing is.
    [[nodiscard]] QString elsewhereProblem() const;
    void fit();
    void showMessage(const QString &text);

    std::unique_ptr<Ui::InboxDialog> m_ui;
    Profile m_profile;
    const Region m_region;
    ListenerPane *m_listener;
    WebhookPane *m_webhook;
};

} // namespace icebreaker
