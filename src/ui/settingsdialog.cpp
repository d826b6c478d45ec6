#include "ui/settingsdialog.h"

#include "ui_settingsdialog.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

SettingsDialog::SettingsDialog(const Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SettingsDialog>())
    , m_settings(settings)
{
    m_ui->setupUi(this);
    m_ui->totalSpin->setValue(settings.totalTimeoutSeconds);
    m_ui->inactivitySpin->setValue(settings.inactivityTimeoutSeconds);
    m_ui->schemeCombo->addItem(tr("As the system"), u"system"_s);
    m_ui->schemeCombo->addItem(tr("Light"), u"light"_s);
    m_ui->schemeCombo->addItem(tr("Dark"), u"dark"_s);
    m_ui->schemeCombo->setCurrentIndex(m_ui->schemeCombo->findData(settings.colourScheme));
    for (const int days : KeepDays)
        m_ui->keepCombo->addItem(days == 0 ? tr("For ever") : tr("%n days", nullptr, days), days);
    m_ui->keepCombo->setCurrentIndex(m_ui->keepCombo->findData(settings.keepDays));
    connect(m_ui->keepCombo, &QComboBox::currentIndexChanged, this, &SettingsDialog::showKeeping);
    showKeeping();
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

SettingsDialog::~SettingsDialog() = default;

Settings SettingsDialog::settings() const
{
    Settings settings = m_settings;
    settings.totalTimeoutSeconds = m_ui->totalSpin->value();
    settings.inactivityTimeoutSeconds = m_ui->inactivitySpin->value();
    settings.colourScheme = m_ui->schemeCombo->currentData().toString();
    settings.keepDays = m_ui->keepCombo->currentData().toInt();
    return settings;
}

void SettingsDialog::showKeeping()
{
    m_ui->keepNote->setText(
        m_ui->keepCombo->currentData().toInt() == 0
            ? tr("Nothing is deleted by itself.")
            : tr("Older sends are deleted at once, at each start and once a day, with all that was "
                 "kept of them. That cannot be undone."));
}

} // namespace icebreaker
