#pragma once

#include "core/keptevent.h"
#include "core/sendrecord.h"

#include <QList>
#include <QString>

namespace icebreaker {

/// Where in a send something is compared.
enum class ComparedPart { Send, Request, Headers, Body, Callbacks, Timing };

/// What is compared, as far as words need to name it.
struct ComparedSubject {
    enum class Kind {
        Endpoint, ///< The address that was posted to.
        Profile,
        Region,
        Result, ///< Outcome and HTTP status.
        SendId,
        StartedAt,
        Member, ///< `name` is the path within the request, e.g. "locale".
        Component, ///< A whole component: `component`, and for buttons `button`.
        Parameter, ///< A whole parameter of it, `number` from 1 or `name`.
        ParameterValue, ///< `aspect` of a parameter: "type", "text", "image.link".
        SessionParameter, ///< Its value; by `name`.
        AnswerText, ///< A body as a whole: the other one, or both, are no JSON.
        AnswerMember,
        Header, ///< Of the answer.
        Statuses, ///< Those that were heard, in words of the API: "submitted, delivered".
        Status, ///< A whole status, `name`.
        StatusValue, ///< `aspect` ("error", "detail", "price"...) of the status `name`.
        Duration, ///< `name` is "total", "waiting" or "receiving".
        Connection, ///< Whether an open one was used.
    };
    Kind kind = Kind::Member;
    QString name;
    QString component; ///< "header", "body", "button url" ...
    int button = 0; ///< From 1; 0 for none.
    int number = 0; ///< Of the parameter, from 1; 0 for what belongs to the component.
    QString aspect;
    friend bool operator==(const ComparedSubject &, const ComparedSubject &) = default;
};

/// One thing in both sends, or in one of them.
struct ComparedLine {
    ComparedPart part = ComparedPart::Request;
    ComparedSubject subject;
    QString left; ///< As text; of what is not a string, its JSON.
    QString right;
    bool inLeft = false;
    bool inRight = false;
    bool isDifferent = false;
    /// It differs between any two sends: IDs, times. Set aside, not hidden.
    bool isVolatile = false;
    bool isOtherType = false; ///< 0 instead of "0": looks the same and is not.
    /// Part of something that is there on one side only and has a line of its own.
    bool isWithin = false;
};

/// A send with what was heard of it.
struct ComparedSend {
    SendRecord record; ///< With request and answer.
    QList<KeptEvent> events; ///< In order of arrival.
};

/// Both sends field by field. JSON is compared by meaning: the order of members does not
/// count, components are matched by type (buttons also by index), their parameters by number
/// or name, session parameters by name. Equal lines are there, too.
/// @param left  the send in question; @param right  what it is compared with
[[nodiscard]] QList<ComparedLine> compareSends(const ComparedSend &left, const ComparedSend &right);

/// What differs and is worth saying, each thing once.
[[nodiscard]] QList<ComparedLine> differencesOf(const QList<ComparedLine> &lines);

/// Which part of two texts differs: what stands before and behind it is the same.
struct ChangedSpan {
    qsizetype before = 0; ///< Length of the equal beginning.
    qsizetype behind = 0; ///< Length of the equal end.
};
/// Never splits a surrogate pair.
[[nodiscard]] ChangedSpan changedSpan(const QString &left, const QString &right);

} // namespace icebreaker
