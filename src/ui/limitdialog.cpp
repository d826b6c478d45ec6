#include "ui/limitdialog.h"

#include "core/whendone.h"
#include "ui/theme.h"
#include "ui_limitdialog.h"
#include "words/errorwords.h"
#include "words/limitmail.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QSignalBlocker>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList splitIds(const QString &text)
{
    static const QRegularExpression separators(u"[,;\\s]+"_s);
    return text.split(separators, Qt::SkipEmptyParts);
}

QString dateText(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

} // namespace

LimitDialog::LimitDialog(const Target &target, Keys keys, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::LimitDialog>())
    , m_target(target)
    , m_keys(std::move(keys))
{
    m_ui->setupUi(this);
    for (const int limit : HigherLimits)
        m_ui->limitCombo->addItem(tr("%n session(s) per second", nullptr, limit), limit);
    const int wanted = target.request ? target.request->limit : (target.limit < 3 ? 3 : 5);
    m_ui->limitCombo->setCurrentIndex(m_ui->limitCombo->findData(wanted));
    m_ui->agentsEdit->setText(target.agentIds);
    m_ui->addressEdit->setText(QString::fromUtf16(LimitMailAddress));
    m_tick.setInterval(1s);
    bind();
    write();
    showStage();
    m_ui->accountEdit->setFocus(Qt::OtherFocusReason);
}

LimitDialog::~LimitDialog() = default;

void LimitDialog::setEvidence(const LimitEvidence &evidence)
{
    m_evidence = evidence;
    write();
}

void LimitDialog::setRequest(const std::optional<LimitRequest> &request)
{
    m_target.request = request;
    showStage();
}

void LimitDialog::bind()
{
    for (QLineEdit *edit : {m_ui->agentsEdit, m_ui->accountEdit})
        connect(edit, &QLineEdit::textChanged, this, &LimitDialog::write);
    connect(m_ui->limitCombo, &QComboBox::currentIndexChanged, this, &LimitDialog::write);
    const auto edited = [this] {
        if (m_isWriting)
            return;
        m_isEdited = true;
        m_ui->rewriteButton->setEnabled(true);
    };
    connect(m_ui->bodyEdit, &QPlainTextEdit::textChanged, this, edited);
    connect(m_ui->subjectEdit, &QLineEdit::textEdited, this, edited);
    connect(m_ui->rewriteButton, &QPushButton::clicked, this, [this] {
        m_isEdited = false;
        m_ui->rewriteButton->setEnabled(false);
        write();
    });
    connect(m_ui->copyButton, &QPushButton::clicked, this, [this] { handOver(Way::Copy); });
    connect(m_ui->openButton, &QPushButton::clicked, this, [this] { handOver(Way::Open); });
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::reject);
    for (QCheckBox *check : {m_ui->confirmedCheck, m_ui->publishedCheck})
        connect(check, &QCheckBox::clicked, this, &LimitDialog::tickStages);
    connect(m_ui->forgetButton, &QPushButton::clicked, this, [this] {
        setRequest(std::nullopt);
        emit requestChanged(std::nullopt);
    });
    connect(&m_tick, &QTimer::timeout, this, &LimitDialog::showStage);
}

/// The form's text, unless the user has changed it.
void LimitDialog::write()
{
    if (m_isEdited)
        return;
    const MailText text =
        limitMail({m_ui->addressEdit->text(), m_ui->limitCombo->currentData().toInt(),
                   splitIds(m_ui->agentsEdit->text()), m_ui->accountEdit->text().trimmed(),
                   m_target.region, m_evidence});
    m_isWriting = true;
    m_ui->subjectEdit->setText(text.subject);
    m_ui->subjectEdit->setCursorPosition(0);
    m_ui->bodyEdit->setPlainText(text.body);
    m_isWriting = false;
}

