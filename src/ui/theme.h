#pragma once

#include "core/batch.h"
#include "core/profile.h"
#include "core/requestcheck.h"
#include "core/sendrecord.h"

#include <QColor>

class QApplication;

/// Light and dark, in one place. Meaning is never told by colour alone: every coloured
/// thing also has its words.
namespace icebreaker::theme {

enum class Scheme { System, Light, Dark };

/// Fusion with our palette and style sheet. System follows the platform's palette as it
/// was at start (Qt 6.4 has no signal for a change).
void apply(QApplication &app, Scheme scheme);
[[nodiscard]] bool isDark();

struct ChipColours {
    QColor background;
    QColor text;
};
[[nodiscard]] ChipColours chipFor(const SendRecord &record);
[[nodiscard]] ChipColours chipFor(DeliveryStatus status);
[[nodiscard]] ChipColours chipFor(RowState state);
[[nodiscard]] ChipColours neutralChip();

/// Solid colours of bars and charts, at least 3:1 against the table's background.
[[nodiscard]] QColor barFor(RowState state);
[[nodiscard]] QColor limitLine();

/// Of text and symbol on the band that says where messages go.
[[nodiscard]] QColor bandText(ProfileKind kind);
[[nodiscard]] QColor good();
[[nodiscard]] QColor forSeverity(Severity severity);
[[nodiscard]] QColor muted();

} // namespace icebreaker::theme
