#include "guide/palettemodel.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostRecencyBonus = 20; // about one begin of a word
constexpr int DetailCost = 24; // found with the help of its detail
constexpr int CannotCost = 30; // cannot be chosen now

} // namespace

void PaletteModel::setRecent(const QStringList &recent)
{
    m_recent.clear();
    for (int i = 0; i < recent.size(); ++i)
        m_recent.insert(recent.at(i), i);
}

void PaletteModel::clear()
{
    beginResetModel();
    m_known.clear();
    m_shown.clear();
    m_pattern.clear();
    endResetModel();
}

void PaletteModel::add(const QList<PaletteEntry> &entries)
{
    m_known.reserve(m_known.size() + static_cast<std::size_t>(entries.size()));
    for (const PaletteEntry &entry : entries)
        m_known.push_back(
            {entry, FuzzyText(entry.text), FuzzyText(entry.text + u' ' + entry.detail)});
    rank(false);
}

void PaletteModel::setPattern(const QString &pattern)
{
    if (m_pattern == pattern)
        return;
    // Words only grow by what is typed behind them.
    const bool isNarrower = pattern.startsWith(m_pattern);
    m_pattern = pattern;
    rank(isNarrower);
}

const PaletteEntry &PaletteModel::entry(int row) const
{
    return m_known.at(m_shown.at(static_cast<std::size_t>(row)).known).entry;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PaletteEntry &shown = entry(index.row());
    switch (role) {
    case Qt::DisplayRole: return shown.text;
    case Qt::DecorationRole: return shown.icon;
    case Qt::ToolTipRole: return shown.whyNot;
    case Qt::AccessibleTextRole: {
        QStringList parts{shown.text, shown.detail, shown.shortcut, shown.whyNot};
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case DetailRole: return shown.whyNot.isEmpty() ? shown.detail : shown.whyNot;
    case ShortcutRole: return shown.shortcut;
    case PlacesRole:
        return QVariant::fromValue(m_shown.at(static_cast<std::size_t>(index.row())).places);
    default: return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    // Selectable even if it cannot be chosen, so that the keyboard comes by and is told why.
    return Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
}

int PaletteModel::recencyBonus(const QString &id) const
{
    const auto found = m_recent.constFind(id);
    return found == m_recent.cend() ? 0 : std::max(1, MostRecencyBonus - *found);
}

/// @param isNarrower  what does not fit so far will not fit either
void PaletteModel::rank(bool isNarrower)
{
    std::vector<std::size_t> candidates;
    candidates.reserve(isNarrower ? m_shown.size() : m_known.size());
    if (isNarrower) {
        for (const Shown &shown : m_shown)
            candidates.push_back(shown.known);
        std::sort(candidates.begin(), candidates.end());
    } else {
        for (std::size_t i = 0; i < m_known.size(); ++i)
            candidates.push_back(i);
    }
    beginResetModel();
    m_shown.clear();
    const FuzzyPattern pattern(m_pattern);
    for (const std::size_t candidate : candidates)
        consider(candidate, pattern);
    std::stable_sort(m_shown.begin(), m_shown.end(),
                     [](const Shown &a, const Shown &b) { return a.score > b.score; });
    endResetModel();
}

void PaletteModel::consider(std::size_t candidate, const FuzzyPattern &pattern)
{
    const Known &known = m_known[candidate];
    auto match = fuzzyMatch(pattern, known.text);
    const bool byDetail = !match;
    if (byDetail)
        match = fuzzyMatch(pattern, known.whole);
    if (!match)
        return;
    int score = match->score + recencyBonus(known.entry.id);
    score -= byDetail ? DetailCost : 0;
    score -= known.entry.whyNot.isEmpty() ? 0 : CannotCost;
    if (byDetail)
        match->places.removeIf([&known](int place) { return place >= known.entry.text.size(); });
    m_shown.push_back({candidate, score, match->places});
}

} // namespace icebreaker
