#include "ui/composer.h"

#include "core/braces.h"
#include "core/recipient.h"
#include "core/templatecheck.h"
#include "core/templatefill.h"
#include "phone/phonecheck.h"
#include "ui/phoneline.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QString InboxVariable = u"{{inbox}}"_s;

QString currentMoment()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
}

/// What the request holds of a recipient: digits, unless a variable has to be filled in first.
QString keptRecipient(const QString &typed)
{
    return hasPlaceholder(typed) ? typed : readRecipient(typed).digits;
}

/// In place of what else is wrong with a field whose value nobody knows.
void addUnknown(QList<CheckEntry> &entries, const QList<UnknownVariable> &unknown)
{
    QList<CheckEntry> first;
    for (const UnknownVariable &each : unknown) {
        entries.removeIf([&each](const CheckEntry &entry) {
            return entry.field == each.field && entry.row == each.row;
        });
        first.append(
            {Severity::Error, CheckCode::PlaceholderUnknown, each.field, each.row, each.name, 0});
    }
    entries = first + entries;
}

CheckEntry entryFor(InboxProblem problem)
{
    const auto error = [](CheckCode code) {
        return CheckEntry{Severity::Error, code, Field::StatusUrl, -1, {}, 0};
    };
    const auto warning = [](CheckCode code) {
        return CheckEntry{Severity::Warning, code, Field::StatusUrl, -1, {}, 0};
    };
    switch (problem) {
    case InboxProblem::NotPublic: return error(CheckCode::InboxNotPublic);
    case InboxProblem::PortTaken: return warning(CheckCode::InboxPortTaken);
    case InboxProblem::InterfaceGone: return warning(CheckCode::InboxInterfaceGone);
    case InboxProblem::NoAddressYet: return error(CheckCode::InboxNoAddressYet);
    case InboxProblem::NothingTyped: return error(CheckCode::InboxNothingTyped);
    case InboxProblem::None:
    case InboxProblem::NotListening: break;
    }
    return error(CheckCode::InboxNotListening);
}

} // namespace

Composer::Composer(Inbox inbox, QObject *parent)
    : QObject(parent)
    , m_inbox(std::move(inbox))
{
    makeIds();
}

Composer::State Composer::state() const
{
    return {m_request, m_typedRecipient, m_builtInInbox, m_card};
}

void Composer::setState(const State &state)
{
    if (state == this->state())
        return;
    m_request = state.request;
    m_typedRecipient = state.typedRecipient;
    m_builtInInbox = state.builtInInbox;
    m_card = state.card;
    announceEdit();
}

void Composer::open(const QString &document, const State &state)
{
    m_document = document;
    m_request = state.request;
    m_typedRecipient = state.typedRecipient;
    m_builtInInbox = state.builtInInbox;
    m_card = state.card;
    makeIds();
    emit changed();
    if (!m_card)
        emit loaded();
    emit opened();
}

Composer::State Composer::stateOf(const Draft &draft)
{
    State state;
    if (auto request = OutboundRequest::fromJson(draft.request))
        state.request = std::move(*request);
    state.typedRecipient = draft.to.isEmpty() ? state.request.text(Field::To) : draft.to;
    state.builtInInbox = draft.builtInInbox;
    return state;
}

Draft Composer::draftOf(const State &state)
{
    return {state.request.toJson(), state.builtInInbox, state.typedRecipient};
}

void Composer::replace(const Draft &draft)
{
    setState(stateOf(draft));
    emit loaded();
}

void Composer::setEndpoint(Region region, const QUrl &base)
{
    if (region == m_region && base == m_base)
        return; // a batch that is checked stays checked
    m_region = region;
    m_base = base;
    emit changed();
}

ResolvedRequest Composer::resolvedRequest() const
{
    ResolvedRequest next = resolved(written(), variables());
    OutboundRequest &request = next.request;
    const QString typed = request.text(Field::To);
    if (request.isSms()) {
        request = request.withoutTemplate();
        next.unknown.removeIf([](const UnknownVariable &each) {
            return each.field == Field::Namespace || each.field == Field::Template
                || each.field == Field::Locale || each.field == Field::Components;
        });
    }
    const Recipient recipient = readRecipient(typed);
    request.setText(Field::To, recipient.strangeCharacter ? typed.trimmed() : recipient.digits);
    if (m_builtInInbox) {
        request.setText(Field::StatusUrl, inboxUrl(m_sendId));
        next.unknown.removeIf(
            [](const UnknownVariable &each) { return each.field == Field::StatusUrl; });
    }
    return next;
}

