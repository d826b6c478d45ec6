#include "editor/problembar.h"

#include "editor/editorcolours.h"
#include "words/jsonwords.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

ProblemBar::ProblemBar(JsonEditor &editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_text(new QLabel)
    , m_next(new QPushButton(tr("Next problem")))
{
    setObjectName(u"problemBar"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    m_text->setObjectName(u"problemLabel"_s);
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setAccessibleName(tr("Problem in the JSON"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_next->setObjectName(u"nextProblemButton"_s);
    m_next->setToolTip(tr("F8; Shift+F8 for the one before"));
    row->addWidget(m_text, 1);
    row->addWidget(m_next);
    connect(m_next, &QPushButton::clicked, this, [this] {
        m_editor.setFocus(Qt::OtherFocusReason);
        m_editor.goToNextMark(false);
    });
    connect(&m_editor, &CodeView::nextProblemRequested, &m_editor, &JsonEditor::goToNextMark);
    connect(&m_editor, &QsciScintilla::cursorPositionChanged, this, &ProblemBar::follow);
    follow();
}

void ProblemBar::follow()
{
    const QList<EditorMark> &marks = m_editor.marks();
    setVisible(!marks.isEmpty());
    if (marks.isEmpty())
        return;
    const qsizetype at = m_editor.selectedSpan().begin;
    auto shown = std::find_if(marks.begin(), marks.end(), [at](const EditorMark &mark) {
        return at >= mark.span.begin && at <= mark.span.end;
    });
    if (shown == marks.end())
        shown = marks.begin();
    const EditorColours colours = editorColours(palette());
    const bool isError = shown->severity == Severity::Error;
    const QString text =
        placedText(placeOf(m_editor.content(), shown->span.begin), shown->text).toHtmlEscaped();
    m_text->setText(u"<span style=\"color:%1\">%2 %3</span>"_s.arg(
        (isError ? colours.error : colours.warning).name(), isError ? u"✗"_s : u"⚠"_s, text));
    m_next->setVisible(marks.size() > 1);
    m_next->setText(tr("Next of %n problem(s)", nullptr, static_cast<int>(marks.size())));
}

} // namespace icebreaker
