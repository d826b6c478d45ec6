#pragma once

#include "core/requestcheck.h"
#include "core/requesttemplate.h"

#include <optional>

namespace icebreaker {

/// Judges row after row of one template: what is the same in every row is checked once,
/// the rest by the form's own check(). One per thread; the template and the context must
/// outlive it.
class RowJudge
{
public:
    RowJudge(const RequestTemplate &request, const CheckContext &context);

    /// What one row is, libphonenumber's opinion aside.
    struct Judged {
        std::optional<Severity> worst; ///< Nothing if all is well.
        QString to; ///< As it would be sent.
        bool toIsGood = false; ///< No error in the recipient: libphonenumber may be asked.
        std::size_t contentHash = 0; ///< The same for bodies that only differ in the Status URL.
    };
    [[nodiscard]] Judged judge(const QStringList &cells);

    /// See RowFiller::content(); of any row.
    [[nodiscard]] QStringList contentOf(const QStringList &cells);
    /// Everything that is wrong with the row, in full; see checkRow().
    [[nodiscard]] QList<CheckEntry> entriesOf(const QStringList &cells);

private:
    struct Findings {
        std::optional<Severity> worst;
        bool toIsGood = true;
    };
    static void add(const CheckEntry &entry, Findings &findings);

    const RequestTemplate &m_template;
    const CheckContext &m_context;
    RowFiller m_filler;
    QList<Field> m_varying;
    Findings m_always; ///< In every row.
};

} // namespace icebreaker
