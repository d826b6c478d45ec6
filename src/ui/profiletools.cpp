#include "ui/profiletools.h"

#include "core/whendone.h"
#include "secrets/vault.h"
#include "store/files.h"
#include "store/journal.h"
#include "store/journalwalk.h"
#include "store/profileexchange.h"
#include "ui/composer.h"
#include "ui/limitdialog.h"
#include "ui/numberbook.h"
#include "ui/numbersdialog.h"
#include "ui/profilebook.h"
#include "ui/regionwords.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QPointer>
#include <QPromise>
#include <QRegularExpression>

#include <algorithm>
#include <memory>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int EvidenceDays = 30; // the mail says so
constexpr qsizetype MostEvidence = 50'000;

/// A name that every file system takes.
QString fileNameOf(const QString &profileName)
{
    static const QRegularExpression awkward(u"[^\\p{L}\\p{N} ._-]+"_s);
    QString name = profileName;
    name.replace(awkward, u"-"_s);
    return name.simplified().left(60) + u".icebreaker-profile.json"_s;
}

/// The profile's keys at every origin that it may have one for.
class KeyCollector : public std::enable_shared_from_this<KeyCollector>
{
public:
    KeyCollector(Vault &vault, Profile profile)
        : m_vault(vault)
        , m_profile(std::move(profile))
        , m_origins{u"sandbox"_s, origin(documentedBase(Region::Eu)),
                    origin(documentedBase(Region::Us))}
    {
        if (const auto custom = parseBase(m_profile.customUrl))
            m_origins.append(origin(*custom));
    }

    QFuture<Result<QByteArrayList>> start()
    {
        m_promise.start();
        next();
        return m_promise.future();
    }

private:
    void next()
    {
        if (m_origins.isEmpty()) {
            finish(m_keys);
            return;
        }
        const QString place = m_origins.takeFirst();
        whenDone(m_vault.read(m_profile.id, place, m_profile.keyInKeychain), &m_vault,
                 [self = shared_from_this()](const Result<ApiKey> &key) {
                     if (key)
                         self->m_keys.append(key->bytes);
                     const bool readable = key || key.error().kind == ErrorKind::SecretsNotFound
                         || (key.error().kind == ErrorKind::SecretsNoService
                             && !self->m_profile.keyInKeychain);
                     if (readable)
                         self->next();
                     else
                         self->finish(tl::unexpected(key.error()));
                 });
    }
    void finish(const Result<QByteArrayList> &keys)
    {
        m_promise.addResult(keys);
        m_promise.finish();
    }

    Vault &m_vault;
    Profile m_profile;
    QStringList m_origins;
    QByteArrayList m_keys;
    QPromise<Result<QByteArrayList>> m_promise;
};

} // namespace

ProfileTools::ProfileTools(const Parts &parts)
    : QObject(&parts.window)
    , m_window(parts.window)
    , m_journal(parts.journal)
    , m_vault(parts.vault)
    , m_profiles(parts.profiles)
    , m_numbers(parts.numbers)
    , m_composer(parts.composer)
{ }

void ProfileTools::exportProfile()
{
    const Profile &profile = m_profiles.current();
    const QString path = chooseFile(false, fileNameOf(profile.name));
    if (path.isEmpty())
        return;
    if (const auto written = writePrivateFile(path, icebreaker::exportProfile(profile)); !written)
        emit failed(written.error());
    else
        emit reported(tr("“%1” was exported without its key.").arg(profile.name));
}

void ProfileTools::importProfile()
{
    const QString path = chooseFile(true, {});
    if (path.isEmpty())
        return;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        emit warned(tr("The file cannot be read: %1").arg(file.errorString()));
        return;
    }
    // One byte more than is taken, so that a larger file is known to be too large.
    addImported(file.read(LargestProfileFile + 1));
}

