#pragma once

#include "core/error.h"
#include "core/profile.h"
#include "interop/codeexport.h"
#include "secrets/vault.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace Ui {
class CodePage;
} // namespace Ui

namespace icebreaker {

class Composer;

/// The request as other programs take it, to be read, copied and saved. The key is not in it;
/// to copy it with the key is an action of its own that asks.
class CodePage : public QWidget
{
    Q_OBJECT

public:
    /// Whose key belongs to where the request goes.
    struct Owner {
        Profile profile;
        QString keyOrigin; ///< As origin() in core/endpoint.h gives it.
    };

    CodePage(Composer &composer, Vault &vault, std::function<Owner()> owner,
             QWidget *parent = nullptr);
    ~CodePage() override;

    /// Once more: the mask is different.
    void showCode();

signals:
    void reported(const QString &text);
    void failed(const icebreaker::Error &error);

private:
    [[nodiscard]] CodeFormat format() const;
    [[nodiscard]] CodeRequest request() const;
    void copy();
    void copyWithKey();
    void save();

    std::unique_ptr<Ui::CodePage> m_ui;
    Composer &m_composer;
    Vault &m_vault;
    std::function<Owner()> m_owner;
};

} // namespace icebreaker
