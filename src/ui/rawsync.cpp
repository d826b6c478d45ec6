#include "ui/rawsync.h"

#include "core/jsonpatch.h"
#include "editor/jsoneditor.h"
#include "ui/composer.h"
#include "ui/privacy.h"
#include "words/checkwords.h"
#include "words/jsonwords.h"

#include <QEvent>
#include <QScopedValueRollback>

namespace icebreaker {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype LongText = 32'768; // bytes: reading and checking them takes about a frame
constexpr auto TypingPause = 250ms;

EditorMark faultMark(const QByteArray &text, const JsonFault &fault)
{
    return {Severity::Error, {fault.begin, fault.end}, jsonFaultText(text, fault)};
}

} // namespace

RawSync::RawSync(Composer &composer, JsonEditor &editor, QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_editor(editor)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &RawSync::take);
    connect(&m_editor, &JsonEditor::edited, this, &RawSync::takeSoon);
    connect(&m_composer, &Composer::changed, this, &RawSync::follow);
    connect(&m_composer, &Composer::opened, this, &RawSync::followDocument);
    connect(&privacy::mask(), &privacy::Mask::changed, this, &RawSync::showMarks);
    m_editor.installEventFilter(this);
    followDocument();
}

bool RawSync::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && m_soon.isActive())
        take();
    return QObject::eventFilter(watched, event);
}

bool RawSync::settle()
{
    if (m_soon.isActive())
        take();
    return m_state == State::Same;
}

void RawSync::takeSoon()
{
    if (m_editor.length() > LongText)
        m_soon.start(TypingPause);
    else
        take();
}

void RawSync::take()
{
    m_soon.stop();
    const QByteArray text = m_editor.content();
    auto request = OutboundRequest::fromJson(text);
    const auto outline = outlineJson(text);
    if (!outline) {
        m_fault =
            placedText(placeOf(text, outline.error().begin), jsonFaultText(text, outline.error()));
    } else if (!request) {
        m_fault = request.error().json
            ? jsonErrorText(*request.error().json)
            : tr("A request is one JSON object: it begins with { and ends with }.");
    } else {
        m_fault.clear();
        if (m_state != State::Apart || *request == m_composer.written())
            put(*request);
    }
    if (!m_fault.isEmpty() && m_state == State::Same)
        m_state = State::Broken;
    showMarks();
    emit changed();
}

void RawSync::put(const OutboundRequest &request)
{
    const QScopedValueRollback taking(m_taking, true);
    m_composer.setWritten(request);
    m_known = m_composer.written();
    m_state = State::Same;
    m_editor.apply(jsonEdits(m_editor.content(), m_known.root())); // none, if it took it as it is
}

void RawSync::useForm()
{
    m_soon.stop();
    m_fault.clear();
    m_state = State::Same;
    m_known = m_composer.written();
    m_editor.apply(jsonEdits(m_editor.content(), m_known.root()));
    showMarks();
    emit changed();
}

void RawSync::useText()
{
    const auto request = OutboundRequest::fromJson(m_editor.content());
    if (!request || !outlineJson(m_editor.content()))
        return;
    m_fault.clear();
    put(*request);
    showMarks();
    emit changed();
}

/// The request, or what is said about it, may have been changed elsewhere.
void RawSync::follow()
{
    if (m_taking || m_composer.document() != m_document)
        return; // or it is told of at once
    const OutboundRequest now = m_composer.written();
    if (now != m_known) {
        if (m_state == State::Same && !m_soon.isActive()) {
            m_known = now;
            m_editor.apply(jsonEdits(m_editor.content(), now.root()));
        } else {
            m_state = State::Apart;
        }
    }
    showMarks();
    emit changed();
}

/// Another document: a broken text stays with its own, and is there again when that is.
void RawSync::followDocument()
{
    if (m_soon.isActive() || m_state != State::Same)
        m_left.insert(m_document, {m_known, m_editor.content()});
    m_soon.stop();
    m_document = m_composer.document();
    m_known = m_composer.written();
    m_state = State::Same;
    m_fault.clear();
    const auto left = m_left.constFind(m_document);
    m_editor.load(left == m_left.constEnd() ? m_known.toJson() : left->text);
    if (left != m_left.constEnd()) {
        m_state = left->known == m_known ? State::Broken : State::Apart;
        m_known = left->known;
        m_left.erase(left);
        take();
    }
    showMarks();
    emit changed();
}

void RawSync::showMarks()
{
    const QByteArray text = m_editor.content();
    const auto outline = outlineJson(text);
    proposeWords();
    QList<EditorMark> marks;
    if (!outline)
        marks = {faultMark(text, outline.error())};
    else if (!m_fault.isEmpty())
        marks = {{Severity::Error, {outline->begin, outline->begin + 1}, m_fault}};
    else if (m_state == State::Same)
        marks = entryMarks(*outline);
    m_editor.setMarks(marks, !m_fault.isEmpty());
}

QList<EditorMark> RawSync::entryMarks(const JsonNode &outline) const
{
    QList<EditorMark> marks;
    const auto entries = m_composer.entries();
    const QString number = m_composer.outgoing().text(Field::To);
    for (const CheckEntry &entry : entries) {
        const QString text = tr("%1: %2").arg(fieldLabel(entry.field), checkText(entry));
        marks.append({entry.severity, spanOf(outline, entry), privacy::text(text, number)});
    }
    return marks;
}

void RawSync::proposeWords()
{
    const auto parameters = m_known.sessionParameters();
    for (const SessionParameter &parameter : parameters) {
        if (!parameter.name.isEmpty() && !m_sessionNames.contains(parameter.name))
            m_sessionNames.append(parameter.name);
    }
    CompletionWords words{{}, m_sessionNames};
    if (const auto &card = m_composer.card()) {
        for (const TemplateVersion &version : card->versions)
            words.locales.append(version.locale());
    }
    m_editor.setWords(words);
}

} // namespace icebreaker
