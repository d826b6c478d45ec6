#include "core/catalogueentries.h"

#include "core/json.h"

#include <QRegularExpression>
#include <QUrl>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

template <typename T>
using WordTable = std::initializer_list<std::pair<QStringView, T>>;

const WordTable<Reached> ReachedWords{{u"no", Reached::No},
                                      {u"yes", Reached::Yes},
                                      {u"not_shown", Reached::NotShown},
                                      {u"unknown", Reached::Unknown}};
const WordTable<Again> AgainWords{{u"safe", Again::Safe},
                                  {u"after_wait", Again::AfterWait},
                                  {u"after_mending", Again::AfterMending},
                                  {u"find_out_first", Again::FindOutFirst},
                                  {u"never", Again::Never}};
const WordTable<Mover> MoverWords{{u"you", Mover::You},
                                  {u"admin", Mover::Admin},
                                  {u"network", Mover::Network},
                                  {u"studio_support", Mover::StudioSupport},
                                  {u"recipient", Mover::Recipient},
                                  {u"meta", Mover::Meta},
                                  {u"nobody", Mover::Nobody}};
const WordTable<Certainty> CertaintyWords{{u"documented", Certainty::Documented},
                                          {u"seen_in_code", Certainty::SeenInCode},
                                          {u"inferred", Certainty::Inferred},
                                          {u"second_hand", Certainty::SecondHand},
                                          {u"not_known", Certainty::NotKnown}};
const WordTable<NextAction> ActionWords{{u"send_again", NextAction::SendAgain},
                                        {u"enter_key", NextAction::EnterKey},
                                        {u"open_inbox", NextAction::OpenInbox},
                                        {u"ask_higher_limit", NextAction::AskHigherLimit},
                                        {u"fetch_conversation", NextAction::FetchConversation},
                                        {u"edit_profile", NextAction::EditProfile},
                                        {u"open_form", NextAction::OpenForm},
                                        {u"show_alike", NextAction::ShowAlike},
                                        {u"compare_last_good", NextAction::CompareLastGood},
                                        {u"copy_for_support", NextAction::CopyForSupport},
                                        {u"diagnose", NextAction::Diagnose}};
const WordTable<AnswerForm> FormWords{{u"json", AnswerForm::Json},
                                      {u"almost_json", AnswerForm::AlmostJson},
                                      {u"html", AnswerForm::Html},
                                      {u"empty", AnswerForm::Empty},
                                      {u"text", AnswerForm::Text}};
const WordTable<Outcome> OutcomeWords{
    {u"accepted", Outcome::Accepted}, {u"rate_limited", Outcome::RateLimited},
    {u"refused", Outcome::Refused},   {u"not_sent", Outcome::NotSent},
    {u"unknown", Outcome::Unknown},   {u"cancelled", Outcome::Cancelled}};
const WordTable<TransportProblem> ProblemWords{
    {u"name_not_resolved", TransportProblem::NameNotResolved},
    {u"connection_refused", TransportProblem::ConnectionRefused},
    {u"proxy_failed", TransportProblem::ProxyFailed},
    {u"tls_failed", TransportProblem::TlsFailed},
    {u"closed_unanswered", TransportProblem::ClosedUnanswered},
    {u"answer_cut", TransportProblem::AnswerCut},
    {u"not_http", TransportProblem::NotHttp},
    {u"total_timeout", TransportProblem::TotalTimeout},
    {u"inactivity_timeout", TransportProblem::InactivityTimeout},
    {u"aborted", TransportProblem::Aborted},
    {u"key_not_for_host", TransportProblem::KeyNotForHost},
    {u"other", TransportProblem::Other}};
const WordTable<DeliveryStatus> DeliveryWords{
    {u"none", DeliveryStatus::None},           {u"submitted", DeliveryStatus::Submitted},
    {u"delivered", DeliveryStatus::Delivered}, {u"read", DeliveryStatus::Read},
    {u"rejected", DeliveryStatus::Rejected},   {u"undeliverable", DeliveryStatus::Undeliverable},
    {u"failed", DeliveryStatus::Failed},       {u"other", DeliveryStatus::Other}};

