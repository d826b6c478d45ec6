#include "ui/rawpage.h"

#include "core/jsonmembers.h"
#include "editor/findbar.h"
#include "editor/jsoneditor.h"
#include "editor/problembar.h"
#include "ui/composer.h"
#include "ui/privacy.h"
#include "ui/rawsync.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

CodeView *makeReadOnly(const QString &objectName, const QString &accessibleName)
{
    auto *view = new CodeView;
    view->setObjectName(objectName);
    view->setAccessibleName(accessibleName);
    view->setReadOnly(true);
    return view;
}

/// Shows another text without moving what is being looked at.
void replaceContent(CodeView &view, const QByteArray &text)
{
    const QByteArray before = view.content();
    if (before == text)
        return;
    const int line = view.firstVisibleLine();
    view.load(text);
    view.setFirstVisibleLine(line);
}

/// The members that go out otherwise than they are written.
QStringList differing(const JsonObject &written, const JsonObject &outgoing)
{
    QStringList names;
    for (const JsonObject *object : {&written, &outgoing}) {
        for (const auto &[name, value] : object->members) {
            const JsonValue *before = written.find(name);
            const JsonValue *after = outgoing.find(name);
            const bool same = before != nullptr && after != nullptr && *before == *after;
            if (!same && !names.contains(name))
                names.append(name);
        }
    }
    return names;
}

} // namespace

RawPage::RawPage(Composer &composer, QWidget *parent)
    : QWidget(parent)
    , m_composer(composer)
    , m_editor(new JsonEditor)
    , m_sync(new RawSync(composer, *m_editor, this))
    , m_masked(makeReadOnly(u"maskedJson"_s, tr("Request as JSON, numbers masked")))
    , m_outgoing(makeReadOnly(u"outgoingJson"_s, tr("Request as it goes out")))
    , m_problems(new ProblemBar(*m_editor))
    , m_texts(new QStackedWidget)
    , m_note(new QLabel)
    , m_differs(new QLabel)
    , m_choiceText(new QLabel)
    , m_useText(new QPushButton(tr("Use This Te&xt")))
    , m_choice(makeChoice())
    , m_format(new QPushButton(tr("F&ormat")))
    , m_find(new QPushButton(tr("Fi&nd…")))
    , m_showOutgoing(new QPushButton(tr("What Goes O&ut")))
{
    build();
    connect(m_format, &QPushButton::clicked, this, &RawPage::format);
    connect(m_sync, &RawSync::changed, this, &RawPage::follow);
    connect(m_showOutgoing, &QPushButton::toggled, this, &RawPage::showOutgoing);
    connect(&privacy::mask(), &privacy::Mask::changed, this, &RawPage::follow);
    follow();
}

void RawPage::build()
{
    setObjectName(u"rawPage"_s);
    m_editor->setObjectName(u"jsonEditor"_s);
    m_editor->setAccessibleName(tr("Request as JSON"));
    m_texts->addWidget(m_editor);
    m_texts->addWidget(m_masked);
    setFocusProxy(m_editor);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(u"rawSplitter"_s);
    splitter->addWidget(m_texts);
    splitter->addWidget(m_outgoing);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *find = new FindBar(*m_editor);
    connect(m_find, &QPushButton::clicked, find, [find] { find->open(false); });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTools());
    column->addWidget(m_choice);
    column->addWidget(find);
    column->addWidget(splitter, 1);
    column->addWidget(m_problems);
}

QWidget *RawPage::makeTools()
{
    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(8, 8, 8, 8);
    row->setSpacing(8);
    m_format->setObjectName(u"formatButton"_s);
    m_format->setToolTip(tr("Lays the text out anew: indented, one member a line"));
    m_find->setToolTip(tr("Ctrl+F; Ctrl+H to replace"));
    m_showOutgoing->setObjectName(u"showOutgoingButton"_s);
    m_showOutgoing->setCheckable(true);
    m_showOutgoing->setToolTip(tr("The bytes of the next send, below the text"));
    m_note->setObjectName(u"maskedNote"_s);
    m_note->setText(tr("Numbers are masked, so the text can only be read."));
    m_differs->setObjectName(u"differsLabel"_s);
    m_differs->setProperty("role", u"hint"_s);
    m_differs->setWordWrap(true);
    row->addWidget(m_format);
    row->addWidget(m_find);
    row->addWidget(m_note);
    row->addWidget(m_differs, 1);
    row->addWidget(m_showOutgoing);
    return tools;
}

