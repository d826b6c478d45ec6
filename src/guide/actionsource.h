#pragma once

#include "guide/palettesource.h"

class QMenuBar;

namespace icebreaker {

struct MenuCommand;

/// The window's commands for the palette, with the menus that they are in. A command that is
/// not available says why if its dynamic property "whyNot" does.
class ActionSource : public PaletteSource
{
    Q_OBJECT

public:
    /// @param bar  outlives this
    explicit ActionSource(const QMenuBar &bar, QObject *parent = nullptr);

    void collect() override;

private:
    [[nodiscard]] static QString whyNot(const MenuCommand &command);

    const QMenuBar &m_bar;
};

} // namespace icebreaker
