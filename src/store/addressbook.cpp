#include "store/addressbook.h"

#include "core/json.h"
#include "core/recipient.h"
#include "store/files.h"

#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ListName = u"numbers";

QString numbersFolderIn(const QString &folder)
{
    return folder + "/numbers"_L1;
}

/// Empty for anything but a UUID: the id becomes a file name.
QString numbersPathIn(const QString &folder, const QString &profileId)
{
    const QUuid uuid = QUuid::fromString(profileId);
    if (uuid.isNull() || uuid.toString(QUuid::WithoutBraces) != profileId)
        return {};
    return numbersFolderIn(folder) + u'/' + profileId + ".json"_L1;
}

Error notAUuid()
{
    return {ErrorKind::InvalidInput, u"profile id is not a UUID"_s};
}

QString entryText(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr && value->string() != nullptr ? *value->string() : QString();
}

bool isNumber(const QString &text)
{
    return !text.isEmpty() && text.size() <= RecipientMaxDigits
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

std::optional<AddressEntry> entryFrom(const JsonValue &value)
{
    const JsonObject *object = value.object();
    if (object == nullptr || !isNumber(entryText(*object, u"number")))
        return std::nullopt;
    AddressEntry entry;
    entry.number = entryText(*object, u"number");
    entry.name = entryText(*object, u"name").simplified();
    entry.lastUsed = QDateTime::fromString(entryText(*object, u"last_used"), Qt::ISODateWithMs);
    const JsonValue *test = object->find(u"test");
    entry.isTest = test != nullptr && test->boolean() != nullptr && *test->boolean();
    return entry;
}

std::optional<AddressBook> parseBook(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    const JsonObject *object = document ? document->object() : nullptr;
    const JsonValue *list = object != nullptr ? object->find(ListName) : nullptr;
    if (list == nullptr || list->array() == nullptr
        || list->array()->size() > static_cast<std::size_t>(AddressBook::MostEntries))
        return std::nullopt;
    QList<AddressEntry> entries;
    for (const JsonValue &value : *list->array()) {
        const auto entry = entryFrom(value);
        if (!entry)
            return std::nullopt;
        entries.append(*entry);
    }
    return AddressBook(entries);
}

/// Whether people look for @p left before @p right.
bool comesBefore(const AddressEntry &left, const AddressEntry &right)
{
    if (left.name.isEmpty() != right.name.isEmpty())
        return right.name.isEmpty();
    if (const int order = left.name.localeAwareCompare(right.name); order != 0)
        return order < 0;
    if (left.name.isEmpty() && left.lastUsed != right.lastUsed)
        return left.lastUsed > right.lastUsed;
    return left.number < right.number;
}

} // namespace

AddressBook::AddressBook(const QList<AddressEntry> &entries)
{
    QSet<QString> seen;
    for (const AddressEntry &entry : entries) {
        if (seen.contains(entry.number))
            continue;
        seen.insert(entry.number);
        m_entries.append(entry);
    }
    arrange();
}

std::optional<AddressEntry> AddressBook::find(const QString &number) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(),
                     [&number](const AddressEntry &each) { return each.number == number; });
    return found == m_entries.end() ? std::nullopt : std::optional(*found);
}

QSet<QString> AddressBook::testNumbers() const
{
    QSet<QString> numbers;
    for (const AddressEntry &entry : m_entries) {
        if (entry.isTest)
            numbers.insert(entry.number);
    }
    return numbers;
}

void AddressBook::put(const AddressEntry &entry)
{
    remove(entry.number);
    m_entries.append(entry);
    arrange();
}

void AddressBook::remove(const QString &number)
{
    m_entries.removeIf([&number](const AddressEntry &each) { return each.number == number; });
}

void AddressBook::noteUse(const QString &number, const QDateTime &at)
{
    if (!isNumber(number))
        return;
    AddressEntry entry = find(number).value_or(AddressEntry{number, {}, false, {}});
    entry.lastUsed = at.toUTC();
    put(entry);
}

void AddressBook::arrange()
{
    std::sort(m_entries.begin(), m_entries.end(), comesBefore);
    qsizetype recent = 0;
    m_entries.removeIf([&recent](const AddressEntry &each) {
        return each.isOnlyRecent() && ++recent > MostRecent;
    });
}

Result<AddressBook> loadAddressBook(const QString &folder, const QString &profileId, QString *aside)
{
    const QString path = numbersPathIn(folder, profileId);
    if (path.isEmpty())
        return tl::unexpected(notAUuid());
    const auto bytes = readFile(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!*bytes)
        return AddressBook();
    if (auto book = parseBook(**bytes))
        return *book;
    const auto renamed = setAside(path);
    if (!renamed)
        return tl::unexpected(renamed.error());
    if (aside != nullptr)
        *aside = *renamed;
    return AddressBook();
}

Result<void> saveAddressBook(const QString &folder, const QString &profileId,
                             const AddressBook &book)
{
    const QString path = numbersPathIn(folder, profileId);
    if (path.isEmpty())
        return tl::unexpected(notAUuid());
    for (const QString &made : {folder, numbersFolderIn(folder)}) {
        if (auto done = ensurePrivateFolder(made); !done)
            return done;
    }
    JsonArray list;
    for (const AddressEntry &entry : book.entries()) {
        JsonObject object;
        object.set(u"number"_s, entry.number);
        object.set(u"name"_s, entry.name);
        object.set(u"test"_s, entry.isTest);
        if (entry.lastUsed.isValid())
            object.set(u"last_used"_s, entry.lastUsed.toUTC().toString(Qt::ISODateWithMs));
        list.emplace_back(std::move(object));
    }
    JsonObject document;
    document.set(QString::fromUtf16(ListName), std::move(list));
    return writePrivateFile(path, toJson(document, JsonStyle::Indented) + '\n');
}

} // namespace icebreaker
