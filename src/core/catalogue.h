#pragma once

#include "core/answerform.h"
#include "core/error.h"
#include "core/sendrecord.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// Whether anything reached the recipient.
enum class Reached {
    No,
    Yes,
    NotShown, ///< WhatsApp had it and did not show it.
    Unknown, ///< Cannot be known from this.
};

/// Whether it is safe to send the same message to the same recipient again.
enum class Again {
    Safe,
    AfterWait, ///< Not at once.
    AfterMending, ///< The same would come to the same.
    FindOutFirst, ///< It could start a second conversation.
    Never, ///< It would start a second conversation, or is not wanted.
};

/// Whose move it is.
enum class Mover {
    You,
    Admin, ///< Who looks after the Vonage account and the WhatsApp account.
    Network, ///< Who looks after the computer's network.
    StudioSupport,
    Recipient,
    Meta,
    Nobody, ///< There is nothing to do but wait, if that.
};

enum class Certainty {
    Documented,
    SeenInCode, ///< Public code or a log shows it.
    Inferred,
    SecondHand, ///< Somebody quotes the source.
    NotKnown, ///< The source says that there is such a thing, and no more.
};

/// What the program can do about it.
enum class NextAction {
    SendAgain,
    EnterKey,
    OpenInbox,
    AskHigherLimit,
    FetchConversation,
    EditProfile,
    OpenForm,
    ShowAlike,
    CompareLastGood,
    CopyForSupport,
    Diagnose,
};

/// Numbers from @p first to @p last, both included.
struct CodeRange {
    int first = 0;
    int last = 0;
    [[nodiscard]] bool contains(int code) const { return first <= code && code <= last; }
    friend bool operator==(const CodeRange &, const CodeRange &) = default;
};

/// What is known of one send, as far as entries ask for it.
struct CaseFacts {
    std::optional<Outcome> outcome; ///< Absent while in flight.
    QString note; ///< As in SendRecord.
    TransportProblem problem = TransportProblem::None;
    int status = 0;
    QByteArray body;
    AnswerForm form = AnswerForm::Empty;
    QStringList problemTypes; ///< Last parts of RFC 7807 types, e.g. "low-balance".
    QStringList vonageCodes;
    QStringList metaCodes;
    DeliveryStatus delivery = DeliveryStatus::None;
    bool isGuess = false; ///< `delivery` may be another send's.
};

/// When an entry applies: everything that is not empty must hold, and of a list one.
struct CaseConditions {
    bool inFlight = false;
    QList<Outcome> outcomes;
    QStringList notes;
    QList<TransportProblem> problems;
    QList<CodeRange> statuses;
    QStringList bodies; ///< Parts of the body.
    QList<AnswerForm> forms;
    QStringList problemTypes;
    QList<CodeRange> vonageCodes;
    QList<CodeRange> metaCodes;
    QList<DeliveryStatus> deliveries; ///< Surely, never by a guess.
    bool guessedDelivery = false;

    [[nodiscard]] bool hold(const CaseFacts &facts) const;
    /// More is more specific: Meta's code, Vonage's, problem type, delivery, body, transport
    /// problem, status, class of statuses, outcome.
    [[nodiscard]] int rank() const;
    friend bool operator==(const CaseConditions &, const CaseConditions &) = default;
};

/// One thing that can be said about a send. Texts are the English of translatable ones, see
/// catalogueText(); all but the notes are there.
struct CatalogueEntry {
    QString id; ///< Unique; notes of users are kept by it.
    CaseConditions when;
    QString title;
    QString means;
    Reached reached = Reached::Unknown;
    QString reachedNote; ///< More than the value says, or empty.
    Again again = Again::FindOutFirst;
    QString againNote;
    QList<Mover> movers; ///< One at least; the first is asked first.
    QString next;
    QList<NextAction> actions; ///< The first is the likeliest.
    Certainty certainty = Certainty::NotKnown;
    QString source; ///< Where it is from, in words.
    QString url; ///< Or empty.
};

/// What is known about how sends end: outcomes, HTTP statuses, bodies, network problems, codes
/// of Vonage and Meta, and states of delivery. It is data: `resources/catalogue`, JSON.
class Catalogue
{
public:
    Catalogue() = default; ///< Knows nothing.

    /// Reads all `*.json` of a folder. Fails with InvalidInput, and says which file and
    /// entry, if anything is unknown, missing, of the wrong type or there twice.
    [[nodiscard]] static Result<Catalogue> load(const QString &folder);
    /// Reads one file. @param name  for errors
    [[nodiscard]] static Result<Catalogue> fromJson(const QString &name, const QByteArray &json);
    /// The one that is built in.
    [[nodiscard]] static const Catalogue &builtIn();

    [[nodiscard]] const QList<CatalogueEntry> &entries() const { return m_entries; }
    /// The entry with that id, or nullptr.
    [[nodiscard]] const CatalogueEntry *find(const QString &id) const;
    /// All that apply, most specific first; a class of statuses only if its status has no entry.
    [[nodiscard]] QList<CatalogueEntry> matching(const CaseFacts &facts) const;
    [[nodiscard]] bool knowsVonage(const QString &code) const;
    [[nodiscard]] bool knowsMeta(const QString &code) const;

private:
    [[nodiscard]] Result<void> add(const QList<CatalogueEntry> &entries);

    QList<CatalogueEntry> m_entries;
};

} // namespace icebreaker