void ProfileTools::addImported(const QByteArray &json)
{
    auto profile = icebreaker::importProfile(json);
    if (!profile) {
        emit warned(
            tr("This is not a profile that can be imported. (%1)").arg(profile.error().detail));
        return;
    }
    const QString name = profile->name;
    const auto isTaken = [this](const QString &candidate) {
        return std::any_of(m_profiles.profiles().begin(), m_profiles.profiles().end(),
                           [&candidate](const Profile &each) { return each.name == candidate; });
    };
    for (int i = 2; isTaken(profile->name); ++i)
        profile->name = tr("%1 (%2)").arg(name).arg(i);
    const QString where =
        profile->region == Region::Custom ? profile->customUrl : regionText(profile->region);
    QMessageBox box(QMessageBox::Question, tr("Import profile"), QString(), QMessageBox::Cancel,
                    &m_window);
    box.setTextFormat(Qt::PlainText);
    box.setText(tr("Add the profile “%1”?").arg(profile->name));
    box.setInformativeText(tr("It sends to %1. It comes without a key: yours is asked for before "
                              "the first send.")
                               .arg(where));
    box.setDefaultButton(box.addButton(tr("&Add"), QMessageBox::AcceptRole));
    box.exec();
    if (box.clickedButton() == box.button(QMessageBox::Cancel) || box.clickedButton() == nullptr)
        return;
    m_profiles.replaceAll(m_profiles.profiles() + QList{*profile});
    m_profiles.setCurrent(m_profiles.profiles().size() - 1);
}

void ProfileTools::editNumbers()
{
    const Profile &profile = m_profiles.current();
    NumbersDialog dialog(m_numbers.book(),
                         {profile.name, m_composer.resolvedText(m_composer.typedRecipient()),
                          profile.live && profile.onlyTestNumbers},
                         &m_window);
    if (dialog.exec() == QDialog::Accepted)
        m_numbers.replace(dialog.book());
}

void ProfileTools::askForHigherLimit()
{
    const Profile profile = m_profiles.current();
    if (profile.region == Region::Sandbox) {
        emit warned(tr("The sandbox's limit is set in its profile. A higher limit is asked for in "
                       "the profile of an agent."));
        return;
    }
    const QString agent =
        profile.agentId.isEmpty() ? m_composer.outgoing().text(Field::AgentId) : profile.agentId;
    auto *dialog = new LimitDialog(
        {agent, profile.region == Region::Custom ? QString() : regionText(profile.region),
         profile.limit, profile.limitRequest},
        [this, profile] { return std::make_shared<KeyCollector>(m_vault, profile)->start(); },
        &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LimitDialog::requestChanged, this,
            [this, id = profile.id](const std::optional<LimitRequest> &request) {
                for (Profile each : QList(m_profiles.profiles())) {
                    if (each.id != id)
                        continue;
                    each.limitRequest = request;
                    m_profiles.update(each);
                }
            });
    connect(&m_profiles, &ProfileBook::listChanged, dialog, [this, dialog, id = profile.id] {
        for (const Profile &each : m_profiles.profiles()) {
            if (each.id == id)
                dialog->setRequest(each.limitRequest);
        }
    });
    readEvidence(profile, [guard = QPointer(dialog)](const LimitEvidence &evidence) {
        if (guard != nullptr)
            guard->setEvidence(evidence);
    });
    dialog->open();
}

void ProfileTools::readEvidence(const Profile &profile,
                                std::function<void(const LimitEvidence &)> use)
{
    LogFilter filter;
    filter.profile = profile.name;
    filter.region = regionName(profile.region);
    const QDateTime since = QDateTime::currentDateTimeUtc().addDays(-EvidenceDays);
    whenDone(newestSends(m_journal, filter, since, MostEvidence), this,
             [this, use = std::move(use)](const Result<QList<SendRecord>> &sends) {
                 if (sends)
                     use(limitEvidence(*sends));
                 else
                     emit failed(sends.error());
             });
}

QString ProfileTools::chooseFile(bool toOpen, const QString &suggestion) const
{
    QFileDialog dialog(&m_window, toOpen ? tr("Import profile") : tr("Export profile"),
                       QDir::homePath(), tr("Profiles (*.json);;All files (*)"));
    dialog.setAcceptMode(toOpen ? QFileDialog::AcceptOpen : QFileDialog::AcceptSave);
    dialog.setFileMode(toOpen ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog.setDefaultSuffix(u"json"_s);
    dialog.selectFile(suggestion);
    return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

} // namespace icebreaker
