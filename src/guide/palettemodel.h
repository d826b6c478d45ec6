#pragma once

#include "guide/fuzzymatch.h"
#include "guide/palettesource.h"

#include <QAbstractListModel>
#include <QHash>
#include <QStringList>

#include <vector>

namespace icebreaker {

/// The palette's list: the entries that fit what was typed, the best first. Of those that fit
/// alike, what was used lately comes first; without a pattern that is all that counts.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Roles {
        DetailRole = Qt::UserRole, ///< QString
        ShortcutRole, ///< QString
        PlacesRole, ///< QList<int>: characters of the text that were typed.
    };

    using QAbstractListModel::QAbstractListModel;

    /// @param recent  IDs, what was used last first
    void setRecent(const QStringList &recent);
    void clear();
    void add(const QList<PaletteEntry> &entries);
    void setPattern(const QString &pattern);
    [[nodiscard]] const PaletteEntry &entry(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Known {
        PaletteEntry entry;
        FuzzyText text;
        FuzzyText whole; ///< Detail and text.
    };
    struct Shown {
        std::size_t known = 0;
        int score = 0;
        QList<int> places;
    };

    void rank(bool isNarrower);
    void consider(std::size_t candidate, const FuzzyPattern &pattern);
    [[nodiscard]] int recencyBonus(const QString &id) const;

    QString m_pattern;
    QHash<QString, int> m_recent; ///< Place in the list, 0 is the last one used.
    std::vector<Known> m_known;
    std::vector<Shown> m_shown;
};

} // namespace icebreaker
