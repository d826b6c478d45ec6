#include "cli/sendinput.h"

#include "core/requestcheck.h"
#include "secrets/cleankey.h"
#include "store/profiles.h"
#include "words/checkwords.h"
#include "words/errorwords.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringDecoder>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SendInput)
};

template <typename T>
using OrWrong = tl::expected<T, QString>;

tl::unexpected<QString> wrong(const QString &text)
{
    return tl::unexpected(text);
}

OrWrong<Profile> readProfile(const QString &name, const QString &folder, QStringList &remarks)
{
    const auto loaded = loadProfiles(folder);
    if (!loaded)
        return wrong(errorText(loaded.error()));
    if (loaded->setAside)
        remarks.append(Words::tr("The profiles could not be read. The file is kept as %1.")
                           .arg(*loaded->setAside));
    QList<Profile> found;
    std::copy_if(loaded->profiles.begin(), loaded->profiles.end(), std::back_inserter(found),
                 [&name](const Profile &each) { return each.name == name || each.id == name; });
    if (found.isEmpty())
        return wrong(Words::tr("There is no profile “%1”.").arg(name));
    if (found.size() > 1)
        return wrong(Words::tr("More than one profile is called “%1”; give its id instead: %2 …")
                         .arg(name, found.first().id));
    return found.first();
}

OrWrong<QUrl> readBase(const QString &text)
{
    const auto base = parseBase(text);
    if (!base)
        return wrong(Words::tr("The endpoint has to be an https address, or http on this "
                               "computer, without user name, query or fragment."));
    return *base;
}

OrWrong<SendTarget> readTarget(const SendOptions &options, const QString &folder,
                               QStringList &remarks)
{
    SendTarget target;
    if (!options.profile.isEmpty()) {
        auto profile = readProfile(options.profile, folder, remarks);
        if (!profile)
            return tl::unexpected(profile.error());
        target.profile = std::move(*profile);
        target.region = target.profile->region;
    }
    QString custom = target.profile ? target.profile->customUrl : QString();
    if (options.region)
        target.region = *options.region;
    if (!options.endpoint.isEmpty()) {
        target.region = Region::Custom;
        custom = options.endpoint;
    }
    if (target.region != Region::Custom) {
        target.base = documentedBase(target.region);
        return target;
    }
    return readBase(custom).map([&](const QUrl &base) {
        target.base = base;
        return target;
    });
}

QByteArray firstInputLine()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    return input.readLine(MaxKeyLength * 2); // a longer one is refused anyway
}

OrWrong<std::optional<QByteArray>> readKey(const SendOptions &options, const SendTarget &target)
{
    if (!options.keyFromInput && options.keyVariable.isEmpty()) {
        if (target.region == Region::Sandbox || target.mayUseStoredKey())
            return std::nullopt;
        if (target.profile)
            return wrong(Words::tr("The key of “%1” would be sent to %2, which was not agreed to. "
                                   "Agree in the window, or give a key with --key-stdin or "
                                   "--key-env.")
                             .arg(target.profile->name, origin(target.base)));
        return wrong(Words::tr("There is no API key: give one with --key-stdin or --key-env, or "
                               "name a profile that has one with --profile."));
    }
    const QByteArray variable = options.keyVariable.toLocal8Bit();
    if (!options.keyFromInput && !qEnvironmentVariableIsSet(variable.constData()))
        return wrong(Words::tr("The environment variable %1 is not set.").arg(options.keyVariable));
    const auto key =
        cleanKey(options.keyFromInput ? firstInputLine() : qgetenv(variable.constData()));
    if (!key)
        return wrong(Words::tr("The API key cannot be used: %1.").arg(key.error().detail));
    return *key;
}

OrWrong<QByteArray> readBytes(const QString &name)
{
    QFile file(name);
    const bool isOpen =
        name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return wrong(Words::tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    // Standard input may come in pieces.
    QByteArray bytes;
    while (bytes.size() <= LargestRequestFile) {
        const QByteArray piece = file.read(LargestRequestFile + 1 - bytes.size());
        if (piece.isEmpty())
            break;
        bytes += piece;
    }
    if (file.error() != QFileDevice::NoError)
        return wrong(Words::tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    if (bytes.size() > LargestRequestFile)
        return wrong(Words::tr("%1 is larger than 1 MiB.").arg(name));
    return bytes;
}

OrWrong<OutboundRequest> readRequest(const QString &name)
{
    const auto bytes = readBytes(name);
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (bytes->trimmed().isEmpty())
        return wrong(Words::tr("%1 is empty.").arg(name));
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(*bytes); // decodes, which is what finds the mistakes
    if (decoded.isNull() || decoder.hasError())
        return wrong(Words::tr("%1 is not UTF-8.").arg(name));
    auto request = OutboundRequest::fromJson(*bytes);
    if (!request) {
        const auto &json = request.error().json;
        return wrong(
            name + ": "_L1
            + (json ? jsonErrorText(*json) : Words::tr("A request is one JSON object, {…}.")));
    }
    return *request;
}

/// The member as it stands in the file, because that is what the reader has before them.
QString line(const QString &severity, const CheckEntry &entry)
{
    QString where = memberName(entry.field);
    if (where.isEmpty())
        where = fieldLabel(entry.field);
    if (entry.row >= 0)
        where += Words::tr(", no. %1").arg(entry.row + 1);
    return u"%1: %2: %3"_s.arg(severity, where, checkText(entry));
}

/// The sandbox of the process reports to an inbox of the process, if to nobody else.
bool lacksStatusUrl(const OutboundRequest &request)
{
    const JsonValue *value = request.root().find(memberName(Field::StatusUrl));
    return value == nullptr || value->isNull()
        || (value->string() != nullptr && value->string()->isEmpty());
}

OrWrong<void> checkRequest(SendInput &input)
{
    const SendTarget &target = input.target;
    const bool sandbox = target.region == Region::Sandbox;
    input.usesInbox = sandbox && lacksStatusUrl(input.request);
    const QList<CheckEntry> entries =
        check(input.request, {sandbox || isLoopback(target.base), sandbox, target.base.host()});
    QStringList errors;
    for (const CheckEntry &entry : entries) {
        if (input.usesInbox && entry.field == Field::StatusUrl && entry.code == CheckCode::Missing)
            continue;
        if (entry.severity == Severity::Error)
            errors.append(line(Words::tr("error"), entry));
        else
            input.remarks.append(line(Words::tr("warning"), entry));
    }
    if (errors.isEmpty())
        return {};
    return wrong((errors + input.remarks).join(u'\n'));
}

} // namespace

tl::expected<SendInput, QString> readSendInput(const SendOptions &options, const QString &folder)
{
    SendInput input;
    auto target = readTarget(options, folder, input.remarks);
    if (!target)
        return tl::unexpected(target.error());
    input.target = std::move(*target);
    auto key = readKey(options, input.target);
    if (!key)
        return tl::unexpected(key.error());
    input.key = std::move(*key);
    auto request = readRequest(options.file);
    if (!request)
        return tl::unexpected(request.error());
    input.request = std::move(*request);
    if (const auto checked = checkRequest(input); !checked)
        return tl::unexpected(checked.error());
    return input;
}

} // namespace icebreaker
