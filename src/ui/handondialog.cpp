#include "ui/handondialog.h"

#include "core/whendone.h"
#include "share/exportfile.h"
#include "store/journal.h"
#include "ui/theme.h"
#include "ui_handondialog.h"
#include "words/exportwords.h"

#include <QFileDialog>
#include <QFontDatabase>
#include <QLocale>
#include <QSaveFile>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int PreviewedSends = 5;
/// Of a preview: more would only slow the view down.
constexpr qsizetype PreviewedCharacters = 200'000;
constexpr int BundleChoice = -1; ///< In the format's box, beside the formats.
enum ScopeChoice { SelectedSends, ShownSends };

QString formatText(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv: return HandOnDialog::tr("CSV, for spreadsheets");
    case ExportFormat::JsonLines: return HandOnDialog::tr("JSON lines, for programs");
    case ExportFormat::Har: return HandOnDialog::tr("HAR 1.2, for HTTP tools");
    case ExportFormat::Markdown: return HandOnDialog::tr("Markdown table, for tickets");
    }
    return {};
}

} // namespace

HandOnDialog::HandOnDialog(Services services, Scope scope, Form form, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::HandOnDialog>())
    , m_services(std::move(services))
    , m_scope(std::move(scope))
{
    m_ui->setupUi(this);
    setObjectName(u"handOnDialog"_s);
    m_ui->previewView->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->checkLabel->setText(tr("Reading what must be hidden…"));
    addChoices(form);
    bind();
    whenDone(m_services.secrets(), this, [this](const ExportSecrets &secrets) {
        m_secrets = secrets;
        m_hasSecrets = true;
        refresh();
    });
    setBusy(false);
    m_ui->saveButton->setEnabled(false);
}

HandOnDialog::~HandOnDialog() = default;

void HandOnDialog::addChoices(Form form)
{
    const auto selected = static_cast<int>(m_scope.selected.size());
    if (selected > 0)
        m_ui->scopeCombo->addItem(tr("The %n selected send(s)", nullptr, selected), SelectedSends);
    if (m_scope.shown)
        m_ui->scopeCombo->addItem(
            tr("All that the log shows (%1)").arg(locale().toString(m_scope.shownCount)),
            ShownSends);
    // One send is always selected: as a table it is seldom meant.
    if (form == Form::File && selected == 1 && m_scope.shown)
        m_ui->scopeCombo->setCurrentIndex(m_ui->scopeCombo->count() - 1);
    for (const ExportFormat each : exportFormats())
        m_ui->formatCombo->addItem(formatText(each), static_cast<int>(each));
    m_ui->formatCombo->addItem(tr("Support bundle (zip): all of it, with a summary"), BundleChoice);
    if (form == Form::Bundle)
        m_ui->formatCombo->setCurrentIndex(m_ui->formatCombo->count() - 1);
}

void HandOnDialog::bind()
{
    connect(m_ui->scopeCombo, &QComboBox::currentIndexChanged, this, [this] {
        m_job.reset();
        refresh();
    });
    connect(m_ui->formatCombo, &QComboBox::currentIndexChanged, this, &HandOnDialog::refresh);
    for (const QCheckBox *check : {m_ui->numbersCheck, m_ui->valuesCheck, m_ui->namesCheck})
        connect(check, &QCheckBox::toggled, this, &HandOnDialog::refresh);
    connect(m_ui->fileCombo, &QComboBox::currentIndexChanged, this, &HandOnDialog::showBundleFile);
    connect(m_ui->saveButton, &QPushButton::clicked, this, &HandOnDialog::chooseFile);
    connect(m_ui->stopButton, &QPushButton::clicked, this, [this] {
        if (m_export)
            m_export->stop();
    });
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::reject);
}

bool HandOnDialog::isBundle() const
{
    return m_ui->formatCombo->currentData().toInt() == BundleChoice;
}

ExportFormat HandOnDialog::format() const
{
    return static_cast<ExportFormat>(m_ui->formatCombo->currentData().toInt());
}

RedactionChoices HandOnDialog::choices() const
{
    return {m_ui->numbersCheck->isChecked(), m_ui->valuesCheck->isChecked(),
            m_ui->namesCheck->isChecked()};
}

