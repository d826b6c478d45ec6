#pragma once

#include "core/error.h"
#include "secrets/vault.h"

#include <QDialog>

#include <memory>

namespace Ui {
class KeyDialog;
} // namespace Ui

namespace icebreaker {

/// Paste, look at, replace or forget one profile's API key. The key goes from the line
/// edit into the vault and is wiped from the dialog when it closes.
class KeyDialog : public QDialog
{
    Q_OBJECT

public:
    struct Target {
        QString profileId;
        QString profileName;
        QString origin; ///< What the key is bound to; also its keychain entry.
        bool storedBefore = false;
        QString placeholder; ///< In place of what is said about AI Studio's keys.
        QString help; ///< The same.
    };

    KeyDialog(Vault &vault, Target target, QWidget *parent = nullptr);
    ~KeyDialog() override;

    [[nodiscard]] static QString placeText(KeyPlace place);

signals:
    /// @p inKeychain: the keychain has a key for the profile now.
    void keyChanged(bool inKeychain);

private:
    void paste();
    void save();
    void forget();
    void showPlace();
    void finish(const Result<void> &result, const QString &success, bool inKeychain);
    void showMessage(const QString &text, bool isError);

    std::unique_ptr<Ui::KeyDialog> m_ui;
    Vault &m_vault;
    Target m_target;
};

} // namespace icebreaker
