#include "ui/numbersdialog.h"

#include "core/recipient.h"
#include "phone/phonecheck.h"
#include "ui/numbersmodel.h"
#include "ui/phoneline.h"
#include "ui_numbersdialog.h"

#include <QHeaderView>
#include <QPushButton>

#include <algorithm>

namespace icebreaker {

namespace {

/// Whether it could go out as it is.
bool isComplete(const Recipient &recipient)
{
    return !recipient.strangeCharacter && !recipient.nationalForm && !recipient.trunkZero
        && recipient.digits.size() >= RecipientMinDigits
        && recipient.digits.size() <= RecipientMaxDigits;
}

} // namespace

NumbersDialog::NumbersDialog(const AddressBook &book, const Target &target, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::NumbersDialog>())
    , m_model(new NumbersModel(book, this))
{
    m_ui->setupUi(this);
    setWindowTitle(tr("Numbers of “%1”").arg(target.profileName));
    m_ui->aboutLabel->setText(
        target.onlyTestNumbers
            ? tr("Test numbers belong to people who know. This profile is limited to them: any "
                 "other number asks for its last digits before it is sent to.")
            : tr("Test numbers belong to people who know. A live profile can be limited to them: "
                 "see its settings. Numbers without a name are those used lately."));
    auto *view = m_ui->numbersView;
    view->setModel(m_model);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    auto *header = view->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->resizeSection(NumbersModel::NameColumn, 190);
    header->resizeSection(NumbersModel::NumberColumn, 190);
    header->resizeSection(NumbersModel::TestColumn, 110);

    connect(m_ui->numberEdit, &QLineEdit::textChanged, this, &NumbersDialog::showTyped);
    m_ui->addButton->setDefault(true); // Return adds and leaves the dialog open
    connect(m_ui->addButton, &QPushButton::clicked, this, &NumbersDialog::add);
    connect(m_ui->removeButton, &QPushButton::clicked, this, &NumbersDialog::removeSelected);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this, view] {
        m_ui->removeButton->setEnabled(view->selectionModel()->hasSelection());
    });
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const Recipient typed = readRecipient(target.typed);
    const auto known = book.find(typed.digits);
    if (isComplete(typed) && (!known || known->isOnlyRecent()))
        m_ui->numberEdit->setText(target.typed);
    showTyped();
}

NumbersDialog::~NumbersDialog() = default;

AddressBook NumbersDialog::book() const
{
    return m_model->book();
}

void NumbersDialog::showTyped()
{
    const QString typed = m_ui->numberEdit->text();
    const Recipient recipient = readRecipient(typed);
    m_ui->addButton->setEnabled(isComplete(recipient));
    QString note = phoneLine(examine(typed));
    if (typed.isEmpty())
        note = tr("Numbers have their country code, as in the form.");
    else if (recipient.nationalForm)
        note = tr("The country code is missing.");
    m_ui->noteLabel->setText(note);
}

void NumbersDialog::add()
{
    if (!m_ui->addButton->isEnabled())
        return;
    const QString number = readRecipient(m_ui->numberEdit->text()).digits;
    const int row = m_model->add(
        {number, m_ui->nameEdit->text().simplified(), m_ui->testCheck->isChecked(), {}});
    m_ui->numbersView->selectRow(row);
    m_ui->numbersView->scrollTo(m_model->index(row, 0));
    m_ui->numberEdit->clear();
    m_ui->nameEdit->clear();
    m_ui->numberEdit->setFocus(Qt::OtherFocusReason);
}

void NumbersDialog::removeSelected()
{
    QList<int> rows;
    for (const QModelIndex &index : m_ui->numbersView->selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.rbegin(), rows.rend());
    for (const int row : rows)
        m_model->removeRow(row);
}

} // namespace icebreaker
