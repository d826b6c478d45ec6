#pragma once

#include "core/error.h"
#include "core/templatecard.h"
#include "net/templatefetch.h"
#include "store/templates.h"

#include <QDialog>

#include <memory>

namespace Ui {
class FetchDialog;
} // namespace Ui

namespace icebreaker {

class Vault;

/// Fetches all templates of an account from Vonage. The application's private key goes from
/// the clipboard or its file into the vault; from there it only ever signs.
class FetchDialog : public QDialog
{
    Q_OBJECT

public:
    FetchDialog(Vault &vault, QString folder, QWidget *parent = nullptr);
    ~FetchDialog() override;

signals:
    void fetched(const QList<icebreaker::TemplateCard> &cards);
    void failed(const icebreaker::Error &error);

private:
    void remember();
    void showKeyPlace();
    void takeKey(const QByteArray &pem);
    void openKey();
    void forgetKey();
    void fetch();
    void fetchWith(const QByteArray &token);
    void setBusy(bool busy);
    void say(const QString &text, bool isError);
    [[nodiscard]] QUrl server() const;
    /// Names the key's entry in the vault, as a profile's id does for its key.
    [[nodiscard]] QString keyName() const;

    std::unique_ptr<Ui::FetchDialog> m_ui;
    Vault &m_vault;
    QString m_folder;
    TemplateSource m_source;
    TemplateFetcher m_fetcher;
};

} // namespace icebreaker
