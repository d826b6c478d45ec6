#pragma once

#include "core/outcome.h"
#include "core/statusevent.h"
#include "store/filtermoment.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <tl/expected.hpp>

namespace icebreaker {

/// Which sends a log shows. Everything that is set must hold; empty members do not
/// restrict. Upper and lower case are the same everywhere (for `profile` within ASCII).
struct LogFilter {
    QString to; ///< Part of the recipient; digits only.
    QString agent; ///< Part of the agent ID.
    QString templateName; ///< Part of the template's name.
    QString locale; ///< The whole locale, or its language: `es` finds `es` and `es_AR`.
    QString profile; ///< The whole name.
    QString region; ///< As regionName() gives it.
    std::optional<int> status; ///< HTTP status, 100 to 599.
    std::optional<qint64> batch; ///< Sends for rows of this batch.
    QList<Outcome> outcomes; ///< Any of these ...
    bool inFlight = false; ///< ... or not settled yet.
    QList<DeliveryStatus> deliveries; ///< Any of these, surely; None: nothing was heard ...
    bool guessedDelivery = false; ///< ... or nothing but what may be another send's.
    /// Surely delivered at least so long ago, and not read.
    std::optional<std::chrono::minutes> unread;
    /// Any of these error codes, Vonage's or Meta's: of a status, or standing alone in an
    /// answer that did not accept the send.
    QStringList codes;
    std::optional<FilterMoment> since; ///< Claimed when it begins, or later ...
    std::optional<FilterMoment> until; ///< ... and before it is over.
    std::optional<FilterSpan> took; ///< From claim to the end of the answer.
    /// Words separated by white space, or phrases in double quotes (`\"` and `\\` inside
    /// stand for themselves). Each must occur in the recipient, agent, template, request,
    /// answer, statuses or conversation; see searchTerms().
    QString text;

    [[nodiscard]] bool isEmpty() const { return *this == LogFilter(); }
    friend bool operator==(const LogFilter &, const LogFilter &) = default;
};

/// Why a filter's text was not understood.
struct FilterError {
    enum Kind {
        UnknownKey, ///< `foo:bar`; a colon in free text needs quotes.
        BadValue, ///< Empty, impossible, or an open quote.
        Contradiction, ///< Makes sense, but cannot hold together with what stands before it.
    };
    Kind kind = BadValue;
    QString token; ///< The part of the text at fault, as typed.
    QString key; ///< Before its colon, lower case; empty for free text.
};

/// Reads what a person typed into a filter box: `to:4479 agent:1a20 template:order
/// locale:es profile:"My test" region:eu status:429 outcome:unknown batch:12`,
/// outcomes also as a list (`outcome:unknown,refused`) and `in_flight`, and free words.
/// `delivery:` takes submitted, delivered, read, rejected, undeliverable, other, none,
/// guessed, and failed for every failure, also as a list; `unread:` a time from a minute to
/// a year: `30m`, `4h`, `2d`. `code:` takes a list of codes, `since:` and `until:` what
/// readFilterMoment() reads, `took:` what readFilterSpan() reads. Nothing is ignored: what
/// makes no sense, or cannot all hold, is an error.
[[nodiscard]] tl::expected<LogFilter, FilterError> parseLogFilter(const QString &text);

/// All keys that there are, in lower case, without their colons.
[[nodiscard]] QStringList filterKeys();

/// The words and phrases of LogFilter::text.
[[nodiscard]] QStringList filterWords(const QString &text);

} // namespace icebreaker
