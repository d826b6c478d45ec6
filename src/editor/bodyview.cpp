#include "editor/bodyview.h"

#include "core/whendone.h"
#include "editor/findbar.h"
#include "editor/jsontreemodel.h"
#include "editor/textviewer.h"

#include <QAction>
#include <QButtonGroup>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSaveFile>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QtConcurrent>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Finding numbers in every encoding of a text takes seconds a megabyte.
constexpr qsizetype HiddenMost = 131'072;

QToolButton *makeTool(const QString &text, const QString &objectName, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setObjectName(objectName);
    button->setToolTip(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAutoRaise(true);
    return button;
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

} // namespace

struct BodyView::Read {
    BodyText text;
    BrokenLines pretty;
    BrokenLines raw;
    bool isHidden = false; ///< Too long to hide numbers in.
};

BodyView::BodyView(const QString &viewerName, QWidget *parent)
    : QWidget(parent)
    , m_pages(new QButtonGroup(this))
    , m_stack(new QStackedWidget)
    , m_viewer(new TextViewer)
    , m_tree(new QTreeView)
    , m_model(new JsonTreeModel(this))
    , m_summary(new QLabel)
    , m_notes(new QLabel)
    , m_wrap(makeTool(tr("Wrap"), u"wrapButton"_s, tr("Wraps long lines at the window's edge")))
{
    build(viewerName);
    addTree();
    connect(m_pages, &QButtonGroup::idClicked, this,
            [this](int page) { showPage(static_cast<Page>(page)); });
    connect(m_wrap, &QToolButton::toggled, m_viewer, &TextViewer::setWrapped);
    showNothing({});
}

BodyView::~BodyView() = default;

void BodyView::build(const QString &viewerName)
{
    m_viewer->setObjectName(viewerName);
    m_stack->addWidget(m_viewer);
    m_stack->addWidget(m_tree);
    m_summary->setObjectName(u"bodySummary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setProperty("role", u"hint"_s);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // In a narrow pane the buttons come first.
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_notes->setObjectName(u"bodyNotes"_s);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setWordWrap(true);
    m_notes->setProperty("role", u"problem"_s);
    m_notes->setContentsMargins(8, 0, 8, 4);
    auto *tools = new QWidget;
    addTools(*tools);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(tools);
    column->addWidget(m_notes);
    column->addWidget(new FindBar(*m_viewer));
    column->addWidget(m_stack, 1);
}

void BodyView::addTools(QWidget &tools)
{
    auto *row = new QHBoxLayout(&tools);
    row->setContentsMargins(0, 8, 0, 4);
    row->setSpacing(4);
    const std::pair<QString, QString> pages[] = {{tr("Pretty"), u"prettyChip"_s},
                                                 {tr("Raw"), u"rawChip"_s},
                                                 {tr("Headers"), u"headersChip"_s},
                                                 {tr("Tree"), u"treeChip"_s}};
    int id = PrettyPage;
    for (const auto &[text, name] : pages) {
        QToolButton *chip = makeTool(text, name, {});
        chip->setAutoRaise(false);
        chip->setCheckable(true);
        chip->setProperty("chip", true);
        m_pages->addButton(chip, id++);
        row->addWidget(chip);
    }
    m_pages->button(PrettyPage)->setChecked(true);
    m_wrap->setCheckable(true);
    auto *find = makeTool(tr("Find"), u"findButton"_s, tr("Ctrl+F in the text"));
    auto *copy = makeTool(tr("Copy"), u"copyBodyButton"_s, tr("Copies all of what is shown"));
    auto *save = makeTool(tr("Save…"), u"saveBodyButton"_s,
                          tr("Saves the body's bytes as they are, with numbers"));
    connect(find, &QToolButton::clicked, this, [this] {
        if (m_page == TreePage)
            showPage(PrettyPage);
        emit m_viewer->findRequested(false);
    });
    connect(copy, &QToolButton::clicked, this, &BodyView::copyAll);
    connect(save, &QToolButton::clicked, this, &BodyView::save);
    row->addSpacing(8);
    row->addWidget(m_summary, 1);
    for (QToolButton *button : {m_wrap, find, copy, save})
        row->addWidget(button);
}

void BodyView::addTree()
{
    m_tree->setObjectName(m_viewer->objectName() + u"Tree"_s);
    m_tree->setAccessibleName(tr("JSON as a tree"));
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setTabKeyNavigation(false);
    m_tree->header()->resizeSection(0, 200);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *value = new QAction(tr("Copy &Value"), m_tree);
    value->setObjectName(u"copyValueAction"_s);
    value->setShortcut(QKeySequence::Copy);
    auto *path = new QAction(tr("Copy &Path"), m_tree);
    path->setObjectName(u"copyPathAction"_s);
    path->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    for (QAction *action : {value, path}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_tree->addAction(action);
    }
    connect(value, &QAction::triggered, this,
            [this] { copyFromTree(JsonTreeModel::FullValueRole); });
    connect(path, &QAction::triggered, this, [this] { copyFromTree(JsonTreeModel::PathRole); });
}

void BodyView::show(const ShownBody &shown, const Hide &hide)
{
    m_shown = shown;
    m_isReading = true;
    const quint64 round = ++m_round;
    const auto read = [shown, hide] {
        Read result;
        result.text = readBody(shown.body, shown.contentType);
        if (hide && shown.body.size() > HiddenMost) {
            result.text = {};
            result.isHidden = true;
        } else if (hide) {
            result.text.json.reset();
            result.text.pretty = hide(QString::fromUtf8(result.text.pretty)).toUtf8();
            result.text.raw = hide(QString::fromUtf8(result.text.raw)).toUtf8();
        }
        result.pretty = brokenLines(result.text.pretty);
        result.raw = brokenLines(result.text.raw);
        return result;
    };
    // What is small is there at once, without a flicker.
    constexpr qsizetype small = 16'384;
    if (shown.body.size() <= small && !hide) {
        take(read());
        return;
    }
    if (hide)
        m_viewer->showText({}); // at once: it may have been there in full
    whenDone(QtConcurrent::run(read), this, [this, round](const Read &result) {
        if (round == m_round)
            take(result);
    });
}

void BodyView::showNothing(const QString &text)
{
    ++m_round;
    m_isReading = false;
    m_shown = {};
    m_read.reset();
    m_model->setRoot({});
    m_notes->hide();
    m_summary->setText(text);
    m_viewer->showText({});
    m_pages->button(TreePage)->setEnabled(false);
    if (m_page == TreePage)
        showPage(PrettyPage);
}

void BodyView::take(const Read &read)
{
    m_isReading = false;
    m_read = std::make_shared<const Read>(read);
    m_model->setRoot(read.text.json);
    QStringList notes = m_shown.notes + read.text.notes;
    if (read.isHidden)
        notes.append(tr("Too long to mask the numbers in it: not shown while they are masked."));
    else if (m_shown.body.isEmpty() && !m_shown.emptyText.isEmpty())
        notes.append(m_shown.emptyText);
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
    showSummary(read.text.kind);
    const bool hasTree = read.text.json != nullptr;
    m_pages->button(TreePage)->setEnabled(hasTree);
    m_pages->button(TreePage)->setToolTip(hasTree ? QString() : tr("Only JSON has one"));
    if (m_page == TreePage && !hasTree)
        showPage(PrettyPage);
    else
        showCurrent();
}

void BodyView::showSummary(const QString &kind)
{
    QStringList parts;
    if (!m_shown.summary.isEmpty())
        parts.append(m_shown.summary);
    parts.append(kind);
    if (!m_shown.body.isEmpty())
        parts.append(QLocale().formattedDataSize(m_shown.body.size()));
    m_summary->setText(parts.join(u" · "_s));
    m_summary->setToolTip(m_summary->text().toHtmlEscaped());
}

void BodyView::showPage(Page page)
{
    m_page = page;
    m_pages->button(page)->setChecked(true);
    showCurrent();
}

void BodyView::showCurrent()
{
    m_stack->setCurrentWidget(m_page == TreePage ? static_cast<QWidget *>(m_tree) : m_viewer);
    if (!m_read || m_page == TreePage)
        return;
    const bool isJson = m_read->text.form == BodyText::Form::Json;
    switch (m_page) {
    case PrettyPage: m_viewer->showText(m_read->pretty, m_read->text.pretty, isJson); break;
    case RawPage: m_viewer->showText(m_read->raw, m_read->text.raw, isJson); break;
    case HeadersPage:
    case TreePage: m_viewer->showText(m_shown.head); break;
    }
}

void BodyView::copyFromTree(int role)
{
    const QModelIndex current = m_tree->currentIndex();
    if (current.isValid())
        QGuiApplication::clipboard()->setText(current.data(role).toString());
}

void BodyView::copyAll()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(
        m_page == TreePage && m_read ? m_read->text.pretty : m_viewer->searchedText()));
}

void BodyView::save()
{
    const bool isJson = m_read && m_read->text.form == BodyText::Form::Json;
    auto *dialog = new QFileDialog(this, tr("Save the body"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_shown.fileName + (isJson ? u".json"_s : u".txt"_s));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        whenDone(QtConcurrent::run(writeFile, path, m_shown.body), this, [this, path](bool done) {
            if (!done) {
                m_notes->setText(tr("%1 could not be written.").arg(path));
                m_notes->show();
            }
        });
    });
    dialog->open();
}

} // namespace icebreaker
