#include "ui/profiledialog.h"

#include "core/pace.h"
#include "ui/regionwords.h"
#include "ui/theme.h"
#include "ui_profiledialog.h"
#include "words/checkwords.h"

#include <QMessageBox>
#include <QUuid>

#include <array>

namespace icebreaker {

namespace {

constexpr std::array Regions{Region::Eu, Region::Us, Region::Custom, Region::Sandbox};

} // namespace

ProfileDialog::ProfileDialog(QList<Profile> profiles, qsizetype current, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ProfileDialog>())
    , m_profiles(std::move(profiles))
{
    m_ui->setupUi(this);
    for (const Region region : Regions)
        m_ui->regionCombo->addItem(regionText(region),
                                   QVariant::fromValue(static_cast<int>(region)));
    for (const int limit : AllowedLimits)
        m_ui->limitCombo->addItem(tr("%n session(s) per second", nullptr, limit), limit);
    for (const Profile &profile : m_profiles)
        m_ui->profileList->addItem(profile.name);
    m_ui->agentEdit->setToolTip(fieldHelp(Field::AgentId));
    m_ui->namespaceEdit->setToolTip(fieldHelp(Field::Namespace));
    m_ui->statusUrlEdit->setToolTip(fieldHelp(Field::StatusUrl));

    connect(m_ui->profileList, &QListWidget::currentRowChanged, this, &ProfileDialog::showProfile);
    connect(m_ui->addButton, &QPushButton::clicked, this, &ProfileDialog::addProfile);
    connect(m_ui->removeButton, &QPushButton::clicked, this, &ProfileDialog::removeProfile);
    for (QLineEdit *edit :
         {m_ui->nameEdit, m_ui->urlEdit, m_ui->agentEdit, m_ui->namespaceEdit, m_ui->statusUrlEdit})
        connect(edit, &QLineEdit::textEdited, this, &ProfileDialog::takeOver);
    for (QComboBox *combo : {m_ui->regionCombo, m_ui->limitCombo})
        connect(combo, &QComboBox::activated, this, &ProfileDialog::takeOver);
    for (QCheckBox *check :
         {m_ui->approveCheck, m_ui->sharedCheck, m_ui->liveCheck, m_ui->onlyTestCheck,
          m_ui->askFirstCheck, m_ui->askRepeatCheck, m_ui->askBatchCheck})
        connect(check, &QCheckBox::clicked, this, &ProfileDialog::takeOver);
    connect(m_ui->variableEditor, &VariableTable::edited, this, &ProfileDialog::takeOver);
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &ProfileDialog::accept);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &ProfileDialog::reject);
    m_ui->profileList->setCurrentRow(static_cast<int>(current));
}

ProfileDialog::~ProfileDialog() = default;

qsizetype ProfileDialog::currentIndex() const
{
    return m_ui->profileList->currentRow();
}

void ProfileDialog::accept()
{
    for (qsizetype i = 0; i < m_profiles.size(); ++i) {
        const QString text = problem(m_profiles.at(i));
        if (text.isEmpty())
            continue;
        m_ui->profileList->setCurrentRow(static_cast<int>(i));
        showMessage(text);
        return;
    }
    QDialog::accept();
}

void ProfileDialog::showProfile(int index)
{
    if (index < 0)
        return;
    m_showing = true;
    const Profile &profile = m_profiles.at(index);
    m_ui->nameEdit->setText(profile.name);
    m_ui->regionCombo->setCurrentIndex(
        m_ui->regionCombo->findData(static_cast<int>(profile.region)));
    m_ui->urlEdit->setText(profile.customUrl);
    m_ui->agentEdit->setText(profile.agentId);
    m_ui->namespaceEdit->setText(profile.namespaceId);
    m_ui->statusUrlEdit->setText(profile.statusUrl);
    m_ui->limitCombo->setCurrentIndex(m_ui->limitCombo->findData(profile.limit));
    m_ui->sharedCheck->setChecked(profile.limitSharedByKey);
    m_ui->liveCheck->setChecked(profile.live);
    m_ui->onlyTestCheck->setChecked(profile.onlyTestNumbers);
    m_ui->askFirstCheck->setChecked(!profile.quiet.firstLiveToday);
    m_ui->askRepeatCheck->setChecked(!profile.quiet.repeated);
    m_ui->askBatchCheck->setChecked(!profile.quiet.wholeBatch);
    m_ui->variableEditor->setVariables(profile.variables);
    m_ui->removeButton->setEnabled(m_profiles.size() > 1);
    showMessage({});
    updateEndpoint();
    m_showing = false;
}

