#pragma once

#include "core/error.h"
#include "core/outboundrequest.h"
#include "core/sendguard.h"

#include <QObject>

#include <functional>
#include <memory>

class QWidget;

namespace icebreaker {

class Journal;

/// Stands before every send that reaches real phones: finds out what has to be asked (see
/// core/sendguard.h), asks it in one dialog, and passes the answer on. Asked or not, the
/// answer comes exactly once, unless the window is gone before it.
class LiveGuard : public QObject
{
    Q_OBJECT

public:
    /// Whom and where the send is for, at the moment of the click.
    struct Target {
        Profile profile;
        Region region = Region::Sandbox;
        QUrl base;
    };
    struct BatchSummary {
        QString name; ///< Of the file, for people.
        QStringList details; ///< What would be sent and how long it takes, a line each.
        /// Digits of the rows that would be sent; needed where a profile is limited to its
        /// test numbers.
        QStringList recipients;
    };
    using Answer = std::function<void(bool may)>;

    /// @param folder  where the profiles' test numbers are
    /// @param window  the dialogs' parent
    LiveGuard(Journal &journal, QString folder, QWidget &window);

    void askSend(const Target &target, const OutboundRequest &request, const Answer &answer);
    /// Before a batch is written down and started, once for the whole of it.
    void askBatch(const Target &target, const BatchSummary &batch, const Answer &answer);

signals:
    /// The user does not want to be asked about @p reasons again in this profile.
    void quieted(const QString &profileId, const QList<icebreaker::GuardReason> &reasons);
    /// The journal or the test numbers cannot be read. What may be a repetition is not
    /// sent; test numbers that are not known are none.
    void failed(const icebreaker::Error &error);

private:
    struct Inquiry; ///< What is known so far about one send.
    using InquiryPtr = std::shared_ptr<Inquiry>;

    void readTestNumbers(const InquiryPtr &inquiry);
    void readLastLive(const InquiryPtr &inquiry);
    void readRecent(const InquiryPtr &inquiry);
    /// Looks at the candidates one by one, newest first.
    void readBodies(const InquiryPtr &inquiry, const QList<qint64> &rows);
    void decide(const InquiryPtr &inquiry);
    void ask(const InquiryPtr &inquiry, const QList<GuardReason> &reasons);
    void giveUp(const InquiryPtr &inquiry, const Error &error);

    Journal &m_journal;
    QString m_folder;
    QWidget &m_window;
};

} // namespace icebreaker
