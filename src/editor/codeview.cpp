#include "editor/codeview.h"

#include "editor/editorcolours.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <Qsci/qscicommandset.h>
#include <Qsci/qscilexerjson.h>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int NumberMargin = 0;
constexpr int FoldMargin = 2; // QsciScintilla's own
constexpr int TextGap = 8; // pixels between the margin and the text
constexpr int IndentWidth = 2; // as toJson() does
constexpr qsizetype SelectedMost = 2'500'000; // bytes

bool isFindKey(const QKeyEvent &event)
{
    return event.modifiers() == Qt::ControlModifier
        && (event.key() == Qt::Key_F || event.key() == Qt::Key_H);
}

bool isStepKey(const QKeyEvent &event)
{
    const auto others = event.modifiers() & ~Qt::ShiftModifier;
    return !others && (event.key() == Qt::Key_F3 || event.key() == Qt::Key_F8);
}

bool isControlTab(const QKeyEvent &event)
{
    return (event.modifiers() & Qt::ControlModifier) != 0
        && (event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab);
}

} // namespace

CodeView::CodeView(QWidget *parent)
    : QsciScintilla(parent)
    , m_lexer(new QsciLexerJSON(this))
{
    setUtf8(true);
    setEolMode(EolUnix);
    setFrameShape(QFrame::NoFrame);
    setAcceptDrops(false); // files are the window's
    viewport()->setAcceptDrops(false);
    setIndentationsUseTabs(false);
    setIndentationWidth(IndentWidth);
    setTabWidth(IndentWidth);
    setAutoIndent(true);
    setBraceMatching(SloppyBraceMatch);
    setCaretLineVisible(true);
    tell(SCI_SETMARGINLEFT, 0, TextGap);
    tell(SCI_SETSCROLLWIDTH, 1);
    tell(SCI_SETSCROLLWIDTHTRACKING, 1);
    setMarginLineNumbers(NumberMargin, true);
    m_lexer->setHighlightEscapeSequences(true);
    m_lexer->setFoldCompact(false);
    setLexer(m_lexer);
    setFolding(PlainFoldStyle, FoldMargin);
    releaseKeys();
    paintScheme();
    connect(this, &QsciScintilla::linesChanged, this, &CodeView::fitMargin);
    fitMargin();
    connect(this, &QsciScintilla::selectionChanged, this, &CodeView::forgetRevealed);
    connect(this, &QsciScintilla::cursorPositionChanged, this, &CodeView::forgetRevealed);
    connect(this, &QsciScintilla::textChanged, this, &CodeView::forgetRevealed);
}

long CodeView::tell(unsigned message, qsizetype first, qsizetype second) const
{
    return SendScintilla(message, static_cast<unsigned long>(first), static_cast<long>(second));
}

void CodeView::load(const QByteArray &text)
{
    changeQuietly([this, &text] {
        tell(SCI_SETUNDOCOLLECTION, 0);
        tell(SCI_CLEARALL);
        SendScintilla(SCI_ADDTEXT, static_cast<uintptr_t>(text.size()), text.constData());
        tell(SCI_SETUNDOCOLLECTION, 1);
        tell(SCI_EMPTYUNDOBUFFER);
        tell(SCI_GOTOPOS, 0);
        tell(SCI_SETXOFFSET, 0);
    });
    emit textChanged();
}

QByteArray CodeView::content() const
{
    const auto length = tell(SCI_GETLENGTH);
    QByteArray text(length + 1, Qt::Uninitialized);
    SendScintilla(SCI_GETTEXT, static_cast<unsigned long>(text.size()),
                  static_cast<void *>(text.data()));
    text.truncate(length);
    return text;
}

void CodeView::apply(const QList<TextEdit> &edits)
{
    if (edits.isEmpty())
        return;
    const auto top = tell(SCI_GETFIRSTVISIBLELINE);
    tell(SCI_BEGINUNDOACTION);
    for (const TextEdit &edit : edits) {
        tell(SCI_SETTARGETRANGE, edit.begin, edit.end);
        SendScintilla(SCI_REPLACETARGET, static_cast<uintptr_t>(edit.text.size()),
                      edit.text.constData());
    }
    tell(SCI_ENDUNDOACTION);
    tell(SCI_SETFIRSTVISIBLELINE, top);
}

