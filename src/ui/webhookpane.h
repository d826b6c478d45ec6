#pragma once

#include "core/error.h"
#include "core/profile.h"

#include <QUrl>
#include <QWidget>

#include <memory>

namespace Ui {
class WebhookPane;
} // namespace Ui

namespace icebreaker {

class InboxHub;
class Vault;

/// Makes a profile's address at webhook.site, or at a self-hosted copy of it, and shows how
/// asking there goes.
class WebhookPane : public QWidget
{
    Q_OBJECT

public:
    WebhookPane(InboxHub &hub, Vault &vault, const Profile &profile, QWidget *parent = nullptr);
    ~WebhookPane() override;

    /// There is an address that sends can be given.
    [[nodiscard]] bool hasAddress() const;
    void showProblem(const QString &text);

signals:
    /// A text came or went: the pane needs another height.
    void grown();

private:
    void follow();
    void showAgreement();
    void showState();
    void create();
    void editKey();
    void openInBrowser();
    void showState(const QString &text, bool isProblem);
    [[nodiscard]] Result<QUrl> typedBase() const;
    [[nodiscard]] QUrl address() const;

    std::unique_ptr<Ui::WebhookPane> m_ui;
    InboxHub &m_hub;
    Vault &m_vault;
    Profile m_profile;
    bool m_isCreating = false;
};

} // namespace icebreaker
