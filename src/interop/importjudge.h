#pragma once

#include "core/answer.h"
#include "core/requestimport.h"
#include "interop/requestimporter.h"

#include <QStringList>

#include <tl/expected.hpp>

namespace icebreaker {

/// A request as another program would send it.
struct WireRequest {
    QString name;
    QByteArray method;
    QByteArray url; ///< May hold {{variables}}.
    HttpHeaders headers;
    QByteArray body;
    QList<ImportNote> notes;
    int line = 0; ///< Where it begins, from 1; 0 if that means nothing.
};

/// Decides which requests are for this API, takes the keys out of them, and keeps what is
/// to be told about them. What every format's importer ends in.
class ImportJudge
{
public:
    ImportJudge(const ImportHint &hint, RequestImport &result)
        : m_hint(hint)
        , m_result(result)
    { }

    void take(const WireRequest &wire);
    void refuse(RefusedRequest refused);
    /// @return whether there is no room for more; the first time it says so in the result
    [[nodiscard]] bool isFull();

private:
    using Verdict = tl::expected<void, RefusedRequest>;

    [[nodiscard]] Verdict judgeUrl(const QByteArray &text, ImportedRequest &taken) const;
    [[nodiscard]] Verdict judgeHost(const QUrl &base) const;
    [[nodiscard]] Verdict judgeHeaders(const WireRequest &wire, ImportedRequest &taken);
    [[nodiscard]] Verdict judgeKey(const QByteArray &value, ImportedRequest &taken);
    [[nodiscard]] static Verdict judgeBody(const QByteArray &body, ImportedRequest &taken);

    const ImportHint &m_hint;
    RequestImport &m_result;
    bool m_saidFull = false;
};

/// Appends a note once.
void addNote(QList<ImportNote> &notes, ImportRemark remark, const QString &subject = {});

/// Notes those of @p variables that stand in the body, as {{name}}.
void noteVariables(WireRequest &wire, QStringList variables);

} // namespace icebreaker
