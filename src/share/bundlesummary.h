#pragma once

#include "share/bundle.h"

namespace icebreaker {

/// The page of a bundle that a browser shows: well-formed XHTML in UTF-8 that needs nothing
/// else, runs nothing and asks no other computer; a policy in it forbids all of that. What
/// came from outside is text.
/// @param input  redacted
/// @param notes  what was hidden
[[nodiscard]] QByteArray summaryHtml(const BundleInput &input, const QStringList &notes);

/// The same as Markdown.
[[nodiscard]] QByteArray summaryMarkdown(const BundleInput &input, const QStringList &notes);

/// One send as plain text, for a ticket.
[[nodiscard]] QString sendText(const SendRecord &record, const QList<KeptEvent> &events,
                               const ExplainSend &explain, const QDateTime &now);

struct MadeTicket {
    QString text;
    ExportEnd end = ExportEnd::Written; ///< Written: the check found nothing in it.
};
/// All of @p input 's sends as plain text, redacted and checked. Pure; call it in a worker.
[[nodiscard]] MadeTicket ticketOf(const BundleInput &input, Redactor redactor,
                                  const QByteArrayList &secrets);

} // namespace icebreaker
