#include "ui/carddialog.h"

#include "core/locales.h"
#include "core/templatecheck.h"
#include "core/templatefill.h"
#include "core/templatereader.h"
#include "ui/mediapreview.h"
#include "ui/theme.h"
#include "ui_carddialog.h"
#include "words/templatewords.h"

#include <QClipboard>
#include <QCompleter>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QScopedValueRollback>

#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array HeaderKinds{HeaderKind::None,  HeaderKind::Text,     HeaderKind::Image,
                                 HeaderKind::Video, HeaderKind::Document, HeaderKind::Location,
                                 HeaderKind::Other};
constexpr std::array ButtonKinds{ButtonKind::QuickReply, ButtonKind::Url, ButtonKind::Phone,
                                 ButtonKind::CopyCode, ButtonKind::OneTimeCode};

enum ButtonColumn { KindColumn, LabelColumn, TargetColumn };

QTableWidgetItem *fixedItem(const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

void prepare(QTableWidget &table, const QStringList &headings)
{
    table.setColumnCount(static_cast<int>(headings.size()));
    table.setHorizontalHeaderLabels(headings);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setStretchLastSection(true);
    table.horizontalHeader()->setDefaultSectionSize(130);
    table.verticalHeader()->setDefaultSectionSize(28);
}

bool hasTarget(ButtonKind kind)
{
    return kind == ButtonKind::Url || kind == ButtonKind::Phone;
}

} // namespace

CardDialog::CardDialog(TemplateCard card, bool stored, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::CardDialog>())
    , m_card(std::move(card))
{
    m_ui->setupUi(this);
    new MediaPreview(*m_ui->cardBubble);
    connect(m_ui->cardBubble, &BubbleView::linkActivated, this,
            [](const QUrl &url) { QDesktopServices::openUrl(url); });
    m_ui->deleteButton->setVisible(stored);
    for (const HeaderKind kind : HeaderKinds)
        m_ui->headerCombo->addItem(headerKindText(kind));
    m_ui->categoryCombo->addItems({QString(), u"MARKETING"_s, u"UTILITY"_s, u"AUTHENTICATION"_s});
    m_ui->headerCombo->setAccessibleName(tr("Kind of header"));
    m_ui->categoryCombo->setAccessibleName(tr("Category"));
    m_ui->versionCombo->setAccessibleName(tr("Language"));
    QStringList codes;
    for (const TemplateLocale &locale : templateLocales())
        codes.append(locale.code);
    m_ui->localeEdit->setCompleter(new QCompleter(codes, this));
    prepare(*m_ui->buttonTable, {tr("Kind"), tr("Words"), tr("Address or number")});
    prepare(*m_ui->exampleTable, {tr("Placeholder"), tr("Example")});
    bindFields();
    bindButtonTable();
    showCard();
}

CardDialog::~CardDialog() = default;

TemplateVersion &CardDialog::version()
{
    return m_card.versions[m_current];
}

void CardDialog::bindFields()
{
    connect(m_ui->nameEdit, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_card.name = text.trimmed();
        follow();
    });
    connect(m_ui->namespaceEdit, &QLineEdit::textEdited, this,
            [this](const QString &text) { m_card.namespaceId = text.trimmed(); });
    connect(m_ui->versionCombo, &QComboBox::activated, this, [this](int index) {
        m_current = index;
        showVersion();
    });
    connect(m_ui->localeEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (m_filling)
            return;
        version().setLocale(text.trimmed());
        m_ui->versionCombo->setItemText(static_cast<int>(m_current), text.trimmed());
        follow();
    });
    connect(m_ui->categoryCombo, &QComboBox::textActivated, this, [this](const QString &text) {
        version().setCategory(text);
        follow();
    });
    const auto setHeader = [this] {
        const auto kind =
            HeaderKinds.at(static_cast<std::size_t>(m_ui->headerCombo->currentIndex()));
        if (kind != HeaderKind::Other)
            version().setHeader(kind, m_ui->headerEdit->text());
        follow();
    };
    connect(m_ui->headerCombo, &QComboBox::activated, this, setHeader);
    connect(m_ui->headerEdit, &QLineEdit::textEdited, this, setHeader);
    connect(m_ui->bodyEdit, &QPlainTextEdit::textChanged, this, [this] {
        if (m_filling)
            return;
        version().setBodyText(m_ui->bodyEdit->toPlainText());
        follow();
    });
    connect(m_ui->footerEdit, &QLineEdit::textEdited, this, [this](const QString &text) {
        version().setFooterText(text);
        follow();
    });
    connect(m_ui->addLanguageButton, &QPushButton::clicked, this, &CardDialog::addLanguage);
    connect(m_ui->removeLanguageButton, &QPushButton::clicked, this, &CardDialog::removeLanguage);
    connect(m_ui->pasteButton, &QPushButton::clicked, this, &CardDialog::paste);
    connect(m_ui->exampleTable, &QTableWidget::cellChanged, this, &CardDialog::changeExample);
    connect(m_ui->deleteButton, &QPushButton::clicked, this, &CardDialog::askToDelete);
    connect(m_ui->saveButton, &QPushButton::clicked, this, &CardDialog::save);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
}

