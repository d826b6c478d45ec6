#include "ui/inboxdialog.h"

#include "core/requestcheck.h"
#include "receive/inboxaddresses.h"
#include "ui/listenerpane.h"
#include "ui/theme.h"
#include "ui/webhookpane.h"
#include "ui_inboxdialog.h"
#include "words/checkwords.h"
#include "words/inboxwords.h"

#include <QLayout>
#include <QPushButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int NarrowestWidth = 560;

/// The worst of what the form would say about @p url.
std::optional<CheckEntry> entryFor(const QString &url, const Profile &profile)
{
    OutboundRequest request;
    request.setText(Field::StatusUrl, url);
    const QUrl custom(profile.customUrl);
    const bool local = profile.region == Region::Sandbox
        || (profile.region == Region::Custom && isLoopback(custom));
    const auto entries = check(request, {local, false, custom.host()}, {Field::StatusUrl});
    return entries.isEmpty() ? std::nullopt : std::optional(entries.first());
}

} // namespace

InboxDialog::InboxDialog(InboxHub &hub, Vault &vault, const Profile &profile, Region region,
                         QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::InboxDialog>())
    , m_profile(profile)
    , m_region(region)
    , m_listener(new ListenerPane(hub))
    , m_webhook(new WebhookPane(hub, vault, profile))
{
    m_ui->setupUi(this);
    setMinimumWidth(NarrowestWidth);
    m_ui->profileLabel->setText(tr("Where the statuses of “%1” are to go").arg(profile.name));
    m_ui->builtInRadio->setText(u'&' + inboxSourceText(InboxSource::BuiltIn));
    m_ui->webhookRadio->setText(u'&' + inboxSourceText(InboxSource::WebhookSite));
    m_ui->elsewhereRadio->setText(u'&' + inboxSourceText(InboxSource::Elsewhere));
    m_ui->sourceLayout->addWidget(m_listener);
    m_ui->sourceLayout->addWidget(m_webhook);
    m_ui->sourceLayout->addStretch();
    m_ui->builtInRadio->setChecked(profile.inboxSource == InboxSource::BuiltIn);
    m_ui->webhookRadio->setChecked(profile.inboxSource == InboxSource::WebhookSite);
    m_ui->elsewhereRadio->setChecked(profile.inboxSource == InboxSource::Elsewhere);
    m_ui->elsewhereEdit->setText(profile.statusUrl);
    m_ui->appendCheck->setChecked(profile.appendSendId);

    for (const QRadioButton *radio : {m_ui->builtInRadio, m_ui->webhookRadio, m_ui->elsewhereRadio})
        connect(radio, &QRadioButton::toggled, this, &InboxDialog::showSource);
    connect(m_ui->elsewhereEdit, &QLineEdit::textChanged, this, &InboxDialog::showElsewhere);
    connect(m_ui->appendCheck, &QCheckBox::toggled, this, &InboxDialog::showElsewhere);
    connect(m_listener, &ListenerPane::grown, this, &InboxDialog::fit);
    connect(m_webhook, &WebhookPane::grown, this, &InboxDialog::fit);
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &InboxDialog::accept);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &InboxDialog::reject);
    showSource();
    showElsewhere();
}

InboxDialog::~InboxDialog() = default;

InboxSource InboxDialog::source() const
{
    if (m_ui->webhookRadio->isChecked())
        return InboxSource::WebhookSite;
    return m_ui->elsewhereRadio->isChecked() ? InboxSource::Elsewhere : InboxSource::BuiltIn;
}

void InboxDialog::accept()
{
    const InboxSource chosen = source();
    if (chosen == InboxSource::BuiltIn && !m_listener->apply())
        return;
    if (chosen == InboxSource::WebhookSite && !m_webhook->hasAddress()) {
        showMessage(tr("Create an address first, or choose another inbox."));
        return;
    }
    if (const QString why = elsewhereProblem();
        chosen == InboxSource::Elsewhere && !why.isEmpty()) {
        showMessage(why);
        return;
    }
    const bool elsewhere = chosen == InboxSource::Elsewhere;
    m_profile.inboxSource = chosen;
    m_profile.statusUrl = elsewhere ? m_ui->elsewhereEdit->text().trimmed() : QString();
    m_profile.appendSendId = elsewhere && m_ui->appendCheck->isChecked();
    QDialog::accept();
}

void InboxDialog::showSource()
{
    const InboxSource chosen = source();
    m_listener->setVisible(chosen == InboxSource::BuiltIn);
    m_webhook->setVisible(chosen == InboxSource::WebhookSite);
    m_ui->elsewherePage->setVisible(chosen == InboxSource::Elsewhere);
    m_ui->sandboxLabel->setVisible(m_region == Region::Sandbox && chosen != InboxSource::BuiltIn);
    showMessage({});
}

QString InboxDialog::elsewhereProblem() const
{
    const auto entry = entryFor(m_ui->elsewhereEdit->text().trimmed(), m_profile);
    return entry && entry->severity == Severity::Error ? checkText(*entry) : QString();
}

void InboxDialog::showElsewhere()
{
    const QString url = m_ui->elsewhereEdit->text().trimmed();
    const bool varies = url.contains("{{"_L1);
    m_ui->appendCheck->setEnabled(!varies);
    QString note;
    QColor colour = theme::muted();
    if (const auto entry = entryFor(url, m_profile); entry && !url.isEmpty()) {
        note = checkText(*entry);
        colour = theme::forSeverity(entry->severity);
    } else if (varies) {
        note = tr("A batch fills its columns in; a single send goes out as typed.");
    } else if (m_ui->appendCheck->isChecked() && !url.isEmpty()) {
        note = tr("For example %1").arg(withSendId(url, u"5f0c2b1e-7d4a-4c36-9a58-0d1e2f3a4b5c"_s));
    } else if (!url.isEmpty()) {
        note = tr("Sent as typed, the same for every send.");
    }
    QPalette palette = m_ui->elsewhereNote->palette();
    palette.setColor(QPalette::WindowText, colour);
    m_ui->elsewhereNote->setPalette(palette);
    m_ui->elsewhereNote->setText(note);
    showMessage({});
}

void InboxDialog::showMessage(const QString &text)
{
    QPalette palette = m_ui->messageLabel->palette();
    palette.setColor(QPalette::WindowText, theme::forSeverity(Severity::Error));
    m_ui->messageLabel->setPalette(palette);
    m_ui->messageLabel->setText(text);
    m_ui->messageLabel->setVisible(!text.isEmpty());
    fit();
}

/// As high as what is shown, and as wide as the user made it.
void InboxDialog::fit()
{
    // From the inside to the outside: otherwise each level waits for the event loop.
    for (QLayout *inner : {m_listener->layout(), m_webhook->layout(), m_ui->elsewherePage->layout(),
                           static_cast<QLayout *>(m_ui->sourceLayout), layout()}) {
        inner->invalidate();
        inner->activate();
    }
    resize(width(), layout()->totalHeightForWidth(width()));
}

} // namespace icebreaker
