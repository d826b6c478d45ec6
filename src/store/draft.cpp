#include "store/draft.h"

#include "core/json.h"
#include "store/files.h"

#include <QUuid>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QString draftFolderIn(const QString &folder)
{
    return folder + "/drafts"_L1;
}

/// Empty for anything but a UUID: the id becomes a file name.
QString draftPathIn(const QString &folder, const QString &profileId)
{
    const QUuid uuid = QUuid::fromString(profileId);
    if (uuid.isNull() || uuid.toString(QUuid::WithoutBraces) != profileId)
        return {};
    return draftFolderIn(folder) + u'/' + profileId + ".json"_L1;
}

std::optional<Draft> parseDraft(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    const JsonObject *object = document ? document->object() : nullptr;
    if (object == nullptr)
        return std::nullopt;
    const JsonValue *request = object->find(u"request");
    const JsonValue *inbox = object->find(u"built_in_inbox");
    const JsonValue *to = object->find(u"to");
    if (request == nullptr || request->string() == nullptr || inbox == nullptr
        || inbox->boolean() == nullptr || to == nullptr || to->string() == nullptr)
        return std::nullopt;
    return Draft{request->string()->toUtf8(), *inbox->boolean(), *to->string()};
}

} // namespace

std::optional<Draft> loadDraft(const QString &folder, const QString &profileId)
{
    const QString path = draftPathIn(folder, profileId);
    if (path.isEmpty())
        return std::nullopt;
    const auto bytes = readFile(path);
    if (!bytes || !*bytes)
        return std::nullopt;
    auto draft = parseDraft(**bytes);
    if (!draft)
        (void)setAside(path); // if that fails the next save fails too, and says so
    return draft;
}

Result<void> saveDraft(const QString &folder, const QString &profileId, const Draft &draft)
{
    const QString path = draftPathIn(folder, profileId);
    if (path.isEmpty())
        return failure(ErrorKind::InvalidInput, u"profile id is not a UUID"_s);
    // Kept as a string, not as JSON inside JSON: the form may be half finished, and its
    // bytes come back as they were.
    const QString request = QString::fromUtf8(draft.request);
    if (request.toUtf8() != draft.request)
        return failure(ErrorKind::InvalidInput, u"request is not UTF-8"_s);
    for (const QString &made : {folder, draftFolderIn(folder)}) {
        if (auto done = ensurePrivateFolder(made); !done)
            return done;
    }
    JsonObject object;
    object.set(u"request"_s, request);
    object.set(u"built_in_inbox"_s, draft.builtInInbox);
    object.set(u"to"_s, draft.to);
    return writePrivateFile(path, toJson(object, JsonStyle::Compact));
}

} // namespace icebreaker
