#pragma once

#include "editor/codeview.h"
#include "editor/jsoncompletion.h"

#include <QTimer>

namespace icebreaker {

/// Something that is wrong in a text, in words.
struct EditorMark {
    Severity severity = Severity::Error;
    ByteSpan span;
    QString text;
    friend bool operator==(const EditorMark &, const EditorMark &) = default;
};

/// An editor for the JSON of a request: marks what is wrong, with the words under the
/// pointer, and proposes what may be typed (at a quote, or Ctrl+Space). It knows nothing of
/// requests itself: whoever owns it says what is wrong.
class JsonEditor : public CodeView
{
    Q_OBJECT

public:
    explicit JsonEditor(QWidget *parent = nullptr);

    void setWords(const CompletionWords &words) { m_words = words; }

    /// In the order in which they are gone through. The first error is written below its
    /// line, too, once nobody has typed for a while, if @p explainFirst.
    void setMarks(const QList<EditorMark> &marks, bool explainFirst);
    [[nodiscard]] const QList<EditorMark> &marks() const { return m_marks; }
    /// Goes to the next mark behind the cursor, or before it, and around.
    void goToNextMark(bool backwards);

    /// Replaces the text as somebody would who lays it out anew; can be undone.
    void replaceAll(const QByteArray &text);

    /// Proposes what may stand at the cursor; nothing happens if that is not known.
    void propose();
    /// What propose() would show.
    [[nodiscard]] QStringList proposals() const;

signals:
    /// By whoever types, and by undo; not by load() or apply().
    void edited();

public:
    /// As in CodeView, but without edited().
    void load(const QByteArray &text);
    void apply(const QList<TextEdit> &edits);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QByteArray head() const;
    void proposeAfter(int character);
    void take(const QByteArray &proposal, qsizetype begin);
    void explain();
    void showHint(qsizetype position, const QPoint &at);

    CompletionWords m_words;
    QList<EditorMark> m_marks;
    QTimer m_explain;
    bool m_quiet = false; ///< The text changes by our own hand.
};

} // namespace icebreaker
