#include "ui/keydialog.h"

#include "core/whendone.h"
#include "ui/theme.h"
#include "ui_keydialog.h"
#include "words/errorwords.h"

#include <QClipboard>
#include <QGuiApplication>

namespace icebreaker {

KeyDialog::KeyDialog(Vault &vault, Target target, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::KeyDialog>())
    , m_vault(vault)
    , m_target(std::move(target))
{
    m_ui->setupUi(this);
    if (!m_target.help.isEmpty()) {
        m_ui->keyEdit->setPlaceholderText(m_target.placeholder);
        m_ui->helpLabel->setText(m_target.help);
    }
    connect(m_ui->pasteButton, &QPushButton::clicked, this, &KeyDialog::paste);
    connect(m_ui->saveButton, &QPushButton::clicked, this, &KeyDialog::save);
    connect(m_ui->forgetButton, &QPushButton::clicked, this, &KeyDialog::forget);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->revealButton, &QPushButton::pressed, this,
            [this] { m_ui->keyEdit->setEchoMode(QLineEdit::Normal); });
    connect(m_ui->revealButton, &QPushButton::released, this,
            [this] { m_ui->keyEdit->setEchoMode(QLineEdit::Password); });
    connect(m_ui->keyEdit, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_ui->saveButton->setEnabled(!text.isEmpty()); });
    connect(&m_vault, &Vault::slow, this, [this] {
        showMessage(tr("The keychain has not answered yet. Look for its password prompt; it may "
                       "be behind this window."),
                    true);
    });
    m_ui->saveButton->setEnabled(false);
    showPlace();
}

KeyDialog::~KeyDialog()
{
    m_ui->keyEdit->clear();
}

QString KeyDialog::placeText(KeyPlace place)
{
    switch (place) {
    case KeyPlace::Keychain: return tr("in keychain");
    case KeyPlace::Session: return tr("this session only");
    case KeyPlace::Missing: return tr("missing");
    case KeyPlace::Locked: return tr("keychain locked");
    case KeyPlace::NoService: return tr("no keychain");
    case KeyPlace::Denied: return tr("keychain denied");
    case KeyPlace::Unknown: break;
    }
    return tr("keychain does not answer");
}

void KeyDialog::paste()
{
    m_ui->keyEdit->setText(QGuiApplication::clipboard()->text().trimmed());
    m_ui->keyEdit->setFocus(Qt::OtherFocusReason);
}

void KeyDialog::save()
{
    const auto key = cleanKey(m_ui->keyEdit->text().toUtf8());
    if (!key) {
        showMessage(tr("This is not a key: it has to be one word of plain letters, digits and "
                       "signs."),
                    true);
        return;
    }
    if (m_ui->sessionCheck->isChecked()) {
        m_vault.keepForSession(m_target.profileId, m_target.origin, *key);
        finish({}, tr("Kept in memory until Icebreaker ends."), m_target.storedBefore);
        return;
    }
    m_ui->saveButton->setEnabled(false);
    whenDone(m_vault.store(m_target.profileId, m_target.origin, *key), this,
             [this](const Result<void> &done) {
                 finish(done, tr("The key is in the keychain."), true);
             });
}

void KeyDialog::forget()
{
    whenDone(
        m_vault.remove(m_target.profileId, m_target.origin), this,
        [this](const Result<void> &done) { finish(done, tr("The key is forgotten."), false); });
}

void KeyDialog::finish(const Result<void> &result, const QString &success, bool inKeychain)
{
    m_ui->saveButton->setEnabled(!m_ui->keyEdit->text().isEmpty());
    if (!result) {
        showMessage(errorText(result.error()), true);
        return;
    }
    m_ui->keyEdit->clear();
    m_target.storedBefore = inKeychain;
    emit keyChanged(inKeychain);
    showPlace();
    showMessage(success, false);
}

void KeyDialog::showPlace()
{
    whenDone(m_vault.place(m_target.profileId, m_target.origin, m_target.storedBefore), this,
             [this](KeyPlace place) {
                 m_ui->whereLabel->setText(
                     tr("Key of “%1” for %2: %3.")
                         .arg(m_target.profileName, m_target.origin, placeText(place)));
                 m_ui->forgetButton->setEnabled(place != KeyPlace::Missing);
             });
}

void KeyDialog::showMessage(const QString &text, bool isError)
{
    QPalette palette = m_ui->messageLabel->palette();
    palette.setColor(QPalette::WindowText,
                     isError ? theme::forSeverity(Severity::Error) : theme::good());
    m_ui->messageLabel->setPalette(palette);
    m_ui->messageLabel->setText(text);
    m_ui->messageLabel->setVisible(true);
    adjustSize();
}

} // namespace icebreaker
