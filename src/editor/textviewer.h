#pragma once

#include "editor/brokenlines.h"
#include "editor/codeview.h"

#include <QTimer>

namespace icebreaker {

/// A text of any size to read, search and copy. It is put into the view in pieces, so that
/// the window goes on working, and its long lines are broken on the screen only: what is
/// searched and copied has them whole.
class TextViewer : public CodeView
{
    Q_OBJECT

public:
    explicit TextViewer(QWidget *parent = nullptr);

    /// Shows another text; from the beginning unless @p staysInPlace.
    void showText(const BrokenLines &lines, const QByteArray &text, bool isJson);
    /// A short one.
    void showText(const QByteArray &text, bool isJson = false);
    [[nodiscard]] bool isLoading() const { return m_next.isActive(); }
    void setWrapped(bool wrapped);

    [[nodiscard]] QByteArray searchedText() const override { return m_text; }
    [[nodiscard]] qsizetype shownPosition(qsizetype position) const override;
    [[nodiscard]] qsizetype searchedPosition(qsizetype position) const override;

signals:
    /// All of the text is in the view.
    void loaded();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void addPieces();
    void copySelection() const;

    BrokenLines m_lines;
    QByteArray m_text; ///< Without added breaks.
    qsizetype m_added = 0; ///< Bytes of `m_lines` that are in the view.
    QTimer m_next;
};

} // namespace icebreaker
