#include "ui/numberbook.h"

#include "phone/phonecheck.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

NumberBook::NumberBook(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{ }

void NumberBook::setProfile(const QString &profileId)
{
    if (m_profileId == profileId)
        return;
    m_profileId = profileId;
    m_book = {};
    read();
    emit changed();
}

void NumberBook::noteUse(const QString &number)
{
    read();
    m_book.noteUse(number, QDateTime::currentDateTimeUtc());
    save();
}

void NumberBook::replace(const AddressBook &book)
{
    m_book = book;
    save();
}

QString NumberBook::label(const AddressEntry &entry)
{
    const QString number = phoneForms(entry.number).international;
    return entry.name.isEmpty() ? number : entry.name + u" · "_s + number;
}

void NumberBook::read()
{
    const auto loaded = loadAddressBook(m_folder, m_profileId);
    if (loaded)
        m_book = *loaded;
    else
        emit failed(loaded.error());
}

void NumberBook::save()
{
    if (const auto saved = saveAddressBook(m_folder, m_profileId, m_book); !saved)
        emit failed(saved.error());
    emit changed();
}

} // namespace icebreaker
