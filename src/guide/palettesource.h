#pragma once

#include <QIcon>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace icebreaker {

/// One thing that the command palette offers.
struct PaletteEntry {
    QString id; ///< Stable over restarts, for what was used lately; e.g. "action:quitAction".
    QString text;
    QString detail; ///< Where it belongs to, e.g. a menu; is found, too, but counts less.
    QString shortcut; ///< As people read it; empty for none.
    QIcon icon;
    QString whyNot; ///< Not empty: it is shown, cannot be chosen, and this is why.
    std::function<void()> run; ///< Is called after the palette is gone.
};

/// Where the palette's entries come from. The palette asks every time that it opens.
class PaletteSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Emits collected() once: at once, or when it is known. A palette that is closed
    /// meanwhile does not mind.
    virtual void collect() = 0;

signals:
    void collected(const QList<icebreaker::PaletteEntry> &entries);
};

} // namespace icebreaker
