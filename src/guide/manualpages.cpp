#include "guide/manualpages.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype ContextBefore = 48; // characters
constexpr qsizetype ContextLength = 160;

/// Markdown as one reads it, in one line.
QString plainText(QString markdown)
{
    static const QRegularExpression picture(u"!\\[[^\\]]*\\]\\([^)]*\\)"_s);
    static const QRegularExpression link(u"\\[([^\\]]*)\\]\\([^)]*\\)"_s);
    static const QRegularExpression lines(u"^\\|?[-:| ]+\\|$"_s,
                                          QRegularExpression::MultilineOption);
    static const QRegularExpression marks(u"[*`]+|^[-#] |^\\d+\\. "_s,
                                          QRegularExpression::MultilineOption);
    markdown.remove(picture);
    markdown.replace(link, u"\\1"_s);
    markdown.remove(lines);
    markdown.remove(marks);
    markdown.replace(u'|', u' ');
    return markdown.simplified();
}

QString contextOf(const QString &text, const QString &word)
{
    const qsizetype at = std::max<qsizetype>(0, text.indexOf(word, 0, Qt::CaseInsensitive));
    qsizetype from = std::max<qsizetype>(0, at - ContextBefore);
    if (from > 0)
        from = text.indexOf(u' ', from) + 1;
    QString context = text.mid(from, ContextLength);
    if (from > 0)
        context.prepend(u"… "_s);
    if (from + ContextLength < text.size())
        context = context.left(context.lastIndexOf(u' ')) + u" …"_s;
    return context;
}

bool hasAll(const QString &text, const QStringList &words)
{
    return std::all_of(words.begin(), words.end(), [&text](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace

QString headingAnchor(const QString &heading)
{
    static const QRegularExpression others(u"[^a-z0-9]+"_s);
    QString anchor = heading.toLower().remove(u'\'').replace(others, u"-"_s);
    while (anchor.startsWith(u'-'))
        anchor.remove(0, 1);
    while (anchor.endsWith(u'-'))
        anchor.chop(1);
    return anchor;
}

ManualPages::ManualPages()
{
    readContents();
    for (const ManualPage &page : std::as_const(m_pages))
        readParts(page);
}

QString ManualPages::markdown(const QString &name)
{
    QFile file(u":/icebreaker/manual/"_s + name + u".md"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString ManualPages::title(const QString &name) const
{
    const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                    [&name](const ManualPage &page) { return page.name == name; });
    return found == m_pages.end() ? QString() : found->title;
}

void ManualPages::readContents()
{
    static const QRegularExpression entry(u"^- \\[([^\\]]+)\\]\\(([a-z-]+)\\.md\\)$"_s);
    QString section;
    const QString contents = markdown(u"contents"_s);
    for (const QString &line : contents.split(u'\n')) {
        if (line.startsWith(u"## "_s))
            section = line.sliced(3);
        else if (const auto match = entry.match(line); match.hasMatch())
            m_pages.append({match.captured(2), match.captured(1), section});
    }
}

void ManualPages::readParts(const ManualPage &page)
{
    const QString text = markdown(page.name);
    QString heading = page.title;
    QString anchor;
    QString body;
    const auto finish = [&] {
        if (!body.trimmed().isEmpty())
            m_parts.append({page.name, anchor, heading, plainText(body)});
        body.clear();
    };
    bool isCode = false;
    for (const QString &line : text.split(u'\n')) {
        if (line.startsWith(u"```"_s)) {
            isCode = !isCode;
        } else if (!isCode && line.startsWith(u"## "_s)) {
            finish();
            heading = line.sliced(3);
            anchor = headingAnchor(heading);
        } else if (isCode || !line.startsWith(u"# "_s)) {
            body += line + u'\n';
        }
    }
    finish();
}

QList<ManualHit> ManualPages::search(const QString &words) const
{
    const QStringList wanted = words.simplified().split(u' ', Qt::SkipEmptyParts);
    QList<ManualHit> inHeading;
    QList<ManualHit> inText;
    if (wanted.isEmpty())
        return {};
    for (const Part &part : m_parts) {
        if (!hasAll(part.heading + u' ' + part.text, wanted))
            continue;
        QList<ManualHit> &hits = hasAll(part.heading, wanted) ? inHeading : inText;
        hits.append({part.page, part.anchor, part.heading, contextOf(part.text, wanted.front())});
    }
    return inHeading + inText;
}

} // namespace icebreaker
