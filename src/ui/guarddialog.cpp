#include "ui/guarddialog.h"

#include "ui/kindlook.h"
#include "ui/theme.h"
#include "ui_guarddialog.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int SymbolSize = 22;
constexpr int ReasonWidth = 440; // a line that is read at one glance

QString agoText(std::chrono::seconds ago)
{
    if (ago < 60s)
        return GuardDialog::tr("%n second(s) ago", nullptr, static_cast<int>(ago.count()));
    return GuardDialog::tr("%n minute(s) ago", nullptr, static_cast<int>(ago / 60s));
}

QLabel *valueLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

GuardDialog::GuardDialog(Matter matter, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::GuardDialog>())
    , m_matter(std::move(matter))
{
    m_ui->setupUi(this);
    setWindowTitle(m_matter.isBatch ? tr("Start the batch?") : tr("Send this message?"));
    m_ui->headLabel->setText(
        m_matter.kind == ProfileKind::Live
            ? tr("Live %1: this reaches real phones.").arg(m_matter.place)
            : tr("Test profile on %1: this reaches real phones, too.").arg(m_matter.place));
    kind::mark(*m_ui->headFrame, m_matter.kind);
    kind::mark(*m_ui->headLabel, m_matter.kind);
    m_ui->symbolLabel->setPixmap(
        kind::symbol(m_matter.kind, theme::bandText(m_matter.kind)).pixmap(SymbolSize));
    showSummary();
    addButtons();
    for (const GuardReason reason : m_matter.reasons)
        showReason(reason);
    if (auto *proof = findChild<QLineEdit *>(u"proofEdit"_s))
        proof->setFocus(Qt::OtherFocusReason);
}

GuardDialog::~GuardDialog() = default;

QList<GuardReason> GuardDialog::quietReasons() const
{
    QList<GuardReason> reasons;
    for (const auto &[reason, check] : m_quietChecks) {
        if (check->isChecked())
            reasons.append(reason);
    }
    return reasons;
}

void GuardDialog::showSummary()
{
    auto *form = m_ui->summaryLayout;
    if (m_matter.isBatch) {
        form->addRow(tr("Batch"), valueLabel(m_matter.batchName));
        form->addRow(valueLabel(m_matter.details.join(u'\n')));
        return;
    }
    form->addRow(tr("Profile"), valueLabel(m_matter.profile));
    form->addRow(tr("To"), valueLabel(m_matter.to));
    if (!m_matter.templateName.isEmpty())
        form->addRow(tr("Template"), valueLabel(m_matter.templateName));
    form->addRow(tr("Agent"), valueLabel(m_matter.agentId));
}

QString GuardDialog::reasonText(GuardReason reason) const
{
    switch (reason) {
    case GuardReason::OtherNumber:
        return m_matter.isBatch
            ? tr("%n recipient(s) are no test numbers of this profile, which is limited to them. "
                 "The first one is %1.",
                 nullptr, static_cast<int>(m_matter.others))
                  .arg(m_matter.to)
            : tr("%1 is no test number of this profile, which is limited to them.")
                  .arg(m_matter.to);
    case GuardReason::Repeated:
        return tr("The same message went to this number %1, and may have arrived.")
            .arg(agoText(m_matter.sinceSame));
    case GuardReason::FirstLiveToday: return tr("This is today's first live send of this profile.");
    case GuardReason::WholeBatch: break;
    }
    return tr("Every row of the batch starts a conversation with a real person.");
}

void GuardDialog::showReason(GuardReason reason)
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(6);
    auto *text = new QLabel(reasonText(reason));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setFixedWidth(ReasonWidth);
    text->setProperty("role", u"title"_s);
    layout->addWidget(text);
    if (canBeQuiet(reason)) {
        auto *check = new QCheckBox(tr("Do not ask about this again in this profile"));
        check->setObjectName(u"quietCheck%1"_s.arg(static_cast<int>(reason)));
        layout->addWidget(check);
        m_quietChecks.append({reason, check});
    } else {
        addProof(*layout);
    }
    m_ui->reasonsLayout->addLayout(layout);
}

/// Typing a part of the number takes reading it.
void GuardDialog::addProof(QVBoxLayout &layout)
{
    auto *row = new QHBoxLayout;
    auto *label = new QLabel(tr("&Last four digits of the number"));
    auto *edit = new QLineEdit;
    edit->setObjectName(u"proofEdit"_s);
    edit->setMaximumWidth(90);
    label->setBuddy(edit);
    row->addWidget(label);
    row->addWidget(edit);
    row->addStretch();
    layout.addLayout(row);
    auto *send = m_ui->buttonBox->findChild<QPushButton *>(u"yesButton"_s);
    send->setEnabled(false);
    connect(edit, &QLineEdit::textChanged, send, [this, send](const QString &typed) {
        const bool proven = provesNumber(typed, m_matter.proofOf);
        send->setEnabled(proven);
        send->setDefault(proven);
    });
}

void GuardDialog::addButtons()
{
    auto *no = m_ui->buttonBox->addButton(tr("Do &not send"), QDialogButtonBox::RejectRole);
    no->setObjectName(u"noButton"_s);
    auto *yes = m_ui->buttonBox->addButton(m_matter.isBatch ? tr("&Start the batch")
                                                            : kind::sendText(m_matter.kind),
                                           QDialogButtonBox::AcceptRole);
    yes->setObjectName(u"yesButton"_s);
    yes->setProperty("primary", true);
    yes->setAutoDefault(false);
    kind::mark(*yes, m_matter.kind);
    no->setDefault(true);
    no->setFocus(Qt::OtherFocusReason);
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace icebreaker
