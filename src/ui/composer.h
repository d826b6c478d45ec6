#pragma once

#include "core/endpoint.h"
#include "core/inboxaddress.h"
#include "core/outboundrequest.h"
#include "core/requestcheck.h"
#include "core/templatecard.h"
#include "core/variables.h"
#include "store/draft.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <optional>

namespace icebreaker {

/// The request that is being written: what the form, the JSON page, the preview and
/// Send all look at. Knows no widget.
class Composer : public QObject
{
    Q_OBJECT

public:
    /// The Status URL that the profile's inbox gives to one send.
    using Inbox = std::function<InboxAddress(const QString &sendId)>;

    explicit Composer(Inbox inbox, QObject *parent = nullptr);

    /// Everything that an edit can change: what undo brings back, and what a tab keeps.
    struct State {
        OutboundRequest request;
        QString typedRecipient;
        bool builtInInbox = true;
        std::optional<TemplateCard> card;

        friend bool operator==(const State &, const State &) = default;
    };

    [[nodiscard]] State state() const;
    /// An edit of all of it at once, as state() gave it.
    void setState(const State &state);
    /// Another request in place of this one, under a send ID of its own.
    /// @param document  whose states these are, for whoever must tell requests apart
    void open(const QString &document, const State &state);
    /// What was opened last.
    [[nodiscard]] const QString &document() const { return m_document; }
    [[nodiscard]] static State stateOf(const Draft &draft);
    /// Of a document as written() gives it, and back.
    [[nodiscard]] static State stateOf(OutboundRequest written);
    [[nodiscard]] static OutboundRequest written(const State &state);
    [[nodiscard]] static Draft draftOf(const State &state);

    /// Another request in place of this one, as an edit.
    void replace(const Draft &draft);

    /// @param base  as in core/endpoint.h
    void setEndpoint(Region region, const QUrl &base);
    [[nodiscard]] Region region() const { return m_region; }
    [[nodiscard]] QUrl url() const { return conversationUrl(m_base); }

    /// As written, with everything that the form keeps.
    [[nodiscard]] const OutboundRequest &request() const { return m_request; }
    /// The request as a document of its own: the recipient as typed, and the variable
    /// `{{inbox}}` where the profile's inbox puts its address.
    [[nodiscard]] OutboundRequest written() const { return written(state()); }
    /// An edit of all of it at once, as written() gave it.
    void setWritten(OutboundRequest request);
    /// As it will go out: variables and Status URL filled in, recipient normalised, no template
    /// for SMS.
    [[nodiscard]] OutboundRequest outgoing() const { return resolvedRequest().request; }
    /// The very bytes of the next send.
    [[nodiscard]] QByteArray body() const { return outgoing().toJson(); }
    [[nodiscard]] QList<CheckEntry> entries() const;

    /// For `{{name}}`: the collection's come before the profile's, and these before those that are
    /// built in: now, uuid, send_id and inbox.
    void setProfileVariables(const QList<Variable> &variables);
    void setCollectionVariables(const QList<Variable> &variables);
    [[nodiscard]] Variables variables() const;
    /// A text of the form with its variables filled in.
    [[nodiscard]] QString resolvedText(const QString &text) const;
    /// What a batch fills with its rows: with everything filled in that is none of @p columns and
    /// the same in every row.
    [[nodiscard]] OutboundRequest requestForRows(const QStringList &columns) const;

    /// The inbox's address for a send.
    [[nodiscard]] InboxAddress inbox(const QString &sendId) const { return m_inbox(sendId); }
    [[nodiscard]] QString inboxUrl(const QString &sendId) const { return inbox(sendId).url; }
    /// The inbox has another address, or another problem, than before.
    void followInbox() { emit changed(); }

    /// The next send's ID: already in the body's Status URL, hence fixed beforehand.
    [[nodiscard]] const QString &sendId() const { return m_sendId; }
    /// After a send: a new ID, time and UUID, everything else stays.
    void renewSendId();
    /// Lets `{{now}}` be now again: to be called once in a while, so that what waits in the form
    /// is not sent with the time of hours ago. Nobody is told unless the body is another one by
    /// that: a batch that is checked stays checked.
    void refreshMoment();

    [[nodiscard]] const QString &typedRecipient() const { return m_typedRecipient; }
    [[nodiscard]] bool usesBuiltInInbox() const { return m_builtInInbox; }

    void setText(Field field, const QString &text);
    void setRecipient(const QString &typed);
    void setBuiltInInbox(bool use);
    int addParameter(const TemplateParameter &parameter);
    void setParameter(int row, const TemplateParameter &parameter);
    void removeParameter(int row);
    void moveParameterUp(int row);
    void addSessionParameter(const SessionParameter &parameter);
    void setSessionParameter(int row, const SessionParameter &parameter);
    void removeSessionParameter(int row);

    /// With a card the request is for its template, and its components are exactly what
    /// the card asks for: what they had in other places is left out. Without one they are
    /// free.
    void setCard(const std::optional<TemplateCard> &card);
    [[nodiscard]] const std::optional<TemplateCard> &card() const { return m_card; }
    /// The card's version for the request's language; nullptr without a card.
    [[nodiscard]] const TemplateVersion *cardVersion() const;
    /// One for each of the version's parameters().
    [[nodiscard]] QStringList cardValues() const;
    void setCardValue(int slot, const QString &value);
    /// Without the card that is in use, these components again.
    void restoreComponents(const JsonArray &components);

    /// Does what the entry's mend button says.
    void mend(const CheckEntry &entry);

signals:
    /// The body, the checks or where it goes may be different now.
    void changed();
    /// The user changed the request; follows changed().
    void edited();
    /// Another request was loaded, without a card; follows changed().
    void loaded();
    /// Another document is here; follows changed().
    void opened();

private:
    void announceEdit();
    void makeIds();
    [[nodiscard]] ResolvedRequest resolvedRequest() const;
    void fill(const QStringList &values);
    void addPhoneEntries(QList<CheckEntry> &entries, const QString &typed) const;
    void addInboxProblem(QList<CheckEntry> &entries) const;

    Inbox m_inbox;
    OutboundRequest m_request;
    std::optional<TemplateCard> m_card; ///< With one language at least.
    QString m_typedRecipient;
    QString m_document;
    QString m_sendId;
    QString m_uuid; ///< Of the next send, as `m_moment`.
    QString m_moment; ///< ISO 8601, UTC.
    QList<Variable> m_profileVariables;
    QList<Variable> m_collectionVariables;
    Region m_region = Region::Sandbox;
    QUrl m_base;
    bool m_builtInInbox = true; ///< The profile's inbox, whichever that is.
};

} // namespace icebreaker
