#include "words/errorwords.h"

#include <QCoreApplication>

namespace icebreaker {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Errors)
};

QString storageText(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::StorageFull:
        return Words::tr("The disk is full, so sends cannot be recorded. Nothing is sent until "
                         "there is room again: free some space and try again.");
    case ErrorKind::StorageReadOnly:
        return Words::tr("The journal cannot be written (no permission or read-only). Nothing is "
                         "sent until it can: check the data folder's permissions.");
    case ErrorKind::StorageCorrupt:
        return Words::tr("The journal is damaged. Nothing is sent for now: restart Icebreaker, "
                         "which puts the damaged file aside and starts a fresh one.");
    case ErrorKind::StorageLocked:
        return Words::tr("Another program holds the journal, so the send could not be recorded "
                         "and was not sent. Close that program or try again.");
    case ErrorKind::StorageTooNew:
        return Words::tr("The journal was written by a newer Icebreaker. Nothing is sent: install "
                         "the newer version or choose another data folder.");
    default: return Words::tr("The journal could not be read or written, so nothing is sent.");
    }
}

QString secretsText(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::SecretsNoService:
        return Words::tr("No keychain is running on this computer. Start one (e.g. GNOME Keyring "
                         "or KWallet), or keep the key for this session only.");
    case ErrorKind::SecretsLocked:
        return Words::tr("The keychain is locked. Unlock it and try again, or keep the key for "
                         "this session only.");
    case ErrorKind::SecretsDenied:
        return Words::tr("Access to the keychain was denied. Allow it and try again, or keep the "
                         "key for this session only.");
    case ErrorKind::SecretsTimeout:
        return Words::tr("The keychain does not answer. Look for its password prompt, restart the "
                         "keychain service, or keep the key for this session only.");
    case ErrorKind::SecretsNotFound:
        return Words::tr("There is no API key for this profile yet. Enter it first.");
    default: return Words::tr("The keychain failed.");
    }
}

QString headline(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::InvalidInput: return Words::tr("This cannot be used.");
    case ErrorKind::Network: return Words::tr("A network address could not be used.");
    case ErrorKind::StorageFull:
    case ErrorKind::StorageReadOnly:
    case ErrorKind::StorageCorrupt:
    case ErrorKind::StorageLocked:
    case ErrorKind::StorageTooNew:
    case ErrorKind::Storage: return storageText(kind);
    case ErrorKind::SecretsNoService:
    case ErrorKind::SecretsLocked:
    case ErrorKind::SecretsDenied:
    case ErrorKind::SecretsTimeout:
    case ErrorKind::SecretsNotFound:
    case ErrorKind::Secrets: return secretsText(kind);
    }
    return {};
}

} // namespace

QString errorText(const Error &error)
{
    const QString text = headline(error.kind);
    return error.detail.isEmpty() ? text : Words::tr("%1 (%2)").arg(text, error.detail);
}

} // namespace icebreaker