void CardDialog::bindButtonTable()
{
    auto *menu = new QMenu(m_ui->addButtonButton);
    for (const ButtonKind kind : ButtonKinds) {
        menu->addAction(buttonKindText(kind), this, [this, kind] {
            TemplateButton button{kind, {}, {}, {}};
            if (kind == ButtonKind::Url)
                button.target = u"https://"_s;
            version().addButton(button);
            showButtons();
            follow();
            const int row = m_ui->buttonTable->rowCount() - 1;
            m_ui->buttonTable->setFocus();
            m_ui->buttonTable->setCurrentCell(row, LabelColumn);
            m_ui->buttonTable->editItem(m_ui->buttonTable->item(row, LabelColumn));
        });
    }
    m_ui->addButtonButton->setMenu(menu);
    connect(m_ui->removeButtonButton, &QToolButton::clicked, this, [this] {
        version().removeButton(m_ui->buttonTable->currentRow());
        showButtons();
        follow();
    });
    connect(m_ui->buttonTable, &QTableWidget::cellChanged, this, &CardDialog::changeButton);
}

void CardDialog::showCard()
{
    m_ui->nameEdit->setText(m_card.name);
    m_ui->namespaceEdit->setText(m_card.namespaceId);
    m_ui->versionCombo->clear();
    m_ui->versionCombo->addItems(m_card.locales());
    m_current = std::min(m_current, m_card.versions.size() - 1);
    m_ui->versionCombo->setCurrentIndex(static_cast<int>(m_current));
    m_ui->removeLanguageButton->setEnabled(m_card.versions.size() > 1);
    showVersion();
}

void CardDialog::showVersion()
{
    {
        const QScopedValueRollback filling(m_filling, true);
        const TemplateVersion &shown = version();
        m_ui->localeEdit->setText(shown.locale());
        if (m_ui->categoryCombo->findText(shown.category()) < 0)
            m_ui->categoryCombo->addItem(shown.category());
        m_ui->categoryCombo->setCurrentText(shown.category());
        m_ui->headerCombo->setCurrentText(headerKindText(shown.headerKind()));
        m_ui->headerEdit->setText(shown.headerText());
        m_ui->bodyEdit->setPlainText(shown.bodyText());
        m_ui->footerEdit->setText(shown.footerText());
    }
    showButtons();
    follow();
}

void CardDialog::showButtons()
{
    const QScopedValueRollback filling(m_filling, true);
    const auto buttons = version().buttons();
    m_ui->buttonTable->setRowCount(static_cast<int>(buttons.size()));
    for (int row = 0; row < buttons.size(); ++row) {
        const TemplateButton &button = buttons.at(row);
        const bool known = button.kind != ButtonKind::Other;
        m_ui->buttonTable->setItem(row, KindColumn, fixedItem(buttonKindText(button.kind)));
        m_ui->buttonTable->setItem(
            row, LabelColumn, known ? new QTableWidgetItem(button.label) : fixedItem(button.label));
        m_ui->buttonTable->setItem(row, TargetColumn,
                                   hasTarget(button.kind) ? new QTableWidgetItem(button.target)
                                                          : fixedItem({}));
    }
}

void CardDialog::changeButton(int row, int column)
{
    if (m_filling)
        return;
    TemplateButton button = version().buttons().value(row);
    const QString text = m_ui->buttonTable->item(row, column)->text();
    if (column == LabelColumn)
        button.label = text;
    else if (column == TargetColumn)
        button.target = text.trimmed();
    version().setButton(row, button);
    follow();
}

void CardDialog::showExamples()
{
    auto slotList = version().parameters();
    slotList.removeIf([](const TemplateSlot &slot) {
        return slot.kind == SlotKind::Payload || slot.kind == SlotKind::DocumentName
            || slot.kind == SlotKind::Latitude || isContinuation(slot.kind);
    });
    if (slotList == m_shownSlots && !slotList.isEmpty())
        return;
    m_shownSlots = slotList;
    const QScopedValueRollback filling(m_filling, true);
    m_ui->exampleTable->setRowCount(static_cast<int>(slotList.size()));
    for (int row = 0; row < slotList.size(); ++row) {
        m_ui->exampleTable->setItem(row, 0, fixedItem(slotLabel(slotList.at(row), version())));
        m_ui->exampleTable->setItem(row, 1, new QTableWidgetItem(slotList.at(row).example));
    }
}

