#pragma once

#include "core/error.h"
#include "core/requestimport.h"
#include "ui/requestimportdialog.h"

#include <QObject>

#include <functional>

class QAction;
class QWidget;

namespace icebreaker {

class ProfileBook;
class RequestTabs;
class SendController;
class Vault;

/// Everything in the window that takes other programs' requests: by paste, by file and by
/// drop. What is chosen opens in tabs of its own; nothing is ever sent.
class RequestImportDesk : public QObject
{
    Q_OBJECT

public:
    struct Place {
        QWidget &window;
        QAction &paste;
        QAction &open;
    };
    struct Parts {
        RequestTabs &tabs;
        ProfileBook &profiles;
        Vault &vault;
        SendController &sender;
        std::function<QUrl()> base; ///< Where the window sends to.
    };

    /// More tabs than that are no help to anybody.
    static constexpr qsizetype MostTabs = 20;

    RequestImportDesk(Place place, Parts parts, QObject *parent = nullptr);

    void openFile(const QString &path);
    void openText(const QByteArray &text);

signals:
    /// They are open in tabs; the last one is selected.
    void requestsImported(const QList<icebreaker::ImportedRequest> &requests);
    void reported(const QString &text);
    void warned(const QString &text);
    void failed(const icebreaker::Error &error);

private:
    [[nodiscard]] RequestImportDialog *makeDialog();
    void paste();
    void chooseFile();
    void take(const QList<ImportedRequest> &requests);
    void keep(const ApiKey &key);

    Place m_place;
    Parts m_parts;
};

/// Whether a file that was dropped seems to hold requests, and no statuses or rows. Quick.
[[nodiscard]] bool holdsRequests(const QString &path);

} // namespace icebreaker
