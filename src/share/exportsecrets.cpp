#include "share/exportsecrets.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "secrets/vault.h"
#include "store/inboxfile.h"

#include <QPromise>

#include <memory>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// The sandbox's own, which its help page tells.
constexpr QByteArrayView PublicKey = "sandbox";

/// Asks for one key after the other; keeps itself alive through the functions that wait.
class SecretCollector : public std::enable_shared_from_this<SecretCollector>
{
public:
    SecretCollector(Vault &vault, const QList<Profile> &profiles, const QString &folder)
        : m_vault(vault)
    {
        for (const Profile &profile : profiles) {
            QStringList origins{u"sandbox"_s, origin(documentedBase(Region::Eu)),
                                origin(documentedBase(Region::Us))};
            if (!profile.customUrl.isEmpty())
                origins.append(origin(QUrl(profile.customUrl)));
            for (const QString &each : origins)
                m_questions.append({profile, each});
        }
        const InboxFile inbox = peekInbox(folder);
        add(inbox.listener.secret.toUtf8());
        for (const WebhookPlace &place : inbox.places)
            add(place.token.toUtf8());
    }

    QFuture<ExportSecrets> start()
    {
        m_promise.start();
        next();
        return m_promise.future();
    }

private:
    struct Question {
        Profile profile;
        QString origin;
    };

    void next()
    {
        if (m_questions.isEmpty()) {
            m_promise.addResult(m_found);
            m_promise.finish();
            return;
        }
        const Question question = m_questions.takeFirst();
        const Profile &profile = question.profile;
        whenDone(
            m_vault.place(profile.id, question.origin, profile.keyInKeychain), &m_vault,
            [self = shared_from_this(), question](KeyPlace place) { self->read(question, place); });
    }

    void read(const Question &question, KeyPlace place)
    {
        if (place == KeyPlace::Missing || place == KeyPlace::NoService) {
            next(); // there is none
            return;
        }
        if (place != KeyPlace::Keychain && place != KeyPlace::Session) {
            leaveOut(question.profile);
            next();
            return;
        }
        whenDone(m_vault.read(question.profile.id, question.origin, false), &m_vault,
                 [self = shared_from_this(), question](const Result<ApiKey> &key) {
                     if (key)
                         self->add(key->bytes);
                     else if (key.error().kind != ErrorKind::SecretsNotFound)
                         self->leaveOut(question.profile);
                     self->next();
                 });
    }

    void add(const QByteArray &secret)
    {
        if (!secret.isEmpty() && secret != PublicKey && !m_found.secrets.contains(secret))
            m_found.secrets.append(secret);
    }
    void leaveOut(const Profile &profile)
    {
        // A profile that never had one has nothing to hide.
        if (profile.keyInKeychain && !m_found.unread.contains(profile.name))
            m_found.unread.append(profile.name);
    }

    Vault &m_vault;
    QList<Question> m_questions;
    ExportSecrets m_found;
    QPromise<ExportSecrets> m_promise;
};

} // namespace

QFuture<ExportSecrets> exportSecrets(Vault &vault, const QList<Profile> &profiles,
                                     const QString &folder)
{
    return std::make_shared<SecretCollector>(vault, profiles, folder)->start();
}

} // namespace icebreaker
