#include "editor/textviewer.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr qsizetype PieceSize = 65'536; // bytes: well below a millisecond each
constexpr qint64 PieceTime = 8; // ms of adding before others have their turn
/// Beyond it, colouring and folding all that comes before a place takes too long.
constexpr qsizetype ColouredMost = 2'097'152;

} // namespace

TextViewer::TextViewer(QWidget *parent)
    : CodeView(parent)
{
    setReadOnly(true);
    setCaretLineVisible(false);
    tell(SCI_SETUNDOCOLLECTION, 0);
    m_next.setInterval(0);
    connect(&m_next, &QTimer::timeout, this, &TextViewer::addPieces);
}

void TextViewer::showText(const QByteArray &text, bool isJson)
{
    showText(brokenLines(text), text, isJson);
}

void TextViewer::showText(const BrokenLines &lines, const QByteArray &text, bool isJson)
{
    m_lines = lines;
    m_text = text;
    m_added = 0;
    load({});
    setColoured(isJson && text.size() <= ColouredMost);
    tell(SCI_SETUNDOCOLLECTION, 0);
    addPieces();
}

void TextViewer::addPieces()
{
    QElapsedTimer clock;
    clock.start();
    changeQuietly([this, &clock] {
        while (m_added < m_lines.text.size() && clock.elapsed() < PieceTime) {
            const qsizetype size = std::min(PieceSize, m_lines.text.size() - m_added);
            SendScintilla(SCI_APPENDTEXT, static_cast<uintptr_t>(size),
                          m_lines.text.constData() + m_added);
            m_added += size;
        }
    });
    if (m_added < m_lines.text.size()) {
        m_next.start();
        return;
    }
    m_next.stop();
    m_lines.text.clear(); // the view has it
    emit textChanged();
    emit loaded();
}

void TextViewer::setWrapped(bool wrapped)
{
    setWrapMode(wrapped ? WrapCharacter : WrapNone);
}

qsizetype TextViewer::shownPosition(qsizetype position) const
{
    return m_lines.shown(position);
}

qsizetype TextViewer::searchedPosition(qsizetype position) const
{
    return m_lines.original(position);
}

void TextViewer::copySelection() const
{
    const ByteSpan selected = selectedSpan();
    const qsizetype begin = searchedPosition(selected.begin);
    const qsizetype end = searchedPosition(selected.end);
    if (end > begin)
        QGuiApplication::clipboard()->setText(QString::fromUtf8(m_text.mid(begin, end - begin)));
}

void TextViewer::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        event->accept();
        return;
    }
    CodeView::keyPressEvent(event);
}

void TextViewer::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    auto *copy = menu.addAction(tr("&Copy"), this, [this] { copySelection(); });
    copy->setEnabled(hasSelectedText());
    menu.addAction(tr("Select &All"), this, [this] { selectAll(); });
    menu.addSeparator();
    menu.addAction(tr("&Find…"), this, [this] { emit findRequested(false); });
    menu.exec(event->globalPos());
}

} // namespace icebreaker
