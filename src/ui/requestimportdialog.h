#pragma once

#include "interop/requestimporter.h"

#include <QDialog>
#include <QFuture>

#include <memory>
#include <optional>

namespace Ui {
class RequestImportDialog;
} // namespace Ui

namespace icebreaker {

class RequestImportModel;

/// Shows which requests a text of another program holds, what of it is not taken and why,
/// and asks for what is missing: files, an environment, what to do with a key. Reads in the
/// background; sends and keeps nothing itself.
class RequestImportDialog : public QDialog
{
    Q_OBJECT

public:
    /// Where the window's requests go at the moment.
    struct Here {
        QUrl base;
        QString profileName;
        QString keyOrigin; ///< As origin() in core/endpoint.h gives it.
        QList<QUrl> bases; ///< Custom endpoints of all profiles.
    };

    explicit RequestImportDialog(Here here, QWidget *parent = nullptr);
    ~RequestImportDialog() override;

    void openFile(const QString &path);
    void openText(const QByteArray &text);

    /// Those to be opened, each with a name.
    [[nodiscard]] QList<ImportedRequest> chosen() const;
    /// The key that is to be kept for the profile, if the user wants that.
    [[nodiscard]] std::optional<ApiKey> keyToKeep() const;

private:
    struct Found {
        QByteArray text;
        RequestImport import;
        QString unread; ///< Why a file could not be read; empty if it could.
    };

    void read();
    void await(const QFuture<Found> &reading);
    void showFound(const Found &found);
    void showRequests();
    void showEndpoint();
    void showKeys();
    void showRefused();
    void showChosen();
    void chooseFile();
    void chooseEnvironment();
    [[nodiscard]] bool isOwn(const ApiKey &key) const;
    [[nodiscard]] QString wantedFile() const;
    [[nodiscard]] std::optional<QByteArray> readSmall(const QString &title);

    std::unique_ptr<Ui::RequestImportDialog> m_ui;
    const Here m_here;
    RequestImportModel *m_model;
    QByteArray m_text;
    ImportHint m_hint;
    RequestImport m_found;
};

} // namespace icebreaker
