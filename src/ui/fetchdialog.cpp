#include "ui/fetchdialog.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "secrets/jwt.h"
#include "secrets/vault.h"
#include "ui/keydialog.h"
#include "ui/theme.h"
#include "ui_fetchdialog.h"
#include "words/errorwords.h"
#include "words/sendwords.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QUuid>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 KeyFileCap = 65'536; // bytes; a key of 4096 bits has 3300
constexpr auto TokenLife = 10min; // longer than the longest fetch

QString reasonText(const TemplateFetchError &error)
{
    using Kind = TemplateFetchError::Kind;
    switch (error.kind) {
    case Kind::BadServer:
        return FetchDialog::tr("Enter the WABA ID, and a server of Vonage's that starts with "
                               "https://.");
    case Kind::Unreachable: return problemText(error.transport);
    case Kind::TokenRefused:
        return FetchDialog::tr("Vonage refused the token (401): the private key does not belong to "
                               "this application ID, or this computer's clock is wrong.");
    case Kind::NotAllowed:
        return FetchDialog::tr("The application may not see this account's templates (403): link "
                               "the WhatsApp number to it in the Vonage dashboard.");
    case Kind::NoSuchAccount:
        return FetchDialog::tr("Vonage knows no such WhatsApp Business Account (404): check the "
                               "WABA ID.");
    case Kind::TooManyRequests: {
        const auto wait = error.retryAfter.value_or(1s);
        return FetchDialog::tr("Vonage had too many requests (429). Try again in %1 s.")
            .arg(std::max<qint64>(1, (wait.count() + 999) / 1000));
    }
    case Kind::ServerFault:
        return FetchDialog::tr("Vonage's server failed (%1). Try again later.").arg(error.status);
    case Kind::Refused:
        return FetchDialog::tr("Vonage refused the request (%1).").arg(error.status);
    case Kind::NotTemplates: return FetchDialog::tr("The answer is no list of templates.");
    case Kind::Cancelled: return FetchDialog::tr("Stopped.");
    }
    return {};
}

QString fetchProblemText(const TemplateFetchError &error)
{
    const QString reason = reasonText(error);
    return error.detail.isEmpty() ? reason : u"%1 (%2)"_s.arg(reason, error.detail);
}

} // namespace

FetchDialog::FetchDialog(Vault &vault, QString folder, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::FetchDialog>())
    , m_vault(vault)
    , m_folder(std::move(folder))
    , m_source(loadTemplateSource(m_folder))
{
    m_ui->setupUi(this);
    m_ui->wabaEdit->setText(m_source.wabaId);
    m_ui->applicationEdit->setText(m_source.applicationId);
    m_ui->serverEdit->setText(m_source.server.isEmpty() ? defaultTemplateServer().toString()
                                                        : m_source.server);
    connect(m_ui->pasteKeyButton, &QPushButton::clicked, this,
            [this] { takeKey(QGuiApplication::clipboard()->text().toUtf8()); });
    connect(m_ui->openKeyButton, &QPushButton::clicked, this, &FetchDialog::openKey);
    connect(m_ui->forgetKeyButton, &QPushButton::clicked, this, &FetchDialog::forgetKey);
    connect(m_ui->fetchButton, &QPushButton::clicked, this, &FetchDialog::fetch);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::reject);
    for (QLineEdit *edit : {m_ui->applicationEdit, m_ui->serverEdit})
        connect(edit, &QLineEdit::editingFinished, this, &FetchDialog::showKeyPlace);
    connect(&m_fetcher, &TemplateFetcher::progressed, this, [this](int templates) {
        say(tr("%n template(s) so far…", nullptr, templates), false);
    });
    m_ui->messageLabel->hide();
    showKeyPlace();
}

FetchDialog::~FetchDialog() = default;

