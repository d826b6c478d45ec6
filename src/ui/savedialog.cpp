#include "ui/savedialog.h"

#include "ui/collectionbook.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

void addFolders(QComboBox &combo, const CollectionEntry &folder, const QString &name)
{
    combo.addItem(name, folder.path);
    for (const CollectionEntry &each : folder.children) {
        if (each.kind == CollectionEntry::Kind::Folder)
            addFolders(combo, each, u"%1 › %2"_s.arg(name, each.name));
    }
}

} // namespace

SaveDialog::SaveDialog(const CollectionBook &book, const QString &name, const QString &folder,
                       QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(name))
    , m_folder(new QComboBox)
{
    setWindowTitle(tr("Save request"));
    m_name->setObjectName(u"saveNameEdit"_s);
    m_name->selectAll();
    m_folder->setObjectName(u"saveFolderCombo"_s);
    for (qsizetype i = 0; i < book.count(); ++i) {
        CollectionEntry top = book.at(i).top;
        top.path = book.root(i); // also if it was not read yet
        addFolders(*m_folder, top,
                   CollectionBook::isOwn(i) ? tr("Icebreaker's own") : top.path.section(u'/', -1));
    }
    m_folder->setCurrentIndex(std::max(0, m_folder->findData(folder)));
    auto *layout = new QFormLayout(this);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addRow(tr("&Name"), m_name);
    layout->addRow(tr("&Folder"), m_folder);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    layout->addRow(buttons);
    QPushButton *save = buttons->button(QDialogButtonBox::Save);
    const auto follow = [this, save] { save->setEnabled(!this->name().isEmpty()); };
    connect(m_name, &QLineEdit::textChanged, this, follow);
    follow();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    setMinimumWidth(420);
}

QString SaveDialog::name() const
{
    return m_name->text().trimmed();
}

QString SaveDialog::folder() const
{
    return m_folder->currentData().toString();
}

} // namespace icebreaker
