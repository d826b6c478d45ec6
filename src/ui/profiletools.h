#pragma once

#include "core/error.h"
#include "core/limitrequest.h"

#include <QObject>

#include <functional>

class QWidget;

namespace icebreaker {

class Composer;
class Journal;
class NumberBook;
class ProfileBook;
class Vault;
struct Profile;

/// What the menus do with the profile in use beside editing it: its numbers, its limit,
/// and handing it to a colleague.
class ProfileTools : public QObject
{
    Q_OBJECT

public:
    /// All of it outlives the tools.
    struct Parts {
        QWidget &window;
        Journal &journal;
        Vault &vault;
        ProfileBook &profiles;
        NumberBook &numbers;
        Composer &composer;
    };

    explicit ProfileTools(const Parts &parts);

    /// Without the key: see store/profileexchange.h.
    void exportProfile();
    void importProfile();
    void editNumbers();
    void askForHigherLimit();

signals:
    /// For the status bar.
    void reported(const QString &text);
    /// Stays until it is read.
    void warned(const QString &text);
    void failed(const icebreaker::Error &error);

private:
    [[nodiscard]] QString chooseFile(bool toOpen, const QString &suggestion) const;
    void addImported(const QByteArray &json);
    void readEvidence(const Profile &profile, std::function<void(const LimitEvidence &)> use);

    QWidget &m_window;
    Journal &m_journal;
    Vault &m_vault;
    ProfileBook &m_profiles;
    NumberBook &m_numbers;
    Composer &m_composer;
};

} // namespace icebreaker
