#pragma once

#include "store/addressbook.h"

#include <QObject>

namespace icebreaker {

/// The address book of the profile in use. Every change is on disk when it is announced;
/// other windows and the command line may change the file meanwhile, so it is read again
/// before each change.
class NumberBook : public QObject
{
    Q_OBJECT

public:
    explicit NumberBook(QString folder, QObject *parent = nullptr);

    void setProfile(const QString &profileId);
    [[nodiscard]] const AddressBook &book() const { return m_book; }

    /// A send to @p number was handed over.
    void noteUse(const QString &number);
    void replace(const AddressBook &book);

    /// "Anna · +44 7946 000958", or the number alone.
    [[nodiscard]] static QString label(const AddressEntry &entry);

signals:
    void changed();
    void failed(const icebreaker::Error &error);

private:
    void read();
    void save();

    QString m_folder;
    QString m_profileId;
    AddressBook m_book;
};

} // namespace icebreaker
