#include "core/catalogue.h"

#include "core/catalogueentries.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int StatusRank = 3; ///< Of one status; its class is one below.

bool anyContains(const QList<CodeRange> &ranges, int code)
{
    return std::any_of(ranges.begin(), ranges.end(),
                       [code](const CodeRange &range) { return range.contains(code); });
}

bool anyContains(const QList<CodeRange> &ranges, const QStringList &codes)
{
    return std::any_of(codes.begin(), codes.end(), [&ranges](const QString &code) {
        bool isNumber = false;
        const int number = code.toInt(&isNumber);
        return isNumber && anyContains(ranges, number);
    });
}

/// A condition that asks for nothing holds.
template <typename T>
bool asksFor(const QList<T> &wanted, const T &value)
{
    return wanted.isEmpty() || wanted.contains(value);
}

bool holdsForBody(const CaseConditions &when, const CaseFacts &facts)
{
    const auto isThere = [&facts](const QString &part) {
        return facts.body.contains(part.toUtf8());
    };
    const auto isType = [&facts](const QString &type) {
        return facts.problemTypes.contains(type, Qt::CaseInsensitive);
    };
    return asksFor(when.forms, facts.form)
        && (when.bodies.isEmpty() || std::any_of(when.bodies.begin(), when.bodies.end(), isThere))
        && (when.problemTypes.isEmpty()
            || std::any_of(when.problemTypes.begin(), when.problemTypes.end(), isType));
}

bool holdsForDelivery(const CaseConditions &when, const CaseFacts &facts)
{
    if (when.guessedDelivery)
        return facts.isGuess;
    return when.deliveries.isEmpty()
        || (!facts.isGuess && when.deliveries.contains(facts.delivery));
}

bool holdsForCodes(const CaseConditions &when, const CaseFacts &facts)
{
    return (when.statuses.isEmpty()
            || (facts.status > 0 && anyContains(when.statuses, facts.status)))
        && (when.vonageCodes.isEmpty() || anyContains(when.vonageCodes, facts.vonageCodes))
        && (when.metaCodes.isEmpty() || anyContains(when.metaCodes, facts.metaCodes));
}

} // namespace

bool CaseConditions::hold(const CaseFacts &facts) const
{
    if (inFlight && facts.outcome)
        return false;
    if (!outcomes.isEmpty() && !(facts.outcome && outcomes.contains(*facts.outcome)))
        return false;
    return asksFor(notes, facts.note) && asksFor(problems, facts.problem)
        && holdsForCodes(*this, facts) && holdsForBody(*this, facts)
        && holdsForDelivery(*this, facts);
}

int CaseConditions::rank() const
{
    const bool isClass = std::any_of(statuses.begin(), statuses.end(), [](const CodeRange &range) {
        return range.first != range.last;
    });
    const std::pair<bool, int> ranks[] = {
        {!metaCodes.isEmpty(), 10},
        {!vonageCodes.isEmpty(), 9},
        {!problemTypes.isEmpty(), 8},
        {!deliveries.isEmpty() || guessedDelivery, 7},
        {!bodies.isEmpty(), 6},
        {!forms.isEmpty(), 5},
        {!problems.isEmpty() || !notes.isEmpty(), 4},
        {!statuses.isEmpty() && !isClass, StatusRank},
        {!statuses.isEmpty(), StatusRank - 1},
    };
    for (const auto &[applies, rank] : ranks) {
        if (applies)
            return rank;
    }
    return 1;
}

Result<Catalogue> Catalogue::load(const QString &folder)
{
    const QDir dir(folder);
    const QStringList names = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    if (names.isEmpty())
        return failure(ErrorKind::InvalidInput, folder + ": no catalogue"_L1);
    Catalogue catalogue;
    for (const QString &name : names) {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::InvalidInput, name + ": "_L1 + file.errorString());
        const auto entries = readCatalogueEntries(name, file.readAll());
        if (!entries)
            return tl::unexpected(entries.error());
        if (const auto added = catalogue.add(*entries); !added)
            return failure(ErrorKind::InvalidInput, name + ": "_L1 + added.error().detail);
    }
    return catalogue;
}

Result<Catalogue> Catalogue::fromJson(const QString &name, const QByteArray &json)
{
    const auto entries = readCatalogueEntries(name, json);
    if (!entries)
        return tl::unexpected(entries.error());
    Catalogue catalogue;
    if (const auto added = catalogue.add(*entries); !added)
        return failure(ErrorKind::InvalidInput, name + ": "_L1 + added.error().detail);
    return catalogue;
}

const Catalogue &Catalogue::builtIn()
{
    static const Catalogue catalogue = [] {
        const auto loaded = load(u":/icebreaker/catalogue"_s);
        if (!loaded)
            qFatal("%s", qPrintable(loaded.error().detail));
        return *loaded;
    }();
    return catalogue;
}

const CatalogueEntry *Catalogue::find(const QString &id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&id](const CatalogueEntry &each) { return each.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

QList<CatalogueEntry> Catalogue::matching(const CaseFacts &facts) const
{
    QList<CatalogueEntry> found;
    for (const CatalogueEntry &entry : m_entries) {
        if (entry.when.hold(facts))
            found.append(entry);
    }
    const bool hasStatus = std::any_of(found.begin(), found.end(), [](const auto &entry) {
        return entry.when.rank() == StatusRank;
    });
    if (hasStatus) // the class says nothing more
        found.removeIf([](const auto &entry) { return entry.when.rank() == StatusRank - 1; });
    std::stable_sort(found.begin(), found.end(),
                     [](const CatalogueEntry &left, const CatalogueEntry &right) {
                         return left.when.rank() > right.when.rank();
                     });
    return found;
}

bool Catalogue::knowsVonage(const QString &code) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&code](const CatalogueEntry &entry) {
        return anyContains(entry.when.vonageCodes, QStringList{code});
    });
}

bool Catalogue::knowsMeta(const QString &code) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&code](const CatalogueEntry &entry) {
        return anyContains(entry.when.metaCodes, QStringList{code});
    });
}

Result<void> Catalogue::add(const QList<CatalogueEntry> &entries)
{
    for (const CatalogueEntry &entry : entries) {
        if (find(entry.id) != nullptr)
            return failure(ErrorKind::InvalidInput, entry.id + ": there twice"_L1);
        for (const CatalogueEntry &other : m_entries) {
            if (other.when == entry.when)
                return failure(ErrorKind::InvalidInput,
                               entry.id + ": applies exactly when "_L1 + other.id + " does"_L1);
        }
        m_entries.append(entry);
    }
    return {};
}

} // namespace icebreaker
