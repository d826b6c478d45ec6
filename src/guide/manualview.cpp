#include "guide/manualview.h"

#include "guide/manualpages.h"

#include <QDesktopServices>
#include <QEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextFrame>
#include <QTextTable>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

// On the 8-px grid.
constexpr int CellPadding = 6;
constexpr int PageMargin = 24;
constexpr int BlockGap = 8;
constexpr int HeadingGap = 24;

const QString &manualFolder()
{
    static const QString folder = u"qrc:/icebreaker/manual/"_s;
    return folder;
}

} // namespace

ManualView::ManualView(QWidget *parent)
    : QTextBrowser(parent)
    , m_opener([](const QUrl &url) { QDesktopServices::openUrl(url); })
{
    setOpenLinks(false);
    connect(this, &QTextBrowser::anchorClicked, this, &ManualView::follow);
    connect(this, &QTextBrowser::sourceChanged, this, [this](const QUrl &url) {
        const QString file = url.fileName(); // source() is still the one before
        m_page = file.left(file.lastIndexOf(u'.'));
        style();
        emit pageShown(m_page);
    });
}

void ManualView::go(const QString &place)
{
    const qsizetype hash = place.indexOf(u'#');
    QUrl url(manualFolder() + (hash < 0 ? place : place.first(hash)) + u".md"_s);
    if (hash >= 0)
        url.setFragment(place.sliced(hash + 1));
    setSource(url);
}

void ManualView::follow(const QUrl &url)
{
    const QUrl target = source().resolved(url);
    if (target.scheme() == "qrc"_L1)
        setSource(target);
    else
        m_opener(target);
}

void ManualView::doSetSource(const QUrl &url, QTextDocument::ResourceType type)
{
    Q_UNUSED(type)
    QTextBrowser::doSetSource(url, QTextDocument::MarkdownResource);
    if (url.hasFragment()) // Markdown's headings are no anchors to Qt
        goToHeading(url.fragment());
}

void ManualView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !document()->isEmpty())
        style();
}

/// What Qt's Markdown leaves out: room between blocks, lines of tables, colours of both schemes.
void ManualView::style()
{
    document()->setDocumentMargin(PageMargin);
    const QColor panel = palette().color(QPalette::AlternateBase);
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        if (cursor.currentTable() != nullptr)
            continue;
        if (format.headingLevel() > 1)
            format.setTopMargin(HeadingGap);
        if (block.textList() == nullptr)
            format.setBottomMargin(BlockGap);
        format.setLineHeight(130, QTextBlockFormat::ProportionalHeight);
        if (format.hasProperty(QTextFormat::BlockCodeFence)
            || format.hasProperty(QTextFormat::BlockCodeLanguage)) {
            format.setBackground(panel);
            format.setBottomMargin(0);
        }
        cursor.setBlockFormat(format);
    }
    styleTables();
}

void ManualView::styleTables()
{
    const auto frames = document()->rootFrame()->childFrames();
    for (QTextFrame *frame : frames) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (table == nullptr)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(palette().color(QPalette::Mid));
        format.setBorderCollapse(true);
        format.setCellPadding(CellPadding);
        format.setTopMargin(BlockGap);
        format.setBottomMargin(2 * BlockGap);
        table->setFormat(format);
        for (int column = 0; column < table->columns(); ++column) {
            QTextTableCell cell = table->cellAt(0, column);
            QTextCharFormat head = cell.format();
            head.setBackground(palette().color(QPalette::AlternateBase));
            cell.setFormat(head);
        }
    }
}

void ManualView::goToHeading(const QString &anchor)
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0 || headingAnchor(block.text()) != anchor)
            continue;
        setTextCursor(QTextCursor(block));
        // Not only visible: at the top.
        verticalScrollBar()->setValue(verticalScrollBar()->value() + cursorRect().top()
                                      - PageMargin);
        return;
    }
    verticalScrollBar()->setValue(0);
}

int ManualView::mark(const QStringList &words)
{
    QList<ExtraSelection> selections;
    ExtraSelection selection;
    selection.format.setBackground(palette().color(QPalette::Highlight));
    selection.format.setForeground(palette().color(QPalette::HighlightedText));
    for (const QString &word : words) {
        if (word.isEmpty())
            continue;
        QTextCursor cursor(document());
        while (!(cursor = document()->find(word, cursor)).isNull()) {
            selection.cursor = cursor;
            selections.append(selection);
        }
    }
    setExtraSelections(selections);
    return static_cast<int>(selections.size());
}

bool ManualView::findNext(const QString &text, bool backward)
{
    const auto flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (text.isEmpty())
        return false;
    if (find(text, flags))
        return true;
    QTextCursor begin(document());
    if (backward)
        begin.movePosition(QTextCursor::End);
    const QTextCursor before = textCursor();
    setTextCursor(begin);
    if (find(text, flags))
        return true;
    setTextCursor(before);
    return false;
}

} // namespace icebreaker
