#include "guide/shortcutdialog.h"

#include "guide/fuzzymatch.h"
#include "guide/shortcutbook.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QTableWidget>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

enum ShortcutColumn { CommandColumn, MenuColumn, KeysColumn, ShortcutColumns };

constexpr QSize ShortcutDialogSize{720, 560};
constexpr int CommandWidth = 280;
constexpr int MenuWidth = 160;

QTableWidgetItem *readOnlyItem(const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

} // namespace

ShortcutDialog::ShortcutDialog(ShortcutBook &book, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_search(new QLineEdit)
    , m_table(new QTableWidget(0, ShortcutColumns))
    , m_keys(new QKeySequenceEdit)
    , m_note(new QLabel)
    , m_clear(new QPushButton(tr("&None")))
    , m_reset(new QPushButton(tr("&Default")))
    , m_takeOver(new QPushButton(tr("&Take It from There")))
{
    setObjectName(u"ShortcutDialog"_s);
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(ShortcutDialogSize);
    build();
    m_book.collect();
    fill();
    connect(m_search, &QLineEdit::textChanged, this, &ShortcutDialog::filter);
    connect(m_table, &QTableWidget::currentItemChanged, this, &ShortcutDialog::showCurrent);
    connect(m_table, &QTableWidget::cellActivated, m_keys,
            qOverload<>(&QKeySequenceEdit::setFocus));
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutDialog::take);
    connect(m_clear, &QPushButton::clicked, this, [this] { give(QKeySequence()); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        for (const ShortcutEntry &entry : m_book.entries()) {
            if (entry.id == currentId()) {
                give(entry.standard());
                return;
            }
        }
    });
    connect(m_takeOver, &QPushButton::clicked, this, [this] { give(m_keys->keySequence()); });
    m_table->setCurrentCell(0, CommandColumn);
    m_search->setFocus();
}

