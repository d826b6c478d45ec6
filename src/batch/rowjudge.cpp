#include "batch/rowjudge.h"

#include "phone/phonecheck.h"

#include <QHashFunctions>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array CheckableFields{
    Field::Namespace, Field::Template,   Field::Locale,
    Field::To,        Field::AgentId,    Field::Channel,
    Field::StatusUrl, Field::Components, Field::SessionParameters,
};

/// Of the row itself, before its request is looked at: errors that only the template or
/// the typed recipient show.
QList<CheckEntry> ownEntries(const RequestTemplate &request, const Recipient &recipient)
{
    QList<CheckEntry> entries;
    for (const QString &name : request.unknownNames())
        entries.append({Severity::Error, CheckCode::PlaceholderUnknown, Field::Body, -1, name, 0});
    if (recipient.trunkZero)
        entries.append({Severity::Error, CheckCode::RecipientTrunkZero, Field::To, -1, {}, 0});
    return entries;
}

std::size_t hashOf(const QStringList &content)
{
    std::size_t hash = QHashSeed::globalSeed();
    for (const QString &text : content)
        hash = qHash(text, hash) * 31 + static_cast<std::size_t>(text.size());
    return hash;
}

} // namespace

RowJudge::RowJudge(const RequestTemplate &request, const CheckContext &context)
    : m_template(request)
    , m_context(context)
    , m_filler(request)
    , m_varying(request.varyingFields())
{
    QList<Field> constant;
    std::copy_if(CheckableFields.begin(), CheckableFields.end(), std::back_inserter(constant),
                 [this](Field field) { return !m_varying.contains(field); });
    for (const CheckEntry &entry : check(m_filler.fill({}), context, constant))
        add(entry, m_always);
}

void RowJudge::add(const CheckEntry &entry, Findings &findings)
{
    // Errors are the lower value.
    findings.worst = findings.worst ? std::min(*findings.worst, entry.severity) : entry.severity;
    if (entry.field == Field::To && entry.severity == Severity::Error)
        findings.toIsGood = false;
}

RowJudge::Judged RowJudge::judge(const QStringList &cells)
{
    const OutboundRequest &request = m_filler.fill(cells);
    Findings findings = m_always;
    for (const CheckEntry &entry : ownEntries(m_template, m_filler.recipient()))
        add(entry, findings);
    for (const CheckEntry &entry : check(request, m_context, m_varying))
        add(entry, findings);
    const QString to = request.text(Field::To);
    return {findings.worst, to, findings.toIsGood, hashOf(m_filler.content())};
}

QStringList RowJudge::contentOf(const QStringList &cells)
{
    (void)m_filler.fill(cells);
    return m_filler.content();
}

QList<CheckEntry> RowJudge::entriesOf(const QStringList &cells)
{
    const OutboundRequest &request = m_filler.fill(cells);
    QList<CheckEntry> entries = ownEntries(m_template, m_filler.recipient());
    entries += check(request, m_context);
    Findings findings;
    for (const CheckEntry &entry : entries)
        add(entry, findings);
    if (findings.toIsGood)
        entries += checkPhone(request.text(Field::To), m_context.sandbox);
    return entries;
}

} // namespace icebreaker
