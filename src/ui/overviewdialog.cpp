#include "ui/overviewdialog.h"

#include "core/whendone.h"
#include "store/history.h"
#include "store/journal.h"
#include "ui/barbutton.h"
#include "ui/spanchart.h"
#include "ui/theme.h"
#include "ui_overviewdialog.h"
#include "words/overviewwords.h"

#include <QLocale>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto CountAgainDelay = 1s; // a batch changes it ten times a second
constexpr qsizetype MostErrors = 8;
constexpr int SwatchSize = 14;
constexpr int Rounding = 2; // widths of text are not whole pixels
constexpr auto TokensProperty = "filterTokens";

QPixmap swatch(OverviewPart part)
{
    QPixmap picture(SwatchSize, SwatchSize);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.fillRect(picture.rect(), overviewBrush(part));
    painter.setPen(theme::muted());
    painter.drawRect(picture.rect().adjusted(0, 0, -1, -1));
    return picture;
}

/// What was not refused, but has no known outcome, looks like it.
OverviewPart partOf(const QString &errorToken)
{
    return errorToken == "outcome:unknown"_L1 || errorToken.startsWith("status:5"_L1)
        ? OverviewPart::Unknown
        : OverviewPart::Refused;
}

QString countOf(qint64 count)
{
    return QLocale().toString(count);
}

} // namespace

OverviewDialog::OverviewDialog(History &history, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::OverviewDialog>())
    , m_history(history)
    , m_again(CountAgainDelay, this, &OverviewDialog::begin)
{
    m_ui->setupUi(this);
    setObjectName(u"overviewDialog"_s);
    m_chart = new SpanChart(this);
    m_chart->setObjectName(u"overviewChart"_s);
    m_ui->chartLayout->addWidget(m_chart);
    addLegend();
    for (const int column : {0, 1, 2})
        m_ui->listsLayout->setStretch(column, 1);
    connect(m_chart, &SpanChart::chosen, this, &OverviewDialog::chosen);
    connect(m_ui->overviewAllButton, &QPushButton::clicked, this, [this] { emit chosen({}); });
    connect(m_ui->overviewButtons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&history.journal(), &Journal::changed, this, [this] {
        m_wasChanged = m_isCounting;
        if (!m_isCounting && !m_again.isActive())
            m_again.start();
    });
}

OverviewDialog::~OverviewDialog() = default;

void OverviewDialog::setFilter(const std::optional<LogFilter> &filter, const QString &text)
{
    m_filter = filter;
    m_ui->overviewScope->setText(!filter ? tr("The filter of the log is not understood.")
                                     : text.isEmpty() ? tr("All sends")
                                                      : tr("Sends with %1").arg(text));
    begin();
}

void OverviewDialog::begin()
{
    ++m_generation;
    m_wasChanged = false;
    m_isCounting = m_filter.has_value();
    m_counter.emplace(QDateTime::currentDateTime().offsetFromUtc());
    if (!m_filter) {
        m_overview = {};
        showOverview();
        return;
    }
    m_ui->overviewProgress->setText(tr("Counting…"));
    m_again.countBegins();
    count(0);
}

/// Step by step, so that the pages of the log do not wait for all of it.
void OverviewDialog::count(qint64 before)
{
    whenDone(m_history.overview(*m_filter, before, m_counter->step(), m_counter->utcOffset()), this,
             [this, generation = m_generation](const Result<OverviewStep> &step) {
                 if (generation != m_generation)
                     return;
                 if (step) {
                     take(*step);
                     return;
                 }
                 m_isCounting = false;
                 m_ui->overviewProgress->clear();
                 emit failed(step.error());
             });
}

void OverviewDialog::take(const OverviewStep &step)
{
    for (const OverviewGroup &group : step.groups)
        m_counter->add(group);
    for (const PaceBin &bin : step.pace)
        m_counter->add(bin);
    m_counter->coarsen();
    if (step.next > 0) {
        count(step.next);
        return;
    }
    m_isCounting = false;
    m_again.countEnded();
    m_overview = m_counter->overview(MostErrors);
    showOverview();
    if (m_wasChanged)
        m_again.start();
}

void OverviewDialog::showOverview()
{
    m_ui->overviewProgress->clear();
    m_chart->show(m_overview);
    showLegend();
    m_ui->errorsNote->setText(m_overview.errors.isEmpty() ? tr("Nothing.")
                                                          : tr("Most frequent first."));
    m_ui->latencyNote->setText(latencyText(m_overview.latency));
    m_ui->paceNote->setText(paceText(m_overview));
    fill(*m_ui->errorsList, errorEntries());
    fill(*m_ui->latencyList, latencyEntries());
    fill(*m_ui->paceList, paceEntries());
}

