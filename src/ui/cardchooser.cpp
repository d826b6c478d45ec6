#include "ui/cardchooser.h"

#include "core/templatecheck.h"
#include "core/templatefill.h"
#include "core/templatereader.h"
#include "ui/carddialog.h"
#include "ui/composer.h"
#include "ui/fetchdialog.h"
#include "ui/templatebook.h"
#include "ui_cardchooser.h"
#include "words/templatewords.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 FileCap = 16'777'216; // bytes; every template of an account is less

QString cardText(const TemplateCard &card)
{
    return u"%1 (%2)"_s.arg(card.name, card.locales().join(u", "_s));
}

} // namespace

CardChooser::CardChooser(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::CardChooser>())
{
    m_ui->setupUi(this);
    setFocusProxy(m_ui->cardCombo);
    m_ui->cardCombo->setAccessibleName(tr("Template card"));
    connect(m_ui->cardCombo, &QComboBox::activated, this, &CardChooser::choose);
    connect(m_ui->newCardButton, &QToolButton::clicked, this, &CardChooser::makeNew);
    connect(m_ui->editCardButton, &QToolButton::clicked, this, &CardChooser::edit);
    connect(m_ui->pasteCardButton, &QToolButton::clicked, this, &CardChooser::paste);
    connect(m_ui->openCardButton, &QToolButton::clicked, this, &CardChooser::open);
    connect(m_ui->fetchCardButton, &QToolButton::clicked, this, &CardChooser::fetch);
    connect(m_ui->cardNote, &FieldNote::actionRequested, this, &CardChooser::putBack);
}

CardChooser::~CardChooser() = default;

void CardChooser::bind(Composer &composer, TemplateBook &book, Vault &vault)
{
    m_composer = &composer;
    m_book = &book;
    m_vault = &vault;
    connect(m_book, &TemplateBook::changed, this, &CardChooser::showCards);
    connect(m_composer, &Composer::loaded, this, &CardChooser::useFittingCard);
    connect(m_composer, &Composer::changed, this, [this] {
        m_ui->cardCombo->setEnabled(!m_composer->request().isSms());
        if (m_shown != m_composer->card()) // undone, or another tab's
            showCards();
    });
    useFittingCard();
    if (!m_book->broken().isEmpty())
        say(tr("This card file could not be understood and was left as it is: %1")
                .arg(m_book->broken().join(u", "_s)));
}

void CardChooser::showCards()
{
    const QSignalBlocker quiet(m_ui->cardCombo);
    m_shown = m_composer->card();
    m_ui->cardCombo->clear();
    m_ui->cardCombo->addItem(tr("None: free parameters"));
    int current = 0;
    for (const StoredCard &each : m_book->cards()) {
        m_ui->cardCombo->addItem(cardText(each.card));
        if (m_composer->card() && m_composer->card()->name == each.card.name
            && m_composer->card()->namespaceId == each.card.namespaceId)
            current = m_ui->cardCombo->count() - 1;
    }
    m_ui->cardCombo->setCurrentIndex(current);
    m_ui->editCardButton->setEnabled(current > 0);
}

void CardChooser::choose(int row)
{
    if (row > 0) {
        use(row - 1);
        return;
    }
    m_composer->setCard(std::nullopt);
    say({});
    showCards();
}

void CardChooser::use(qsizetype index)
{
    const TemplateCard &card = m_book->cards().at(index).card;
    const JsonArray *components = m_composer->request().components();
    m_before = components == nullptr ? JsonArray{} : *components;
    const int unused = slotValues(versionFor(card, m_composer->request()), components).unused;
    m_composer->setCard(card);
    if (unused > 0)
        say(tr("%n parameter(s) of the request had no place in this template and were left out.",
               nullptr, unused),
            true);
    else
        say({});
    showCards();
}

/// A request that was loaded gets its card only if nothing of it changes by that.
void CardChooser::useFittingCard()
{
    const qsizetype index = m_book->indexFor(m_composer->request());
    if (index >= 0) {
        const TemplateCard &card = m_book->cards().at(index).card;
        const TemplateVersion *version = card.version(m_composer->request().text(Field::Locale));
        const JsonArray *components = m_composer->request().components();
        const JsonArray before = components == nullptr ? JsonArray{} : *components;
        if (version != nullptr
            && filledComponents(*version, slotValues(*version, components).values, components)
                == before)
            m_composer->setCard(card);
    }
    say({});
    showCards();
}

void CardChooser::makeNew()
{
    TemplateCard card = cardFromRequest(m_composer->request());
    // Words that are known already are not to be replaced by bare placeholders.
    if (m_book->indexFor(m_composer->request()) >= 0)
        card = {{}, card.namespaceId, {TemplateVersion()}, {}};
    if (card.versions.first().locale().isEmpty())
        card.versions.first().setLocale(u"en"_s);
    editCard(card, std::nullopt);
}

void CardChooser::edit()
{
    const int row = m_ui->cardCombo->currentIndex();
    if (row > 0)
        editCard(m_book->cards().at(row - 1).card, row - 1);
}

void CardChooser::paste()
{
    take(QGuiApplication::clipboard()->text().toUtf8());
}

void CardChooser::open()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open templates"), {}, tr("Templates (*.json *.txt);;All files (*)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        say(tr("The file cannot be read: %1").arg(file.errorString()));
        return;
    }
    take(file.read(FileCap));
}

