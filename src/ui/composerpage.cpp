#include "ui/composerpage.h"

#include "core/locales.h"
#include "phone/phonecheck.h"
#include "ui/composer.h"
#include "ui/delegates.h"
#include "ui/numbercompleter.h"
#include "ui/parametermodel.h"
#include "ui/phoneline.h"
#include "ui/privacy.h"
#include "ui/sessionparametermodel.h"
#include "ui/variablehelp.h"
#include "ui_composerpage.h"
#include "words/checkwords.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QEvent>
#include <QMenu>
#include <QSignalBlocker>

#include <algorithm>
#include <array>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QString Dash = u" — "_s; // between a locale's code and its language

QString localeText(const TemplateLocale &locale)
{
    return locale.code + Dash + locale.language;
}

/// What goes into the request when @p text stands in the box.
QString localeCode(const QString &text)
{
    return text.section(Dash, 0, 0).trimmed();
}

QString localeText(const QString &code)
{
    const auto &locales = templateLocales();
    const auto found = std::find_if(locales.begin(), locales.end(),
                                    [&code](const auto &each) { return each.code == code; });
    return found == locales.end() ? code : localeText(*found);
}

} // namespace

ComposerPage::ComposerPage(Composer &composer, TemplateBook &book, Vault &vault, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ComposerPage>())
    , m_composer(composer)
    , m_parameters(new ParameterModel(composer, this))
    , m_sessionParameters(new SessionParameterModel(composer, this))
{
    m_ui->setupUi(this);
    auto *variables = new VariableHelp(m_composer, this);
    for (QLineEdit *edit : {m_ui->agentEdit, m_ui->toEdit, m_ui->namespaceEdit, m_ui->templateEdit,
                            m_ui->statusUrlEdit})
        variables->attach(*edit);
    const auto attach = [variables](QLineEdit &edit) { variables->attach(edit); };
    m_ui->slotForm->setEditHelp(attach);
    for (QTableView *table : {m_ui->parameterTable, m_ui->sessionTable}) {
        auto *delegate = new ChoiceDelegate(this);
        delegate->setEditHelp(attach);
        table->setItemDelegate(delegate);
    }
    fillLocales();
    m_ui->localeCombo->completer()->setFilterMode(Qt::MatchContains);
    m_ui->localeCombo->completer()->setCompletionMode(QCompleter::PopupCompletion);
    bindFields();
    bindTables();
    bindNotes();
    m_ui->cardLabel->setContentsMargins(0, 6, 0, 0); // level with the box, not with its note
    m_ui->slotForm->bind(m_composer);
    connect(m_ui->slotForm, &SlotForm::helpWanted, m_ui->helpLabel, &QLabel::setText);
    connect(m_ui->cardChooser, &CardChooser::failed, this, &ComposerPage::failed);
    m_ui->cardChooser->bind(m_composer, book, vault);
    connect(&m_composer, &Composer::changed, this, &ComposerPage::follow);
    follow();
}

ComposerPage::~ComposerPage() = default;

void ComposerPage::focusFirstError()
{
    const auto entries = m_composer.entries();
    if (entries.isEmpty() || entries.first().severity != Severity::Error)
        return;
    const CheckEntry &entry = entries.first();
    QWidget *editor = editorOf(entry.field);
    if (entry.field == Field::Components && m_composer.card()) {
        m_ui->slotForm->focusRow(entry.row);
        m_ui->scrollArea->ensureWidgetVisible(m_ui->slotForm);
        return;
    }
    editor->setFocus(Qt::OtherFocusReason);
    if (auto *table = qobject_cast<QTableView *>(editor); table != nullptr && entry.row >= 0)
        table->setCurrentIndex(table->model()->index(entry.row,
                                                     table == m_ui->parameterTable
                                                         ? int{ParameterModel::ValueColumn}
                                                         : int{SessionParameterModel::NameColumn}));
    m_ui->scrollArea->ensureWidgetVisible(editor);
}

/// The line at the bottom explains the field that has the focus.
bool ComposerPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        const auto *widget = qobject_cast<QWidget *>(watched);
        m_ui->helpLabel->setText(widget->toolTip());
    }
    return QWidget::eventFilter(watched, event);
}

