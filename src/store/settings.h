#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QMap>
#include <QString>

#include <array>

namespace icebreaker {

/// What the program remembers about itself; no secrets, nothing that a send depends on
/// but the time-outs.
struct Settings {
    int totalTimeoutSeconds = 30; ///< Of a whole exchange; 1 to 600.
    int inactivityTimeoutSeconds = 30; ///< Without any byte; 1 to 600.
    QString currentProfile; ///< Profile::id; empty: the first one.
    QByteArray windowGeometry; ///< As QWidget::saveGeometry() gives it.
    QByteArray windowState; ///< As QMainWindow::saveState() gives it.
    QMap<QString, QByteArray> splitters; ///< By object name, as QSplitter::saveState() gives it.
    QString colourScheme = QStringLiteral("system"); ///< "system", "light" or "dark".
    bool maskNumbers = false; ///< Phone numbers are shortened on the screen.

    int keepDays = 0; ///< Older sends are deleted; one of KeepDays.

    friend bool operator==(const Settings &, const Settings &) = default;
};

/// For ever, and what people choose instead.
inline constexpr std::array KeepDays{0, 90, 30, 7};

inline constexpr int ShortestTimeoutSeconds = 1;
inline constexpr int LongestTimeoutSeconds = 600;

/// Reads `FOLDER/settings.ini`. What is absent or not understood has its default; numbers
/// out of range come back as the nearest allowed one.
[[nodiscard]] Settings loadSettings(const QString &folder);

/// Writes the file (0600), out-of-range numbers as loadSettings() would read them. Keys
/// that this program does not know stay. Fails with StorageReadOnly or Storage.
[[nodiscard]] Result<void> saveSettings(const QString &folder, const Settings &settings);

} // namespace icebreaker