OutboundRequest Composer::written(const State &state)
{
    OutboundRequest request = state.request;
    if (request.text(Field::To) != state.typedRecipient)
        request.setText(Field::To, state.typedRecipient);
    if (state.builtInInbox)
        request.setText(Field::StatusUrl, InboxVariable);
    return request;
}

Composer::State Composer::stateOf(OutboundRequest written)
{
    State state;
    state.builtInInbox = written.text(Field::StatusUrl) == InboxVariable;
    if (state.builtInInbox)
        written.setText(Field::StatusUrl, {});
    state.typedRecipient = written.text(Field::To);
    // A number in place of a text stays one: the check tells of it.
    if (const QString kept = keptRecipient(state.typedRecipient); kept != state.typedRecipient)
        written.setText(Field::To, kept);
    state.request = std::move(written);
    return state;
}

void Composer::setWritten(OutboundRequest request)
{
    if (request == written())
        return;
    State state = stateOf(std::move(request));
    if (m_card && m_card->name == state.request.text(Field::Template))
        state.card = m_card;
    setState(state);
}

QList<CheckEntry> Composer::entries() const
{
    const bool local = m_region == Region::Sandbox || isLoopback(m_base);
    const ResolvedRequest next = resolvedRequest();
    const OutboundRequest &request = next.request;
    const QString typed = resolvedText(m_typedRecipient);
    auto entries = check(request, {local, m_region == Region::Sandbox, m_base.host()});
    if (m_card) {
        entries += checkAgainst(*m_card, request);
        std::stable_sort(entries.begin(), entries.end(),
                         [](const auto &a, const auto &b) { return a.severity < b.severity; });
    }
    // Only the typed form shows it; the digits look like any others.
    if (readRecipient(typed).trunkZero)
        entries.prepend({Severity::Error, CheckCode::RecipientTrunkZero, Field::To, -1, {}, 0});
    addPhoneEntries(entries, typed);
    if (m_builtInInbox)
        addInboxProblem(entries);
    addUnknown(entries, next.unknown);
    return entries;
}

/// What only a phone number library knows.
void Composer::addPhoneEntries(QList<CheckEntry> &entries, const QString &typed) const
{
    const QString digits = readRecipient(typed).digits;
    const auto wrong = std::find_if(entries.begin(), entries.end(), [](const CheckEntry &entry) {
        return entry.field == Field::To;
    });
    if (wrong == entries.end())
        entries += checkPhone(digits, m_region == Region::Sandbox);
    else if (wrong->code == CheckCode::RecipientNational)
        wrong->argument = nationalReading(typed, homeRegion());
}

/// In place of what the address alone seems to be.
void Composer::addInboxProblem(QList<CheckEntry> &entries) const
{
    const InboxProblem problem = inbox(m_sendId).problem;
    if (problem == InboxProblem::None)
        return;
    const CheckEntry own = entryFor(problem);
    const auto found = std::find_if(entries.begin(), entries.end(), [](const CheckEntry &each) {
        return each.field == Field::StatusUrl && each.severity == Severity::Error;
    });
    if (found != entries.end() && own.severity == Severity::Error)
        *found = own;
    else if (found == entries.end() && own.severity == Severity::Error)
        entries.prepend(own);
    else if (found == entries.end())
        entries.append(own);
}

void Composer::renewSendId()
{
    makeIds();
    emit changed();
}

void Composer::makeIds()
{
    m_sendId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_moment = currentMoment();
}

void Composer::refreshMoment()
{
    const QByteArray before = body();
    m_moment = currentMoment();
    if (body() != before)
        emit changed();
}

Variables Composer::variables() const
{
    Variables variables;
    variables.add(VariableOrigin::Collection, m_collectionVariables);
    variables.add(VariableOrigin::Profile, m_profileVariables);
    variables.add(VariableOrigin::BuiltIn,
                  {{u"now"_s, m_moment},
                   {u"uuid"_s, m_uuid},
                   {u"send_id"_s, m_sendId},
                   {u"inbox"_s, inboxUrl(m_sendId)}});
    return variables;
}

void Composer::setProfileVariables(const QList<Variable> &variables)
{
    if (variables == m_profileVariables)
        return;
    m_profileVariables = variables;
    emit changed();
}

void Composer::setCollectionVariables(const QList<Variable> &variables)
{
    if (variables == m_collectionVariables)
        return;
    m_collectionVariables = variables;
    emit changed();
}

QString Composer::resolvedText(const QString &text) const
{
    return resolved(text, variables());
}