/// Reads the members of one object, each of which must be known; remembers the first mistake.
class StrictReader
{
public:
    explicit StrictReader(const JsonObject &object)
        : m_object(object)
    { }

    [[nodiscard]] const QString &mistake() const { return m_mistake; }
    void complain(const QString &mistake)
    {
        if (m_mistake.isEmpty())
            m_mistake = mistake;
    }

    /// The member, or nullptr; with a complaint if it is needed.
    const JsonValue *member(const QString &name, bool needed)
    {
        m_known.append(name);
        const JsonValue *value = m_object.find(name);
        if (value == nullptr && needed)
            complain(u"no “%1”"_s.arg(name));
        return value;
    }

    QString text(const QString &name, bool needed = true)
    {
        const JsonValue *value = member(name, needed);
        if (value == nullptr)
            return {};
        const QString *text = value->string();
        if (text == nullptr || text->trimmed().isEmpty() || text->trimmed() != *text) {
            complain(u"“%1” is not a text, or empty, or has space around it"_s.arg(name));
            return {};
        }
        return *text;
    }

    QStringList texts(const QString &name, bool needed = false)
    {
        QStringList texts;
        const JsonValue *value = member(name, needed);
        if (value == nullptr)
            return texts;
        if (value->array() == nullptr || value->array()->empty()) {
            complain(u"“%1” is not a list, or empty"_s.arg(name));
            return texts;
        }
        for (const JsonValue &item : *value->array()) {
            const QString *text = item.string();
            if (text == nullptr || text->isEmpty() || texts.contains(*text))
                complain(u"“%1” holds what is no text, or one twice"_s.arg(name));
            else
                texts.append(*text);
        }
        return texts;
    }

    template <typename T>
    T word(const QString &name, const WordTable<T> &names)
    {
        return wordOf(name, text(name), names);
    }

    template <typename T>
    QList<T> words(const QString &name, const WordTable<T> &names, bool needed = false)
    {
        QList<T> values;
        for (const QString &each : texts(name, needed))
            values.append(wordOf(name, each, names));
        return values;
    }

    QList<CodeRange> ranges(const QString &name)
    {
        static const QRegularExpression form(u"^([0-9]{1,9})(?:-([0-9]{1,9}))?$"_s);
        QList<CodeRange> ranges;
        for (const QString &text : texts(name)) {
            const auto match = form.match(text);
            const int first = match.captured(1).toInt();
            const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
            if (!match.hasMatch() || last < first)
                complain(u"“%1”: %2 is no code"_s.arg(name, text));
            ranges.append({first, last});
        }
        return ranges;
    }

    void finish()
    {
        for (const auto &[name, value] : m_object.members) {
            if (m_known.count(name) != 1)
                complain(u"“%1” is not known"_s.arg(name));
            if (m_object.find(name) != &value)
                complain(u"“%1” is there twice"_s.arg(name));
        }
    }

private:
    template <typename T>
    T wordOf(const QString &name, const QString &word, const WordTable<T> &names)
    {
        for (const auto &[each, value] : names) {
            if (each == word)
                return value;
        }
        complain(u"“%1” cannot be “%2”"_s.arg(name, word));
        return {};
    }

    const JsonObject &m_object;
    QStringList m_known;
    QString m_mistake;
};

QString readState(StrictReader &reader, CaseConditions &when)
{
    const QStringList states = reader.texts(u"state"_s);
    when.inFlight = states == QStringList{u"in_flight"_s};
    return states.isEmpty() || when.inFlight ? QString() : u"“state” can only be “in_flight”"_s;
}

void readDeliveries(StrictReader &reader, CaseConditions &when)
{
    const QString name = u"delivery"_s;
    const JsonValue *value = reader.member(name, false);
    if (value == nullptr)
        return;
    JsonObject object;
    object.set(name, *value);
    StrictReader inner(object);
    if (inner.texts(name) == QStringList{u"guessed"_s}) {
        when.guessedDelivery = true;
        return;
    }
    StrictReader again(object);
    when.deliveries = again.words(name, DeliveryWords);
    reader.complain(again.mistake());
}