void CardDialog::changeExample(int row)
{
    if (m_filling || row >= m_shownSlots.size())
        return;
    const QString text = m_ui->exampleTable->item(row, 1)->text();
    version().setExample(m_shownSlots.at(row), text);
    m_shownSlots[row].example = text;
    follow();
}

void CardDialog::paste()
{
    const auto cards = readTemplates(QGuiApplication::clipboard()->text().toUtf8());
    if (!cards) {
        m_ui->messageLabel->setText(templateReadErrorText(cards.error()));
        return;
    }
    const TemplateCard &pasted = cards->first();
    if (pasted.name.isEmpty() && pasted.versions.first().locale().isEmpty()) {
        version().setBodyText(pasted.versions.first().bodyText());
        showVersion();
        return;
    }
    // A card that is still empty gives way.
    if (m_card.versions.size() == 1 && version().bodyText().trimmed().isEmpty())
        m_card.versions.clear();
    if (!pasted.name.isEmpty())
        m_card.name = pasted.name;
    if (!pasted.namespaceId.isEmpty())
        m_card.namespaceId = pasted.namespaceId;
    for (const TemplateVersion &each : pasted.versions)
        m_card.put(each);
    m_current = m_card.locales().indexOf(pasted.versions.first().locale());
    showCard();
}

void CardDialog::addLanguage()
{
    TemplateVersion copy = version();
    copy.setLocale({});
    m_card.versions.append(copy);
    m_current = m_card.versions.size() - 1;
    showCard();
    m_ui->localeEdit->setFocus(Qt::OtherFocusReason);
}

void CardDialog::removeLanguage()
{
    if (m_card.versions.size() < 2)
        return;
    m_card.versions.removeAt(m_current);
    showCard();
}

QString CardDialog::problem() const
{
    if (m_card.name.isEmpty())
        return tr("Enter the template's name.");
    const QStringList locales = m_card.locales();
    for (const QString &code : locales) {
        if (code.isEmpty())
            return tr("Enter the language's code, e.g. en or es_MX.");
        if (locales.count(code) > 1)
            return tr("The language %1 is there twice.").arg(code);
    }
    return {};
}

void CardDialog::follow()
{
    if (m_filling)
        return;
    showExamples();
    const TemplateVersion &shown = version();
    m_ui->headerEdit->setEnabled(shown.headerKind() == HeaderKind::Text);
    QStringList words;
    const QString blocking = problem();
    if (!blocking.isEmpty())
        words.append(blocking);
    for (const TemplateFlaw &flaw : flawsOf(shown))
        words.append(flawText(flaw));
    if (const QStringList foreign = shown.foreignParts(); !foreign.isEmpty())
        words.append(tr("Kept, and not shown here: %1.").arg(foreign.join(u", "_s)));
    const bool hasWords = !words.isEmpty();
    if (!hasWords)
        words.append(tr("%n value(s) to fill in; %1 of %2 characters in the body.", nullptr,
                        static_cast<int>(shown.parameters().size()))
                         .arg(characterCount(shown.bodyText()))
                         .arg(TemplateBodyMax));
    m_ui->messageLabel->setText(words.join(u' '));
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText,
                     hasWords ? theme::forSeverity(Severity::Warning) : theme::muted());
    m_ui->messageLabel->setPalette(palette);
    m_ui->saveButton->setEnabled(blocking.isEmpty());

    QStringList examples;
    for (const TemplateSlot &slot : shown.parameters())
        examples.append(slot.example);
    m_ui->cardBubble->setMessage(rendered(shown, examples));
}

void CardDialog::askToDelete()
{
    QMessageBox box(QMessageBox::Question, tr("Delete the card"),
                    tr("Delete the card of “%1”? The template itself stays with WhatsApp, and the "
                       "request keeps its parameters.")
                        .arg(m_card.name),
                    QMessageBox::Cancel, this);
    const auto *yes = box.addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    box.exec();
    if (box.clickedButton() == yes)
        done(Deleted);
}

void CardDialog::save()
{
    if (!problem().isEmpty())
        return;
    for (TemplateVersion &each : m_card.versions)
        each.setName(m_card.name);
    accept();
}

} // namespace icebreaker