OutboundRequest Composer::requestForRows(const QStringList &columns) const
{
    Variables variables;
    variables.add(VariableOrigin::Collection, m_collectionVariables);
    variables.add(VariableOrigin::Profile, m_profileVariables);
    return resolvedForRows(m_request, variables, columns);
}

void Composer::setText(Field field, const QString &text)
{
    if (field == Field::StatusUrl && text == InboxVariable) {
        setBuiltInInbox(true);
        return;
    }
    if (m_request.text(field) == text)
        return;
    m_request.setText(field, text);
    if (field == Field::Locale && m_card)
        fill(cardValues()); // another language may have other parameters
    announceEdit();
}

void Composer::setRecipient(const QString &typed)
{
    if (m_typedRecipient == typed)
        return;
    m_typedRecipient = typed;
    m_request.setText(Field::To, keptRecipient(typed));
    announceEdit();
}

void Composer::setBuiltInInbox(bool use)
{
    if (m_builtInInbox == use)
        return;
    m_builtInInbox = use;
    announceEdit();
}

int Composer::addParameter(const TemplateParameter &parameter)
{
    const int row = m_request.addParameter(parameter);
    announceEdit();
    return row;
}

void Composer::setParameter(int row, const TemplateParameter &parameter)
{
    m_request.setParameter(row, parameter);
    announceEdit();
}

void Composer::removeParameter(int row)
{
    m_request.removeParameter(row);
    announceEdit();
}

void Composer::moveParameterUp(int row)
{
    if (m_request.moveParameterUp(row))
        announceEdit();
}

void Composer::addSessionParameter(const SessionParameter &parameter)
{
    m_request.addSessionParameter(parameter);
    announceEdit();
}

void Composer::setSessionParameter(int row, const SessionParameter &parameter)
{
    m_request.setSessionParameter(row, parameter);
    announceEdit();
}

void Composer::removeSessionParameter(int row)
{
    m_request.removeSessionParameter(row);
    announceEdit();
}

void Composer::setCard(const std::optional<TemplateCard> &card)
{
    const OutboundRequest before = m_request;
    m_card = card && !card->versions.isEmpty() ? card : std::nullopt;
    if (m_card) {
        m_request.setText(Field::Template, m_card->name);
        if (!m_card->namespaceId.isEmpty())
            m_request.setText(Field::Namespace, m_card->namespaceId);
        if (m_card->version(m_request.text(Field::Locale)) == nullptr)
            m_request.setText(Field::Locale, m_card->versions.first().locale());
        fill(cardValues());
    }
    if (m_request == before)
        emit changed();
    else
        announceEdit();
}

const TemplateVersion *Composer::cardVersion() const
{
    return m_card ? &versionFor(*m_card, m_request) : nullptr;
}

QStringList Composer::cardValues() const
{
    return m_card ? slotValues(*cardVersion(), m_request.components()).values : QStringList();
}

void Composer::setCardValue(int slot, const QString &value)
{
    QStringList values = cardValues();
    if (slot < 0 || slot >= values.size() || values.at(slot) == value)
        return;
    values[slot] = value;
    fill(values);
    announceEdit();
}

void Composer::restoreComponents(const JsonArray &components)
{
    m_card.reset();
    m_request.setComponents(components);
    announceEdit();
}

void Composer::fill(const QStringList &values)
{
    m_request.setComponents(filledComponents(*cardVersion(), values, m_request.components()));
}

void Composer::mend(const CheckEntry &entry)
{
    if (entry.code == CheckCode::LocaleNotListed) {
        setText(Field::Locale, entry.argument);
    } else if (entry.code == CheckCode::RecipientTrunkZero) {
        setRecipient(QString(m_typedRecipient).remove(u"(0)"_s).simplified());
    } else if (entry.field == Field::Components && m_card) {
        const SlotValues values = slotValues(*cardVersion(), m_request.components());
        const qsizetype slot = values.rows.indexOf(entry.row);
        if (entry.row >= 0 && slot >= 0)
            setCardValue(static_cast<int>(slot), mendedValue(values.values.at(slot)));
    } else if (entry.field == Field::To && !entry.argument.isEmpty()) {
        setRecipient(phoneForms(entry.argument).international);
    } else if (entry.field == Field::Components) {
        const auto parameters = m_request.parameters();
        if (entry.row < 0 || entry.row >= parameters.size())
            return;
        TemplateParameter parameter = parameters.at(entry.row);
        parameter.value = mendedValue(parameter.value);
        setParameter(entry.row, parameter);
    }
}

void Composer::announceEdit()
{
    m_moment = currentMoment();
    emit changed();
    emit edited();
}

} // namespace icebreaker
