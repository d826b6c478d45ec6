#pragma once

#include "store/savedrequest.h"
#include "ui/requesttabs.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace icebreaker {

class CollectionBook;
class RequestBar;
struct CollectionEntry;

/// What becomes of the open requests when their files change on disk. Nobody's work is
/// overwritten: a request without edits follows its file, one with edits is in conflict with it
/// until the user decides, and one whose file is gone stays as a draft. The bar tells of it.
class DiskFollower : public QObject
{
    Q_OBJECT

public:
    /// Everything outlives this.
    DiskFollower(RequestTabs &tabs, CollectionBook &book, RequestBar &bar, QWidget &window,
                 QObject *parent = nullptr);

    /// The tab's file is not what the tab read.
    void addConflict(qsizetype tab);
    /// Something to say about a request that is open, until it is taken notice of.
    void setNotice(const QString &document, const QString &text);

signals:
    void reported(const QString &text);

private:
    /// A file that is not what the tab read, while the tab has edits of its own.
    struct Conflict {
        QByteArray hash; ///< Of the file as it was seen; empty: it cannot be read.
        std::optional<Composer::State> theirs; ///< Nothing if it is no saved request any more.
    };

    void followDisk(qsizetype collection);
    void followFile(qsizetype tab, const CollectionEntry *entry);
    void showBar();
    void showConflict(const QString &document, const Conflict &conflict);
    void keepMine(const QString &document);
    void takeTheirs(const QString &document);
    void compare(const QString &document);

    RequestTabs &m_tabs;
    CollectionBook &m_book;
    RequestBar &m_bar;
    QWidget &m_window;
    QHash<QString, Conflict> m_conflicts; ///< By document.
    QHash<QString, QString> m_notices; ///< By document.
};

} // namespace icebreaker
