#include "guide/commandpalette.h"

#include "guide/palettemodel.h"
#include "guide/paletterow.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

// On the 8-px grid.
constexpr int PaletteWidth = 640;
constexpr int PaletteHeight = 432;
constexpr int PaletteTop = 72; // below the menus and the toolbar's head
constexpr int PaletteMargin = 8;
constexpr int PageOfRows = 8;

} // namespace

CommandPalette::CommandPalette(QWidget &window)
    : QFrame(&window)
    , m_window(window)
    , m_model(new PaletteModel(this))
    , m_edit(new QLineEdit)
    , m_view(new QListView)
    , m_note(new QLabel)
{
    setObjectName(u"commandPalette"_s);
    setAccessibleName(tr("Commands"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    hide();

    m_edit->setObjectName(u"paletteEdit"_s);
    m_edit->setAccessibleName(tr("Find a command"));
    m_edit->setPlaceholderText(tr("Command, profile, request or send…"));
    m_edit->setContextMenuPolicy(Qt::NoContextMenu); // it would take the focus, and close this
    m_edit->installEventFilter(this);
    m_view->setObjectName(u"paletteView"_s);
    m_view->setAccessibleName(tr("Commands found"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new PaletteRow(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setFocusPolicy(Qt::NoFocus); // the line's keys move in it
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setFrameShape(QFrame::NoFrame);
    m_note->setObjectName(u"paletteNote"_s);
    m_note->setProperty("role", u"hint"_s);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(PaletteMargin, PaletteMargin, PaletteMargin, PaletteMargin);
    layout->setSpacing(PaletteMargin);
    layout->addWidget(m_edit);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_note);

    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::show);
    connect(m_view, &QListView::clicked, this, &CommandPalette::choose);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CommandPalette::tell);
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget *, const QWidget *now) { followFocus(now); });
    window.installEventFilter(this);
}

void CommandPalette::addSource(PaletteSource *source)
{
    source->setParent(this);
    m_sources.append(source);
    connect(source, &PaletteSource::collected, this, &CommandPalette::fill);
}

void CommandPalette::toggle()
{
    if (isVisible())
        close(true);
    else
        open();
}

void CommandPalette::open()
{
    m_before = QApplication::focusWidget();
    m_model->clear();
    m_model->setRecent(m_recent);
    m_edit->clear();
    place();
    setVisible(true);
    raise();
    m_edit->setFocus(Qt::PopupFocusReason);
    for (PaletteSource *source : std::as_const(m_sources))
        source->collect();
    selectFirst();
}

void CommandPalette::close(bool giveFocusBack)
{
    const QPointer<QWidget> before = m_before;
    m_before.clear();
    setVisible(false);
    m_model->clear();
    if (giveFocusBack && before && before->isVisible())
        before->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    const int width = qMin(PaletteWidth, m_window.width() - 2 * PaletteMargin);
    const int height = qMin(PaletteHeight, m_window.height() - PaletteTop - PaletteMargin);
    setGeometry((m_window.width() - width) / 2, PaletteTop, width, height);
}

void CommandPalette::fill(const QList<PaletteEntry> &entries)
{
    if (!isVisible())
        return;
    // What comes late does not take the place of what somebody is about to choose.
    const QModelIndex current = m_view->currentIndex();
    const QString chosen =
        current.isValid() && current.row() > 0 ? m_model->entry(current.row()).id : QString();
    m_model->add(entries);
    selectFirst();
    for (int row = 0; !chosen.isEmpty() && row < m_model->rowCount(); ++row) {
        if (m_model->entry(row).id == chosen) {
            m_view->setCurrentIndex(m_model->index(row));
            break;
        }
    }
}

void CommandPalette::show(const QString &pattern)
{
    m_model->setPattern(pattern);
    selectFirst();
}

void CommandPalette::selectFirst()
{
    m_view->setCurrentIndex(m_model->index(0));
    m_view->scrollToTop();
    tell();
}

void CommandPalette::tell()
{
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid())
        m_edit->setAccessibleDescription(current.data(Qt::AccessibleTextRole).toString());
    m_note->setText(m_model->rowCount() == 0 && !m_edit->text().isEmpty()
                        ? tr("Nothing is called like that.")
                        : tr("↑ ↓ move · Enter chooses · Esc closes"));
}

void CommandPalette::choose()
{
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid())
        return;
    const PaletteEntry entry = m_model->entry(current.row());
    if (!entry.whyNot.isEmpty()) {
        m_note->setText(entry.whyNot);
        return;
    }
    close(true);
    emit used(entry.id);
    if (entry.run)
        entry.run();
}

bool CommandPalette::takeKey(int key, bool isRepeated)
{
    const int last = m_model->rowCount() - 1;
    const int row = m_view->currentIndex().row();
    const auto go = [this, last](int to) {
        m_view->setCurrentIndex(m_model->index(qBound(0, to, qMax(0, last))));
    };
    switch (key) {
    case Qt::Key_Down: go(row == last && !isRepeated ? 0 : row + 1); return true;
    case Qt::Key_Up: go(row <= 0 && !isRepeated ? last : row - 1); return true;
    case Qt::Key_PageDown: go(row + PageOfRows); return true;
    case Qt::Key_PageUp: go(row - PageOfRows); return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab: return true; // there is nowhere to go
    case Qt::Key_Escape: close(true); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!isRepeated)
            choose();
        return true;
    default: return false;
    }
}

bool CommandPalette::takeControlKey(const QKeyEvent &press)
{
    if (QKeySequence(press.keyCombination()) == m_toggleKeys) {
        close(true);
        return true;
    }
    // Ctrl+Return is the window's, and nothing here.
    return press.modifiers().testFlag(Qt::ControlModifier)
        && (press.key() == Qt::Key_Return || press.key() == Qt::Key_Enter);
}

void CommandPalette::followFocus(const QWidget *now)
{
    if (isVisible() && now != nullptr && now != this && !isAncestorOf(now))
        close(false);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    if (event->type() == QEvent::ShortcutOverride) {
        // While it is open, no key is a shortcut: Ctrl+Return must not send.
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto &press = *static_cast<QKeyEvent *>(event);
    return takeControlKey(press) || takeKey(press.key(), press.isAutoRepeat());
}

} // namespace icebreaker