CaseConditions readConditions(const JsonObject &object, QString &mistake)
{
    StrictReader reader(object);
    CaseConditions when;
    reader.complain(readState(reader, when));
    when.outcomes = reader.words(u"outcome"_s, OutcomeWords);
    when.notes = reader.texts(u"note"_s);
    when.problems = reader.words(u"problem"_s, ProblemWords);
    when.statuses = reader.ranges(u"status"_s);
    when.bodies = reader.texts(u"body"_s);
    when.forms = reader.words(u"answer"_s, FormWords);
    when.problemTypes = reader.texts(u"type"_s);
    when.vonageCodes = reader.ranges(u"vonage"_s);
    when.metaCodes = reader.ranges(u"meta"_s);
    readDeliveries(reader, when);
    reader.finish();
    if (when == CaseConditions())
        reader.complain(u"“when” asks for nothing"_s);
    mistake = reader.mistake();
    return when;
}

QString readUrl(StrictReader &reader)
{
    QString text = reader.text(u"url"_s, false);
    const QUrl url(text, QUrl::StrictMode);
    if (!text.isEmpty() && (!url.isValid() || url.scheme() != "https"_L1 || url.host().isEmpty()))
        reader.complain(u"“url” is no https address"_s);
    return text;
}

CatalogueEntry readEntry(StrictReader &reader)
{
    CatalogueEntry entry;
    entry.id = reader.text(u"id"_s);
    if (const JsonValue *when = reader.member(u"when"_s, true)) {
        QString mistake = u"“when” is not an object"_s;
        if (when->object() != nullptr)
            entry.when = readConditions(*when->object(), mistake);
        reader.complain(mistake);
    }
    entry.title = reader.text(u"title"_s);
    entry.means = reader.text(u"means"_s);
    entry.reached = reader.word(u"reached"_s, ReachedWords);
    entry.reachedNote = reader.text(u"reached_note"_s, false);
    entry.again = reader.word(u"again"_s, AgainWords);
    entry.againNote = reader.text(u"again_note"_s, false);
    entry.movers = reader.words(u"mover"_s, MoverWords, true);
    entry.next = reader.text(u"next"_s);
    entry.actions = reader.words(u"actions"_s, ActionWords);
    entry.certainty = reader.word(u"sure"_s, CertaintyWords);
    entry.source = reader.text(u"source"_s);
    entry.url = readUrl(reader);
    reader.finish();
    return entry;
}

tl::unexpected<Error> mistakeIn(const QString &place, const QString &what)
{
    return failure(ErrorKind::InvalidInput, place + ": "_L1 + what);
}

} // namespace

Result<QList<CatalogueEntry>> readCatalogueEntries(const QString &name, const QByteArray &json)
{
    const auto document = parseJson(json);
    if (!document)
        return mistakeIn(name,
                         u"not JSON at line %1, column %2"_s.arg(document.error().line)
                             .arg(document.error().column));
    const JsonObject *object = document->object();
    const JsonValue *list = object != nullptr ? object->find(u"entries") : nullptr;
    if (list == nullptr || list->array() == nullptr || object->members.size() != 1)
        return mistakeIn(name, u"must be an object with the list “entries” and nothing else"_s);
    QList<CatalogueEntry> entries;
    for (const JsonValue &value : *list->array()) {
        if (value.object() == nullptr)
            return mistakeIn(name, u"an entry is not an object"_s);
        StrictReader reader(*value.object());
        const CatalogueEntry entry = readEntry(reader);
        if (!reader.mistake().isEmpty())
            return mistakeIn(
                name + ", entry "_L1
                    + (entry.id.isEmpty() ? QString::number(entries.size() + 1) : entry.id),
                reader.mistake());
        entries.append(entry);
    }
    return entries;
}

} // namespace icebreaker
