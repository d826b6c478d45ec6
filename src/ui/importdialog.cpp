#include "ui/importdialog.h"

#include "core/whendone.h"
#include "interop/callbackimport.h"
#include "receive/inboxhub.h"
#include "ui/importmodel.h"
#include "ui/theme.h"
#include "ui_importdialog.h"
#include "words/errorwords.h"
#include "words/inboxwords.h"

#include <QFile>
#include <QHeaderView>
#include <QtConcurrent>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// In a worker.
Result<CallbackImport> readFrom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, file.errorString());
    return importCallbacks(file.read(CallbackImportMaxBytes + 1)); // one more is too many
}

} // namespace

ImportDialog::ImportDialog(InboxHub &hub, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ImportDialog>())
    , m_hub(hub)
    , m_model(new ImportModel(this))
{
    m_ui->setupUi(this);
    m_ui->statusView->setModel(m_model);
    m_ui->statusView->verticalHeader()->hide();
    m_ui->statusView->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_ui->statusView->horizontalHeader()->setSectionResizeMode(ImportModel::SendColumn,
                                                               QHeaderView::Stretch);
    m_ui->problemLabel->hide();
    m_ui->problemList->hide();
    m_ui->takeButton->setText(tr("&Take"));
    m_ui->takeButton->setEnabled(false);
    connect(m_ui->takeButton, &QPushButton::clicked, this, &ImportDialog::take);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::reject);
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::openFile(const QString &path)
{
    await(QtConcurrent::run(readFrom, path));
}

void ImportDialog::openText(const QByteArray &text)
{
    await(QtConcurrent::run(importCallbacks, text));
}

void ImportDialog::await(const QFuture<Result<CallbackImport>> &reading)
{
    m_ui->headline->setText(tr("Looking for statuses…"));
    whenDone(reading, this, [this](const Result<CallbackImport> &found) {
        if (found) {
            showFound(*found);
            return;
        }
        m_ui->headline->setText(tr("Nothing could be read."));
        showMessage(found.error().kind == ErrorKind::InvalidInput
                        ? tr("More than %1 MiB. Cut it into smaller files.")
                              .arg(CallbackImportMaxBytes / 1024 / 1024)
                        : tr("The file could not be read: %1.").arg(found.error().detail),
                    true);
    });
}

void ImportDialog::showFound(const CallbackImport &found)
{
    const auto count = static_cast<int>(found.callbacks.size());
    m_model->setCallbacks(found.callbacks);
    for (const int column : {ImportModel::NumberColumn, ImportModel::StatusColumn,
                             ImportModel::TimeColumn, ImportModel::LineColumn})
        m_ui->statusView->resizeColumnToContents(column);
    m_ui->headline->setText(count > 0 ? tr("%n status(es) found.", nullptr, count)
                                      : tr("No status found."));
    if (count == 0)
        showMessage(tr("Statuses are JSON objects with a “status”: as callbacks, in lines of a "
                       "log, from webhook.site, or in a HAR of a browser."),
                    false);
    m_ui->takeButton->setText(tr("&Take %n", nullptr, count));
    m_ui->takeButton->setEnabled(count > 0);
    if (count > 0)
        m_ui->takeButton->setFocus(Qt::OtherFocusReason);
    showProblems(found);
}

void ImportDialog::showProblems(const CallbackImport &found)
{
    const bool any = !found.problems.isEmpty();
    m_ui->problemLabel->setVisible(any);
    m_ui->problemList->setVisible(any);
    for (const ImportProblem &problem : found.problems)
        m_ui->problemList->addItem(importProblemText(problem));
    if (found.moreProblems > 0)
        m_ui->problemList->addItem(tr("… and %n more.", nullptr, found.moreProblems));
}

void ImportDialog::take()
{
    m_ui->takeButton->setEnabled(false);
    showMessage(tr("Recording…"), false);
    whenDone(m_hub.import(m_model->events()), this, [this](const Result<EventsTaken> &taken) {
        if (taken) {
            showTaken(*taken);
            return;
        }
        m_ui->takeButton->setEnabled(true); // what is there already stays there once
        showMessage(errorText(taken.error()), true);
    });
}

void ImportDialog::showTaken(const EventsTaken &taken)
{
    QStringList parts;
    if (taken.tied > 0)
        parts.append(tr("%n tied to a send", nullptr, taken.tied));
    if (taken.guessed > 0)
        parts.append(tr("%n guessed by number and time", nullptr, taken.guessed));
    if (taken.unmatched > 0)
        parts.append(tr("%n tied to no send", nullptr, taken.unmatched));
    if (taken.known > 0)
        parts.append(tr("%n known already", nullptr, taken.known));
    showMessage(tr("Recorded: %1.").arg(parts.join(", "_L1)), false);
    m_ui->takeButton->hide();
    m_ui->closeButton->setDefault(true);
    m_ui->closeButton->setFocus(Qt::OtherFocusReason);
}

void ImportDialog::showMessage(const QString &text, bool isError)
{
    QPalette palette = this->palette();
    if (isError)
        palette.setColor(QPalette::WindowText, theme::forSeverity(Severity::Error));
    m_ui->resultLabel->setPalette(palette);
    m_ui->resultLabel->setText(text);
    m_ui->resultLabel->setVisible(true);
}

} // namespace icebreaker
