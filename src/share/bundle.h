#pragma once

#include "core/exportreport.h"
#include "core/keptevent.h"
#include "core/redactor.h"
#include "core/sendrecord.h"
#include "interop/bundlezip.h"

#include <QHash>

#include <functional>

namespace icebreaker {

/// The version of a bundle's form; a newer one is not opened.
inline constexpr int BundleVersion = 1;

/// What a send means, in words, without a line break at its end.
using ExplainSend = std::function<QString(const SendRecord &, const QList<KeptEvent> &)>;
/// ExplainSend in the words of the built-in catalogue.
[[nodiscard]] QString explainInWords(const SendRecord &record, const QList<KeptEvent> &events);

/// All that a bundle is made of, before anything is hidden.
struct BundleInput {
    QList<SendRecord> sends; ///< With bodies, in the order in which they are to be shown.
    QHash<QString, QList<KeptEvent>> events; ///< By send ID, in order of arrival.
    QString diagnosis; ///< A report of "Is it me or them?"; empty if there is none.
    QList<std::pair<QString, QString>> settings; ///< Name and value, for `about.json`.
    /// Called with redacted sends, on any thread.
    ExplainSend explain = explainInWords;
    QDateTime madeAt; ///< UTC.
};

/// The same with everything hidden. Its `explain` uses @p redactor, which must outlive it.
[[nodiscard]] BundleInput redactedInput(const BundleInput &input, Redactor &redactor);

struct MadeBundle {
    QList<ZipEntry> files;
    QByteArray zip;
    ExportEnd end = ExportEnd::Written; ///< Written: the check found nothing in the zip.
};

/// Makes a support bundle: `summary.html` and `summary.md` for people, `sends.har`,
/// `sends.jsonl`, `callbacks.jsonl`, `diagnosis.txt` if there is one, and `about.json`.
/// The finished zip is unpacked again and each of its files checked for secrets.
///
/// Pure, and takes seconds for a big one: call it in a worker.
/// @param secrets  what must not be in it, whatever the redactor does
[[nodiscard]] MadeBundle makeBundle(const BundleInput &input, Redactor redactor,
                                    const QByteArrayList &secrets);

} // namespace icebreaker
