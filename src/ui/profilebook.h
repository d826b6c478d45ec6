#pragma once

#include "core/error.h"
#include "core/profile.h"

#include <QList>
#include <QObject>

#include <optional>

namespace icebreaker {

/// The profiles and which one is in use. Every change is on disk when it is announced.
class ProfileBook : public QObject
{
    Q_OBJECT

public:
    /// @param currentId  the one used last; the first one if there is none of that ID
    ProfileBook(QString folder, QList<Profile> profiles, const QString &currentId,
                QObject *parent = nullptr);

    [[nodiscard]] const QList<Profile> &profiles() const { return m_profiles; }
    [[nodiscard]] const Profile &current() const { return m_profiles.at(m_current); }
    [[nodiscard]] qsizetype currentIndex() const { return m_current; }

    [[nodiscard]] std::optional<Profile> find(const QString &id) const;

    void setCurrent(qsizetype index);
    /// Replaces the profile with the same ID.
    void update(const Profile &profile);
    /// @p profiles is not empty.
    void replaceAll(const QList<Profile> &profiles);

signals:
    void currentAboutToChange();
    /// Another profile, or the current one is different.
    void currentChanged();
    void listChanged();
    void failed(const icebreaker::Error &error);

private:
    void save();

    QString m_folder;
    QList<Profile> m_profiles;
    qsizetype m_current = 0;
};

} // namespace icebreaker