void ShortcutDialog::build()
{
    m_search->setObjectName(u"shortcutSearch"_s);
    m_search->setAccessibleName(tr("Find a command or keys"));
    m_search->setPlaceholderText(tr("Find a command or keys"));
    m_search->setClearButtonEnabled(true);
    m_table->setObjectName(u"shortcutTable"_s);
    m_table->setAccessibleName(tr("Commands and their keys"));
    m_table->setHorizontalHeaderLabels({tr("Command"), tr("Menu"), tr("Keys")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setColumnWidth(CommandColumn, CommandWidth);
    m_table->setColumnWidth(MenuColumn, MenuWidth);
    m_keys->setObjectName(u"shortcutKeys"_s);
    m_keys->setAccessibleName(tr("Keys of the selected command"));
    auto *label = new QLabel(tr("&Keys"));
    label->setBuddy(m_keys);
    m_clear->setObjectName(u"clearShortcutButton"_s);
    m_clear->setToolTip(tr("The command has no keys"));
    m_reset->setObjectName(u"resetShortcutButton"_s);
    m_reset->setToolTip(tr("The keys that the command came with"));
    m_takeOver->setObjectName(u"takeOverButton"_s);
    m_note->setObjectName(u"shortcutNote"_s);
    m_note->setWordWrap(true);
    for (QPushButton *button : {m_clear, m_reset, m_takeOver})
        button->setAutoDefault(false);

    auto *editing = new QHBoxLayout;
    editing->addWidget(label);
    editing->addWidget(m_keys, 1);
    editing->addWidget(m_clear);
    editing->addWidget(m_reset);
    auto *telling = new QHBoxLayout;
    telling->addWidget(m_note, 1);
    telling->addWidget(m_takeOver);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *all = buttons->addButton(tr("&All to Default"), QDialogButtonBox::ResetRole);
    all->setObjectName(u"resetAllShortcutsButton"_s);
    all->setAutoDefault(false);
    connect(all, &QPushButton::clicked, this, [this] {
        m_book.resetAll();
        fill();
        tell(tr("All commands have the keys again that they came with."), false);
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_table, 1);
    layout->addLayout(editing);
    layout->addLayout(telling);
    layout->addWidget(buttons);
}

void ShortcutDialog::fill()
{
    const QString current = currentId();
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(static_cast<int>(m_book.entries().size()));
    int row = 0;
    for (const ShortcutEntry &entry : m_book.entries()) {
        auto *command = readOnlyItem(entry.text);
        command->setData(Qt::UserRole, entry.id);
        QFont font = command->font();
        font.setBold(entry.keys() != entry.standard());
        auto *keys = readOnlyItem(entry.keys().toString(QKeySequence::NativeText));
        keys->setFont(font);
        keys->setToolTip(font.bold()
                             ? tr("By default: %1")
                                   .arg(entry.standard().isEmpty()
                                            ? tr("none")
                                            : entry.standard().toString(QKeySequence::NativeText))
                             : QString());
        m_table->setItem(row, CommandColumn, command);
        m_table->setItem(row, MenuColumn, readOnlyItem(entry.path));
        m_table->setItem(row, KeysColumn, keys);
        if (entry.id == current)
            m_table->setCurrentCell(row, CommandColumn);
        ++row;
    }
    filter(m_search->text());
    showCurrent();
}

void ShortcutDialog::filter(const QString &text)
{
    const FuzzyPattern pattern(text);
    int first = -1;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QString whole = m_table->item(row, CommandColumn)->text() + u' '
            + m_table->item(row, MenuColumn)->text();
        const bool isShown = fuzzyMatch(pattern, FuzzyText(whole)).has_value()
            || m_table->item(row, KeysColumn)->text().contains(text, Qt::CaseInsensitive);
        m_table->setRowHidden(row, !isShown);
        if (isShown && first < 0)
            first = row;
    }
    if (m_table->currentRow() < 0 || m_table->isRowHidden(m_table->currentRow()))
        m_table->setCurrentCell(first, CommandColumn);
}

QString ShortcutDialog::currentId() const
{
    const QTableWidgetItem *item = m_table->item(m_table->currentRow(), CommandColumn);
    return item != nullptr ? item->data(Qt::UserRole).toString() : QString();
}

void ShortcutDialog::showCurrent()
{
    const QString id = currentId();
    const QSignalBlocker quiet(m_keys);
    m_keys->clear();
    for (const ShortcutEntry &entry : m_book.entries()) {
        if (entry.id == id)
            m_keys->setKeySequence(entry.keys());
    }
    m_keys->setEnabled(!id.isEmpty());
    m_clear->setEnabled(!id.isEmpty());
    m_reset->setEnabled(!id.isEmpty());
    tell(id.isEmpty() ? QString() : tr("Press the new keys in the field."), false);
}

void ShortcutDialog::take(const QKeySequence &keys)
{
    if (keys.isEmpty())
        return; // being typed; "None" is a button
    QString owner;
    switch (m_book.problem(currentId(), keys, &owner)) {
    case KeyProblem::None: give(keys); return;
    case KeyProblem::Taken:
        tell(tr("%1 belongs to “%2”.").arg(keys.toString(QKeySequence::NativeText), owner), true);
        m_takeOver->setVisible(true);
        return;
    case KeyProblem::Typed:
        tell(tr("One types with that key. Add Ctrl or Alt, or take a function key."), true);
        return;
    case KeyProblem::Edits:
        tell(tr("Text fields need %1.").arg(keys.toString(QKeySequence::NativeText)), true);
        return;
    }
}

void ShortcutDialog::give(const QKeySequence &keys)
{
    m_book.set(currentId(), keys);
    fill();
    tell(keys.isEmpty() ? tr("The command has no keys now.")
                        : tr("In force now: %1").arg(keys.toString(QKeySequence::NativeText)),
         false);
}

void ShortcutDialog::tell(const QString &text, bool isProblem)
{
    m_takeOver->setVisible(false);
    m_note->setProperty("role", isProblem ? u"problem"_s : u"hint"_s);
    m_note->style()->unpolish(m_note); // a style sheet looks at properties only when polishing
    m_note->style()->polish(m_note);
    m_note->setText(text);
    m_keys->setAccessibleDescription(text);
}

} // namespace icebreaker
