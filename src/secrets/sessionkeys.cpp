#include "secrets/sessionkeys.h"

namespace icebreaker {

void wipe(QByteArray &secret)
{
    // Through a volatile pointer: a plain fill of memory that is freed next is
    // something that a compiler may leave out.
    volatile char *byte = secret.data();
    for (qsizetype i = 0; i < secret.size(); ++i)
        byte[i] = 0;
}

SessionKeys::~SessionKeys()
{
    for (QByteArray &key : m_keys)
        wipe(key);
}

void SessionKeys::keep(const QString &entry, const QByteArray &key)
{
    forget(entry);
    if (!key.isEmpty())
        m_keys.insert(entry, QByteArray(key.constData(), key.size()));
}

void SessionKeys::forget(const QString &entry)
{
    const auto it = m_keys.find(entry);
    if (it == m_keys.end())
        return;
    wipe(*it);
    m_keys.remove(entry);
}

QByteArray SessionKeys::key(const QString &entry) const
{
    const auto it = m_keys.constFind(entry);
    return it == m_keys.cend() ? QByteArray() : QByteArray(it->constData(), it->size());
}

} // namespace icebreaker
