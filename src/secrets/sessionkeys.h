#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

namespace icebreaker {

/// Overwrites @p secret in place. It only helps where no other QByteArray shares the
/// bytes: a shared one is detached first, and the other owner keeps the secret.
void wipe(QByteArray &secret);

/// Keys that live no longer than this object, in memory only. Every copy in here is
/// unshared, so that it can be wiped when it is replaced or forgotten.
class SessionKeys
{
public:
    SessionKeys() = default;
    ~SessionKeys();
    Q_DISABLE_COPY_MOVE(SessionKeys)

    /// Replaces the key of @p entry; an empty @p key forgets it.
    void keep(const QString &entry, const QByteArray &key);
    void forget(const QString &entry);
    [[nodiscard]] bool contains(const QString &entry) const { return m_keys.contains(entry); }
    /// An unshared copy, empty if there is none.
    [[nodiscard]] QByteArray key(const QString &entry) const;

private:
    QHash<QString, QByteArray> m_keys;
};

} // namespace icebreaker
