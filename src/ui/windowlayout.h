#pragma once

#include "store/settings.h"

#include <QMainWindow>
#include <QSplitter>

namespace icebreaker {

/// Puts @p window and its splitters where they were.
inline void restoreLayout(QMainWindow &window, const Settings &settings)
{
    window.restoreGeometry(settings.windowGeometry);
    window.restoreState(settings.windowState);
    for (QSplitter *splitter : window.findChildren<QSplitter *>()) {
        if (const auto state = settings.splitters.value(splitter->objectName()); !state.isEmpty())
            splitter->restoreState(state);
    }
}

/// Remembers where they are; a window that is not shown has no layout worth keeping.
inline void rememberLayout(const QMainWindow &window, Settings &settings)
{
    if (!window.isVisible())
        return;
    settings.windowGeometry = window.saveGeometry();
    settings.windowState = window.saveState();
    for (const QSplitter *splitter : window.findChildren<QSplitter *>())
        settings.splitters.insert(splitter->objectName(), splitter->saveState());
}

} // namespace icebreaker
