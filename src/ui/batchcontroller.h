#pragma once

#include "batch/batchbuilder.h"
#include "batch/batchrunner.h"
#include "core/apikey.h"
#include "core/endpoint.h"
#include "core/inboxaddress.h"
#include "core/profile.h"

#include <QHash>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace icebreaker {

class BatchDraft;
class Vault;

/// What Start and Resume do: fetches the key, has the rows written down, and keeps a
/// runner for every batch that this window runs. Asks nobody anything.
class BatchController : public QObject
{
    Q_OBJECT

public:
    struct Services {
        Batches &batches;
        Vault &vault;
        Dispatcher &dispatcher;
        /// Starts the sandbox if need be and keeps to @p limit; its base URL.
        std::function<Result<QUrl>(int limit)> sandboxBase;
        /// The Status URL that the profile's inbox gives to one send.
        std::function<InboxAddress(const Profile &profile, Region region, const QString &sendId)>
            inbox;
        /// The profile of that id, if there still is one.
        std::function<std::optional<Profile>(const QString &id)> profile;
    };

    explicit BatchController(Services services, QObject *parent = nullptr);
    ~BatchController() override;

    /// The profile that new batches go out for, and its endpoint at the moment.
    void setProfile(const Profile &profile, Region region, const QUrl &base);
    [[nodiscard]] const Profile &profile() const { return m_profile; }
    [[nodiscard]] Region region() const { return m_region; }
    [[nodiscard]] const QUrl &base() const { return m_base; }
    [[nodiscard]] QString laneOf(const QString &agentId) const;

    /// Writes the rows that can be sent down and begins to send them.
    void start(const BatchDraft &draft, int limit);
    /// Leaves nothing behind, as long as the rows are being written down.
    void cancelStart();
    [[nodiscard]] bool isStarting() const { return m_isStarting; }
    /// Goes on with a batch that nobody runs.
    void resume(qint64 batch);
    void retryRefused(qint64 batch);

    /// The one that runs it here, or nullptr.
    [[nodiscard]] BatchRunner *runner(qint64 batch) const;
    [[nodiscard]] bool isRunning() const; ///< One of them sends, or waits for answers.
    [[nodiscard]] bool isAnyInFlight() const;
    void pauseAll();

signals:
    void writtenDown(qsizetype rows, qsizetype ofRows);
    /// The draft's rows are a batch in the journal now; started() follows.
    void draftTaken();
    /// A start or a resume: it runs now.
    void started(const icebreaker::BatchRecord &record);
    /// isStarting() is over without a start.
    void startFailed();
    /// Another state, pause reason, rest or number in flight.
    void changed(qint64 batch);
    void ended(const icebreaker::BatchRecord &record);
    void keyMissing();
    void refused(const QString &why);
    void failed(const icebreaker::Error &error);

private:
    using WithKey = std::function<void(const QByteArray &key)>;

    [[nodiscard]] QString laneIn(const Profile &profile, Region region, const QUrl &base,
                                 const QString &agentId) const;
    [[nodiscard]] bool isApproved(const Profile &profile, Region region, const QUrl &base);
    void fetchKey(const Profile &profile, Region region, const QUrl &base, const WithKey &act);
    void write(const BatchPlan &plan, const BatchDraft &draft, const ApiKey &key);
    void giveUp();
    void keepFixedUrl(BatchPlan &plan) const;
    void takeUp(qint64 batch, const std::function<void(BatchRunner &)> &act);
    void takeUp(const BatchRecord &record, const std::function<void(BatchRunner &)> &act);
    BatchRunner &addRunner(const BatchRecord &record, const ApiKey &key);
    [[nodiscard]] InboxAddress inbox(const BatchPlan &plan, const Profile &lastKnown,
                                     const QString &sendId) const;
    [[nodiscard]] QString inboxUrl(const BatchPlan &plan, const Profile &lastKnown,
                                   const QString &sendId, QString &last) const;

    Services m_services;
    Profile m_profile;
    Region m_region = Region::Sandbox;
    QUrl m_base;
    bool m_isStarting = false;
    int m_startRound = 0; ///< Tells a start from one that was given up.
    std::unique_ptr<BatchBuilder> m_builder;
    QHash<qint64, BatchRunner *> m_runners;
};

} // namespace icebreaker