QList<qint64> HandOnDialog::chosenRows() const
{
    return m_ui->scopeCombo->currentData().toInt() == SelectedSends ? m_scope.selected
                                                                    : QList<qint64>();
}

LogFilter HandOnDialog::chosenFilter() const
{
    return m_scope.shown.value_or(LogFilter());
}

void HandOnDialog::refresh()
{
    ++m_generation;
    m_bundle.reset();
    m_ui->fileCombo->setVisible(isBundle());
    m_ui->saveButton->setEnabled(false);
    if (!m_hasSecrets || m_ui->scopeCombo->count() == 0)
        return;
    if (isBundle())
        collectBundle();
    else
        previewFile();
}

void HandOnDialog::previewFile()
{
    if (const auto rows = chosenRows(); !rows.isEmpty()) {
        showRecords(rows.first(std::min<qsizetype>(rows.size(), PreviewedSends)));
        return;
    }
    whenDone(m_services.journal.rows(chosenFilter(), 0, PreviewedSends), this,
             [this, generation = m_generation](const Result<QList<qint64>> &rows) {
                 if (generation != m_generation)
                     return;
                 if (rows)
                     showRecords(*rows);
                 else
                     showEnd({ExportEnd::JournalFailed, 0, 0, rows.error()}, {});
             });
}

void HandOnDialog::showRecords(const QList<qint64> &rows)
{
    whenDone(m_services.journal.wholeRecords(rows), this,
             [this, generation = m_generation](const Result<QList<SendRecord>> &records) {
                 if (generation != m_generation)
                     return;
                 if (!records) {
                     showEnd({ExportEnd::JournalFailed, 0, 0, records.error()}, {});
                     return;
                 }
                 const auto made = m_worker.run([sends = *records, format = format(),
                                                 choices = choices(), secrets = m_secrets.secrets] {
                     return exportPreview(sends, format, Redactor(choices, secrets));
                 });
                 whenDone(made, this,
                          [this, generation, count = records->size()](const QByteArray &preview) {
                              if (generation != m_generation)
                                  return;
                              m_ui->previewView->setPlainText(
                                  QString::fromUtf8(preview).left(PreviewedCharacters));
                              m_ui->countLabel->setText(
                                  tr("the first %n send(s)", nullptr, static_cast<int>(count)));
                              showMessage(unreadKeysText(m_secrets.unread),
                                          !m_secrets.unread.isEmpty());
                              m_ui->saveButton->setEnabled(count > 0);
                              emit previewed();
                          });
             });
}

void HandOnDialog::collectBundle()
{
    if (m_job && m_isCollected) {
        makeBundle();
        return;
    }
    m_isCollected = false;
    m_ui->previewView->clear();
    showMessage(tr("Collecting the sends and their callbacks…"), false);
    m_job = std::make_unique<BundleJob>(m_services.journal);
    connect(m_job.get(), &BundleJob::collected, this, [this] {
        m_isCollected = true;
        if (isBundle())
            makeBundle();
    });
    connect(m_job.get(), &BundleJob::made, this, &HandOnDialog::showBundle);
    connect(m_job.get(), &BundleJob::failed, this,
            [this](const ExportReport &report) { showEnd(report, {}); });
    m_job->collect(chosenRows(), chosenFilter());
}

void HandOnDialog::makeBundle()
{
    BundleInput &input = m_job->input();
    input.explain = m_services.explain;
    input.diagnosis = m_services.diagnosis();
    input.settings = m_services.settings;
    input.madeAt = QDateTime::currentDateTimeUtc();
    showMessage(tr("Making the bundle and checking it…"), false);
    m_job->make(choices(), m_secrets.secrets);
}

void HandOnDialog::showBundle(const MadeBundle &bundle)
{
    if (!isBundle())
        return;
    const int before = std::max(0, m_ui->fileCombo->currentIndex());
    m_bundle = bundle;
    const QSignalBlocker quiet(m_ui->fileCombo);
    m_ui->fileCombo->clear();
    for (const ZipEntry &entry : bundle.files)
        m_ui->fileCombo->addItem(
            tr("%1 (%2)").arg(entry.name, locale().formattedDataSize(entry.bytes.size(), 0)));
    m_ui->fileCombo->setCurrentIndex(std::min(before, m_ui->fileCombo->count() - 1));
    showBundleFile();
    const bool isGood = bundle.end == ExportEnd::Written;
    m_ui->countLabel->setText(
        isGood ? tr("%1 as a zip").arg(locale().formattedDataSize(bundle.zip.size(), 0))
               : QString());
    if (!isGood)
        showEnd({bundle.end, 0, 0, {}}, {});
    else if (m_secrets.unread.isEmpty())
        showMessage(choices().tagNumbers
                        ? tr("Checked: there is no key, no secret and no whole number in any of "
                             "the files.")
                        : tr("Checked: there is no key and no secret in any of the files."),
                    false);
    else
        showMessage(unreadKeysText(m_secrets.unread), true);
    m_ui->saveButton->setEnabled(isGood);
    emit previewed();
}

