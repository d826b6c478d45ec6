#include "editor/jsoneditor.h"

#include "editor/editorcolours.h"

#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QToolTip>
#include <Qsci/qscistyle.h>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto ExplainDelay = 700ms; // a line that comes and goes at each key disturbs
constexpr int DwellTime = 400; // ms
constexpr int ShownProposals = 10;

} // namespace

JsonEditor::JsonEditor(QWidget *parent)
    : CodeView(parent)
{
    setAccessibleDescription(tr("Ctrl+Space proposes, F8 goes to the next problem, Ctrl+F finds, "
                                "Ctrl+Tab or Esc and Tab leave the editor."));
    tell(SCI_SETMOUSEDWELLTIME, DwellTime);
    tell(SCI_AUTOCSETSEPARATOR, '\n');
    tell(SCI_AUTOCSETIGNORECASE, 1);
    tell(SCI_AUTOCSETORDER, SC_ORDER_CUSTOM);
    tell(SCI_AUTOCSETMAXHEIGHT, ShownProposals);
    tell(SCI_AUTOCSETDROPRESTOFWORD, 0);
    m_explain.setSingleShot(true);
    m_explain.setInterval(ExplainDelay);
    connect(&m_explain, &QTimer::timeout, this, &JsonEditor::explain);
    connect(this, &QsciScintilla::textChanged, this, [this] {
        if (!m_quiet)
            emit edited();
    });
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, &JsonEditor::proposeAfter);
    connect(this, qOverload<const char *, int, int, int>(&QsciScintillaBase::SCN_AUTOCSELECTION),
            this, [this](const char *selection, int position, int, int) {
                const QByteArray proposal(selection);
                tell(SCI_AUTOCCANCEL);
                take(proposal, position);
            });
    connect(this, &QsciScintillaBase::SCN_DWELLSTART, this, [this](int position, int x, int y) {
        showHint(position, {x, y});
    });
    connect(this, &QsciScintillaBase::SCN_DWELLEND, this, [] { QToolTip::hideText(); });
}

void JsonEditor::load(const QByteArray &text)
{
    const QScopedValueRollback quiet(m_quiet, true);
    setMarks({}, false);
    CodeView::load(text);
}

void JsonEditor::apply(const QList<TextEdit> &edits)
{
    const QScopedValueRollback quiet(m_quiet, true);
    CodeView::apply(edits);
}

void JsonEditor::replaceAll(const QByteArray &text)
{
    const auto place = placeOf(content(), tell(SCI_GETCURRENTPOS));
    CodeView::apply({{0, static_cast<qsizetype>(tell(SCI_GETLENGTH)), text}});
    tell(SCI_GOTOLINE, place.line - 1);
}

void JsonEditor::setMarks(const QList<EditorMark> &marks, bool explainFirst)
{
    const bool sameFirst =
        !marks.isEmpty() && !m_marks.isEmpty() && marks.first() == m_marks.first();
    m_marks = marks;
    clearIndicator(ErrorIndicator);
    clearIndicator(WarningIndicator);
    for (const EditorMark &mark : m_marks)
        fill(mark.severity == Severity::Error ? ErrorIndicator : WarningIndicator, mark.span);
    if (!sameFirst || !explainFirst)
        clearAnnotations();
    if (explainFirst && !m_marks.isEmpty())
        m_explain.start();
    else
        m_explain.stop();
}

void JsonEditor::explain()
{
    if (m_marks.isEmpty())
        return;
    const EditorMark &mark = m_marks.first();
    const EditorColours colours = editorColours(palette());
    setAnnotationDisplay(AnnotationIndented);
    const QsciStyle style(-1, u"reason"_s, colours.error, colours.margin, font());
    annotate(static_cast<int>(tell(SCI_LINEFROMPOSITION, mark.span.begin)), mark.text, style);
}

void JsonEditor::goToNextMark(bool backwards)
{
    if (m_marks.isEmpty())
        return;
    QList<ByteSpan> spans;
    for (const EditorMark &mark : m_marks)
        spans.append(mark.span);
    std::sort(spans.begin(), spans.end(),
              [](const ByteSpan &a, const ByteSpan &b) { return a.begin < b.begin; });
    const ByteSpan at = selectedSpan();
    const auto isBehind = [&at](const ByteSpan &span) { return span.begin > at.begin; };
    const auto isBefore = [&at](const ByteSpan &span) { return span.begin < at.begin; };
    if (backwards) {
        const auto found = std::find_if(spans.rbegin(), spans.rend(), isBefore);
        reveal(found == spans.rend() ? spans.last() : *found);
    } else {
        const auto found = std::find_if(spans.begin(), spans.end(), isBehind);
        reveal(found == spans.end() ? spans.first() : *found);
    }
}

QByteArray JsonEditor::head() const
{
    return content().first(tell(SCI_GETCURRENTPOS));
}

QStringList JsonEditor::proposals() const
{
    return proposalsFor(jsonSpot(head()), m_words);
}

void JsonEditor::propose()
{
    const QByteArray before = head();
    const JsonSpot spot = jsonSpot(before);
    const QStringList texts = proposalsFor(spot, m_words);
    if (isReadOnly() || texts.isEmpty())
        return;
    const QByteArray list = texts.join(u'\n').toUtf8();
    SendScintilla(SCI_AUTOCSHOW, static_cast<uintptr_t>(before.size() - spot.begin),
                  list.constData());
}

void JsonEditor::proposeAfter(int character)
{
    if (tell(SCI_AUTOCACTIVE) != 0)
        return;
    const bool isLetter = (character >= 'a' && character <= 'z') || character == '_';
    if (character == '"' || (isLetter && jsonSpot(head()).quoted))
        propose();
}

/// @param begin  of what was typed of it
void JsonEditor::take(const QByteArray &proposal, qsizetype begin)
{
    const JsonSpot spot = jsonSpot(head());
    const QByteArray text = content();
    const qsizetype end = tell(SCI_GETCURRENTPOS);
    const bool closed = end < text.size() && text.at(end) == '"';
    const bool isName = spot.place == JsonSpot::Place::Name;
    QByteArray written = (spot.quoted ? QByteArray() : QByteArray("\"")) + proposal;
    if (!closed)
        written += '"';
    const QByteArray rest = text.mid(closed ? end + 1 : end).trimmed();
    if (isName && !closed && !rest.startsWith(':'))
        written += ": ";
    CodeView::apply({{begin, end, written}});
    tell(SCI_GOTOPOS, begin + written.size() + (closed ? 1 : 0));
}

void JsonEditor::showHint(qsizetype position, const QPoint &at)
{
    const auto found = std::find_if(m_marks.begin(), m_marks.end(), [position](const auto &mark) {
        return position >= mark.span.begin && position <= mark.span.end;
    });
    if (found != m_marks.end())
        QToolTip::showText(viewport()->mapToGlobal(at), found->text.toHtmlEscaped(), viewport());
}

void JsonEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        propose();
        event->accept();
        return;
    }
    CodeView::keyPressEvent(event);
}

} // namespace icebreaker
