#pragma once

#include "guide/palettesource.h"

#include <QFrame>
#include <QKeySequence>
#include <QPointer>
#include <QStringList>

class QKeyEvent;
class QLabel;
class QLineEdit;
class QListView;

namespace icebreaker {

class PaletteModel;

/// Every command, profile and send by typing a few letters of it: a box over the window with
/// a line and a list. It closes on Esc, when the focus goes elsewhere and when something is
/// chosen; then the focus is back where it was before anything happens. It knows no way of
/// doing things but that of its entries, so whatever is asked elsewhere is asked here, too.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    /// Hidden; @p window is what it lies over.
    explicit CommandPalette(QWidget &window);

    /// Entries appear in the order of sources while nothing is typed.
    void addSource(PaletteSource *source);
    /// @param recent  IDs of entries, what was used last first
    void setRecent(const QStringList &recent) { m_recent = recent; }
    /// The keys that open it close it, too.
    void setToggleKeys(const QKeySequence &keys) { m_toggleKeys = keys; }

public slots:
    /// Opens it, or closes it if it is open.
    void toggle();

signals:
    /// An entry is about to be run.
    void used(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void open();
    void close(bool giveFocusBack);
    void place();
    void fill(const QList<PaletteEntry> &entries);
    void choose();
    void show(const QString &pattern);
    void selectFirst();
    void tell();
    bool takeKey(int key, bool isRepeated);
    bool takeControlKey(const QKeyEvent &press);
    void followFocus(const QWidget *now);

    QWidget &m_window;
    PaletteModel *m_model;
    QLineEdit *m_edit;
    QListView *m_view;
    QLabel *m_note;
    QList<PaletteSource *> m_sources;
    QStringList m_recent;
    QKeySequence m_toggleKeys;
    QPointer<QWidget> m_before; ///< Had the focus.
};

} // namespace icebreaker
