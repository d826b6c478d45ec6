#pragma once

#include "core/profile.h"

#include <QDialog>
#include <QList>

#include <memory>

namespace Ui {
class ProfileDialog;
} // namespace Ui

namespace icebreaker {

/// Edits the list of profiles. Nothing is taken over before OK.
class ProfileDialog : public QDialog
{
    Q_OBJECT

public:
    ProfileDialog(QList<Profile> profiles, qsizetype current, QWidget *parent = nullptr);
    ~ProfileDialog() override;

    [[nodiscard]] const QList<Profile> &profiles() const { return m_profiles; }
    /// The profile that was edited last.
    [[nodiscard]] qsizetype currentIndex() const;

    void accept() override;

private:
    void showProfile(int index);
    void takeOver();
    void addProfile();
    void removeProfile();
    void updateEndpoint();
    /// What is wrong with the profile, in words; empty if nothing is.
    [[nodiscard]] QString problem(const Profile &profile) const;
    void showMessage(const QString &text);

    std::unique_ptr<Ui::ProfileDialog> m_ui;
    QList<Profile> m_profiles;
    bool m_showing = false;
};

} // namespace icebreaker
