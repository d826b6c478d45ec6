#include "ui/codepage.h"

#include "core/whendone.h"
#include "listen/sandboxrules.h"
#include "ui/composer.h"
#include "ui/plaintext.h"
#include "ui/privacy.h"
#include "ui_codepage.h"
#include "words/importwords.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QMessageBox>
#include <QSaveFile>

namespace icebreaker {

using namespace Qt::StringLiterals;

CodePage::CodePage(Composer &composer, Vault &vault, std::function<Owner()> owner, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::CodePage>())
    , m_composer(composer)
    , m_vault(vault)
    , m_owner(std::move(owner))
{
    m_ui->setupUi(this);
    m_ui->codeView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    for (const CodeFormat each : codeFormats())
        m_ui->formatCombo->addItem(codeFormatText(each), static_cast<int>(each));
    connect(m_ui->formatCombo, &QComboBox::currentIndexChanged, this, &CodePage::showCode);
    connect(&m_composer, &Composer::changed, this, &CodePage::showCode);
    connect(m_ui->copyCodeButton, &QPushButton::clicked, this, &CodePage::copy);
    connect(m_ui->copyWithKeyButton, &QPushButton::clicked, this, &CodePage::copyWithKey);
    connect(m_ui->saveCodeButton, &QPushButton::clicked, this, &CodePage::save);
    showCode();
}

CodePage::~CodePage() = default;

CodeFormat CodePage::format() const
{
    return static_cast<CodeFormat>(m_ui->formatCombo->currentData().toInt());
}

CodeRequest CodePage::request() const
{
    return {m_composer.url(), m_composer.body(), {}, false};
}

void CodePage::showCode()
{
    const CodeRequest shown = request();
    replaceText(*m_ui->codeView,
                privacy::text(codeText(format(), shown), m_composer.outgoing().text(Field::To)));
    QStringList caveats;
    for (const CodeCaveat caveat : codeCaveats(format(), shown))
        caveats.append(codeCaveatText(caveat));
    m_ui->caveatLabel->setText(caveats.join(u' '));
    m_ui->caveatLabel->setVisible(!caveats.isEmpty());
}

void CodePage::copy()
{
    QGuiApplication::clipboard()->setText(codeText(format(), request()));
    emit reported(tr("Copied. The key comes from the environment variable VGAI_KEY."));
}

/// The key goes from the keychain to the clipboard, and stays nowhere else.
void CodePage::copyWithKey()
{
    const Owner owner = m_owner();
    QMessageBox box(QMessageBox::Warning, tr("Copy with the API key?"),
                    tr("The key of “%1” will be on the clipboard in plain text. Every program on "
                       "this computer can read it there, and whoever gets it can send messages "
                       "that you pay for.")
                        .arg(owner.profile.name),
                    QMessageBox::NoButton, window());
    const auto *yes = box.addButton(tr("Copy with the &key"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() != yes)
        return;
    whenDone(m_vault.read(owner.profile.id, owner.keyOrigin, owner.profile.keyInKeychain), this,
             [this, url = m_composer.url()](const Result<ApiKey> &key) {
                 const bool isSandbox = m_composer.region() == Region::Sandbox;
                 if (!key && !isSandbox) {
                     emit failed(key.error());
                     return;
                 }
                 CodeRequest withKey = request();
                 if (withKey.url != url) {
                     emit reported(tr("Not copied: the request goes elsewhere by now."));
                     return;
                 }
                 withKey.key = key ? key->bytes : SandboxKey.toByteArray();
                 QGuiApplication::clipboard()->setText(codeText(format(), withKey));
                 emit reported(tr("Copied with the key. Copy something else when you are done."));
             });
}

void CodePage::save()
{
    const QString path = QFileDialog::getSaveFileName(
        window(), tr("Save the request as %1").arg(codeFormatText(format())),
        "request."_L1 + codeSuffix(format()));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const QByteArray bytes = codeFile(format(), request());
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    if (isWritten)
        emit reported(tr("Saved to %1.").arg(path));
    else
        emit failed({ErrorKind::Storage, file.errorString()});
}

} // namespace icebreaker
