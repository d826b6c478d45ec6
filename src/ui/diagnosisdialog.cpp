#include "ui/diagnosisdialog.h"

#include "net/diagnoser.h"
#include "ui/diagnosismodel.h"
#include "ui_diagnosisdialog.h"
#include "words/diagnosiswords.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>

#include <algorithm>

namespace icebreaker {

namespace {

constexpr QSize DiagnosisSize(840, 680);

int openLines(const QList<CheckLine> &lines)
{
    return static_cast<int>(std::count_if(lines.begin(), lines.end(), [](const CheckLine &line) {
        return line.state == CheckState::Waiting || line.state == CheckState::Running;
    }));
}

} // namespace

DiagnosisDialog::DiagnosisDialog(Diagnoser &diagnoser, std::function<void()> begin, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::DiagnosisDialog>())
    , m_diagnoser(diagnoser)
    , m_begin(std::move(begin))
    , m_model(new DiagnosisModel(this))
{
    m_ui->setupUi(this);
    resize(DiagnosisSize);
    m_ui->checksView->setModel(m_model);
    QHeaderView &columns = *m_ui->checksView->horizontalHeader();
    columns.setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    columns.setSectionResizeMode(DiagnosisModel::CheckColumn, QHeaderView::ResizeToContents);
    columns.setSectionResizeMode(DiagnosisModel::ResultColumn, QHeaderView::Stretch);
    columns.setSectionResizeMode(DiagnosisModel::TimeColumn, QHeaderView::ResizeToContents);
    connect(m_ui->runButton, &QPushButton::clicked, this, &DiagnosisDialog::toggle);
    connect(m_ui->copyButton, &QPushButton::clicked, this, &DiagnosisDialog::copy);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_diagnoser, &Diagnoser::changed, this, &DiagnosisDialog::showReport);
    m_begin();
}

DiagnosisDialog::~DiagnosisDialog() = default;

void DiagnosisDialog::done(int result)
{
    m_diagnoser.stop();
    QDialog::done(result);
}

void DiagnosisDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    fitRows();
}

void DiagnosisDialog::showReport()
{
    const DiagnosisReport &report = m_diagnoser.report();
    m_model->show(report);
    int all = static_cast<int>(report.computer.size());
    int open = openLines(report.computer);
    for (const DiagnosedHost &host : report.hosts) {
        all += static_cast<int>(host.lines.size());
        open += openLines(host.lines);
    }
    m_ui->progress->setRange(0, std::max(1, all));
    m_ui->progress->setValue(all - open);
    m_ui->runButton->setText(m_diagnoser.isRunning() ? tr("&Stop") : tr("Check &Again"));
    showVerdict();
    fitRows();
}

void DiagnosisDialog::showVerdict()
{
    if (m_diagnoser.isRunning()) {
        m_ui->culpritLabel->setText(tr("Checking…"));
        m_ui->verdictLabel->setText(
            m_diagnoser.report().hosts.size() > 1
                ? tr("Each step is tried in turn, for both servers at the same time.")
                : tr("Each step is tried in turn."));
        return;
    }
    const DiagnosisVerdict verdict = verdictOf(m_diagnoser.report());
    m_ui->culpritLabel->setText(culpritText(verdict));
    m_ui->verdictLabel->setText(verdictText(verdict, m_diagnoser.report()));
}

void DiagnosisDialog::fitRows()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->isHeading(row))
            m_ui->checksView->setSpan(row, 0, 1, DiagnosisModel::ColumnCount);
    }
    m_ui->checksView->resizeRowsToContents();
}

void DiagnosisDialog::toggle()
{
    if (m_diagnoser.isRunning())
        m_diagnoser.stop();
    else
        m_begin();
}

void DiagnosisDialog::copy()
{
    QGuiApplication::clipboard()->setText(diagnosisText(m_diagnoser.report()));
}

} // namespace icebreaker
