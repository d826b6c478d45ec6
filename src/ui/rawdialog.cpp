#include "ui/rawdialog.h"

#include "ui/privacy.h"
#include "ui/recordhtml.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct RawWords {
    Q_DECLARE_TR_FUNCTIONS(RawDialog)
};

} // namespace

void showRaw(QWidget &parent, const QString &title, const QByteArray &raw)
{
    auto *dialog = new QDialog(&parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"rawDialog"_s);
    dialog->setWindowTitle(title);
    dialog->resize(560, 440);
    auto *layout = new QVBoxLayout(dialog);
    auto *view = new QPlainTextEdit(privacy::text(html::bodyText(raw)));
    view->setObjectName(u"rawView"_s);
    view->setAccessibleName(title);
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    layout->addWidget(view);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    const auto *copy =
        buttons->addButton(RawWords::tr("&Copy as it came"), QDialogButtonBox::ActionRole);
    layout->addWidget(buttons);
    QObject::connect(copy, &QPushButton::clicked, dialog,
                     [raw] { QGuiApplication::clipboard()->setText(QString::fromUtf8(raw)); });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    dialog->show();
}

} // namespace icebreaker
