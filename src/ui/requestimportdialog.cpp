#include "ui/requestimportdialog.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "ui/requestimportmodel.h"
#include "ui_requestimportdialog.h"
#include "words/importwords.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QMessageBox>
#include <QtConcurrent>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

RequestImportDialog::RequestImportDialog(Here here, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::RequestImportDialog>())
    , m_here(std::move(here))
    , m_model(new RequestImportModel(this))
{
    m_ui->setupUi(this);
    m_hint.bases = m_here.bases;
    m_ui->requestView->setModel(m_model);
    m_ui->requestView->verticalHeader()->hide();
    m_ui->requestView->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_ui->requestView->horizontalHeader()->setStretchLastSection(true);
    connect(m_model, &RequestImportModel::chosenChanged, this, &RequestImportDialog::showChosen);
    connect(m_ui->takeButton, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->fileButton, &QPushButton::clicked, this, &RequestImportDialog::chooseFile);
    connect(m_ui->environmentButton, &QPushButton::clicked, this,
            &RequestImportDialog::chooseEnvironment);
    showFound(Found());
    m_ui->headline->setText(tr("Looking for requests…"));
}

RequestImportDialog::~RequestImportDialog() = default;

void RequestImportDialog::openFile(const QString &path)
{
    await(QtConcurrent::run([path, hint = m_hint] {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return Found{{}, {}, file.errorString()};
        Found found{file.read(ImportMaxBytes + 1), {}, {}}; // one more is too many
        found.import = importRequests(found.text, hint);
        return found;
    }));
}

void RequestImportDialog::openText(const QByteArray &text)
{
    m_text = text;
    read();
}

void RequestImportDialog::read()
{
    await(QtConcurrent::run([text = m_text, hint = m_hint] {
        return Found{text, importRequests(text, hint), {}};
    }));
}

void RequestImportDialog::await(const QFuture<Found> &reading)
{
    whenDone(reading, this, [this](const Found &found) { showFound(found); });
}

void RequestImportDialog::showFound(const Found &found)
{
    m_text = found.text;
    m_found = found.import;
    showRequests();
    showEndpoint();
    showKeys();
    showRefused();
    if (!found.unread.isEmpty())
        m_ui->headline->setText(tr("The file could not be read: %1.").arg(found.unread));
    const QString file = wantedFile();
    m_ui->fileButton->setVisible(!file.isEmpty());
    m_ui->fileButton->setText(tr("&File %1…").arg(QFileInfo(file).fileName()));
    m_ui->environmentButton->setVisible(m_found.format == RequestFormat::Postman);
    if (m_ui->takeButton->isEnabled())
        m_ui->takeButton->setFocus(Qt::OtherFocusReason);
}

void RequestImportDialog::showRequests()
{
    const auto count = static_cast<int>(m_found.requests.size());
    m_model->setRequests(m_found.requests);
    for (const int column : {RequestImportModel::NameColumn, RequestImportModel::ToColumn,
                             RequestImportModel::TemplateColumn})
        m_ui->requestView->resizeColumnToContents(column);
    m_ui->requestView->setVisible(count > 0);
    const QString headline = count > 0 ? tr("%n request(s) for this API found.", nullptr, count)
                                       : tr("No request for this API found.");
    m_ui->headline->setText(m_found.format ? requestFormatText(*m_found.format) + ": "_L1 + headline
                                           : headline);
}

/// Where they went is told, and never changes where this window sends to.
void RequestImportDialog::showEndpoint()
{
    QStringList others;
    for (const ImportedRequest &request : std::as_const(m_found.requests)) {
        const QString base = request.base.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
        if (!base.isEmpty() && request.base != m_here.base && !others.contains(base))
            others.append(base);
    }
    constexpr qsizetype most = 5;
    m_ui->endpointLabel->setVisible(!others.isEmpty());
    m_ui->endpointLabel->setText(
        tr("These requests went to %1. Here they will go where “%2” sends: %3")
            .arg(others.mid(0, most).join(u", "_s), m_here.profileName, m_here.base.toString()));
}

