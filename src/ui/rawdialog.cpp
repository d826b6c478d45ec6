#include "ui/rawdialog.h"

#include "editor/bodyview.h"
#include "editor/textviewer.h"
#include "ui/privacy.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGuiApplication>
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
    dialog->resize(640, 480);
    auto *layout = new QVBoxLayout(dialog);
    auto *view = new BodyView(u"rawView"_s);
    view->viewer().setAccessibleName(title);
    BodyView::Hide hide;
    if (privacy::mask().isOn())
        hide = [](const QString &text) { return privacy::text(text); };
    ShownBody shown;
    shown.body = raw;
    shown.fileName = u"raw"_s;
    view->show(shown, hide);
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
