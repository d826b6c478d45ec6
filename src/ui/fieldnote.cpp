#include "ui/fieldnote.h"

#include "ui/theme.h"
#include "words/checkwords.h"

#include <QStyle>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView ActionLink{"action:"};

QString link(const QString &target, const QString &text)
{
    return u" <a href=\"%1\">%2</a>"_s.arg(target, text.toHtmlEscaped());
}

QString coloured(const QColor &colour, const QString &words)
{
    return u"<span style=\"color:%1\">%2</span>"_s.arg(colour.name(), words.toHtmlEscaped());
}

void markFaulty(QWidget *editor, bool faulty)
{
    if (editor->property("faulty").toBool() == faulty)
        return;
    editor->setProperty("faulty", faulty);
    editor->style()->unpolish(editor); // a style sheet looks at properties only when polishing
    editor->style()->polish(editor);
}

} // namespace

FieldNote::FieldNote(QWidget *parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setVisible(false);
    connect(this, &QLabel::linkActivated, this, &FieldNote::follow);
}

void FieldNote::show(const QList<CheckEntry> &entries, Field field, QWidget *editor,
                     const QString &hint)
{
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [field](const auto &entry) { return entry.field == field; });
    const bool hasEntry = found != entries.end();
    markFaulty(editor, hasEntry && found->severity == Severity::Error);

    QString words = hasEntry ? checkText(*found) : hint;
    if (hasEntry && !m_prefix.isEmpty())
        words.prepend(m_prefix + u' ');
    const bool both = hasEntry && m_keepsHint && !hint.isEmpty();
    editor->setAccessibleDescription(both ? hint + u'\n' + words : words);
    const QColor colour = hasEntry ? theme::forSeverity(found->severity) : theme::muted();
    QString html = both ? coloured(theme::muted(), hint) + u"<br>"_s : QString();
    html += coloured(colour, words);
    if (hasEntry) {
        m_entry = *found;
        if (const QString mend = mendText(*found); !mend.isEmpty())
            html += link(u"mend"_s, mend);
    }
    for (const Action &action : std::as_const(m_actions))
        html += link(ActionLink + action.name, action.text);
    setText(html);
    setVisible(!words.isEmpty() || !m_actions.isEmpty());
}

void FieldNote::follow(const QString &link)
{
    if (link == "mend"_L1)
        emit mendRequested(m_entry);
    else
        emit actionRequested(link.sliced(ActionLink.size()));
}

} // namespace icebreaker
