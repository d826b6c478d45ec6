#include "ui/donotmessagedialog.h"

#include "batch/sheetcheck.h"
#include "store/files.h"
#include "ui_donotmessagedialog.h"
#include "words/errorwords.h"

#include <QFileDialog>
#include <QPushButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

DoNotMessageDialog::DoNotMessageDialog(const QString &text, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::DoNotMessageDialog>())
{
    m_ui->setupUi(this);
    m_ui->numbersEdit->setPlainText(text);
    connect(m_ui->numbersEdit, &QPlainTextEdit::textChanged, this, &DoNotMessageDialog::showNote);
    connect(m_ui->importButton, &QPushButton::clicked, this, &DoNotMessageDialog::addFromFile);
    showNote();
}

DoNotMessageDialog::~DoNotMessageDialog() = default;

QString DoNotMessageDialog::text() const
{
    return m_ui->numbersEdit->toPlainText();
}

void DoNotMessageDialog::showNote()
{
    QList<int> unreadable;
    const auto list = DoNotMessageList::fromText(text(), &unreadable);
    QString note = tr("%n number(s).", nullptr, static_cast<int>(list.size()));
    if (!unreadable.isEmpty())
        note += u' ' + tr("Line %1 holds none, and is ignored.").arg(unreadable.first());
    m_ui->numbersNote->setText(note);
}

void DoNotMessageDialog::addFromFile()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Add Numbers From a File"), {}, tr("Text files (*.txt *.csv);;All files (*)"));
    if (path.isEmpty())
        return;
    const auto bytes = readFile(path);
    if (!bytes) {
        m_ui->numbersNote->setText(errorText(bytes.error()));
        return;
    }
    QString all = text();
    if (!all.isEmpty() && !all.endsWith(u'\n'))
        all += u'\n';
    m_ui->numbersEdit->setPlainText(all + QString::fromUtf8(bytes->value_or(QByteArray())));
}

} // namespace icebreaker
