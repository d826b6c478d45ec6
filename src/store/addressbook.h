#pragma once

#include "core/error.h"

#include <QDateTime>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace icebreaker {

/// One number of a profile: named, a test number, or just used lately.
struct AddressEntry {
    QString number; ///< Digits, as on the wire.
    QString name; ///< May be empty.
    bool isTest = false; ///< A phone of somebody who knows: see Profile::onlyTestNumbers.
    QDateTime lastUsed; ///< UTC; invalid: never.

    /// Neither named nor a test number: forgotten some day.
    [[nodiscard]] bool isOnlyRecent() const { return name.isEmpty() && !isTest; }
    friend bool operator==(const AddressEntry &, const AddressEntry &) = default;
};

/// The numbers of one profile. Every number is in it once, in the order in which people
/// look for them: named ones by name, then the rest, last used first.
class AddressBook
{
public:
    /// More unnamed numbers than anybody remembers.
    static constexpr qsizetype MostRecent = 30;
    /// What a hand-made file may hold.
    static constexpr qsizetype MostEntries = 10'000;

    AddressBook() = default;
    /// Of two entries with one number the first stays.
    explicit AddressBook(const QList<AddressEntry> &entries);

    [[nodiscard]] const QList<AddressEntry> &entries() const { return m_entries; }
    [[nodiscard]] std::optional<AddressEntry> find(const QString &number) const;
    [[nodiscard]] QSet<QString> testNumbers() const;

    /// Adds the entry, or replaces the one with its number.
    void put(const AddressEntry &entry);
    void remove(const QString &number);
    /// A send went out to @p number. The oldest unnamed ones give way.
    void noteUse(const QString &number, const QDateTime &at);

    friend bool operator==(const AddressBook &, const AddressBook &) = default;

private:
    void arrange();

    QList<AddressEntry> m_entries;
};

/// Reads `FOLDER/numbers/PROFILEID.json`; empty if there is none. A file that cannot be
/// understood is renamed, never deleted, and its new path is in @p aside. Fails with
/// InvalidInput if @p profileId is not a UUID without braces, or with Storage.
[[nodiscard]] Result<AddressBook> loadAddressBook(const QString &folder, const QString &profileId,
                                                  QString *aside = nullptr);

/// Replaces the file in one step (0600). Fails with InvalidInput as above, StorageFull or
/// StorageReadOnly.
[[nodiscard]] Result<void> saveAddressBook(const QString &folder, const QString &profileId,
                                           const AddressBook &book);

} // namespace icebreaker
