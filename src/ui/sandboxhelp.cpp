#include "ui/sandboxhelp.h"

#include "listen/sandboxrecipients.h"
#include "ui/composer.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct SandboxWords {
    Q_DECLARE_TR_FUNCTIONS(SandboxHelp)
};

QString behaviourText(SandboxBehaviour behaviour)
{
    switch (behaviour) {
    case SandboxBehaviour::Normal: return SandboxWords::tr("Accepted; submitted, delivered, read");
    case SandboxBehaviour::WrongKey: return SandboxWords::tr("401: the key is refused");
    case SandboxBehaviour::UnpublishedAgent:
        return SandboxWords::tr("404: the agent is not published");
    case SandboxBehaviour::Unprocessable: return SandboxWords::tr("422: the request is refused");
    case SandboxBehaviour::RateLimited: return SandboxWords::tr("429: always over the limit");
    case SandboxBehaviour::ServerError: return SandboxWords::tr("500: the server failed");
    case SandboxBehaviour::HtmlPage:
        return SandboxWords::tr("200 with a web page, as from a proxy");
    case SandboxBehaviour::Redirect: return SandboxWords::tr("302 to another host");
    case SandboxBehaviour::Stall: return SandboxWords::tr("No answer until the time-out");
    case SandboxBehaviour::CloseUnanswered:
        return SandboxWords::tr("Accepted, but closed without an answer; callbacks arrive");
    case SandboxBehaviour::HalfAnswer:
        return SandboxWords::tr("Accepted, half of the answer is missing");
    case SandboxBehaviour::DeliveredWithoutSubmitted:
        return SandboxWords::tr("Delivered and read, never submitted");
    case SandboxBehaviour::ReadBeforeDelivered:
        return SandboxWords::tr("Read arrives before delivered");
    case SandboxBehaviour::DuplicateCallbacks:
        return SandboxWords::tr("Every callback arrives twice");
    case SandboxBehaviour::RejectedWithError: return SandboxWords::tr("Rejected with error 1022");
    case SandboxBehaviour::Undeliverable: return SandboxWords::tr("Undeliverable");
    case SandboxBehaviour::NeverRead: return SandboxWords::tr("Delivered, never read");
    }
    return {};
}

QString spaced(const QString &digits)
{
    return u'+' + digits.first(2) + u' ' + digits.mid(2, 4) + u' ' + digits.mid(6);
}

} // namespace

void showSandboxHelp(QWidget &parent, Composer &composer)
{
    QDialog dialog(&parent);
    dialog.setWindowTitle(SandboxWords::tr("Sandbox numbers"));
    dialog.resize(560, 560);
    auto *layout = new QVBoxLayout(&dialog);
    auto *intro =
        new QLabel(SandboxWords::tr("Send to one of these numbers in the sandbox to see what "
                                    "you may meet for real. Every other number is accepted, "
                                    "delivered and read. Nothing leaves this computer."));
    intro->setWordWrap(true);
    layout->addWidget(intro);

    const auto &recipients = specialRecipients();
    auto *table = new QTableWidget(static_cast<int>(recipients.size()), 2);
    table->setObjectName(u"sandboxTable"_s);
    table->setAccessibleName(SandboxWords::tr("Sandbox numbers"));
    table->setHorizontalHeaderLabels({SandboxWords::tr("To"), SandboxWords::tr("What happens")});
    table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    table->setColumnWidth(0, 150);
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    for (int row = 0; row < table->rowCount(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(spaced(recipients.at(row).number)));
        table->setItem(row, 1, new QTableWidgetItem(behaviourText(recipients.at(row).behaviour)));
    }
    table->selectRow(0);
    layout->addWidget(table);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *use =
        buttons->addButton(SandboxWords::tr("&Use this number"), QDialogButtonBox::AcceptRole);
    use->setDefault(true);
    layout->addWidget(buttons);
    QObject::connect(table, &QTableWidget::cellDoubleClicked, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    if (dialog.exec() == QDialog::Accepted && table->currentRow() >= 0)
        composer.setRecipient(spaced(recipients.at(table->currentRow()).number));
}

} // namespace icebreaker