void ComposerPage::bindFields()
{
    constexpr std::array fields{Field::AgentId,   Field::Channel,    Field::To,
                                Field::Locale,    Field::Namespace,  Field::Template,
                                Field::StatusUrl, Field::Components, Field::SessionParameters};
    for (const Field field : fields) {
        QWidget *editor = editorOf(field);
        editor->setToolTip(fieldHelp(field));
        editor->setWhatsThis(fieldHelp(field));
        editor->setAccessibleName(fieldLabel(field));
        editor->installEventFilter(this);
    }
    m_ui->helpLabel->setText(fieldHelp(Field::AgentId));
    bindText(m_ui->agentEdit, Field::AgentId);
    bindText(m_ui->namespaceEdit, Field::Namespace);
    bindText(m_ui->templateEdit, Field::Template);
    connect(m_ui->statusUrlEdit, &QLineEdit::textEdited, &m_composer,
            [this](const QString &text) { m_composer.setText(Field::StatusUrl, text.trimmed()); });
    connect(m_ui->toEdit, &QLineEdit::textEdited, &m_composer, &Composer::setRecipient);
    const auto maskRecipient = [this] {
        m_ui->toEdit->setEchoMode(privacy::mask().isOn() ? QLineEdit::PasswordEchoOnEdit
                                                         : QLineEdit::Normal);
    };
    maskRecipient();
    connect(&privacy::mask(), &privacy::Mask::changed, this, [this, maskRecipient] {
        maskRecipient();
        showNotes();
    });
    connect(m_ui->localeCombo, &QComboBox::currentTextChanged, &m_composer,
            [this](const QString &text) { m_composer.setText(Field::Locale, localeCode(text)); });
    connect(m_ui->channelCombo, &QComboBox::currentTextChanged, &m_composer,
            [this](const QString &text) { m_composer.setText(Field::Channel, text); });
}

void ComposerPage::bindText(QLineEdit *edit, Field field)
{
    connect(edit, &QLineEdit::textEdited, &m_composer,
            [this, field](const QString &text) { m_composer.setText(field, text.trimmed()); });
}

void ComposerPage::bindTables()
{
    m_ui->parameterTable->setModel(m_parameters);
    m_ui->sessionTable->setModel(m_sessionParameters);
    auto *header = m_ui->parameterTable->horizontalHeader();
    header->setSectionResizeMode(ParameterModel::ValueColumn, QHeaderView::Stretch);
    header->resizeSection(ParameterModel::PartColumn, 96);
    header->resizeSection(ParameterModel::IndexColumn, 44);
    header->resizeSection(ParameterModel::TypeColumn, 128);
    header->resizeSection(ParameterModel::CheckColumn, 120);
    m_ui->sessionTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    for (QTableView *table : {m_ui->parameterTable, m_ui->sessionTable}) {
        table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        connect(table->model(), &QAbstractItemModel::rowsInserted, table,
                [table] { growWithRows(table); });
        connect(table->model(), &QAbstractItemModel::rowsRemoved, table,
                [table] { growWithRows(table); });
        growWithRows(table);
    }
    addParameterMenu();
    connect(m_ui->removeParameterButton, &QToolButton::clicked, this,
            [this] { m_composer.removeParameter(m_ui->parameterTable->currentIndex().row()); });
    connect(m_ui->moveUpButton, &QToolButton::clicked, this, [this] {
        const QModelIndex current = m_ui->parameterTable->currentIndex();
        m_composer.moveParameterUp(current.row());
        if (current.row() > 0)
            m_ui->parameterTable->setCurrentIndex(current.siblingAtRow(current.row() - 1));
    });
    connect(m_ui->addSessionButton, &QToolButton::clicked, this, [this] {
        m_composer.addSessionParameter({});
        const QModelIndex name = m_sessionParameters->index(m_sessionParameters->rowCount() - 1,
                                                            SessionParameterModel::NameColumn);
        m_ui->sessionTable->setCurrentIndex(name);
        m_ui->sessionTable->edit(name);
    });
    connect(m_ui->removeSessionButton, &QToolButton::clicked, this, [this] {
        m_composer.removeSessionParameter(m_ui->sessionTable->currentIndex().row());
    });
}

void ComposerPage::addParameterMenu()
{
    struct Choice {
        QString text;
        TemplateParameter parameter;
    };
    const std::array choices{
        Choice{tr("Body text"), {Part::Body, 0, ParameterType::Text, {}}},
        Choice{tr("Header text"), {Part::Header, 0, ParameterType::Text, {}}},
        Choice{tr("Header image"), {Part::Header, 0, ParameterType::Image, {}}},
        Choice{tr("Header document"), {Part::Header, 0, ParameterType::Document, {}}},
        Choice{tr("Header video"), {Part::Header, 0, ParameterType::Video, {}}},
        Choice{tr("Quick-reply button"), {Part::Button, 0, ParameterType::Payload, {}}},
        Choice{tr("URL button"), {Part::Button, 0, ParameterType::Text, {}}},
    };
    auto *menu = new QMenu(m_ui->addParameterButton);
    for (const Choice &choice : choices) {
        menu->addAction(choice.text, this, [this, parameter = choice.parameter]() mutable {
            if (parameter.part == Part::Button) {
                const auto rows = m_composer.request().parameters();
                parameter.index =
                    static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const auto &row) {
                        return row.part == Part::Button;
                    }));
            }
            const int row = m_composer.addParameter(parameter);
            if (row < 0)
                return;
            const QModelIndex value = m_parameters->index(row, ParameterModel::ValueColumn);
            m_ui->parameterTable->setCurrentIndex(value);
            m_ui->parameterTable->edit(value);
        });
    }
    m_ui->addParameterButton->setMenu(menu);
}

