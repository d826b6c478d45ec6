#include "ui/variablehelp.h"

#include "core/braces.h"
#include "ui/composer.h"
#include "ui/plaintext.h"
#include "ui/privacy.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHelpEvent>
#include <QLineEdit>
#include <QStyle>
#include <QToolTip>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// What is typed of a name behind two braces that are still open; nothing elsewhere.
std::optional<QString> begunName(const QString &beforeCursor)
{
    const qsizetype open = beforeCursor.lastIndexOf("{{"_L1);
    if (open < 0 || beforeCursor.indexOf("}}"_L1, open) >= 0)
        return std::nullopt;
    return beforeCursor.mid(open + 2).trimmed();
}

QString originText(VariableOrigin origin)
{
    switch (origin) {
    case VariableOrigin::Collection: return VariableHelp::tr("collection");
    case VariableOrigin::Profile: return VariableHelp::tr("profile");
    case VariableOrigin::BuiltIn: break;
    }
    return VariableHelp::tr("built in");
}

QString variableLine(const BracedPiece &piece, const Variables &variables)
{
    const Variables::Known *known = variables.find(piece.name());
    return known == nullptr
        ? VariableHelp::tr("%1: nothing is called so").arg(piece.text)
        : VariableHelp::tr("%1 = %2 (%3)").arg(piece.text, known->value, originText(known->origin));
}

/// The placeholder at a position of the text, if there is one.
std::optional<BracedPiece> placeholderAt(const QString &text, qsizetype position)
{
    qsizetype done = 0;
    const auto pieces = bracedPieces(text);
    for (const BracedPiece &piece : pieces) {
        done += piece.text.size();
        if (position < done)
            return piece.isPlaceholder ? std::optional(piece) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace

VariableHelp::VariableHelp(Composer &composer, QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_completer(new QCompleter(&m_names, this))
{
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &VariableHelp::insert);
}

void VariableHelp::attach(QLineEdit &edit)
{
    edit.installEventFilter(this);
    connect(&edit, &QLineEdit::textEdited, this, [this, &edit] { offer(edit); });
    connect(&edit, &QLineEdit::textChanged, this, [&edit] { mark(edit); });
    mark(edit);
}

QString VariableHelp::toolTip(const QString &text, const Variables &variables)
{
    QStringList lines;
    const auto pieces = bracedPieces(text);
    for (const BracedPiece &piece : pieces) {
        if (const QString line = variableLine(piece, variables);
            piece.isPlaceholder && !lines.contains(line))
            lines.append(line);
    }
    return plainToolTip(privacy::text(lines.join(u'\n')));
}

bool VariableHelp::eventFilter(QObject *watched, QEvent *event)
{
    auto *edit = qobject_cast<QLineEdit *>(watched);
    if (event->type() != QEvent::ToolTip || edit == nullptr)
        return QObject::eventFilter(watched, event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto under = placeholderAt(edit->text(), edit->cursorPositionAt(help->pos()));
    const QString words = toolTip(under ? under->text : edit->text(), m_composer.variables());
    if (words.isEmpty())
        return QObject::eventFilter(watched, event); // what the field is for
    QToolTip::showText(help->globalPos(), words, edit);
    return true;
}

void VariableHelp::offer(QLineEdit &edit)
{
    const auto begun = begunName(edit.text().left(edit.cursorPosition()));
    if (!begun) {
        if (m_completer->widget() == &edit)
            m_completer->popup()->hide();
        return;
    }
    QStringList names;
    const Variables variables = m_composer.variables();
    for (const Variables::Known &known : variables.all())
        names.append(known.name);
    if (names != m_names.stringList())
        m_names.setStringList(names);
    m_completer->setWidget(&edit);
    m_completer->setCompletionPrefix(*begun);
    if (m_completer->completionCount() > 0)
        m_completer->complete();
    else
        m_completer->popup()->hide();
}

void VariableHelp::insert(const QString &name)
{
    auto *edit = qobject_cast<QLineEdit *>(m_completer->widget());
    if (edit == nullptr)
        return;
    const QString text = edit->text();
    const qsizetype cursor = edit->cursorPosition();
    const qsizetype open = text.left(cursor).lastIndexOf("{{"_L1);
    if (open < 0)
        return;
    const bool isClosed = QStringView(text).mid(cursor).startsWith("}}"_L1);
    const QString before = text.left(open) + "{{"_L1 + name + "}}"_L1;
    edit->setText(before + text.mid(cursor + (isClosed ? 2 : 0)));
    edit->setCursorPosition(static_cast<int>(before.size()));
    emit edit->textEdited(edit->text()); // chosen counts as typed
}

void VariableHelp::mark(QLineEdit &edit)
{
    const bool has = hasPlaceholder(edit.text());
    if (edit.property("templated").toBool() == has)
        return;
    edit.setProperty("templated", has);
    edit.style()->unpolish(&edit); // a style sheet looks at properties only when polishing
    edit.style()->polish(&edit);
}

} // namespace icebreaker