QUrl FetchDialog::server() const
{
    QUrl url(m_ui->serverEdit->text().trimmed(), QUrl::StrictMode);
    url.setPath({});
    return url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString FetchDialog::keyName() const
{
    return u"application-"_s + m_ui->applicationEdit->text().trimmed();
}

void FetchDialog::remember()
{
    const QString typed = server().toString();
    m_source.server = typed == defaultTemplateServer().toString() ? QString() : typed;
    m_source.wabaId = m_ui->wabaEdit->text().trimmed();
    m_source.applicationId = m_ui->applicationEdit->text().trimmed();
    if (const auto kept = saveTemplateSource(m_folder, m_source); !kept)
        emit failed(kept.error());
}

void FetchDialog::showKeyPlace()
{
    whenDone(m_vault.place(keyName(), origin(server()), m_source.keyInKeychain), this,
             [this](KeyPlace place) {
                 m_ui->keyLabel->setText(KeyDialog::placeText(place));
                 m_ui->forgetKeyButton->setEnabled(place != KeyPlace::Missing);
             });
}

void FetchDialog::takeKey(const QByteArray &pem)
{
    if (m_ui->applicationEdit->text().trimmed().isEmpty()) {
        say(tr("Enter the application ID first: the key belongs to it."), true);
        return;
    }
    const auto packed = packedPrivateKey(pem);
    if (!packed) {
        say(tr("This is not the private key of an application: it begins with "
               "“-----BEGIN PRIVATE KEY-----”, and it has no password."),
            true);
        return;
    }
    if (m_ui->sessionCheck->isChecked()) {
        m_vault.keepForSession(keyName(), origin(server()), *packed);
        say(tr("Kept in memory until Icebreaker ends."), false);
        showKeyPlace();
        return;
    }
    whenDone(m_vault.store(keyName(), origin(server()), *packed), this,
             [this](const Result<void> &stored) {
                 if (!stored) {
                     say(errorText(stored.error()), true);
                     return;
                 }
                 m_source.keyInKeychain = true;
                 remember();
                 say(tr("The private key is in the keychain."), false);
                 showKeyPlace();
             });
}

void FetchDialog::openKey()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open the private key"), {},
                                                      tr("Keys (*.key *.pem);;All files (*)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        takeKey(file.read(KeyFileCap));
    else
        say(tr("The file cannot be read: %1").arg(file.errorString()), true);
}

void FetchDialog::forgetKey()
{
    whenDone(m_vault.remove(keyName(), origin(server())), this, [this](const Result<void> &gone) {
        if (gone) {
            m_source.keyInKeychain = false;
            remember();
            say(tr("The key is forgotten."), false);
        } else {
            say(errorText(gone.error()), true);
        }
        showKeyPlace();
    });
}

void FetchDialog::fetch()
{
    if (m_fetcher.isBusy()) {
        m_fetcher.cancel();
        return;
    }
    if (!isTemplateServer(server()) || m_ui->wabaEdit->text().trimmed().isEmpty()) {
        say(fetchProblemText({TemplateFetchError::Kind::BadServer, 0, {}, {}, {}}), true);
        return;
    }
    remember();
    whenDone(m_vault.read(keyName(), origin(server()), m_source.keyInKeychain), this,
             [this](const Result<ApiKey> &key) {
                 if (!key && key.error().kind == ErrorKind::SecretsNotFound) {
                     say(tr("Paste or open the application's private key first."), true);
                     return;
                 }
                 const auto token = !key
                     ? tl::unexpected(key.error())
                     : signedJwt(key->bytes,
                                 {m_source.applicationId, QDateTime::currentDateTimeUtc(),
                                  TokenLife, QUuid::createUuid().toString(QUuid::WithoutBraces)});
                 if (token)
                     fetchWith(*token);
                 else
                     say(errorText(token.error()), true);
             });
}

void FetchDialog::fetchWith(const QByteArray &token)
{
    setBusy(true);
    whenDone(m_fetcher.fetch({server(), m_source.wabaId, token}), this,
             [this](const TemplateFetcher::Fetched &result) {
                 setBusy(false);
                 if (!result) {
                     say(fetchProblemText(result.error()), true);
                     return;
                 }
                 emit fetched(result->cards);
                 if (result->cards.isEmpty())
                     say(tr("The account has no templates."), false);
                 else
                     accept();
             });
}

void FetchDialog::setBusy(bool busy)
{
    m_ui->fetchButton->setText(busy ? tr("S&top") : tr("Fe&tch"));
    for (QWidget *widget : std::initializer_list<QWidget *>{
             m_ui->wabaEdit, m_ui->applicationEdit, m_ui->serverEdit, m_ui->pasteKeyButton,
             m_ui->openKeyButton, m_ui->forgetKeyButton, m_ui->sessionCheck})
        widget->setEnabled(!busy);
    if (busy)
        say(tr("Asking Vonage…"), false);
    else
        showKeyPlace();
}

void FetchDialog::say(const QString &text, bool isError)
{
    QPalette palette = m_ui->messageLabel->palette();
    palette.setColor(QPalette::WindowText,
                     isError ? theme::forSeverity(Severity::Error) : theme::good());
    m_ui->messageLabel->setPalette(palette);
    m_ui->messageLabel->setText(text);
    m_ui->messageLabel->show();
    adjustSize();
}

} // namespace icebreaker
