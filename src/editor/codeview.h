#pragma once

#include "core/jsonpatch.h"
#include "core/requestcheck.h"
#include "core/requestplaces.h"

#include <Qsci/qsciscintilla.h>

#include <optional>

class QsciLexerJSON;

namespace icebreaker {

/// A text in a fixed font with line numbers, folding and the colours of JSON, which follow
/// the palette while the program runs. Positions are bytes of UTF-8.
///
/// Ctrl+Tab leaves it, and so does Tab where nothing can be typed; behind Esc the next Tab
/// leaves it, too. Keys that a window may need for itself are not bound to commands.
class CodeView : public QsciScintilla
{
    Q_OBJECT

public:
    explicit CodeView(QWidget *parent = nullptr);

    /// Replaces the text without a way back to the one before.
    void load(const QByteArray &text);
    [[nodiscard]] QByteArray content() const;
    /// One step of undo; leaves cursor and scroll bars where they are in the text.
    void apply(const QList<TextEdit> &edits);

    /// Scrolls there and selects it; in a long text marks it instead, because QScintilla 2.13
    /// tells assistive technology of a selection by counting characters (12 ms a megabyte).
    void reveal(ByteSpan span);
    /// What is selected, or was revealed since.
    [[nodiscard]] ByteSpan selectedSpan() const;
    void markMatches(const QList<ByteSpan> &matches);

    /// What is searched; the text by default.
    [[nodiscard]] virtual QByteArray searchedText() const { return content(); }
    /// The place in the view of a place in searchedText().
    [[nodiscard]] virtual qsizetype shownPosition(qsizetype position) const { return position; }
    [[nodiscard]] virtual qsizetype searchedPosition(qsizetype position) const { return position; }

    /// JSON's colours, folding and bracket match, or none.
    void setColoured(bool coloured);
    /// Line numbers, which are there by default.
    void setNumbered(bool numbered);

signals:
    void findRequested(bool replace);
    void findNextRequested(bool backwards);
    /// Ctrl+Plus, Ctrl+Minus and the wheel aside, keys that mean nothing here.
    void nextProblemRequested(bool backwards);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

    /// In the palette's colours, whenever those change.
    virtual void paintMarks();

    static constexpr int ErrorIndicator = 9; ///< From 8 they are the container's.
    static constexpr int WarningIndicator = 10;
    static constexpr int MatchIndicator = 11;
    static constexpr int RevealedIndicator = 12;

    /// A message to Scintilla, see its documentation.
    long tell(unsigned message, qsizetype first = 0, qsizetype second = 0) const;
    /// Lets @p change alter the text, then tells of it once. QScintilla 2.13 tells assistive
    /// technology of each change with its place in characters, counted from the beginning:
    /// 6 ms a megabyte (measured).
    template <typename Change>
    void changeQuietly(Change change)
    {
        const auto mask = tell(SCI_GETMODEVENTMASK);
        const bool wasReadOnly = isReadOnly();
        setReadOnly(false);
        tell(SCI_SETMODEVENTMASK, 0);
        change();
        tell(SCI_SETMODEVENTMASK, mask);
        setReadOnly(wasReadOnly);
        fitMargin();
    }

    void fill(int indicator, ByteSpan span);
    void clearIndicator(int indicator);

private:
    bool leave(bool next);
    void releaseKeys();
    void forgetRevealed();
    void paintScheme();
    void fitMargin();
    [[nodiscard]] bool takesKey(const QKeyEvent &event) const;

    QsciLexerJSON *m_lexer;
    bool m_numbered = true;
    qsizetype m_digits = 0; ///< That the margin has room for.
    std::optional<ByteSpan> m_revealed; ///< Without being selected.
    bool m_leaving = false; ///< Esc was pressed: the next Tab leaves.
};

} // namespace icebreaker
