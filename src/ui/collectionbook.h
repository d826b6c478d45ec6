#pragma once

#include "core/error.h"
#include "store/collectionwatch.h"

#include <QObject>

#include <memory>
#include <vector>

namespace icebreaker {

/// The collections that are open: one of Icebreaker's own, and any folders beside it. Which they
/// are is kept in `FOLDER/collections.json`.
class CollectionBook : public QObject
{
    Q_OBJECT

public:
    /// @param folder  the data folder; Icebreaker's own collection is `requests` in it
    explicit CollectionBook(const QString &folder, QObject *parent = nullptr);
    ~CollectionBook() override;

    [[nodiscard]] qsizetype count() const { return std::ssize(m_watches); }
    [[nodiscard]] const QString &root(qsizetype collection) const;
    [[nodiscard]] const Collection &at(qsizetype collection) const;
    /// Icebreaker's own, which is always open.
    [[nodiscard]] static bool isOwn(qsizetype collection) { return collection == 0; }
    /// The collection that a file is in; -1 if in none.
    [[nodiscard]] qsizetype collectionOf(const QString &path) const;
    /// nullptr if it is in none, or was not there when it was read.
    [[nodiscard]] const CollectionEntry *find(const QString &path) const;

    void open(const QString &folder);
    void close(qsizetype collection);
    /// Reads all of them again.
    void refresh();

signals:
    /// A collection was opened or closed: at() are others.
    void listChanged();
    /// What is in one of them is different.
    void changed(qsizetype collection);
    void failed(const icebreaker::Error &error);

private:
    void add(const QString &root);
    void store();

    const QString m_folder;
    std::vector<std::unique_ptr<CollectionWatch>> m_watches;
};

} // namespace icebreaker
