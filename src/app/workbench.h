#pragma once

#include "core/dispatcher.h"
#include "listen/sandbox.h"
#include "net/callbackposter.h"
#include "net/insights.h"
#include "net/outboundclient.h"
#include "receive/inboxhub.h"
#include "secrets/vault.h"
#include "store/batches.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "store/lanes.h"
#include "store/settings.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace icebreaker {

class MainWindow;

/// The whole program behind one window: owns every service and wires them. The only
/// place that knows every layer; there are no singletons.
class Workbench : public QObject
{
    Q_OBJECT

public:
    struct Options {
        QString folder; ///< Everything that Icebreaker keeps; created if absent.
        bool useSandbox = false; ///< Starts on the sandbox profile, whatever was used last.
        bool tour = false; ///< Shows a newcomer around.
    };

    explicit Workbench(Options options, QObject *parent = nullptr);
    ~Workbench() override;
    Q_DISABLE_COPY_MOVE(Workbench)

    /// Opens the journal and then shows the window: ready() is emitted in any case.
    void start();
    [[nodiscard]] MainWindow *window() { return m_window.get(); }
    [[nodiscard]] Journal &journal() { return m_journal; }
    [[nodiscard]] Batches &batches() { return m_batches; }
    [[nodiscard]] Deliveries &deliveries() { return m_deliveries; }
    [[nodiscard]] Insights &insights() { return m_insights; }
    [[nodiscard]] Vault &vault() { return m_vault; }
    [[nodiscard]] Sandbox &sandbox() { return m_sandbox; }
    [[nodiscard]] InboxHub &inbox() { return m_inbox; }

signals:
    void ready();

private:
    void showWindow(const Result<OpenReport> &journal);
    void applySettings(const Settings &settings);
    Result<QUrl> sandboxBase(int limit);

    Options m_options;
    Settings m_settings;
    Journal m_journal;
    Batches m_batches;
    Deliveries m_deliveries;
    Lanes m_lanes;
    Vault m_vault;
    OutboundClient m_client;
    Insights m_insights;
    CallbackPoster m_poster;
    InboxHub m_inbox;
    Sandbox m_sandbox;
    Dispatcher m_dispatcher;
    QTimer m_recoveryTimer;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace icebreaker
