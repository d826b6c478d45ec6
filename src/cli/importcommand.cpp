#include "cli/importcommand.h"

#include "cli/requestfile.h"
#include "words/importwords.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

ImportCommand::ImportCommand(ImportOptions options, bool json, Console &console)
    : m_options(std::move(options))
    , m_json(json)
    , m_console(console)
{ }

void ImportCommand::start()
{
    const auto text = readInputFile(m_options.file, ImportMaxBytes);
    if (!text) {
        m_console.complain(text.error());
        emit finished(ExitStatus::BadUsage);
        return;
    }
    ImportHint hint;
    hint.format = m_options.from;
    if (!m_options.environment.isEmpty()) {
        const auto environment = readInputFile(m_options.environment, ImportMaxBytes);
        if (!environment) {
            m_console.complain(environment.error());
            emit finished(ExitStatus::BadUsage);
            return;
        }
        hint.environment = *environment;
    }
    const RequestImport found = readWithFiles(*text, hint);
    print(found);
    const bool isAll = found.refused.isEmpty();
    emit finished(found.requests.isEmpty() ? ExitStatus::BadUsage
                      : isAll              ? ExitStatus::Good
                                           : ExitStatus::Failed);
}

/// Files that commands name are read only if that is asked for: who wrote the command may
/// not be who runs this.
RequestImport ImportCommand::readWithFiles(const QByteArray &text, ImportHint &hint) const
{
    RequestImport found = importRequests(text, hint);
    if (!m_options.readsFiles)
        return found;
    for (const RefusedRequest &refused : std::as_const(found.refused)) {
        if (refused.why != ImportRefusal::FileWanted || refused.subject == "-"_L1)
            continue;
        if (const auto content = readInputFile(refused.subject, LargestRequestInput))
            hint.files.insert(refused.subject, *content);
    }
    return hint.files.isEmpty() ? found : importRequests(text, hint);
}

void ImportCommand::print(const RequestImport &found)
{
    for (const ImportedRequest &taken : found.requests)
        printTaken(taken);
    for (const RefusedRequest &refused : found.refused)
        printRefused(refused);
    if (found.moreRefused > 0)
        m_console.complain(tr("%n more were not taken.", nullptr, found.moreRefused));
    for (const ApiKey &key : found.keys)
        m_console.complain(
            key.origin.isEmpty()
                ? tr("There is an API key in it. It is not printed; put it into a profile.")
                : tr("There is an API key for %1 in it. It is not printed; put it into a profile.")
                      .arg(key.origin));
}

void ImportCommand::printTaken(const ImportedRequest &taken)
{
    if (!m_json) {
        m_console.print(QString::fromUtf8(toJson(taken.request.root(), JsonStyle::Compact)));
        for (const ImportNote &note : taken.notes)
            m_console.complain(harmless(taken.name.isEmpty()
                                            ? importNoteText(note)
                                            : taken.name + ": "_L1 + importNoteText(note)));
        return;
    }
    JsonArray notes;
    for (const ImportNote &note : taken.notes)
        notes.emplace_back(importNoteText(note));
    m_console.print(JsonObject{{{u"taken"_s, true},
                                {u"name"_s, taken.name},
                                {u"endpoint"_s, taken.base.toString(QUrl::FullyEncoded)},
                                {u"request"_s, taken.request.root()},
                                {u"notes"_s, notes}}});
}

void ImportCommand::printRefused(const RefusedRequest &refused)
{
    QString why = importRefusalText(refused);
    if (refused.why == ImportRefusal::FileWanted && !m_options.readsFiles)
        why += u' ' + tr("--read-files reads it.");
    if (m_json) {
        m_console.print(JsonObject{{{u"taken"_s, false},
                                    {u"name"_s, refused.name},
                                    {u"line"_s, JsonValue::number(refused.line)},
                                    {u"why"_s, why}}});
        return;
    }
    m_console.complain(harmless(refused.name.isEmpty()
                                    ? tr("Not taken: %1").arg(why)
                                    : tr("Not taken: %1: %2").arg(refused.name, why)));
}

} // namespace icebreaker