/// Whether it may be the key for where this window sends to. The sandbox needs none.
bool RequestImportDialog::isOwn(const ApiKey &key) const
{
    return !QUrl(m_here.keyOrigin).host().isEmpty()
        && (key.origin.isEmpty() || key.origin == m_here.keyOrigin);
}

void RequestImportDialog::showKeys()
{
    QStringList elsewhere;
    int own = 0;
    for (const ApiKey &key : std::as_const(m_found.keys)) {
        if (isOwn(key))
            ++own;
        else
            elsewhere.append(key.origin.isEmpty() ? tr("an endpoint that is not told")
                                                  : QUrl(key.origin).host());
    }
    elsewhere.removeDuplicates();
    m_ui->keyBox->setVisible(own == 1);
    m_ui->keyBox->setChecked(false);
    m_ui->keyBox->setText(
        tr("&Put the API key that came with them into the keychain, for “%1” at %2")
            .arg(m_here.profileName, QUrl(m_here.keyOrigin).host()));
    QStringList said;
    if (!elsewhere.isEmpty())
        said.append(tr("There is an API key for %1, too. To keep it, choose a profile that sends "
                       "there and import once more.")
                        .arg(elsewhere.mid(0, 3).join(u", "_s)));
    if (own > 1)
        said.append(tr("They came with several API keys. None is kept: enter the right one with "
                       "File › API Key."));
    m_ui->otherKeysLabel->setText(said.join(u' '));
    m_ui->otherKeysLabel->setVisible(!said.isEmpty());
}

void RequestImportDialog::showRefused()
{
    m_ui->refusedList->clear();
    for (const RefusedRequest &refused : std::as_const(m_found.refused)) {
        const QString why = importRefusalText(refused);
        m_ui->refusedList->addItem(refused.name.isEmpty() ? why : refused.name + ": "_L1 + why);
    }
    if (m_found.moreRefused > 0)
        m_ui->refusedList->addItem(tr("And %n more.", nullptr, m_found.moreRefused));
    const bool isAny = m_ui->refusedList->count() > 0;
    m_ui->refusedLabel->setVisible(isAny);
    m_ui->refusedList->setVisible(isAny);
}

void RequestImportDialog::showChosen()
{
    const auto count = static_cast<int>(m_model->chosen().size());
    m_ui->takeButton->setEnabled(count > 0);
    m_ui->takeButton->setText(count > 1 ? tr("&Open %n", nullptr, count) : tr("&Open"));
}

QList<ImportedRequest> RequestImportDialog::chosen() const
{
    return m_model->chosen();
}

std::optional<ApiKey> RequestImportDialog::keyToKeep() const
{
    if (!m_ui->keyBox->isChecked() || m_ui->keyBox->isHidden())
        return std::nullopt;
    const auto found = std::find_if(m_found.keys.begin(), m_found.keys.end(),
                                    [this](const ApiKey &key) { return isOwn(key); });
    return ApiKey{found->bytes, m_here.keyOrigin};
}

QString RequestImportDialog::wantedFile() const
{
    const auto found = std::find_if(
        m_found.refused.begin(), m_found.refused.end(),
        [](const RefusedRequest &refused) { return refused.why == ImportRefusal::FileWanted; });
    return found == m_found.refused.end() ? QString() : found->subject;
}

std::optional<QByteArray> RequestImportDialog::readSmall(const QString &title)
{
    const QString path = QFileDialog::getOpenFileName(this, title);
    if (path.isEmpty())
        return std::nullopt;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        QMessageBox::warning(this, title,
                             tr("The file could not be read: %1.").arg(file.errorString()));
        return std::nullopt;
    }
    constexpr qint64 most = 10'000'000; // bytes: a body or an environment is far smaller
    return file.read(most);
}

void RequestImportDialog::chooseFile()
{
    const QString name = wantedFile();
    const auto content = readSmall(tr("What is in %1?").arg(name));
    if (!content)
        return;
    m_hint.files.insert(name, *content);
    read();
}

void RequestImportDialog::chooseEnvironment()
{
    const auto content = readSmall(tr("Postman environment"));
    if (!content)
        return;
    m_hint.environment = *content;
    read();
}

} // namespace icebreaker
