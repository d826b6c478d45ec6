#include "ui/numbercompleter.h"

#include "core/recipient.h"
#include "phone/phonecheck.h"
#include "ui/numberbook.h"

#include <QAbstractItemView>
#include <QStandardItemModel>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int NumberRole = Qt::UserRole;
constexpr int SearchRole = Qt::UserRole + 1;

/// Letters are part of a name; without any it is a number, and only its digits count.
QString searched(const QString &typed)
{
    for (const QChar c : typed) {
        if (c.isLetter())
            return typed.trimmed();
    }
    return readRecipient(typed).digits;
}

} // namespace

NumberCompleter::NumberCompleter(const NumberBook &book, QObject *parent)
    : QCompleter(parent)
    , m_book(book)
    , m_model(new QStandardItemModel(this))
{
    setModel(m_model);
    setCompletionRole(SearchRole);
    setFilterMode(Qt::MatchContains);
    setCaseSensitivity(Qt::CaseInsensitive);
    connect(&book, &NumberBook::changed, this, &NumberCompleter::fill);
    fill();
}

QString NumberCompleter::numberOf(const QModelIndex &index)
{
    return index.data(NumberRole).toString();
}

QString NumberCompleter::pathFromIndex(const QModelIndex &index) const
{
    return numberOf(index);
}

QStringList NumberCompleter::splitPath(const QString &path) const
{
    return {searched(path)};
}

void NumberCompleter::fill()
{
    m_model->clear();
    for (const AddressEntry &entry : m_book.book().entries()) {
        const PhoneForms forms = phoneForms(entry.number);
        QString label = NumberBook::label(entry);
        if (entry.isTest)
            label = tr("%1 · test number").arg(label);
        auto *item = new QStandardItem(label);
        item->setData(forms.international, NumberRole);
        // With the digits as they are dialled at home: people remember those.
        const QString home = readRecipient(forms.national).digits;
        item->setData(QStringList{entry.name, entry.number, home}.join(u'\n'), SearchRole);
        m_model->appendRow(item);
    }
}

} // namespace icebreaker
