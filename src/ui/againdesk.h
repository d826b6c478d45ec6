#pragma once

#include "core/error.h"
#include "core/profile.h"
#include "core/sendrecord.h"
#include "ui/requesttabs.h"

#include <QObject>

#include <functional>

class QMenu;

namespace icebreaker {

class Journal;
class LogPanel;
class SavedDesk;
class Vault;

/// What the log's sends are good for once more: to be opened as a request, and as example answers
/// of saved ones. Never sends anything.
class AgainDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        LogPanel &log;
        QMenu &logMenu;
        RequestTabs &tabs;
        Composer &composer;
        SavedDesk &saved;
    };
    struct Parts {
        Journal &journal;
        Vault &vault;
        QString folder; ///< Everything that Icebreaker keeps.
        std::function<QList<Profile>()> profiles;
        std::function<Profile()> profile; ///< That is in use.
    };

    AgainDesk(Place place, Parts parts, QObject *parent = nullptr);

signals:
    /// A request was opened: its form is to be seen.
    void opened();
    void reported(const QString &text);
    void failed(const icebreaker::Error &error);

private:
    void withSelected(std::function<void(const SendRecord &record)> act);
    void edit(const SendRecord &record);
    [[nodiscard]] QStringList differences(const SendRecord &record, bool inboxReplaced) const;
    void keepExample(const SendRecord &record);

    Place m_place;
    Parts m_parts;
};

} // namespace icebreaker
