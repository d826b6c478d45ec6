#pragma once

#include "core/error.h"
#include "core/profile.h"
#include "share/bundle.h"
#include "share/exportsecrets.h"
#include "store/settings.h"
#include "store/worker.h"

#include <QObject>

#include <functional>
#include <memory>

class QAction;
class QMenu;
class QMenuBar;
class QWidget;

namespace icebreaker {

class BundleJob;
class Journal;
class LogPanel;
class Vault;

/// Everything in the window that hands the log's sends on, opens what was handed on, and
/// masks numbers while somebody else looks at the screen.
class HandOnDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        QWidget &window;
        LogPanel &log;
        QMenuBar &menuBar;
        QMenu &fileMenu; ///< Its last two entries are a separator and Quit.
        QMenu &logMenu;
        QMenu &toolsMenu; ///< The View menu goes before it.
    };
    struct Services {
        QString folder;
        Journal &journal;
        Vault &vault;
        std::function<QList<Profile>()> profiles;
        std::function<Settings()> settings; ///< As far as a bundle tells them.
    };

    HandOnDesk(Place place, Services services, QObject *parent = nullptr);
    ~HandOnDesk() override;

    /// The newest diagnosis, as text, for bundles; none by default.
    void setDiagnosis(std::function<QString()> diagnosis) { m_diagnosis = std::move(diagnosis); }

    /// Puts all about the selected sends on the clipboard as text, redacted.
    void copyForTicket();
    /// Shows a bundle or a HAR in a window of its own, or says why not.
    void openBundle(const QString &path);

signals:
    void maskChosen(bool on);
    void failed(const icebreaker::Error &error);
    /// Something was copied, or could not be.
    void told(const QString &text);

private:
    void addActions();
    void addMaskAction();
    void handOn(bool asBundle);
    void copyTicket(const ExportSecrets &secrets);
    void chooseBundle();
    [[nodiscard]] QFuture<ExportSecrets> secrets() const;
    [[nodiscard]] QList<std::pair<QString, QString>> settingsTexts() const;

    Place m_place;
    Services m_services;
    std::function<QString()> m_diagnosis = [] { return QString(); };
    std::unique_ptr<BundleJob> m_ticketJob;
    Worker m_worker;
};

/// Whether a file that was dropped is a bundle, by its first bytes.
[[nodiscard]] bool isBundleFile(const QString &path);

} // namespace icebreaker
