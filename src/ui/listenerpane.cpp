#include "ui/listenerpane.h"

#include "core/endpoint.h"
#include "core/whendone.h"
#include "net/localaddresses.h"
#include "receive/inboxhub.h"
#include "ui/theme.h"
#include "ui_listenerpane.h"
#include "words/errorwords.h"
#include "words/inboxwords.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int SuggestedPort = 7420;

bool isLoopbackAddress(const QString &address)
{
    return address.startsWith("127."_L1) || address == "::1"_L1;
}

/// For people: the secret is nobody's business.
QString shown(const QUrl &url)
{
    return url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace

ListenerPane::ListenerPane(InboxHub &hub, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ListenerPane>())
    , m_hub(hub)
{
    m_ui->setupUi(this);
    addInterfaces();
    m_ui->portSpin->setValue(m_hub.listener().port);
    m_ui->publicEdit->setText(m_hub.listener().publicBase);
    connect(m_ui->interfaceCombo, &QComboBox::currentIndexChanged, this,
            &ListenerPane::showExposure);
    connect(m_ui->testButton, &QPushButton::clicked, this, &ListenerPane::test);
    connect(m_ui->secretButton, &QPushButton::clicked, this, &ListenerPane::renewSecret);
    connect(m_ui->copyButton, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_hub.base().toString(QUrl::FullyEncoded));
        showResult(tr("Copied. For one send, /s/ and its ID follow."), true);
    });
    connect(&m_hub, &InboxHub::changed, this, &ListenerPane::showListening);
    showListening();
    showExposure();
}

ListenerPane::~ListenerPane() = default;

void ListenerPane::addInterfaces()
{
    const QString wanted = m_hub.listener().address;
    const auto addresses = localAddresses();
    for (const LocalAddress &each : addresses) {
        m_ui->interfaceCombo->addItem(each.loopback
                                          ? tr("%1: this computer only").arg(each.address)
                                          : tr("%1 (%2)").arg(each.address, each.interfaceName),
                                      each.address);
    }
    m_ui->interfaceCombo->addItem(tr("All interfaces"), QString(ListenPlace::AllInterfaces));
    if (m_ui->interfaceCombo->findData(wanted) < 0)
        m_ui->interfaceCombo->addItem(tr("%1 (not there at the moment)").arg(wanted), wanted);
    m_ui->interfaceCombo->setCurrentIndex(m_ui->interfaceCombo->findData(wanted));
    m_ui->exposureCheck->setChecked(!isLoopbackAddress(wanted));
}

void ListenerPane::showListening()
{
    const auto listening = m_hub.listening();
    const QString problem = inboxProblemText(listening.problem);
    const bool isWell = listening.problem == InboxProblem::None;
    QString text = listening.port == 0
        ? problem
        : tr("Listening on port %1 of %2.")
              .arg(listening.port)
              .arg(listening.address == ListenPlace::AllInterfaces ? tr("all interfaces")
                                                                   : listening.address);
    if (!isWell && listening.port != 0)
        text = problem + u' ' + text;
    m_ui->listeningLabel->setText(text);
    QPalette palette = this->palette();
    if (!isWell)
        palette.setColor(QPalette::WindowText, theme::forSeverity(Severity::Error));
    m_ui->listeningLabel->setPalette(palette);
    m_ui->tunnelLabel->setText(
        tr("Lead the tunnel or reverse proxy to http://127.0.0.1:%1, with all paths. One inbox "
           "serves all profiles; the secret in its address stays the same over restarts.")
            .arg(m_hub.listener().port != 0 ? m_hub.listener().port : listening.port));
    emit grown();
}

void ListenerPane::showExposure()
{
    const bool exposed = !isLoopbackAddress(m_ui->interfaceCombo->currentData().toString());
    m_ui->exposureFrame->setVisible(exposed);
    emit grown();
}

ListenerSettings ListenerPane::settings() const
{
    ListenerSettings settings = m_hub.listener();
    settings.address = m_ui->interfaceCombo->currentData().toString();
    settings.port = static_cast<quint16>(m_ui->portSpin->value());
    settings.publicBase = m_ui->publicEdit->text().trimmed();
    return settings;
}

QString ListenerPane::objection(const ListenerSettings &settings) const
{
    if (!isLoopbackAddress(settings.address) && !m_ui->exposureCheck->isChecked())
        return tr("Agree that other computers may reach the inbox, or listen on this computer "
                  "only.");
    if (settings.publicBase.isEmpty())
        return {};
    if (!parsePublicBase(settings.publicBase))
        return tr("The public address has to start with https:// and a host, without user name, "
                  "“?” and “#”.");
    if (settings.port == 0)
        return tr("A tunnel needs the same port every time: choose one, for example %1.")
            .arg(SuggestedPort);
    return {};
}

bool ListenerPane::apply()
{
    const ListenerSettings wanted = settings();
    if (const QString why = objection(wanted); !why.isEmpty()) {
        showResult(why, false);
        if (wanted.port == 0 && !wanted.publicBase.isEmpty())
            m_ui->portSpin->setFocus(Qt::OtherFocusReason);
        return false;
    }
    const auto applied = m_hub.applyListener(wanted);
    if (applied) {
        m_ui->publicEdit->setText(m_hub.listener().publicBase);
        m_ui->resultLabel->hide();
        emit grown();
        return true;
    }
    showResult(applied.error().kind == ErrorKind::Network
                   ? tr("Port %1 of %2 cannot be listened at: another program has it, or the "
                        "system keeps it for itself. Choose another one here and in the tunnel.")
                         .arg(wanted.port)
                         .arg(wanted.address)
                   : errorText(applied.error()),
               false);
    return false;
}

void ListenerPane::test()
{
    if (!apply())
        return;
    const QString address = shown(m_hub.base());
    m_ui->testButton->setEnabled(false);
    showResult(tr("Posting to %1…").arg(address), true);
    whenDone(m_hub.probe(), this,
             [this, address](const ProbeReport &report) { showReport(report, address); });
}

void ListenerPane::showReport(const ProbeReport &report, const QString &address)
{
    m_ui->testButton->setEnabled(true);
    const ProbeWords words = probeWords(report, address);
    QString text = words.headline;
    if (!words.advice.isEmpty())
        text += u'\n' + words.advice;
    if (words.good && m_hub.listener().publicBase.isEmpty())
        text += u'\n'
            + tr("That was inside this computer. For statuses from the cloud enter the public "
                 "address of a tunnel or reverse proxy.");
    showResult(text, words.good);
}

void ListenerPane::renewSecret()
{
    QMessageBox box(QMessageBox::Warning, tr("New secret"),
                    tr("Statuses of earlier sends would find nobody any more: they are turned away "
                       "with 404, and lost after a day. Sends from now on are not concerned."),
                    QMessageBox::NoButton, this);
    const auto *renew = box.addButton(tr("Make a &New Secret"), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() != renew)
        return;
    ListenerSettings changed = m_hub.listener();
    changed.secret.clear();
    if (const auto applied = m_hub.applyListener(changed); !applied)
        showResult(errorText(applied.error()), false);
    else
        showResult(tr("There is a new secret. Every send from now on gets an address with it."),
                   true);
}

void ListenerPane::showResult(const QString &text, bool isGood)
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText,
                     isGood ? theme::good() : theme::forSeverity(Severity::Error));
    m_ui->resultLabel->setPalette(palette);
    m_ui->resultLabel->setText(text);
    m_ui->resultLabel->setVisible(true);
    emit grown();
}

} // namespace icebreaker