void ComposerPage::completeFrom(const NumberBook &book)
{
    auto *completer = new NumberCompleter(book, this);
    m_ui->toEdit->setCompleter(completer);
    // QLineEdit shows what was chosen, and does not count it as typed.
    connect(completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) {
                m_composer.setRecipient(NumberCompleter::numberOf(index));
            });
    auto *numbers =
        m_ui->toEdit->addAction(QIcon(u":/icebreaker/numbers.svg"_s), QLineEdit::TrailingPosition);
    numbers->setText(tr("Numbers of this profile…"));
    numbers->setToolTip(numbers->text());
    connect(numbers, &QAction::triggered, this, &ComposerPage::numbersRequested);
}

void ComposerPage::makeCard(const QByteArray &body)
{
    m_ui->scrollArea->ensureWidgetVisible(m_ui->cardChooser);
    m_ui->cardChooser->takeSent(body);
}

void ComposerPage::bindNotes()
{
    m_ui->toNote->setKeepsHint(true);
    for (FieldNote *note :
         {m_ui->agentNote, m_ui->channelNote, m_ui->toNote, m_ui->localeNote, m_ui->namespaceNote,
          m_ui->templateNote, m_ui->statusUrlNote, m_ui->parameterNote, m_ui->sessionNote}) {
        connect(note, &FieldNote::mendRequested, &m_composer, &Composer::mend);
    }
    connect(m_ui->statusUrlNote, &FieldNote::actionRequested, this, [this](const QString &name) {
        if (name == "setup"_L1) {
            emit inboxSetupRequested();
            return;
        }
        m_composer.setBuiltInInbox(name == "inbox"_L1);
        m_ui->statusUrlEdit->setFocus(Qt::OtherFocusReason);
    });
}

void ComposerPage::follow()
{
    const OutboundRequest &request = m_composer.request();
    setQuietly(m_ui->agentEdit, request.text(Field::AgentId));
    setQuietly(m_ui->namespaceEdit, request.text(Field::Namespace));
    setQuietly(m_ui->templateEdit, request.text(Field::Template));
    setQuietly(m_ui->toEdit, m_composer.typedRecipient());
    if (localeCode(m_ui->localeCombo->currentText()) != request.text(Field::Locale)) {
        const QSignalBlocker quiet(m_ui->localeCombo);
        m_ui->localeCombo->setCurrentText(localeText(request.text(Field::Locale)));
    }
    if (m_ui->channelCombo->currentText() != request.text(Field::Channel)) {
        const QSignalBlocker quiet(m_ui->channelCombo);
        m_ui->channelCombo->setCurrentText(request.text(Field::Channel));
    }
    showParameters();
    const bool usesTemplate = !request.isSms();
    for (QWidget *widget : std::initializer_list<QWidget *>{
             m_ui->localeCombo, m_ui->namespaceEdit, m_ui->templateEdit, m_ui->parameterTable,
             m_ui->cardChooser, m_ui->slotForm, m_ui->addParameterButton,
             m_ui->removeParameterButton, m_ui->moveUpButton})
        widget->setEnabled(usesTemplate);
    showNotes();
}

/// A card gives the template's name, and a form in the table's place.
void ComposerPage::showParameters()
{
    const auto &card = m_composer.card();
    const bool hasCard = card.has_value();
    m_ui->slotForm->setVisible(hasCard);
    for (QWidget *widget : std::initializer_list<QWidget *>{
             m_ui->parameterTable, m_ui->parameterLabel, m_ui->addParameterButton,
             m_ui->removeParameterButton, m_ui->moveUpButton})
        widget->setVisible(!hasCard);
    m_ui->templateEdit->setReadOnly(hasCard);
    m_ui->namespaceEdit->setReadOnly(hasCard && !card->namespaceId.isEmpty());
    fillLocales();
}

/// Without a card all that WhatsApp has; others may be typed in either case.
void ComposerPage::fillLocales()
{
    const auto &card = m_composer.card();
    const QStringList wanted = card ? card->locales() : QStringList();
    if (wanted == m_locales && m_ui->localeCombo->count() > 0)
        return;
    m_locales = wanted;
    const QSignalBlocker quiet(m_ui->localeCombo);
    m_ui->localeCombo->clear();
    for (const QString &code : wanted)
        m_ui->localeCombo->addItem(localeText(code));
    if (wanted.isEmpty()) {
        for (const TemplateLocale &locale : templateLocales())
            m_ui->localeCombo->addItem(localeText(locale));
    }
    m_ui->localeCombo->setCurrentText(localeText(m_composer.request().text(Field::Locale)));
}

