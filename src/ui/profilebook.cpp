#include "ui/profilebook.h"

#include "store/profiles.h"

#include <algorithm>

namespace icebreaker {

namespace {

qsizetype indexOf(const QList<Profile> &profiles, const QString &id)
{
    const auto found = std::find_if(profiles.begin(), profiles.end(),
                                    [&id](const Profile &each) { return each.id == id; });
    return found == profiles.end() ? -1 : found - profiles.begin();
}

} // namespace

ProfileBook::ProfileBook(QString folder, QList<Profile> profiles, const QString &currentId,
                         QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_profiles(std::move(profiles))
    , m_current(std::max(qsizetype{0}, indexOf(m_profiles, currentId)))
{ }

std::optional<Profile> ProfileBook::find(const QString &id) const
{
    const qsizetype index = indexOf(m_profiles, id);
    return index < 0 ? std::nullopt : std::optional(m_profiles.at(index));
}

void ProfileBook::setCurrent(qsizetype index)
{
    if (index == m_current || index < 0 || index >= m_profiles.size())
        return;
    emit currentAboutToChange();
    m_current = index;
    emit currentChanged();
}

void ProfileBook::update(const Profile &profile)
{
    const qsizetype index = indexOf(m_profiles, profile.id);
    if (index < 0 || m_profiles.at(index) == profile)
        return;
    m_profiles[index] = profile;
    save();
    emit listChanged();
    if (index == m_current)
        emit currentChanged();
}

void ProfileBook::replaceAll(const QList<Profile> &profiles)
{
    if (profiles == m_profiles)
        return;
    emit currentAboutToChange();
    const QString id = current().id;
    m_profiles = profiles;
    m_current = std::max(qsizetype{0}, indexOf(m_profiles, id));
    save();
    emit listChanged();
    emit currentChanged();
}

void ProfileBook::save()
{
    if (const auto saved = saveProfiles(m_folder, m_profiles); !saved)
        emit failed(saved.error());
}

} // namespace icebreaker
