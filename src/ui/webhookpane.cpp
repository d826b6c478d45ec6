#include "ui/webhookpane.h"

#include "core/whendone.h"
#include "receive/inboxhub.h"
#include "ui/keydialog.h"
#include "ui/theme.h"
#include "ui_webhookpane.h"
#include "words/errorwords.h"
#include "words/inboxwords.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

WebhookPane::WebhookPane(InboxHub &hub, Vault &vault, const Profile &profile, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::WebhookPane>())
    , m_hub(hub)
    , m_vault(vault)
    , m_profile(profile)
{
    m_ui->setupUi(this);
    const WebhookPlace place = m_hub.webhooks().place(profile.id);
    m_ui->baseEdit->setText(place.base.isEmpty() ? WebhookSite::defaultBase().toString()
                                                 : place.base);
    connect(m_ui->baseEdit, &QLineEdit::textChanged, this, &WebhookPane::showAgreement);
    connect(m_ui->agreeCheck, &QCheckBox::toggled, this, &WebhookPane::follow);
    connect(m_ui->keyButton, &QPushButton::clicked, this, &WebhookPane::editKey);
    connect(m_ui->createButton, &QPushButton::clicked, this, &WebhookPane::create);
    connect(m_ui->copyButton, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(address().toString(QUrl::FullyEncoded));
    });
    connect(m_ui->openButton, &QPushButton::clicked, this, &WebhookPane::openInBrowser);
    connect(&m_hub, &InboxHub::changed, this, &WebhookPane::follow);
    showAgreement();
}

WebhookPane::~WebhookPane() = default;

bool WebhookPane::hasAddress() const
{
    return !address().isEmpty();
}

QUrl WebhookPane::address() const
{
    const WebhookPlace place = m_hub.webhooks().place(m_profile.id);
    if (place.token.isEmpty())
        return {};
    QUrl url(place.base);
    url.setPath(url.path() + u'/' + place.token);
    return url;
}

Result<QUrl> WebhookPane::typedBase() const
{
    return parseBase(m_ui->baseEdit->text());
}

/// For every site anew: agreeing to one is not agreeing to another.
void WebhookPane::showAgreement()
{
    const auto base = typedBase();
    const bool agreed = base && m_hub.isAgreed(*base);
    m_ui->agreeCheck->setChecked(agreed);
    m_ui->agreeCheck->setEnabled(base && !agreed);
    m_ui->agreeCheck->setText(base ? tr("Yes, &numbers may go to %1").arg(base->host())
                                   : tr("Yes, &numbers may go there"));
    follow();
}

void WebhookPane::follow()
{
    const bool has = hasAddress();
    m_ui->addressEdit->setText(address().toString(QUrl::FullyEncoded));
    m_ui->addressEdit->setCursorPosition(0);
    m_ui->createButton->setText(has ? tr("C&reate New Address") : tr("C&reate Address"));
    m_ui->createButton->setEnabled(!m_isCreating && m_ui->agreeCheck->isChecked() && typedBase());
    m_ui->keyButton->setEnabled(typedBase().has_value());
    m_ui->copyButton->setEnabled(has);
    m_ui->openButton->setEnabled(has);
    showState();
}

void WebhookPane::showState()
{
    const auto state = m_hub.webhooks().state(m_profile.id);
    if (m_isCreating)
        showState(tr("Creating an address…"), false);
    else if (!typedBase())
        showState(tr("The site has to start with https:// and a host; http:// is only possible on "
                     "this computer."),
                  true);
    else if (state.notKept)
        showState(tr("A status could not be recorded, and is fetched again. %1")
                      .arg(errorText(*state.notKept)),
                  true);
    else if (state.problem)
        showState(webhookSiteProblemText(*state.problem), true);
    else if (!hasAddress())
        showState(tr("No address yet."), false);
    else if (m_hub.webhooks().isOtherAsking())
        showState(tr("Another Icebreaker on this folder asks the site."), false);
    else if (!state.polling)
        showState(tr("Asked for new statuses as soon as the profile uses it."), false);
    else if (!state.lastPolled.isValid())
        showState(tr("Asking…"), false);
    else
        showState(
            tr("Asked last at %1. %n status(es) since the start.", nullptr, state.kept)
                .arg(locale().toString(state.lastPolled.toLocalTime().time(), QLocale::LongFormat)),
            false);
}

void WebhookPane::showProblem(const QString &text)
{
    showState(text, true);
}

void WebhookPane::showState(const QString &text, bool isProblem)
{
    if (m_ui->stateLabel->text() == text)
        return;
    QPalette palette = this->palette();
    if (isProblem)
        palette.setColor(QPalette::WindowText, theme::forSeverity(Severity::Error));
    m_ui->stateLabel->setPalette(palette);
    m_ui->stateLabel->setText(text);
    emit grown();
}

void WebhookPane::create()
{
    const auto base = typedBase();
    if (!base || !m_ui->agreeCheck->isChecked())
        return;
    m_isCreating = true;
    follow();
    whenDone(m_hub.createWebhookAddress(m_profile.id, *base), this,
             [this](const WebhookSiteResult<WebhookAddress> &made) {
                 m_isCreating = false;
                 showAgreement();
                 if (!made)
                     showProblem(webhookSiteProblemText(made.error()));
             });
}

void WebhookPane::editKey()
{
    const auto base = typedBase();
    if (!base)
        return;
    KeyDialog dialog(m_vault,
                     {m_profile.id, m_profile.name, origin(*base),
                      m_hub.webhooks().keyInKeychain(m_profile.id, *base),
                      tr("Paste the site's API key here"),
                      tr("In your account at %1. It goes to that site alone.").arg(base->host())},
                     this);
    connect(&dialog, &KeyDialog::keyChanged, this, [this, base = *base](bool inKeychain) {
        m_hub.webhooks().noteKey(m_profile.id, base, inKeychain);
    });
    dialog.exec();
}

/// The site's own page about the address: looking at the address itself would count as a
/// request to it.
void WebhookPane::openInBrowser()
{
    const WebhookPlace place = m_hub.webhooks().place(m_profile.id);
    QUrl page(place.base);
    page.setPath(page.path() + u'/');
    page.setFragment("!/view/"_L1 + place.token);
    QDesktopServices::openUrl(page);
}

} // namespace icebreaker