void ComposerPage::showNotes()
{
    const auto entries = m_composer.entries();
    m_ui->agentNote->show(entries, Field::AgentId, m_ui->agentEdit);
    m_ui->channelNote->show(entries, Field::Channel, m_ui->channelCombo);
    m_ui->toNote->show(
        entries, Field::To, m_ui->toEdit,
        privacy::text(phoneLine(examine(m_composer.resolvedText(m_composer.typedRecipient()))),
                      m_composer.typedRecipient()));
    m_ui->localeNote->show(entries, Field::Locale, m_ui->localeCombo);
    m_ui->namespaceNote->show(entries, Field::Namespace, m_ui->namespaceEdit);
    m_ui->templateNote->show(entries, Field::Template, m_ui->templateEdit);
    showStatusUrl(entries);
    showRowNotes(entries);
}

void ComposerPage::showStatusUrl(const QList<CheckEntry> &entries)
{
    const bool builtIn = m_composer.usesBuiltInInbox();
    m_ui->statusUrlEdit->setReadOnly(builtIn);
    setQuietly(m_ui->statusUrlEdit,
               (builtIn ? m_composer.outgoing() : m_composer.request()).text(Field::StatusUrl));
    if (builtIn)
        m_ui->statusUrlEdit->setCursorPosition(0);
    const InboxAddress inbox = m_composer.inbox(m_composer.sendId());
    QList<FieldNote::Action> actions;
    if (inbox.problem != InboxProblem::None)
        actions.append({u"setup"_s, tr("Set up the inbox…")});
    if (builtIn)
        actions.append({u"own"_s, tr("Use my own URL")});
    else if (inbox.source == InboxSource::BuiltIn)
        actions.append({u"inbox"_s, tr("Use built-in inbox")});
    else
        actions.append({u"inbox"_s, tr("Use the profile's inbox")});
    m_ui->statusUrlNote->setActions(actions);
    m_ui->statusUrlNote->show(entries, Field::StatusUrl, m_ui->statusUrlEdit,
                              builtIn ? inboxHint(inbox.source) : QString());
}

QString ComposerPage::inboxHint(InboxSource source)
{
    switch (source) {
    case InboxSource::BuiltIn: break;
    case InboxSource::WebhookSite:
        return tr("webhook.site: another address for every send. A third party sees the numbers.");
    case InboxSource::Elsewhere: return tr("The profile's own URL.");
    }
    return tr("Built-in inbox: another address for every send.");
}

/// The tables' cells show their own marks; the line below tells the first in words.
void ComposerPage::showRowNotes(const QList<CheckEntry> &entries)
{
    for (const auto &[field, note] : {std::pair{Field::Components, m_ui->parameterNote},
                                      std::pair{Field::SessionParameters, m_ui->sessionNote}}) {
        auto own = entries;
        // With a card the form's fields tell what is wrong with each of them.
        const bool isForm = field == Field::Components && m_composer.card();
        own.removeIf([field = field, isForm](const CheckEntry &entry) {
            return entry.field != field || (isForm && entry.row >= 0);
        });
        QString place;
        if (!own.isEmpty() && own.first().row >= 0) {
            place = tr("Row %1:").arg(own.first().row + 1);
            own = {own.first()};
        }
        note->setPrefix(place);
        note->show(own, field, editorOf(field));
    }
}

QWidget *ComposerPage::editorOf(Field field) const
{
    switch (field) {
    case Field::Namespace: return m_ui->namespaceEdit;
    case Field::Template: return m_ui->templateEdit;
    case Field::Locale: return m_ui->localeCombo;
    case Field::To: return m_ui->toEdit;
    case Field::Channel: return m_ui->channelCombo;
    case Field::StatusUrl: return m_ui->statusUrlEdit;
    case Field::Components: return m_ui->parameterTable;
    case Field::SessionParameters: return m_ui->sessionTable;
    case Field::AgentId:
    case Field::Body: break;
    }
    return m_ui->agentEdit;
}

/// As high as its rows, so that the page scrolls and not a table inside it.
void ComposerPage::growWithRows(QTableView *table)
{
    const int rows = std::max(1, table->model()->rowCount());
    table->setFixedHeight(table->horizontalHeader()->sizeHint().height()
                          + rows * table->verticalHeader()->defaultSectionSize()
                          + 2 * table->frameWidth());
}

void ComposerPage::setQuietly(QLineEdit *edit, const QString &text)
{
    if (edit->text().trimmed() != text.trimmed()) // leaves the cursor alone while typing
        edit->setText(text);
}

} // namespace icebreaker