void LimitDialog::showStage()
{
    const auto &request = m_target.request;
    m_ui->stageBox->setVisible(request.has_value());
    if (!request) {
        m_tick.stop();
        return;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const LimitStage stage = limitStage(*request, now);
    m_ui->askedLabel->setText(
        tr("Asked for %n session(s) per second on %1.", nullptr, request->limit)
            .arg(dateText(request->askedAt)));
    m_ui->confirmedCheck->setChecked(stage >= LimitStage::Confirmed);
    m_ui->publishedCheck->setChecked(stage >= LimitStage::Counting);
    m_ui->publishedCheck->setEnabled(stage >= LimitStage::Confirmed);
    const auto left = limitWait(*request, now);
    switch (stage) {
    case LimitStage::Asked: m_ui->countLabel->setText(tr("Waiting for Vonage's answer.")); break;
    case LimitStage::Confirmed:
        m_ui->countLabel->setText(tr("The limit counts once the agents are published again."));
        break;
    case LimitStage::Counting:
        m_ui->countLabel->setText(
            tr("The new limit is used in %1:%2.")
                .arg(left / 60s)
                .arg(static_cast<int>((left % 60s).count()), 2, 10, QChar(u'0')));
        break;
    case LimitStage::InForce: m_ui->countLabel->setText(tr("The new limit is in use.")); break;
    }
    if (stage == LimitStage::Counting)
        m_tick.start();
    else
        m_tick.stop();
}

void LimitDialog::tickStages()
{
    if (!m_target.request)
        return;
    LimitRequest &request = *m_target.request;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (!m_ui->confirmedCheck->isChecked())
        request.confirmedAt = {};
    else if (!request.confirmedAt.isValid())
        request.confirmedAt = now;
    if (!m_ui->publishedCheck->isChecked() || !request.confirmedAt.isValid())
        request.publishedAt = {};
    else if (!request.publishedAt.isValid())
        request.publishedAt = now;
    showStage();
    emit requestChanged(m_target.request);
}

MailText LimitDialog::mail() const
{
    return {m_ui->addressEdit->text().trimmed(), m_ui->subjectEdit->text(),
            m_ui->bodyEdit->toPlainText()};
}

QString LimitDialog::problem() const
{
    if (splitIds(m_ui->agentsEdit->text()).isEmpty())
        return tr("Enter the agent ID: Vonage raises the limit for agents by their ID.");
    if (m_ui->accountEdit->text().trimmed().isEmpty())
        return tr("Enter the account's API key: Vonage needs it to find your account.");
    if (!isMailAddress(m_ui->addressEdit->text().trimmed()))
        return tr("The address is not a mail address.");
    return {};
}

void LimitDialog::handOver(Way way)
{
    if (const QString text = problem(); !text.isEmpty()) {
        showMessage(text, true);
        return;
    }
    whenDone(m_keys(), this, [this, way](const Result<QByteArrayList> &keys) {
        if (!keys) {
            showMessage(tr("The text could not be compared with your key, so it stays here. %1")
                            .arg(errorText(keys.error())),
                        true);
            return;
        }
        const MailText text = mail();
        if (holdsAKey(text.address + u'\n' + text.subject, *keys) || holdsAKey(text.body, *keys)) {
            showMessage(tr("Your X-Vgai-Key is in this text. It is a secret, and Vonage does not "
                           "need it: put the account's API key in its place."),
                        true);
            return;
        }
        handOverChecked(way);
    });
}

void LimitDialog::handOverChecked(Way way)
{
    const MailText text = mail();
    const QUrl url = mailtoUrl(text);
    if (way == Way::Copy) {
        QGuiApplication::clipboard()->setText(text.body);
        showMessage(tr("The text is copied. Send it to %1.").arg(text.address), false);
    } else if (url.toEncoded().size() > LongestMailto) {
        // Some systems would cut it without a word.
        QGuiApplication::clipboard()->setText(text.body);
        const bool opened = QDesktopServices::openUrl(mailtoUrl({text.address, text.subject, {}}));
        showMessage(opened ? tr("The text is too long for a link: it is copied. Paste it into the "
                                "mail.")
                           : tr("No mail program could be opened. The text is copied."),
                    !opened);
    } else if (!QDesktopServices::openUrl(url)) {
        showMessage(tr("No mail program could be opened. Copy the text instead."), true);
        return;
    } else {
        showMessage(tr("The mail is open in your mail program. It is sent from there."), false);
    }
    LimitRequest request;
    request.limit = m_ui->limitCombo->currentData().toInt();
    request.askedAt = QDateTime::currentDateTimeUtc();
    setRequest(request);
    emit requestChanged(request);
}

void LimitDialog::showMessage(const QString &text, bool isError)
{
    QPalette palette = m_ui->messageLabel->palette();
    palette.setColor(QPalette::WindowText,
                     isError ? theme::forSeverity(Severity::Error) : theme::good());
    m_ui->messageLabel->setPalette(palette);
    m_ui->messageLabel->setText(text);
}

} // namespace icebreaker
