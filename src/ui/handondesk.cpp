#include "ui/handondesk.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "share/bundlejob.h"
#include "share/bundlereader.h"
#include "share/bundlesummary.h"
#include "store/journal.h"
#include "ui/bundlewindow.h"
#include "ui/handondialog.h"
#include "ui/logpanel.h"
#include "ui/privacy.h"
#include "words/exportwords.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

tl::expected<OpenedBundle, BundleProblem> readBundleFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(BundleProblem::Unreadable);
    return readBundle(file.read(BundleFileMaxBytes + 1)); // one more is too many
}

QAction *makeAction(const QString &text, const QString &objectName, QObject *parent)
{
    auto *action = new QAction(text, parent);
    action->setObjectName(objectName);
    return action;
}

} // namespace

HandOnDesk::HandOnDesk(Place place, Services services, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_services(std::move(services))
{
    addActions();
    addMaskAction();
}

HandOnDesk::~HandOnDesk() = default;

void HandOnDesk::addActions()
{
    auto *exporting = makeAction(tr("&Export…"), u"exportLogAction"_s, this);
    exporting->setShortcut(QKeySequence(u"Ctrl+Shift+E"_s));
    exporting->setToolTip(tr("Saves sends as CSV, JSON lines, HAR or Markdown (Ctrl+Shift+E)"));
    connect(exporting, &QAction::triggered, this, [this] { handOn(false); });
    auto *bundling = makeAction(tr("Support &Bundle…"), u"bundleAction"_s, this);
    bundling->setShortcut(QKeySequence(u"Ctrl+Shift+B"_s));
    connect(bundling, &QAction::triggered, this, [this] { handOn(true); });
    auto *copying = makeAction(tr("Copy for a Tic&ket"), u"copyTicketAction"_s, this);
    copying->setShortcut(QKeySequence(u"Ctrl+Shift+C"_s));
    copying->setToolTip(tr("All about the selected sends as text, without keys, whole numbers and "
                           "parameter values (Ctrl+Shift+C)"));
    connect(copying, &QAction::triggered, this, &HandOnDesk::copyForTicket);
    m_place.logMenu.addSeparator();
    m_place.logMenu.addActions({exporting, bundling, copying});
    m_place.log.addRowAction(copying);
    m_place.log.addRowAction(bundling);

    auto *opening = makeAction(tr("Open &Bundle…"), u"openBundleAction"_s, this);
    connect(opening, &QAction::triggered, this, &HandOnDesk::chooseBundle);
    const auto entries = m_place.fileMenu.actions();
    m_place.fileMenu.insertAction(entries.at(entries.size() - 2), opening);
}

void HandOnDesk::addMaskAction()
{
    auto *menu = new QMenu(tr("&View"), &m_place.menuBar);
    menu->setObjectName(u"viewMenu"_s);
    m_place.menuBar.insertMenu(m_place.toolsMenu.menuAction(), menu);
    auto *mask = makeAction(tr("&Mask Numbers"), u"maskNumbersAction"_s, this);
    mask->setCheckable(true);
    mask->setShortcut(QKeySequence(u"Ctrl+Shift+M"_s));
    mask->setToolTip(tr("Shortens phone numbers on the screen, for sharing it (Ctrl+Shift+M)"));
    menu->addAction(mask);
    mask->setChecked(m_services.settings().maskNumbers);
    privacy::mask().setOn(mask->isChecked());
    connect(mask, &QAction::toggled, this, [this](bool on) {
        privacy::mask().setOn(on);
        emit maskChosen(on);
    });
}

QFuture<ExportSecrets> HandOnDesk::secrets() const
{
    return exportSecrets(m_services.vault, m_services.profiles(), m_services.folder);
}

QList<std::pair<QString, QString>> HandOnDesk::settingsTexts() const
{
    const Settings settings = m_services.settings();
    QList<std::pair<QString, QString>> texts{
        {u"total_timeout_seconds"_s, QString::number(settings.totalTimeoutSeconds)},
        {u"inactivity_timeout_seconds"_s, QString::number(settings.inactivityTimeoutSeconds)}};
    const auto profiles = m_services.profiles();
    for (const Profile &profile : profiles)
        texts.append({u"profile "_s + profile.name,
                      u"%1, %2 per second, inbox %3"_s.arg(regionName(profile.region),
                                                           QString::number(profile.limit),
                                                           inboxSourceName(profile.inboxSource))});
    return texts;
}

void HandOnDesk::handOn(bool asBundle)
{
    const HandOnDialog::Scope scope{m_place.log.selectedRows(), m_place.log.filter(),
                                    m_place.log.shownCount()};
    auto *dialog = new HandOnDialog(
        {m_services.journal, [this] { return secrets(); }, explainInWords, m_diagnosis,
         settingsTexts()},
        scope, asBundle ? HandOnDialog::Form::Bundle : HandOnDialog::Form::File, &m_place.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void HandOnDesk::copyForTicket()
{
    if (m_place.log.selectedRows().isEmpty()) {
        emit told(tr("Select the sends to copy first."));
        return;
    }
    whenDone(secrets(), this, [this](const ExportSecrets &found) { copyTicket(found); });
}

void HandOnDesk::copyTicket(const ExportSecrets &secrets)
{
    m_ticketJob = std::make_unique<BundleJob>(m_services.journal);
    connect(m_ticketJob.get(), &BundleJob::failed, this,
            [this](const ExportReport &report) { emit told(exportReportText(report, {})); });
    connect(m_ticketJob.get(), &BundleJob::collected, this, [this, secrets = secrets.secrets] {
        BundleInput input = m_ticketJob->input();
        input.madeAt = QDateTime::currentDateTimeUtc();
        whenDone(m_worker.run(
                     [input, secrets] { return ticketOf(input, Redactor({}, secrets), secrets); }),
                 this, [this](const MadeTicket &ticket) {
                     if (ticket.end != ExportEnd::Written) {
                         emit told(exportReportText({ticket.end, 0, 0, {}}, {}));
                         return;
                     }
                     QGuiApplication::clipboard()->setText(ticket.text);
                     emit told(tr("Copied, without keys, whole numbers and parameter values."));
                 });
    });
    m_ticketJob->collect(m_place.log.selectedRows(), {});
}

void HandOnDesk::chooseBundle()
{
    const QString path =
        QFileDialog::getOpenFileName(&m_place.window, tr("Open Bundle"), {},
                                     tr("Support bundles and HAR (*.zip *.har);;All files (*)"));
    if (!path.isEmpty())
        openBundle(path);
}

void HandOnDesk::openBundle(const QString &path)
{
    whenDone(m_worker.run([path] { return readBundleFile(path); }), this,
             [this, path](const tl::expected<OpenedBundle, BundleProblem> &bundle) {
                 const QString name = QFileInfo(path).fileName();
                 if (bundle) {
                     auto *window = new BundleWindow(*bundle, name, &m_place.window);
                     window->setAttribute(Qt::WA_DeleteOnClose);
                     window->show();
                     return;
                 }
                 auto *box =
                     new QMessageBox(QMessageBox::Warning, tr("Not a bundle to open"),
                                     tr("%1: %2").arg(name, bundleProblemText(bundle.error())),
                                     QMessageBox::Ok, &m_place.window);
                 box->setTextFormat(Qt::PlainText);
                 box->setObjectName(u"bundleProblemBox"_s);
                 box->setAttribute(Qt::WA_DeleteOnClose);
                 box->open();
             });
}

bool isBundleFile(const QString &path)
{
    constexpr qint64 head = 65'536;
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && looksLikeBundle(file.read(head));
}

} // namespace icebreaker