void CardChooser::fetch()
{
    FetchDialog dialog(*m_vault, m_book->folder(), this);
    connect(&dialog, &FetchDialog::fetched, this, &CardChooser::addAll);
    connect(&dialog, &FetchDialog::failed, this, &CardChooser::failed);
    dialog.exec();
}

/// One template is looked at first; of several, all are kept.
void CardChooser::take(const QByteArray &text)
{
    const auto cards = readTemplates(text);
    if (!cards) {
        say(templateReadErrorText(cards.error()));
        return;
    }
    if (cards->size() > 1) {
        addAll(*cards);
        return;
    }
    const OutboundRequest &request = m_composer->request();
    TemplateCard card = cards->first();
    if (card.name.isEmpty() && card.versions.first().json().find(u"name") == nullptr)
        card.name = request.text(Field::Template);
    if (card.namespaceId.isEmpty())
        card.namespaceId = request.text(Field::Namespace);
    if (card.versions.first().locale().isEmpty())
        card.versions.first().setLocale(
            request.text(Field::Locale).isEmpty() ? u"en"_s : request.text(Field::Locale));
    editCard(card, std::nullopt);
}

void CardChooser::takeSent(const QByteArray &body)
{
    const auto request = OutboundRequest::fromJson(body);
    if (!request || request->isSms() || request->text(Field::Template).isEmpty()) {
        say(tr("That request was for no template."));
        return;
    }
    const qsizetype known = m_book->indexFor(*request);
    if (known >= 0
        && m_book->cards().at(known).card.version(request->text(Field::Locale)) != nullptr) {
        say(tr("There is a card of “%1” already.").arg(request->text(Field::Template)));
        return;
    }
    const auto place = keepNew(cardFromRequest(*request));
    if (!place)
        return;
    const TemplateCard &card = m_book->cards().at(*place).card;
    if (m_composer->request().text(Field::Template) == card.name)
        use(*place);
    else
        say(tr("The card of “%1” was made. Choose it above.").arg(card.name));
}

void CardChooser::editCard(const TemplateCard &card, std::optional<qsizetype> index)
{
    if (!index) {
        if (const auto place = keepNew(card))
            use(*place);
        return;
    }
    CardDialog dialog(card, true, this);
    const int result = dialog.exec();
    if (result == CardDialog::Deleted) {
        m_composer->setCard(std::nullopt);
        if (const auto removed = m_book->remove(*index); !removed)
            emit failed(removed.error());
    } else if (result == QDialog::Accepted) {
        if (const auto kept = m_book->replace(*index, dialog.card()); !kept)
            emit failed(kept.error());
        else
            use(*index);
    }
}

std::optional<qsizetype> CardChooser::keepNew(const TemplateCard &card)
{
    CardDialog dialog(card, false, this);
    int result = dialog.exec();
    while (result == QDialog::Accepted && !mayReplace(dialog.card()))
        result = dialog.exec();
    if (result != QDialog::Accepted)
        return std::nullopt;
    const auto added = m_book->add(dialog.card());
    if (!added) {
        emit failed(added.error());
        return std::nullopt;
    }
    return *added;
}

/// Asks if a card that is there already has other words in one of the languages.
bool CardChooser::mayReplace(const TemplateCard &card)
{
    QStringList replaced;
    for (const StoredCard &each : m_book->cards()) {
        const bool same = each.card.name == card.name
            && (each.card.namespaceId == card.namespaceId || each.card.namespaceId.isEmpty()
                || card.namespaceId.isEmpty());
        for (const TemplateVersion &version : card.versions) {
            const TemplateVersion *there = each.card.version(version.locale());
            if (same && there != nullptr && *there != version)
                replaced.append(version.locale());
        }
    }
    if (replaced.isEmpty())
        return true;
    QMessageBox box(QMessageBox::Question, tr("There is such a card"),
                    tr("There is a card of “%1” already. Replace what it has for %2?")
                        .arg(card.name, replaced.join(u", "_s)),
                    QMessageBox::Cancel, this);
    const auto *yes = box.addButton(tr("&Replace"), QMessageBox::AcceptRole);
    box.exec();
    return box.clickedButton() == yes;
}

void CardChooser::addAll(const QList<TemplateCard> &cards)
{
    int added = 0;
    for (const TemplateCard &card : cards) {
        if (card.name.isEmpty())
            continue;
        if (const auto kept = m_book->add(card); !kept) {
            emit failed(kept.error());
            break;
        }
        ++added;
    }
    // The card that is in use may have other words now.
    if (m_composer->card()) {
        const qsizetype index = m_book->indexFor(m_composer->request());
        if (index >= 0)
            m_composer->setCard(m_book->cards().at(index).card);
    }
    say(tr("%n template card(s) were read. Choose one above.", nullptr, added));
    showCards();
}

void CardChooser::putBack()
{
    m_composer->restoreComponents(m_before);
    say({});
    showCards();
}

void CardChooser::say(const QString &text, bool canUndo)
{
    m_ui->cardNote->setActions(canUndo ? QList{FieldNote::Action{u"undo"_s, tr("Put them back")}}
                                       : QList<FieldNote::Action>());
    m_ui->cardNote->show({}, Field::Components, m_ui->cardCombo, text);
}

} // namespace icebreaker