QWidget *RawPage::makeChoice()
{
    auto *bar = new QFrame;
    bar->setObjectName(u"offerBar"_s); // in its colours
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 4, 8, 4);
    m_choiceText->setObjectName(u"choiceLabel"_s);
    m_choiceText->setWordWrap(true);
    m_useText->setObjectName(u"useTextButton"_s);
    auto *useForm = new QPushButton(tr("Use the For&m"));
    useForm->setObjectName(u"useFormButton"_s);
    row->addWidget(m_choiceText, 1);
    row->addWidget(m_useText);
    row->addWidget(useForm);
    connect(m_useText, &QPushButton::clicked, this, [this] { m_sync->useText(); });
    connect(useForm, &QPushButton::clicked, this, [this] { m_sync->useForm(); });
    return bar;
}

bool RawPage::allowsSending()
{
    if (m_sync->settle())
        return true;
    emit refused(m_sync->fault().isEmpty()
                     ? tr("Not sent. The JSON and the form differ: say first which one counts.")
                     : tr("Not sent. The text on the Raw JSON page is not a request. %1")
                           .arg(m_sync->fault()));
    return false;
}

void RawPage::goToFirstError()
{
    if (m_texts->currentWidget() != m_editor)
        return;
    m_editor->setFocus(Qt::OtherFocusReason);
    const auto &marks = m_editor->marks();
    if (!marks.isEmpty())
        m_editor->reveal(marks.first().span);
}

void RawPage::follow()
{
    const bool masked = privacy::mask().isOn();
    const bool broken = m_sync->state() != RawSync::State::Same;
    m_note->setVisible(masked);
    m_texts->setCurrentWidget(masked ? m_masked : static_cast<QWidget *>(m_editor));
    m_format->setEnabled(!masked && m_sync->fault().isEmpty());
    m_find->setEnabled(!masked);
    m_choice->setVisible(m_sync->state() == RawSync::State::Apart);
    m_useText->setEnabled(m_sync->fault().isEmpty());
    m_choiceText->setText(m_sync->fault().isEmpty()
                              ? tr("The form was changed while this text was broken. Nothing is "
                                   "sent until you say which one counts.")
                              : tr("The form was changed while this text is broken. Mend the "
                                   "text, or use the form."));
    m_problems->follow();
    if (broken) {
        m_differs->setText(tr("The form keeps the last request that could be read."));
    } else {
        const QStringList names =
            differing(m_composer.written().root(), m_composer.outgoing().root());
        m_differs->setText(names.isEmpty()
                               ? tr("Goes out as it is written.")
                               : tr("Filled in when it goes out: %1").arg(names.join(u", ")));
    }
    if (masked)
        showMasked();
    else
        replaceContent(*m_masked, {});
    showOutgoing();
}

void RawPage::showMasked()
{
    const QString text = QString::fromUtf8(m_editor->content());
    replaceContent(*m_masked, privacy::text(text, m_composer.outgoing().text(Field::To)).toUtf8());
}

void RawPage::showOutgoing()
{
    const bool shown = m_showOutgoing->isChecked();
    m_outgoing->setVisible(shown);
    if (shown)
        replaceContent(*m_outgoing,
                       privacy::text(QString::fromUtf8(m_composer.body()),
                                     m_composer.outgoing().text(Field::To))
                           .toUtf8());
}

void RawPage::format()
{
    if (const auto value = parseJson(m_editor->content()))
        m_editor->replaceAll(toJson(*value, JsonStyle::Indented));
}

} // namespace icebreaker