void OverviewDialog::addLegend()
{
    for (std::size_t i = 0; i < OverviewParts; ++i) {
        const auto part = static_cast<OverviewPart>(i);
        auto *button = new QPushButton(this);
        button->setObjectName(u"overviewPart%1"_s.arg(i));
        button->setIcon(swatch(part));
        button->setAutoDefault(false);
        button->setToolTip(tr("Shows them in the log"));
        connect(button, &QPushButton::clicked, this,
                [this, part] { emit chosen(overviewPartFilter(part)); });
        m_ui->legendLayout->addWidget(button);
        m_legend.append(button);
    }
    m_ui->legendLayout->addStretch(1);
}

void OverviewDialog::showLegend()
{
    for (std::size_t i = 0; i < OverviewParts; ++i) {
        const qint64 count = m_overview.counts.at(i);
        QPushButton *button = m_legend.at(static_cast<qsizetype>(i));
        button->setText(
            tr("%1: %2").arg(overviewPartText(static_cast<OverviewPart>(i)), countOf(count)));
        button->setVisible(count > 0);
    }
}

QList<OverviewDialog::Entry> OverviewDialog::errorEntries() const
{
    QList<Entry> entries;
    for (const OverviewError &error : m_overview.errors) {
        const QString text = overviewErrorText(error.token);
        entries.append({text, countOf(error.count), tr("%1: %2").arg(text, countOf(error.count)),
                        error.token, error.count, 0, overviewBrush(partOf(error.token))});
    }
    return entries;
}

QList<OverviewDialog::Entry> OverviewDialog::latencyEntries() const
{
    QList<Entry> entries;
    const OverviewLatency &latency = m_overview.latency;
    for (qsizetype bin = 0; bin < latency.bins.size(); ++bin) {
        const qint64 count = latency.bins.at(bin).count;
        if (count == 0)
            continue;
        const QString text = latencyBinText(latency, bin);
        entries.append({text, countOf(count), tr("%1: %2").arg(text, countOf(count)),
                        latencyBinFilter(latency, bin), count, 0,
                        overviewBrush(OverviewPart::Accepted)});
    }
    return entries;
}

QList<OverviewDialog::Entry> OverviewDialog::paceEntries() const
{
    QList<Entry> entries;
    for (const PaceBin &bin : m_overview.pace) {
        entries.append(
            {paceBinText(bin),
             bin.rateLimited > 0 ? tr("%1 × 429").arg(countOf(bin.rateLimited))
                                 : countOf(bin.sends),
             tr("%1: %2").arg(paceBinText(bin), paceBinSentence(bin)),
             bin.rateLimited > 0 ? overviewPartFilter(OverviewPart::RateLimited) : QString(),
             bin.sends, bin.rateLimited, overviewBrush(OverviewPart::Accepted)});
    }
    return entries;
}

void OverviewDialog::fill(QVBoxLayout &list, const QList<Entry> &entries)
{
    BarButton::Line line;
    qint64 most = 1;
    for (const Entry &entry : entries) {
        line.textWidth =
            std::max(line.textWidth, fontMetrics().size(0, entry.text).width() + Rounding);
        line.figureWidth =
            std::max(line.figureWidth, fontMetrics().size(0, entry.figure).width() + Rounding);
        most = std::max(most, entry.count);
    }
    line.secondBrush = overviewBrush(OverviewPart::RateLimited);
    // Buttons stay, so that the one with the focus keeps it while a batch goes on.
    while (list.count() > entries.size()) {
        const std::unique_ptr<QLayoutItem> item(list.takeAt(list.count() - 1));
        delete item->widget();
    }
    while (list.count() < entries.size())
        list.addWidget(makeLine());
    for (int i = 0; i < entries.size(); ++i) {
        const Entry &entry = entries.at(i);
        line.figure = entry.figure;
        line.share = static_cast<double>(entry.count) / static_cast<double>(most);
        line.brush = entry.brush;
        line.second = static_cast<double>(entry.second)
            / static_cast<double>(std::max<qint64>(1, entry.count));
        auto *button = qobject_cast<BarButton *>(list.itemAt(i)->widget());
        button->setText(entry.text);
        button->setLine(line);
        button->setProperty(TokensProperty, entry.tokens);
        button->setAccessibleName(entry.sentence);
        button->setToolTip(tr("%1\nClick to show them in the log.").arg(entry.sentence));
    }
}

BarButton *OverviewDialog::makeLine()
{
    auto *button = new BarButton(this);
    connect(button, &BarButton::clicked, this,
            [this, button] { emit chosen(button->property(TokensProperty).toString()); });
    return button;
}

} // namespace icebreaker
