#include "store/savedrequest.h"

#include "core/jsonmembers.h"
#include "core/leakcheck.h"
#include "core/redactor.h"
#include "store/requestnames.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QString VersionName = u"icebreaker_request"_s;
constexpr int RequestFileVersion = 1;

tl::unexpected<BrokenFile> broken(BrokenRequest why)
{
    return tl::unexpected(BrokenFile{why, {}});
}

tl::unexpected<SaveFailure> writeFailure(const QFileDevice &file)
{
    const bool isFull =
        file.error() == QFileDevice::WriteError || file.error() == QFileDevice::ResourceError;
    return tl::unexpected(SaveFailure(
        Error{isFull ? ErrorKind::StorageFull : ErrorKind::StorageReadOnly, file.errorString()}));
}

/// Where a member goes that was not there: ours stand in their order, before the request.
void setInOrder(JsonObject &object, const QString &name, const QString &value)
{
    if (value.isEmpty()) {
        object.remove(name);
        return;
    }
    if (object.find(name) != nullptr) {
        object.set(name, value);
        return;
    }
    const auto request =
        std::find_if(object.members.begin(), object.members.end(),
                     [](const JsonMember &member) { return member.first == u"request"; });
    object.members.insert(request, {name, JsonValue(value)});
}

} // namespace

QByteArray contentHash(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

tl::expected<ReadRequest, BrokenFile> readSavedRequest(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) // a pipe would never end
        return broken(BrokenRequest::Unreadable);
    const QByteArray bytes = file.read(LargestRequestFile + 1);
    if (file.error() != QFileDevice::NoError)
        return broken(BrokenRequest::Unreadable);
    if (bytes.size() > LargestRequestFile)
        return broken(BrokenRequest::TooLarge);
    auto saved = parseSavedRequest(bytes, QFileInfo(path).completeBaseName());
    if (!saved)
        return tl::unexpected(saved.error());
    return ReadRequest{std::move(*saved), contentHash(bytes)};
}

tl::expected<SavedRequest, BrokenFile> parseSavedRequest(const QByteArray &bytes,
                                                         const QString &stem)
{
    auto document = parseJson(bytes);
    if (!document)
        return tl::unexpected(BrokenFile{BrokenRequest::NotJson, document.error()});
    const JsonObject *object = document->object();
    const JsonValue *version = object == nullptr ? nullptr : object->find(VersionName);
    if (version == nullptr || version->number() == nullptr)
        return broken(BrokenRequest::NotARequest);
    bool isWhole = false;
    const int number = version->number()->text.toInt(&isWhole);
    if (!isWhole || number > RequestFileVersion)
        return broken(BrokenRequest::TooNew);
    const JsonObject *request = memberObject(*object, u"request");
    if (request == nullptr)
        return broken(BrokenRequest::NotARequest);
    SavedRequest saved;
    saved.name = memberString(*object, u"name");
    if (saved.name.trimmed().isEmpty())
        saved.name = stem;
    saved.description = memberString(*object, u"description");
    auto parsed = OutboundRequest::fromJson(toJson(*request, JsonStyle::Compact));
    if (!parsed)
        return broken(BrokenRequest::NotARequest);
    saved.request = std::move(*parsed);
    saved.rest = *object;
    return saved;
}

QByteArray savedRequestBytes(const SavedRequest &saved, const QString &stem)
{
    JsonObject object = saved.rest;
    if (object.find(VersionName) == nullptr)
        object.members.insert(object.members.begin(),
                              {VersionName, JsonValue::number(RequestFileVersion)});
    object.set(u"request"_s, saved.request.root());
    setInOrder(object, u"name"_s, saved.name == stem ? QString() : saved.name);
    setInOrder(object, u"description"_s, saved.description);
    return toJson(object, JsonStyle::Indented) + '\n';
}

tl::expected<QByteArray, SaveFailure>
writeUnlessChanged(const QString &path, const QByteArray &bytes, const QByteArray &expected)
{
    QFile there(path);
    if (there.exists()) {
        if (!there.open(QIODevice::ReadOnly))
            return tl::unexpected(SaveFailure(ChangedOnDisk{}));
        if (const QByteArray hash = contentHash(there.readAll()); hash != expected)
            return tl::unexpected(SaveFailure(ChangedOnDisk{hash}));
        there.close();
    } else if (!there.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        // Somebody else may have made it just now; then it is theirs.
        return there.exists() ? tl::unexpected(SaveFailure(ChangedOnDisk{})) : writeFailure(there);
    }
    there.close();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return writeFailure(file);
    return contentHash(bytes);
}

SecretInside secretInside(const QByteArray &bytes, const QByteArrayList &known)
{
    LeakCheck check(known, nullptr);
    check.look(bytes);
    if (check.finish() != LeakCheck::Found::Nothing)
        return SecretInside::Known;
    const QString text = QString::fromUtf8(bytes);
    const auto isFound = [&text](const QByteArrayList &secrets) {
        return Redactor({false, false, false}, secrets).text(text) != text;
    };
    if (!known.isEmpty() && isFound(known) && !isFound({}))
        return SecretInside::Known;
    return isFound({}) ? SecretInside::Likely : SecretInside::None;
}

} // namespace icebreaker
