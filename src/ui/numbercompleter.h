#pragma once

#include <QCompleter>

class QStandardItemModel;

namespace icebreaker {

class NumberBook;

/// Offers the numbers of the profile by any part of their name or number, in whatever
/// notation it is typed; choosing one fills in the number.
class NumberCompleter : public QCompleter
{
    Q_OBJECT

public:
    /// @param book  outlives the completer
    explicit NumberCompleter(const NumberBook &book, QObject *parent = nullptr);

    /// The number of one of the completions, as it is written internationally.
    [[nodiscard]] static QString numberOf(const QModelIndex &index);

    [[nodiscard]] QString pathFromIndex(const QModelIndex &index) const override;
    [[nodiscard]] QStringList splitPath(const QString &path) const override;

private:
    void fill();

    const NumberBook &m_book;
    QStandardItemModel *m_model;
};

} // namespace icebreaker
