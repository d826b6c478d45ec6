#include "store/settings.h"

#include "store/files.h"

#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr auto TotalTimeout = "send/totalTimeoutSeconds"_L1;
constexpr auto InactivityTimeout = "send/inactivityTimeoutSeconds"_L1;
constexpr auto CurrentProfile = "profile/current"_L1;
constexpr auto WindowGeometry = "window/geometry"_L1;
constexpr auto WindowState = "window/state"_L1;
constexpr auto ColourScheme = "window/colourScheme"_L1;
constexpr auto MaskNumbers = "window/maskNumbers"_L1;
constexpr auto KeepHistory = "history/keepDays"_L1;
constexpr auto Splitters = "splitters"_L1;

QString settingsPathIn(const QString &folder)
{
    return folder + "/settings.ini"_L1;
}

int allowedTimeout(int seconds)
{
    return std::clamp(seconds, ShortestTimeoutSeconds, LongestTimeoutSeconds);
}

int readTimeout(const QSettings &file, QLatin1StringView key, int fallback)
{
    bool isNumber = false;
    const int seconds = file.value(key).toInt(&isNumber);
    return isNumber ? allowedTimeout(seconds) : fallback;
}

/// What is not understood keeps everything.
int allowedDays(int days)
{
    return std::find(KeepDays.begin(), KeepDays.end(), days) != KeepDays.end() ? days : 0;
}

QString allowedScheme(const QString &scheme)
{
    return QStringList{u"light"_s, u"dark"_s}.contains(scheme) ? scheme : Settings().colourScheme;
}

} // namespace

Settings loadSettings(const QString &folder)
{
    QSettings file(settingsPathIn(folder), QSettings::IniFormat);
    Settings settings;
    settings.totalTimeoutSeconds = readTimeout(file, TotalTimeout, settings.totalTimeoutSeconds);
    settings.inactivityTimeoutSeconds =
        readTimeout(file, InactivityTimeout, settings.inactivityTimeoutSeconds);
    settings.currentProfile = file.value(CurrentProfile).toString();
    settings.windowGeometry = file.value(WindowGeometry).toByteArray();
    settings.windowState = file.value(WindowState).toByteArray();
    settings.colourScheme = allowedScheme(file.value(ColourScheme).toString());
    settings.maskNumbers = file.value(MaskNumbers).toBool();
    settings.keepDays = allowedDays(file.value(KeepHistory).toInt());
    file.beginGroup(Splitters);
    const QStringList names = file.childKeys();
    for (const QString &name : names)
        settings.splitters.insert(name, file.value(name).toByteArray());
    return settings;
}

Result<void> saveSettings(const QString &folder, const Settings &settings)
{
    if (auto made = ensurePrivateFolder(folder); !made)
        return made;
    QSettings file(settingsPathIn(folder), QSettings::IniFormat);
    file.setValue(TotalTimeout, allowedTimeout(settings.totalTimeoutSeconds));
    file.setValue(InactivityTimeout, allowedTimeout(settings.inactivityTimeoutSeconds));
    file.setValue(CurrentProfile, settings.currentProfile);
    file.setValue(WindowGeometry, settings.windowGeometry);
    file.setValue(WindowState, settings.windowState);
    file.setValue(ColourScheme, allowedScheme(settings.colourScheme));
    file.setValue(MaskNumbers, settings.maskNumbers);
    file.setValue(KeepHistory, allowedDays(settings.keepDays));
    file.remove(Splitters);
    file.beginGroup(Splitters);
    for (auto it = settings.splitters.cbegin(); it != settings.splitters.cend(); ++it)
        file.setValue(it.key(), it.value());
    file.endGroup();
    file.sync();
    switch (file.status()) {
    case QSettings::NoError: break;
    case QSettings::AccessError:
        return failure(ErrorKind::StorageReadOnly, u"settings cannot be written"_s);
    case QSettings::FormatError:
        return failure(ErrorKind::Storage, u"settings file is not understood"_s);
    }
    if (!keepOthersOut(settingsPathIn(folder)))
        return failure(ErrorKind::StorageReadOnly, u"settings' mode cannot be changed"_s);
    return {};
}

} // namespace icebreaker
