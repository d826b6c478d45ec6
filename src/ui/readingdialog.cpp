#include "ui/readingdialog.h"

#include "ui_readingdialog.h"
#include "words/sheetwords.h"

#include <QFontDatabase>

namespace icebreaker {

namespace {

/// The entry for "find out by looking": its data is no value.
template <typename T>
void select(QComboBox &combo, const std::optional<T> &value)
{
    combo.setCurrentIndex(value ? combo.findData(static_cast<int>(*value)) : 0);
}

template <typename T>
std::optional<T> selected(const QComboBox &combo)
{
    const QVariant data = combo.currentData();
    return data.isValid() ? std::optional(static_cast<T>(data.toInt())) : std::nullopt;
}

} // namespace

ReadingDialog::ReadingDialog(const SheetShape &shape, const QStringList &preview, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ReadingDialog>())
{
    m_ui->setupUi(this);
    addChoices();
    select(*m_ui->encodingCombo, shape.encoding);
    select(*m_ui->delimiterCombo, shape.delimiter);
    select(*m_ui->headerCombo, shape.hasHeader);
    m_ui->encodingPreview->setVisible(!preview.isEmpty());
    if (preview.isEmpty()) {
        m_ui->questionLabel->setText(tr("Usually all of this is found by looking at the file."));
        return;
    }
    m_ui->questionLabel->setText(
        tr("The text is not UTF-8. If the letters below look right, it is Windows-1252, as older "
           "spreadsheet programs write it."));
    m_ui->encodingPreview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->encodingPreview->setPlainText(preview.join(QLatin1Char('\n')));
    select(*m_ui->encodingCombo, std::optional(TextEncoding::Windows1252));
}

ReadingDialog::~ReadingDialog() = default;

void ReadingDialog::addChoices()
{
    m_ui->encodingCombo->addItem(tr("Find out"));
    for (const TextEncoding encoding : {TextEncoding::Utf8, TextEncoding::Utf16Le,
                                        TextEncoding::Utf16Be, TextEncoding::Windows1252})
        m_ui->encodingCombo->addItem(encodingText(encoding), static_cast<int>(encoding));
    m_ui->delimiterCombo->addItem(tr("Find out"));
    for (const char delimiter : {',', ';', '\t', '|'})
        m_ui->delimiterCombo->addItem(delimiterText(delimiter), static_cast<int>(delimiter));
    m_ui->headerCombo->addItem(tr("Find out"));
    m_ui->headerCombo->addItem(tr("Has the columns' names"), 1);
    m_ui->headerCombo->addItem(tr("Is a row like the others"), 0);
}

SheetShape ReadingDialog::shape() const
{
    return {selected<TextEncoding>(*m_ui->encodingCombo), selected<char>(*m_ui->delimiterCombo),
            selected<bool>(*m_ui->headerCombo)};
}

} // namespace icebreaker
