#pragma once

#include "core/error.h"
#include "ui/batchcontroller.h"
#include "ui/batchdraft.h"
#include "ui/desktop.h"
#include "ui/ratewatch.h"

#include <QObject>
#include <QStringList>

class QMainWindow;
class QMenu;
class QStackedWidget;
class QTabWidget;
class QVBoxLayout;

namespace icebreaker {

class BatchPage;
class BatchSide;
class Deliveries;
class LiveGuard;
class OfferBar;
class TopBar;
struct StartFacts;

/// Everything about batches in the window, and the only part of it that the window knows:
/// puts page, side panel, menu and bars into their places and connects them.
class BatchDesk : public QObject
{
    Q_OBJECT

public:
    /// Where its parts go.
    struct Place {
        QMainWindow &window;
        QTabWidget &pages;
        int tab = 1; ///< Of the page among the others.
        QStackedWidget &side; ///< Its first widget belongs to the other pages.
        QVBoxLayout &bars; ///< The offer goes before its last item.
        QMenu &menu;
        TopBar &topBar;
        LiveGuard &guard;
    };

    BatchDesk(Place place, BatchController::Services services, Journal &journal,
              Deliveries &deliveries, Composer &composer, const QString &folder,
              QObject *parent = nullptr);
    ~BatchDesk() override;

    void setProfile(const Profile &profile, Region region, const QUrl &base);
    /// The window's title, to which a running batch adds how far it is.
    void setTitle(const QString &title);
    /// As SendController::setVeto(), for the start of a batch.
    void setVeto(std::function<bool()> mayStart) { m_mayStart = std::move(mayStart); }
    /// Asks if need be. If it says no, the window may close by itself a little later.
    [[nodiscard]] bool mayClose();

signals:
    void keyMissing();
    /// A bundle, or a HAR of ours, was dropped.
    void bundleDropped(const QString &path);
    void refused(const QString &why);
    void failed(const icebreaker::Error &error);
    /// A file with status callbacks was dropped on the window.
    void statusesDropped(const QString &path);
    /// A file with other programs' requests; nothing was done with it.
    void requestsDropped(const QString &path);
    /// A row was selected whose newest send has this number in the journal.
    void sendSelected(qint64 journalRow);
    /// Some of the batch's sends are to be shown in the log.
    void filterChosen(const QString &filterText);

private:
    void bindPage();
    void bindController();
    void followTab();
    void followShown();
    void followLane();
    void showTitle();
    void start();
    void askGuard(const StartFacts &facts);
    /// Of the rows that would be sent.
    [[nodiscard]] QStringList recipients() const;
    void announceEnd(const BatchRecord &record);
    void announcePause(qint64 batch);
    void exportResults(const QString &path);
    void showPage();
    void closeWhenIdle();

    Place m_place;
    Journal &m_journal;
    Batches &m_batches;
    Dispatcher &m_dispatcher;
    Composer &m_composer;
    BatchDraft m_draft;
    BatchController m_controller;
    RateWatch m_ownRate; ///< Of the lane in use, for the toolbar.
    RateWatch m_shownRate; ///< Of the batch that is shown.
    Desktop m_desktop;
    BatchPage *m_page;
    BatchSide *m_side;
    OfferBar *m_offer;
    std::function<bool()> m_mayStart;
    QString m_title;
    QString m_doneHint; ///< In the title until the window is looked at.
    QHash<qint64, BatchPause> m_announcedPauses;
    bool m_isClosing = false;
};

} // namespace icebreaker