void CodeView::reveal(ByteSpan span)
{
    const auto length = static_cast<qsizetype>(tell(SCI_GETLENGTH));
    const qsizetype begin = std::clamp(span.begin, qsizetype{0}, length);
    const qsizetype end = std::clamp(span.end, begin, length);
    tell(SCI_ENSUREVISIBLEENFORCEPOLICY, tell(SCI_LINEFROMPOSITION, begin));
    forgetRevealed();
    if (length <= SelectedMost) {
        tell(SCI_SETSEL, begin, end);
    } else {
        m_revealed = ByteSpan{begin, end};
        fill(RevealedIndicator, *m_revealed);
    }
    tell(SCI_SCROLLRANGE, end, begin);
}

void CodeView::forgetRevealed()
{
    if (m_revealed)
        clearIndicator(RevealedIndicator);
    m_revealed.reset();
}

ByteSpan CodeView::selectedSpan() const
{
    return m_revealed.value_or(ByteSpan{tell(SCI_GETSELECTIONSTART), tell(SCI_GETSELECTIONEND)});
}

void CodeView::fill(int indicator, ByteSpan span)
{
    tell(SCI_SETINDICATORCURRENT, indicator);
    tell(SCI_INDICATORFILLRANGE, span.begin, std::max(span.end - span.begin, qsizetype{1}));
}

void CodeView::clearIndicator(int indicator)
{
    tell(SCI_SETINDICATORCURRENT, indicator);
    tell(SCI_INDICATORCLEARRANGE, 0, tell(SCI_GETLENGTH));
}

void CodeView::markMatches(const QList<ByteSpan> &matches)
{
    clearIndicator(MatchIndicator);
    for (const ByteSpan &match : matches)
        fill(MatchIndicator, {shownPosition(match.begin), shownPosition(match.end)});
}

void CodeView::setColoured(bool coloured)
{
    if (coloured == (lexer() != nullptr))
        return;
    setLexer(coloured ? m_lexer : nullptr);
    setFolding(coloured ? PlainFoldStyle : NoFoldStyle, FoldMargin);
    setBraceMatching(coloured ? SloppyBraceMatch : NoBraceMatch); // 7 ms a megabyte
    paintScheme();
}

void CodeView::setNumbered(bool numbered)
{
    m_numbered = numbered;
    m_digits = 0;
    if (numbered)
        fitMargin();
    else
        setMarginWidth(NumberMargin, 0);
}

bool CodeView::takesKey(const QKeyEvent &event) const
{
    return isFindKey(event) || isStepKey(event) || isControlTab(event)
        || (event.key() == Qt::Key_Space && event.modifiers() == Qt::ControlModifier);
}

bool CodeView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && takesKey(static_cast<const QKeyEvent &>(*event))) {
        event->accept();
        return true;
    }
    return QsciScintilla::event(event);
}

void CodeView::keyPressEvent(QKeyEvent *event)
{
    const bool isTab = event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab;
    if (isFindKey(*event)) {
        emit findRequested(event->key() == Qt::Key_H && !isReadOnly());
    } else if (isStepKey(*event)) {
        const bool backwards = (event->modifiers() & Qt::ShiftModifier) != 0;
        if (event->key() == Qt::Key_F3)
            emit findNextRequested(backwards);
        else
            emit nextProblemRequested(backwards);
    } else if (isTab && (isControlTab(*event) || isReadOnly() || m_leaving)) {
        m_leaving = false;
        const bool back =
            event->key() == Qt::Key_Backtab || (event->modifiers() & Qt::ShiftModifier) != 0;
        leave(!back);
    } else {
        m_leaving = event->key() == Qt::Key_Escape && tell(SCI_AUTOCACTIVE) == 0;
        QsciScintilla::keyPressEvent(event);
        return;
    }
    event->accept();
}

bool CodeView::focusNextPrevChild(bool next)
{
    return isReadOnly() ? leave(next) : QsciScintilla::focusNextPrevChild(next);
}

/// Past what the base does, which is to put a tab into the text.
bool CodeView::leave(bool next)
{
    return QWidget::focusNextPrevChild(next); // NOLINT(bugprone-parent-virtual-call)
}

void CodeView::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        paintScheme();
}