void HandOnDialog::showBundleFile()
{
    const int index = m_ui->fileCombo->currentIndex();
    if (!m_bundle || index < 0 || index >= m_bundle->files.size())
        return;
    m_ui->previewView->setPlainText(
        QString::fromUtf8(m_bundle->files.at(index).bytes.left(PreviewedCharacters)));
}

void HandOnDialog::chooseFile()
{
    const QString suffix = isBundle() ? u"zip"_s : QString(exportFormatName(format()));
    const QString name = u"icebreaker-%1.%2"_s.arg(
        QDateTime::currentDateTime().toString(u"yyyy-MM-dd-HHmm"_s), suffix);
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save"), name,
        tr("%1 (*.%2);;All files (*)").arg(m_ui->formatCombo->currentText(), suffix));
    if (!path.isEmpty())
        saveTo(path);
}

void HandOnDialog::saveTo(const QString &path)
{
    if (isBundle())
        writeBundle(path);
    else
        exportTo(path);
}

void HandOnDialog::exportTo(const QString &path)
{
    m_export = std::make_unique<SendExport>(m_services.journal);
    connect(m_export.get(), &SendExport::progressed, this, [this](qint64 sends, qint64 ofSends) {
        m_ui->progressBar->setMaximum(static_cast<int>(ofSends));
        m_ui->progressBar->setValue(static_cast<int>(sends));
    });
    connect(m_export.get(), &SendExport::finished, this, [this, path](const ExportReport &report) {
        setBusy(false);
        showEnd(report, path);
    });
    ExportJob job;
    job.rows = chosenRows();
    job.filter = chosenFilter();
    job.format = format();
    job.choices = choices();
    job.secrets = m_secrets.secrets;
    job.path = path;
    setBusy(true);
    m_export->start(std::move(job));
}

void HandOnDialog::writeBundle(const QString &path)
{
    if (!m_bundle || m_bundle->end != ExportEnd::Written)
        return;
    const qint64 sends = m_job->input().sends.size();
    const auto written = m_worker.run([path, sends, zip = m_bundle->zip] {
        ExportReport report{ExportEnd::Written, sends, zip.size(), {}};
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(zip) != zip.size() || !file.commit()) {
            report.end = ExportEnd::FileFailed;
            report.error = {ErrorKind::Storage, file.errorString()};
        }
        return report;
    });
    setBusy(true);
    whenDone(written, this, [this, path](const ExportReport &report) {
        setBusy(false);
        showEnd(report, path);
    });
}

void HandOnDialog::showEnd(const ExportReport &report, const QString &path)
{
    const bool isGood = report.end == ExportEnd::Written;
    showMessage(exportReportText(report, path), !isGood && report.end != ExportEnd::Stopped);
    if (isGood)
        emit saved(path);
}

void HandOnDialog::showMessage(const QString &text, bool isError)
{
    QPalette palette = this->palette();
    if (isError)
        palette.setColor(QPalette::WindowText, theme::forSeverity(Severity::Error));
    m_ui->checkLabel->setPalette(palette);
    m_ui->checkLabel->setText(text);
}

void HandOnDialog::setBusy(bool busy)
{
    m_ui->progressBar->setVisible(busy);
    m_ui->stopButton->setVisible(busy && !isBundle());
    m_ui->saveButton->setEnabled(!busy);
    for (QWidget *choice :
         std::initializer_list<QWidget *>{m_ui->scopeCombo, m_ui->formatCombo, m_ui->numbersCheck,
                                          m_ui->valuesCheck, m_ui->namesCheck})
        choice->setEnabled(!busy);
}

} // namespace icebreaker
