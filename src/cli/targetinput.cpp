#include "cli/targetinput.h"

#include "secrets/cleankey.h"
#include "store/profiles.h"
#include "words/errorwords.h"

#include <QCoreApplication>
#include <QFile>

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

OrWrong<SendTarget> targetFor(const SendingOptions &options, const QString &folder,
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

OrWrong<std::optional<QByteArray>> readKey(const SendingOptions &options, const SendTarget &target)
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

} // namespace

tl::expected<TargetInput, QString> readTarget(const SendingOptions &options, const QString &folder)
{
    TargetInput input;
    auto target = targetFor(options, folder, input.remarks);
    if (!target)
        return tl::unexpected(target.error());
    input.target = std::move(*target);
    auto key = readKey(options, input.target);
    if (!key)
        return tl::unexpected(key.error());
    input.key = std::move(*key);
    return input;
}

tl::expected<TargetInput, QString> readTarget(const BatchPlan &plan, const SendingOptions &options,
                                              const QString &folder)
{
    SendingOptions given = options;
    given.region = regionFromName(plan.region);
    if (given.region == Region::Custom) {
        given.region.reset();
        given.endpoint = plan.base;
    }
    given.profile = plan.profileId;
    return readTarget(given, folder);
}

} // namespace icebreaker