void ProfileDialog::takeOver()
{
    const int index = m_ui->profileList->currentRow();
    if (m_showing || index < 0)
        return;
    Profile &profile = m_profiles[index];
    profile.name = m_ui->nameEdit->text().trimmed();
    profile.region = static_cast<Region>(m_ui->regionCombo->currentData().toInt());
    profile.customUrl = m_ui->urlEdit->text().trimmed();
    profile.agentId = m_ui->agentEdit->text().trimmed();
    profile.namespaceId = m_ui->namespaceEdit->text().trimmed();
    if (const QString url = m_ui->statusUrlEdit->text().trimmed(); url != profile.statusUrl) {
        profile.statusUrl = url;
        profile.inboxSource = url.isEmpty() ? InboxSource::BuiltIn : InboxSource::Elsewhere;
    }
    profile.variables = m_ui->variableEditor->variables();
    profile.limit = m_ui->limitCombo->currentData().toInt();
    profile.limitSharedByKey = m_ui->sharedCheck->isChecked();
    profile.live = m_ui->liveCheck->isChecked() && profile.region != Region::Sandbox;
    profile.onlyTestNumbers = m_ui->onlyTestCheck->isChecked();
    profile.quiet = {!m_ui->askRepeatCheck->isChecked(), !m_ui->askFirstCheck->isChecked(),
                     !m_ui->askBatchCheck->isChecked()};
    const auto base = parseBase(profile.customUrl);
    profile.approvedHost = m_ui->approveCheck->isChecked() && base ? origin(*base) : QString();
    m_ui->profileList->item(index)->setText(profile.name);
    showMessage({});
    updateEndpoint();
}

void ProfileDialog::addProfile()
{
    Profile profile;
    profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    profile.name = tr("New profile");
    profile.region = Region::Eu;
    profile.live = true; // the careful assumption
    m_profiles.append(profile);
    m_ui->profileList->addItem(profile.name);
    m_ui->profileList->setCurrentRow(static_cast<int>(m_profiles.size()) - 1);
    m_ui->nameEdit->setFocus(Qt::OtherFocusReason);
    m_ui->nameEdit->selectAll();
}

void ProfileDialog::removeProfile()
{
    const int index = m_ui->profileList->currentRow();
    if (index < 0 || m_profiles.size() < 2)
        return;
    const auto answer = QMessageBox::question(
        this, tr("Delete profile"),
        tr("Delete “%1”? Its sends stay in the log. Forget its key first if you want it gone from "
           "the keychain.")
            .arg(m_profiles.at(index).name));
    if (answer != QMessageBox::Yes)
        return;
    m_profiles.removeAt(index);
    delete m_ui->profileList->takeItem(index);
}

/// A custom host gets the key only after a yes to these very words.
void ProfileDialog::updateEndpoint()
{
    const auto region = static_cast<Region>(m_ui->regionCombo->currentData().toInt());
    const bool custom = region == Region::Custom;
    m_ui->urlLabel->setVisible(custom);
    m_ui->urlEdit->setVisible(custom);
    const bool real = region != Region::Sandbox;
    const bool live = real && m_ui->liveCheck->isChecked();
    m_ui->liveCheck->setEnabled(real);
    m_ui->onlyTestCheck->setEnabled(live);
    m_ui->askFirstCheck->setEnabled(live);
    m_ui->askRepeatCheck->setEnabled(real);
    m_ui->askBatchCheck->setEnabled(real);
    const auto base = parseBase(m_ui->urlEdit->text());
    m_ui->approveCheck->setVisible(custom && base);
    if (!custom || !base)
        return;
    m_ui->approveCheck->setText(tr("Yes, my key will be sent to %1").arg(origin(*base)));
    m_ui->approveCheck->setChecked(m_profiles.at(m_ui->profileList->currentRow()).approvedHost
                                   == origin(*base));
}

QString ProfileDialog::problem(const Profile &profile) const
{
    if (profile.name.isEmpty())
        return tr("Every profile needs a name.");
    if (profile.region != Region::Custom)
        return {};
    const auto base = parseBase(profile.customUrl);
    if (!base)
        return tr("The base URL has to start with https:// and a host; http:// is only possible on "
                  "this computer. No user name, no “?” and no “#”.");
    if (profile.approvedHost != origin(*base))
        return tr("Tick that your key will be sent to %1, or choose another region.")
            .arg(origin(*base));
    return {};
}

void ProfileDialog::showMessage(const QString &text)
{
    QPalette palette = m_ui->messageLabel->palette();
    palette.setColor(QPalette::WindowText, theme::forSeverity(Severity::Error));
    m_ui->messageLabel->setPalette(palette);
    m_ui->messageLabel->setText(text);
    m_ui->messageLabel->setVisible(!text.isEmpty());
}

} // namespace icebreaker
