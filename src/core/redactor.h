#pragma once

#include "core/keptevent.h"
#include "core/numbertags.h"
#include "core/secretfinder.h"
#include "core/sendrecord.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

namespace icebreaker {

/// What is hidden in something that leaves, beside keys and other secrets: those are hidden
/// always.
struct RedactionChoices {
    bool tagNumbers = true; ///< Phone numbers are `+44…0958#3`, see NumberTags.
    /// Values of template and session parameters become `[value-hidden:12]`, with their length.
    bool hideValues = true;
    bool hideNames = false; ///< Names of session parameters, likewise.

    friend bool operator==(const RedactionChoices &, const RedactionChoices &) = default;
};

/// Everything that leaves this computer other than as a send goes through here: exports,
/// bundles, copies for a ticket.
///
/// One object serves one export, so that a number has one tag in all of it. Keys and numbers
/// are found in any encoding, see SecretFinder and findNumbers(). JSON is redacted twice: value
/// by value, names included, and then as the text that it is. What comes out is valid UTF-8.
/// It is not a proof: LeakCheck looks at the result with other means.
///
/// Use it on one thread at a time.
class Redactor
{
public:
    /// @param secrets  keys, and what stands in Status URLs so that nobody else can post there
    Redactor(RedactionChoices choices, const QByteArrayList &secrets);

    [[nodiscard]] const RedactionChoices &choices() const { return m_choices; }

    /// Notes the phone numbers of a send, so that they are found in what is redacted before it.
    void learn(const SendRecord &record);
    void learn(const KeptEvent &event);
    [[nodiscard]] const NumberTags &numbers() const { return m_numbers; }

    /// A send with everything in it redacted; its body and answer are text then. A body that is
    /// no JSON is hidden as a whole where values are: nobody can tell them in it.
    [[nodiscard]] SendRecord record(const SendRecord &record);
    /// An event of @p owner, whose parameter values are hidden in it.
    [[nodiscard]] KeptEvent event(const KeptEvent &event, const SendRecord &owner);

    /// Any text, e.g. a diagnosis. @param values  to be hidden in it if values are hidden
    [[nodiscard]] QString text(const QString &text, const QStringList &values = {});
    /// JSON, or any other text. @param values  to be hidden in it if values are hidden
    [[nodiscard]] QByteArray document(const QByteArray &body, const QStringList &values = {});
    /// A text that is known to be a phone number.
    [[nodiscard]] QString number(const QString &text);
    /// A whole Status URL: host and `/s/SENDID` stay, what may be secret does not.
    [[nodiscard]] QString statusUrl(const QString &url);

    /// The values of all template and session parameters of a request's body that are long
    /// enough to be told from other words.
    [[nodiscard]] static QStringList valuesIn(const QByteArray &body);

private:
    friend class JsonRedaction;

    [[nodiscard]] QString redacted(const QString &text, const QStringList &values,
                                   bool mayBeTimes = true);
    void findValues(const DecodedText &reading, const QStringList &values,
                    QList<HiddenPart> &found) const;
    [[nodiscard]] HttpHeaders headers(const HttpHeaders &headers, const QStringList &values);

    RedactionChoices m_choices;
    SecretFinder m_secrets;
    NumberTags m_numbers;
};

/// "[value-hidden:12]" for a text of twelve characters.
[[nodiscard]] QString hiddenValue(QStringView value);

} // namespace icebreaker
