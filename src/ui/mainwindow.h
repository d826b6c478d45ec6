#pragma once

#include "core/catalogue.h"
#include "core/sendrecord.h"
#include "store/settings.h"
#include "ui/composer.h"
#include "ui/limitwatch.h"
#include "ui/numberbook.h"
#include "ui/profilebook.h"
#include "ui/requesttabs.h"
#include "ui/sendcontroller.h"
#include "ui/templatebook.h"

#include <QMainWindow>

#include <functional>
#include <memory>

class QLabel;
class QStackedWidget;

namespace Ui {
class MainWindow;
} // namespace Ui

namespace icebreaker {

class AwaitedSend;
class BatchDesk;
class Batches;
class CodePage;
class ComposerPage;
class Deliveries;
class DeliveryDesk;
class DetailPane;
class HistoryDesk;
class ExplainDesk;
class GuideDesk;
class DiagnosisDesk;
class HandOnDesk;
class InboxDesk;
class InboxHub;
class Insights;
class LiveGuard;
class Journal;
class LogPanel;
class ProfileDesk;
class ProfileTools;
class RawPage;
class RequestDesk;
class SavedDesk;
class SendDesk;
class SidePanel;
class TopBar;

/// Puts the pages and panels together and tells them about each other.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// What the window works on; all of it outlives the window.
    struct Services {
        QString folder; ///< Everything that Icebreaker keeps.
        Journal &journal;
        Batches &batches;
        Deliveries &deliveries;
        Insights &insights;
        Vault &vault;
        Dispatcher &dispatcher;
        /// Starts the sandbox if need be and keeps to @p limit; its base URL.
        std::function<Result<QUrl>(int limit)> sandboxBase;
        InboxHub &inbox;
    };

    MainWindow(Services services, Settings settings, QList<Profile> profiles,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] SendController &sender();
    [[nodiscard]] Composer &composer() { return m_composer; }
    /// Asks before a batch, too.
    [[nodiscard]] LiveGuard &guard() { return *m_guard; }
    [[nodiscard]] DiagnosisDesk &diagnosis() { return *m_diagnosisDesk; }
    [[nodiscard]] GuideDesk &guide() { return *m_guideDesk; }

    /// A message that stays until it is read.
    void showBanner(const QString &text);
    void showError(const Error &error);
    /// Selects a send in the log, at once or when it is recorded.
    void showSend(const QString &sendId);
    /// Starts the tour if it never was and nothing can leave this computer.
    void offerTour();

signals:
    void settingsChanged(const icebreaker::Settings &settings);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void report(const QString &text);
    void buildPages();
    void addDesk(QStackedWidget &side);
    void addDeliveryDesk();
    void addHistory();
    void addExplainDesk();
    void take(NextAction action, const QString &profile);
    void addHandOnDesk();
    void addSavedDesk();
    void addImportDesk();
    void bindActions();
    void bindInbox();
    void bindSender();
    void bindRawPage();
    void bindProfiles();
    void bindGuard();
    void bindTools();
    void addDiagnosisDesk();
    void addGuideDesk();
    void useProfile(const Profile &profile);
    void useEndpoint(const Profile &profile, Region region, const QUrl &base);
    void showRequestPages();
    void showCount();
    void editSettings();
    void storeSettings();

    std::unique_ptr<Ui::MainWindow> m_ui;
    Services m_services;
    Settings m_settings;
    ProfileBook m_profiles;
    TemplateBook m_templates;
    Composer m_composer;
    RequestTabs m_tabs;
    NumberBook m_numbers;
    LiveGuard *m_guard;
    ProfileTools *m_tools;
    LimitWatch m_limitWatch;
    TopBar *m_topBar = nullptr;
    SendDesk *m_sendDesk = nullptr;
    ProfileDesk *m_profileDesk = nullptr;
    AwaitedSend *m_awaited = nullptr;
    BatchDesk *m_desk = nullptr;
    InboxDesk *m_inboxDesk = nullptr;
    RequestDesk *m_requestDesk = nullptr;
    DeliveryDesk *m_deliveryDesk = nullptr;
    HistoryDesk *m_historyDesk = nullptr;
    ExplainDesk *m_explainDesk = nullptr;
    DiagnosisDesk *m_diagnosisDesk = nullptr;
    HandOnDesk *m_handOnDesk = nullptr;
    GuideDesk *m_guideDesk = nullptr;
    SavedDesk *m_savedDesk = nullptr;
    ComposerPage *m_composerPage = nullptr;
    RawPage *m_rawPage = nullptr;
    CodePage *m_codePage = nullptr;
    SidePanel *m_sidePanel = nullptr;
    LogPanel *m_logPanel = nullptr;
    DetailPane *m_detailPane = nullptr;
    QLabel *m_countLabel = nullptr;
};

} // namespace icebreaker
