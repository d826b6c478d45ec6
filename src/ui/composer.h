#pragma once

#include "core/endpoint.h"
#include "core/inboxaddress.h"
#include "core/outboundrequest.h"
#include "core/requestcheck.h"
#include "core/templatecard.h"
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

    void load(const Draft &draft);
    [[nodiscard]] Draft draft() const;

    /// @param base  as in core/endpoint.h
    void setEndpoint(Region region, const QUrl &base);
    [[nodiscard]] Region region() const { return m_region; }
    [[nodiscard]] QUrl url() const { return conversationUrl(m_base); }

    /// As written, with everything that the form keeps.
    [[nodiscard]] const OutboundRequest &request() const { return m_request; }
    /// The request as a document of its own: the recipient as typed, and the variable
    /// `{{inbox}}` where the profile's inbox puts its address.
    [[nodiscard]] OutboundRequest written() const;
    /// An edit of all of it at once, as written() gave it.
    void setWritten(OutboundRequest request);
    /// As it will go out: recipient normalised, Status URL filled in, no template for SMS.
    [[nodiscard]] OutboundRequest outgoing() const;
    /// The very bytes of the next send.
    [[nodiscard]] QByteArray body() const { return outgoing().toJson(); }
    [[nodiscard]] QList<CheckEntry> entries() const;

    /// The inbox's address for a send.
    [[nodiscard]] InboxAddress inbox(const QString &sendId) const { return m_inbox(sendId); }
    [[nodiscard]] QString inboxUrl(const QString &sendId) const { return inbox(sendId).url; }
    /// The inbox has another address, or another problem, than before.
    void followInbox() { emit changed(); }

    /// The next send's ID: already in the body's Status URL, hence fixed beforehand.
    [[nodiscard]] const QString &sendId() const { return m_sendId; }
    /// After a send: a new ID, everything else stays.
    void renewSendId();

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

private:
    void announceEdit();
    void fill(const QStringList &values);
    void addPhoneEntries(QList<CheckEntry> &entries) const;
    void addInboxProblem(QList<CheckEntry> &entries) const;

    Inbox m_inbox;
    OutboundRequest m_request;
    std::optional<TemplateCard> m_card; ///< With one language at least.
    QString m_typedRecipient;
    QString m_sendId;
    Region m_region = Region::Sandbox;
    QUrl m_base;
    bool m_builtInInbox = true; ///< The profile's inbox, whichever that is.
};

} // namespace icebreaker
