#include "store/entrynotes.h"

#include "core/json.h"
#include "store/files.h"

#include <optional>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString notesPath(const QString &folder)
{
    return folder + "/catalogue-notes.json"_L1;
}

std::optional<QMap<QString, QString>> parseNotes(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    const JsonObject *object = document ? document->object() : nullptr;
    const JsonValue *list = object != nullptr ? object->find(u"notes") : nullptr;
    if (list == nullptr || list->object() == nullptr)
        return std::nullopt;
    QMap<QString, QString> notes;
    for (const auto &[id, note] : list->object()->members) {
        if (note.string() == nullptr || notes.contains(id))
            return std::nullopt;
        notes.insert(id, *note.string());
    }
    return notes;
}

} // namespace

EntryNotes::EntryNotes(QString folder)
    : m_folder(std::move(folder))
{ }

Result<void> EntryNotes::load()
{
    m_notes.clear();
    const QString path = notesPath(m_folder);
    const auto bytes = readFile(path);
    m_mayWrite = bytes.has_value();
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!*bytes)
        return {};
    if (const auto notes = parseNotes(**bytes)) {
        m_notes = *notes;
        return {};
    }
    const auto renamed = setAside(path);
    m_mayWrite = renamed.has_value();
    if (!renamed)
        return tl::unexpected(renamed.error());
    return failure(ErrorKind::InvalidInput, *renamed);
}

QString EntryNotes::note(const QString &entryId) const
{
    return m_notes.value(entryId);
}

Result<void> EntryNotes::setNote(const QString &entryId, const QString &text)
{
    if (!m_mayWrite)
        return failure(ErrorKind::Storage, u"the notes were not read"_s);
    const QString kept = text.trimmed().left(MostCharacters);
    if (kept == note(entryId))
        return {};
    QMap<QString, QString> notes = m_notes;
    if (kept.isEmpty())
        notes.remove(entryId);
    else
        notes.insert(entryId, kept);
    JsonObject object;
    for (auto it = notes.constBegin(); it != notes.constEnd(); ++it)
        object.set(it.key(), it.value());
    JsonObject document;
    document.set(u"notes"_s, std::move(object));
    if (auto made = ensurePrivateFolder(m_folder); !made)
        return made;
    auto written =
        writePrivateFile(notesPath(m_folder), toJson(document, JsonStyle::Indented) + '\n');
    if (written)
        m_notes = notes;
    return written;
}

} // namespace icebreaker