/// Scintilla would duplicate, transpose and cut lines on letters that menus have.
void CodeView::releaseKeys()
{
    constexpr auto kept =
        std::array{Qt::Key_A, Qt::Key_C, Qt::Key_V, Qt::Key_X, Qt::Key_Y, Qt::Key_Z};
    const auto commands = standardCommands()->commands();
    for (QsciCommand *command : commands) {
        const int key = command->key();
        const int plain = key & ~static_cast<int>(Qt::KeyboardModifierMask);
        const bool isPrintable = plain > Qt::Key_Space && plain < Qt::Key_Escape;
        const bool isEnter = plain == Qt::Key_Return || plain == Qt::Key_Enter;
        const bool withControl = (key & static_cast<int>(Qt::ControlModifier)) != 0;
        const bool withShift = (key & static_cast<int>(Qt::ShiftModifier)) != 0;
        const bool isKept = !withShift && std::find(kept.begin(), kept.end(), plain) != kept.end();
        if (withControl && (isPrintable || isEnter) && !isKept)
            command->setKey(0);
        if (command->command() == QsciCommand::Redo)
            command->setAlternateKey(static_cast<int>(Qt::ControlModifier | Qt::ShiftModifier)
                                     | Qt::Key_Z);
    }
}

void CodeView::fitMargin()
{
    const auto digits = std::max(QByteArray::number(lines()).size(), qsizetype{2});
    if (digits == m_digits || !m_numbered)
        return; // another width lays all lines out anew
    m_digits = digits;
    setMarginWidth(NumberMargin, QString(digits + 1, u'9'));
}

void CodeView::paintScheme()
{
    const EditorColours colours = editorColours(palette());
    const QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    setFont(font);
    setColor(colours.text);
    setPaper(colours.base);
    m_lexer->setDefaultFont(font);
    m_lexer->setDefaultColor(colours.text);
    m_lexer->setDefaultPaper(colours.base);
    m_lexer->setFont(font, -1);
    m_lexer->setPaper(colours.base, -1);
    m_lexer->setColor(colours.text, -1);
    m_lexer->setColor(colours.number, QsciLexerJSON::Number);
    m_lexer->setColor(colours.string, QsciLexerJSON::String);
    m_lexer->setColor(colours.string, QsciLexerJSON::IRI);
    m_lexer->setColor(colours.string, QsciLexerJSON::IRICompact);
    m_lexer->setColor(colours.error, QsciLexerJSON::UnclosedString);
    m_lexer->setColor(colours.name, QsciLexerJSON::Property);
    m_lexer->setColor(colours.escape, QsciLexerJSON::EscapeSequence);
    m_lexer->setColor(colours.muted, QsciLexerJSON::Operator);
    m_lexer->setColor(colours.word, QsciLexerJSON::Keyword);
    m_lexer->setColor(colours.name, QsciLexerJSON::KeywordLD);
    m_lexer->setColor(colours.error, QsciLexerJSON::Error);
    for (const int style : {QsciLexerJSON::Error, QsciLexerJSON::UnclosedString})
        m_lexer->setEolFill(false, style);
    setMarginsFont(font);
    m_digits = 0;
    fitMargin();
    setMarginsForegroundColor(colours.muted);
    setMarginsBackgroundColor(colours.margin);
    setFoldMarginColors(colours.margin, colours.margin);
    for (const int marker : {int(SC_MARKNUM_FOLDEROPEN), int(SC_MARKNUM_FOLDER)}) {
        setMarkerForegroundColor(colours.muted, marker);
        setMarkerBackgroundColor(colours.muted, marker);
    }
    setCaretForegroundColor(colours.text);
    setCaretLineBackgroundColor(colours.line);
    setSelectionBackgroundColor(colours.selection);
    resetSelectionForegroundColor();
    setMatchedBraceForegroundColor(colours.word);
    setMatchedBraceBackgroundColor(colours.selection);
    setUnmatchedBraceForegroundColor(colours.error);
    setUnmatchedBraceBackgroundColor(colours.base);
    paintMarks();
}

void CodeView::paintMarks()
{
    const EditorColours colours = editorColours(palette());
    indicatorDefine(SquiggleLowIndicator, ErrorIndicator);
    indicatorDefine(SquiggleLowIndicator, WarningIndicator);
    indicatorDefine(StraightBoxIndicator, MatchIndicator);
    indicatorDefine(FullBoxIndicator, RevealedIndicator);
    setIndicatorForegroundColor(colours.error, ErrorIndicator);
    setIndicatorForegroundColor(colours.warning, WarningIndicator);
    setIndicatorForegroundColor(colours.match, MatchIndicator);
    setIndicatorForegroundColor(colours.match, RevealedIndicator);
    setIndicatorDrawUnder(true, MatchIndicator);
    setIndicatorDrawUnder(true, RevealedIndicator);
}

} // namespace icebreaker
