#include "ui/requestimportdesk.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "secrets/vault.h"
#include "ui/profilebook.h"
#include "ui/requesttabs.h"
#include "ui/sendcontroller.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>

namespace icebreaker {

using namespace Qt::StringLiterals;

RequestImportDesk::RequestImportDesk(Place place, Parts parts, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_parts(std::move(parts))
{
    connect(&place.paste, &QAction::triggered, this, &RequestImportDesk::paste);
    connect(&place.open, &QAction::triggered, this, &RequestImportDesk::chooseFile);
}

RequestImportDialog *RequestImportDesk::makeDialog()
{
    RequestImportDialog::Here here{
        m_parts.base(), m_parts.profiles.current().name, m_parts.sender.keyOrigin(), {}};
    for (const Profile &profile : m_parts.profiles.profiles()) {
        if (const auto base = parseBase(profile.customUrl); base && !profile.customUrl.isEmpty())
            here.bases.append(*base);
    }
    auto *dialog = new RequestImportDialog(std::move(here), &m_place.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        take(dialog->chosen());
        if (const auto key = dialog->keyToKeep())
            keep(*key);
    });
    dialog->open();
    return dialog;
}

void RequestImportDesk::openFile(const QString &path)
{
    makeDialog()->openFile(path);
}

void RequestImportDesk::openText(const QByteArray &text)
{
    makeDialog()->openText(text);
}

void RequestImportDesk::paste()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.trimmed().isEmpty())
        emit reported(tr("There is no text on the clipboard."));
    else
        openText(text.toUtf8());
}

void RequestImportDesk::chooseFile()
{
    const QString path =
        QFileDialog::getOpenFileName(&m_place.window, tr("Import requests"), {},
                                     tr("Requests of other programs (*.json *.har *.http *.rest "
                                        "*.sh *.bat *.cmd *.ps1 *.txt *.curl)")
                                         + ";;"_L1 + tr("All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void RequestImportDesk::take(const QList<ImportedRequest> &requests)
{
    const auto opened = requests.mid(0, MostTabs);
    for (const ImportedRequest &request : opened)
        m_parts.tabs.openNew(request.name, Composer::stateOf(request.request));
    if (opened.size() < requests.size())
        emit warned(tr("The first %n are open. Import the others after these: choose them in the "
                       "list.",
                       nullptr, static_cast<int>(opened.size())));
    emit requestsImported(opened);
}

void RequestImportDesk::keep(const ApiKey &key)
{
    const auto clean = cleanKey(key.bytes);
    if (!clean) {
        emit failed(clean.error());
        return;
    }
    const Profile profile = m_parts.profiles.current();
    whenDone(m_parts.vault.store(profile.id, key.origin, *clean), this,
             [this, profile](const Result<void> &stored) {
                 if (!stored) {
                     emit failed(stored.error());
                     return;
                 }
                 if (auto changed = m_parts.profiles.find(profile.id)) {
                     changed->keyInKeychain = true;
                     m_parts.profiles.update(*changed);
                 }
                 m_parts.sender.refreshKeyPlace();
                 emit reported(tr("The key of “%1” is in the keychain.").arg(profile.name));
             });
}

bool holdsRequests(const QString &path)
{
    constexpr qint64 most = ImportMaxBytes;
    constexpr qint64 quickly = 200'000; // bytes that are parsed within a frame
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > most)
        return false;
    const QByteArray text = file.readAll();
    const bool isTold =
        text.contains("/messaging/conversation") || text.contains("schema.getpostman.com");
    if (text.size() > quickly)
        return isTold;
    const auto format = detectRequestFormat(text);
    return format == RequestFormat::Har ? isTold // it may hold statuses instead
                                        : format.has_value();
}

} // namespace icebreaker
